/** Files in words: their size and kind. */
import { numberFormat } from '../../../kit/format.ts'
import { kindOfType } from '../domain/file-type.ts'

/** e.g. `48 kB`, `1.2 MB`, as people of the locale write it. */
export function sizeWords(bytes: number, locale: string): string {
  const [unit, amount, digits] =
    bytes < 1_000_000
      ? (['kilobyte', bytes === 0 ? 0 : Math.max(1, bytes / 1000), 0] as const)
      : bytes < 1_000_000_000
        ? (['megabyte', bytes / 1_000_000, 1] as const)
        : (['gigabyte', bytes / 1_000_000_000, 2] as const)
  return numberFormat(locale, { style: 'unit', unit, maximumFractionDigits: digits }).format(amount)
}

export const kindWords = (contentType: string): string => kindOfType(contentType)?.label ?? 'File'

/** Longer texts are not worth a frame in the page. */
const MOST_TEXT_BYTES = 1_000_000

/** How a file may be shown in the page; null: it is only downloaded. */
export function shownAs({
  contentType,
  bytes,
}: {
  contentType: string
  bytes: number
}): 'image' | 'text' | null {
  const shown = kindOfType(contentType)?.shown ?? null
  return shown === 'text' && bytes > MOST_TEXT_BYTES ? null : shown
}
