/** Reads a sentence from left to right: the patterns that fit at a place, and the words that none does. */

/** Patterns are sticky and ignore case; they begin and end at a word. */
export const pattern = (source: string): RegExp => new RegExp(`(?:${source})(?![\\w-])`, 'iy')

const SILENT = pattern(
  `and|then|also|please|but|so|after that|afterwards|finally|next|first|automatically|i (?:want|would like|need)(?: you)? to|i'd like(?: you)? to|can you|could you|you should|should|we should|to|just|it should|want|a|an|the|immediately|right away|straight away|at once|again|it|is`,
)

export class SentenceReader {
  at = 0
  readonly text: string
  /** Words that were not understood, as they stood. */
  private readonly lost: { from: number; to: number }[] = []
  /** Since the last lost word nothing but words that join. */
  private isJoined = false

  constructor(text: string) {
    this.text = text
  }

  get isDone(): boolean {
    return this.at >= this.text.length
  }

  /** The match at this place, which is then behind us. */
  take(one: RegExp): RegExpExecArray | null {
    const match = this.takeQuietly(one)
    if (match) this.isJoined = false
    return match
  }

  private takeQuietly(one: RegExp): RegExpExecArray | null {
    one.lastIndex = this.at
    const match = one.exec(this.text)
    if (!match || match[0] === '') return null
    this.at = one.lastIndex
    this.blanks()
    return match
  }

  /** True at the end of a sentence, which is then behind us. */
  takeEnd(): boolean {
    return this.take(/[.;!?]+(?=\s|$)(?!\s+(?:otherwise|or else|else|if not)\b)/iy) !== null
  }

  /** Passes over what joins, or one word that is lost. */
  skip(): void {
    if (this.take(/[,:;.!?\-–—"“”]+/y) || this.takeQuietly(SILENT)) return
    const from = this.at
    const word = /\S+/y
    word.lastIndex = from
    const length = word.exec(this.text)?.[0].replace(/[,.;:!?]+$/, '').length ?? 1
    this.at = from + Math.max(1, length)
    const last = this.lost.at(-1)
    if (last && this.isJoined) last.to = this.at
    else this.lost.push({ from, to: this.at })
    this.isJoined = true
    this.blanks()
  }

  unread(): string[] {
    return this.lost.map(({ from, to }) => this.text.slice(from, to).trim()).filter(Boolean)
  }

  private blanks(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at += 1
  }
}
