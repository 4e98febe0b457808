/**
 * What one rendering may use. Counted, not timed: the clock of a Worker stands still while it computes, so a limit in
 * milliseconds would never be reached there.
 */

/** Characters of the text that comes out. */
export const MAX_OUTPUT = 200_000
/** Tags and outputs that are looked at; a loop counts each of its rounds. */
const MAX_NODES = 50_000
/** Characters and elements that filters and loops make on the way. */
const MAX_MATERIAL = 2_000_000

export class TooMuch extends Error {}

/** Stands where LiquidJS has its limits: `use` is told what is made, `check` is called before every node. */
export class Budget {
  readonly #most: number
  readonly #words: string
  #used = 0

  private constructor(most: number, words: string) {
    this.#most = most
    this.#words = words
  }

  static ofNodes = (): Budget => new Budget(MAX_NODES, 'It loops too often.')
  static ofMaterial = (): Budget =>
    new Budget(MAX_MATERIAL, 'It makes too much text or too long lists on the way.')

  use(count: number): void {
    if (!(Number(count) > 0)) return
    this.#used += Number(count)
    if (this.#used > this.#most) throw new TooMuch(this.#words)
  }

  /** LiquidJS passes the time here; what counts is that it asks. */
  check(): void {
    this.use(1)
  }
}

/** Collects text up to a length; `text` turns what is written into characters. */
export class BoundedText {
  buffer = ''
  readonly #text: (value: unknown) => string

  constructor(text: (value: unknown) => string) {
    this.#text = text
  }

  write(value: unknown): void {
    this.buffer += this.#text(value)
    if (this.buffer.length > MAX_OUTPUT)
      throw new TooMuch(`The text becomes longer than ${MAX_OUTPUT} characters.`)
  }
}
