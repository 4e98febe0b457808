/** A question as plain words of which parts are taken out one after another, so that what is left was not understood. */

/** Letters without accents in lower case, digits, and the hyphens of days; everything else parts words. */
export const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/(\d{4})-(\d{2})-(\d{2})/g, '$1_$2_$3')
    .replace(/[’']s\b/g, '')
    .replace(/[^\p{L}\p{N}_]+/gu, ' ')
    .trim()

export class Phrase {
  /** Words with one blank around each; a part that was taken leaves a bar. */
  #rest: string

  constructor(text: string) {
    this.#rest = ` ${plain(text).split(' ').slice(0, MAX_WORDS).join('  ')} `
  }

  /** Takes the first match of whole words out; null when there is none. Write one blank between words. */
  take(pattern: string): RegExpExecArray | null {
    const found = this.find(pattern)
    if (found) {
      // as long as what it stood for, so that places in the question stay what they are
      const bars = ` ${'|'.repeat(found[0].length - 2)} `
      this.#rest = this.#rest.slice(0, found.index) + bars + this.#rest.slice(found.index + found[0].length)
    }
    return found
  }

  find(pattern: string): RegExpExecArray | null {
    return new RegExp(` (?:${pattern.replaceAll(' ', ' {1,2}')}) `, 'u').exec(this.#rest)
  }

  /** The longest of the phrases that stands there, and where. */
  takeAny(phrases: readonly string[], before = ''): { text: string; at: number } | null {
    const ordered = [...phrases].filter(Boolean).sort((a, b) => b.length - a.length)
    for (const text of ordered) {
      const found = this.take(`${before}${escaped(text)}`)
      if (found) return { text, at: found.index }
    }
    return null
  }

  words(): string[] {
    return this.#rest.split(/[ |]+/).filter(Boolean)
  }
}

const MAX_WORDS = 80

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
