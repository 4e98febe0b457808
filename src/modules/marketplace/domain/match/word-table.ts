/** How rare words are in shop titles, from the shipped counts: a missing rare word weighs more than a missing common one. */
import { WORDS } from './weights.ts'

export interface WordTable {
  /** Natural-log rarity; words never seen count as seen once. */
  idf(word: string): number
}

/** Rarity from title counts: `titles` in all, `count` of them with the word (unseen: one). */
export function rarity(titles: number, count: number): number {
  return Math.log((titles + 1) / (Math.max(1, count) + 0.5))
}

/** The table of the shipped counts (`count:word word ...;count:...`). */
export const SHIPPED_WORDS: WordTable = readTable(WORDS)

function readTable(shipped: { titles: number; counts: string }): WordTable {
  const known = new Map<string, number>()
  for (const part of shipped.counts.split(';')) {
    const [count = '', words = ''] = part.split(':')
    const weight = rarity(shipped.titles, Number(count))
    for (const word of words.split(' ')) known.set(word, weight)
  }
  const unseen = rarity(shipped.titles, 1)
  return { idf: (word) => known.get(word) ?? unseen }
}
