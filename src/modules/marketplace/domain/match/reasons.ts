/** Why two products are held to be one or not, in sentences a shop owner reads. */
import type { PairReading } from './features.ts'
import type { Difference, DifferenceKind } from './variants.ts'
import type { ProductView } from './view.ts'
import type { WordTable } from './word-table.ts'

const KIND: Record<DifferenceKind, string> = {
  gtin: 'GTIN',
  model: 'Model number',
  capacity: 'Capacity',
  size: 'Size',
  weight: 'Weight',
  volume: 'Volume',
  power: 'Power',
  pack: 'Pack',
  colour: 'Colour',
  condition: 'Condition',
  version: 'Year',
}

/** Words of one title named in a reason, at most. */
const NAMED_WORDS = 3

/** `Capacity differs: 500 GB and 1 TB.` */
export function sayDifference(difference: Difference): string {
  return `${KIND[difference.kind]} differs: ${difference.a} and ${difference.b}.`
}

/** What the figures of a pair say, the most telling first: model number, titles, words of one side only, price. */
export function sayFigures(
  a: ProductView,
  b: ProductView,
  { figures, aligned }: PairReading,
  model: string | null,
  table: WordTable,
): string[] {
  const reasons: string[] = []
  if (model) reasons.push(`Both name the model number ${model}.`)
  else if (figures.codeBest === 0) reasons.push('Their model numbers have nothing in common.')
  const shared = Math.round(100 * (figures.cosine ?? 0))
  reasons.push(shared >= 97 ? 'The titles say the same.' : `The titles agree to ${shared} %.`)
  if (figures.brand === 1) reasons.push('Same brand.')
  if (figures.brand === 0)
    reasons.push(`Brands differ: ${a.brandWords.join(' ')} and ${b.brandWords.join(' ')}.`)
  pushMissing(reasons, 'first', a, b, aligned.a, table)
  pushMissing(reasons, 'second', b, a, aligned.b, table)
  if (a.price && b.price) {
    const apart = Math.round(100 * (Math.max(a.price, b.price) / Math.min(a.price, b.price) - 1))
    reasons.push(apart === 0 ? 'Same price.' : `Prices are ${apart} % apart.`)
  }
  return reasons
}

/** The rarest words of one title that the other product lacks in all its texts. */
function pushMissing(
  reasons: string[],
  which: string,
  side: ProductView,
  other: ProductView,
  alike: readonly number[],
  table: WordTable,
): void {
  const missing = side.words.filter((word, at) => (alike[at] ?? 0) <= 0.9 && !other.anyWord.has(word))
  if (missing.length === 0) return
  const rarest = [...missing].sort((x, y) => table.idf(y) - table.idf(x)).slice(0, NAMED_WORDS)
  reasons.push(`Only the ${which} says: ${side.words.filter((word) => rarest.includes(word)).join(', ')}.`)
}
