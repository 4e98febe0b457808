/** Fontkit as the PDF library asks for it today: subsets are written as a stream. */
import type { PDFDocument } from '@cantoo/pdf-lib'

type Fontkit = Parameters<PDFDocument['registerFontkit']>[0]

/** The parts of a font that are changed here. */
interface Font {
  createSubset(): Subset
}
interface Subset {
  includeGlyph(glyph: unknown): number
  encodeStream(): unknown
}

/**
 * Both have an `encode`, of different meanings: the library believes it found a newer fontkit, whose `encode` takes
 * nothing and answers bytes. Without it the library takes `encodeStream`, which is right.
 */
export async function loadFontkit(): Promise<Fontkit> {
  const { default: fontkit } = await import('@pdf-lib/fontkit')
  const adapted = {
    create(data: Uint8Array) {
      const font = fontkit.create(data) as unknown as Font
      const createSubset = font.createSubset.bind(font)
      font.createSubset = () => withoutEncode(createSubset())
      return font
    },
  }
  return adapted as unknown as Fontkit
}

const withoutEncode = (subset: Subset): Subset => ({
  includeGlyph: (glyph) => subset.includeGlyph(glyph),
  encodeStream: () => subset.encodeStream(),
})
