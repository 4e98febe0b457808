/** Letters on paper: what the fonts can write, how wide it is, and where lines break. */
import type { PDFFont } from '@cantoo/pdf-lib'

/** TrueType files. */
export interface FontFiles {
  regular: ArrayBuffer
  bold: ArrayBuffer
}

/** Stands where the font has no letter (U+FFFD), so that nobody takes a gap for an empty name. */
export const NO_LETTER = '\uFFFD'

const SPACES = /[\s\u00A0\u2000-\u200A\u202F\u205F\u3000]+/gu
/** Controls, marks of direction and joiners: they have no shape of their own. */
const SHAPELESS = /[\p{Cc}\p{Cf}\p{Variation_Selector}]/gu

export class Letters {
  readonly regular: PDFFont
  readonly bold: PDFFont
  readonly #known: ReadonlySet<number>

  constructor(regular: PDFFont, bold: PDFFont) {
    this.regular = regular
    this.bold = bold
    this.#known = new Set(regular.getCharacterSet())
  }

  /** The text as the fonts can write it: one line, unknown letters replaced. */
  writable(text: string): string {
    const line = text.normalize('NFC').replace(SPACES, ' ').replace(SHAPELESS, '')
    return Array.from(line, (letter) =>
      this.#known.has(letter.codePointAt(0) ?? 0) ? letter : NO_LETTER,
    ).join('')
  }

  /** In points. */
  width(text: string, size: number, bold = false): number {
    return (bold ? this.bold : this.regular).widthOfTextAtSize(this.writable(text), size)
  }

  /** Cut with … where it is too wide. */
  fit(text: string, size: number, room: number, bold = false): string {
    if (this.width(text, size, bold) <= room) return text
    const letters = Array.from(text)
    let [fits, over] = [0, letters.length]
    while (over - fits > 1) {
      const middle = (fits + over) >> 1
      if (this.width(`${letters.slice(0, middle).join('')}…`, size, bold) <= room) fits = middle
      else over = middle
    }
    return `${letters.slice(0, fits).join('').trimEnd()}…`
  }

  /** Lines no wider than `room`; a word that is wider alone is broken. */
  wrap(text: string, size: number, room: number, bold = false): string[] {
    const lines: string[] = []
    let line = ''
    for (const word of this.writable(text).split(' ').filter(Boolean)) {
      const longer = line === '' ? word : `${line} ${word}`
      if (this.width(longer, size, bold) <= room) {
        line = longer
        continue
      }
      if (line !== '') lines.push(line)
      const pieces = this.#pieces(word, size, room, bold)
      lines.push(...pieces.slice(0, -1))
      line = pieces.at(-1) ?? ''
    }
    return line === '' ? lines : [...lines, line]
  }

  #pieces(word: string, size: number, room: number, bold: boolean): string[] {
    if (this.width(word, size, bold) <= room) return [word]
    const pieces = ['']
    for (const letter of word) {
      const longer = `${pieces.at(-1)}${letter}`
      if (this.width(longer, size, bold) <= room || pieces.at(-1) === '') pieces[pieces.length - 1] = longer
      else pieces.push(letter)
    }
    return pieces
  }
}
