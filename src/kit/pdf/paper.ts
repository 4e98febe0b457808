/** Sheets of A4 filled from the top: text, rules and boxes; what does not fit goes to the next sheet. Lengths in points. */
import type { Color, PDFDocument, PDFPage } from '@cantoo/pdf-lib'
import { INK, RULE, SOFT } from './colours.ts'
import { loadFontkit } from './fontkit.ts'
import { type FontFiles, Letters } from './letters.ts'

const A4 = { width: 595.28, height: 841.89 }
const MARGIN = { side: 40, top: 44, bottom: 54 }

export interface PaperFacts {
  title: string
  author: string
  /** When it was made, milliseconds. */
  at: number
  /** BCP 47, for readers that speak. */
  locale: string
}

export interface TextStyle {
  size?: number
  bold?: boolean
  colour?: Color
  /** From the left margin. */
  x?: number
  /** Absent: all that is left of the line. */
  width?: number
  /** At most so many lines; the last one is cut. */
  lines?: number
}

/** The libraries are large, so they are loaded with the first sheet. */
export async function takePaper(fonts: FontFiles, facts: PaperFacts): Promise<Paper> {
  const [{ PDFDocument }, fontkit] = await Promise.all([import('@cantoo/pdf-lib'), loadFontkit()])
  const document = await PDFDocument.create()
  document.registerFontkit(fontkit)
  const at = new Date(facts.at)
  document.setTitle(facts.title, { showInWindowTitleBar: true })
  document.setAuthor(facts.author)
  document.setLanguage(facts.locale)
  document.setCreationDate(at)
  document.setModificationDate(at)
  // a ligature is one sign for two letters: searching would not find them
  const set = { subset: true, features: { liga: false, clig: false, dlig: false } }
  const regular = await document.embedFont(fonts.regular, set)
  const bold = await document.embedFont(fonts.bold, set)
  return new Paper(document, new Letters(regular, bold))
}

export class Paper {
  readonly letters: Letters
  readonly width = A4.width - 2 * MARGIN.side
  /** From the upper edge of the sheet down. */
  top = MARGIN.top
  page: PDFPage
  readonly #document: PDFDocument

  constructor(document: PDFDocument, letters: Letters) {
    this.#document = document
    this.letters = letters
    this.page = document.addPage([A4.width, A4.height])
  }

  /** Begins a new sheet when this much does not fit any more; true when it did. */
  need(height: number): boolean {
    if (this.top + height <= A4.height - MARGIN.bottom || this.top === MARGIN.top) return false
    this.page = this.#document.addPage([A4.width, A4.height])
    this.top = MARGIN.top
    return true
  }

  /** A place on the sheet in the document's own coordinates, which begin at the lower left. */
  at(x: number, down: number): { x: number; y: number } {
    return { x: MARGIN.side + x, y: A4.height - down }
  }

  skip(height: number): void {
    this.top += height
  }

  /** Writes lines and goes down below them. */
  text(text: string, { size = 9, bold, colour, x = 0, width = this.width - x, lines }: TextStyle = {}): void {
    const all = this.letters.wrap(text, size, width, bold)
    const shown = lines === undefined ? all : all.slice(0, lines)
    shown.forEach((line, index) => {
      const last = index === shown.length - 1 && all.length > shown.length
      this.need(size * 1.4)
      this.top += size * 1.4
      this.word(last ? `${line} …` : line, { size, bold, colour, x, down: this.top - size * 0.35 })
    })
  }

  /** One line at a place; `x` is its start, or with `end` its end. */
  word(
    text: string,
    style: { x: number; down: number; size: number; bold?: boolean; colour?: Color; anchor?: string },
  ): void {
    const { x, down, size, bold = false, colour = INK, anchor = 'start' } = style
    const words = this.letters.writable(text)
    if (words.trim() === '') return
    const width = anchor === 'start' ? 0 : this.letters.width(words, size, bold)
    const from = x - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0)
    const font = bold ? this.letters.bold : this.letters.regular
    this.page.drawText(words, { ...this.at(from, down), size, font, color: colour })
  }

  /** Filled, framed or both; `down` is its upper edge. */
  box(x: number, down: number, width: number, height: number, fill?: Color, frame?: Color): void {
    this.page.drawRectangle({
      ...this.at(x, down + height),
      width,
      height,
      ...(fill && { color: fill }),
      ...(frame && { borderColor: frame, borderWidth: 0.75 }),
    })
  }

  rule(x1: number, down1: number, x2: number, down2: number, colour: Color = RULE, thickness = 0.5): void {
    this.page.drawLine({ start: this.at(x1, down1), end: this.at(x2, down2), color: colour, thickness })
  }

  /** Numbers the sheets and gives the file. `foot` stands at the left of each. */
  async finish(foot: string): Promise<Uint8Array> {
    const pages = this.#document.getPages()
    const down = A4.height - 28
    pages.forEach((page, index) => {
      this.page = page
      const count = `Page ${index + 1} of ${pages.length}`
      this.rule(0, down - 14, this.width, down - 14)
      const room = this.width - this.letters.width(count, 8) - 12
      this.word(this.letters.fit(foot, 8, room), { x: 0, down, size: 8, colour: SOFT })
      this.word(count, { x: this.width, down, size: 8, colour: SOFT, anchor: 'end' })
    })
    return this.#document.save()
  }
}
