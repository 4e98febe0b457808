/** Whether two product descriptions of different shops mean one product: hard keys, learned score, variant vetoes. */
import { sigmoid } from './match/calibration.ts'
import { readPair } from './match/features.ts'
import { logOddsOf } from './match/model.ts'
import type { ProductSide } from './match/product-text.ts'
import { sayDifference, sayFigures } from './match/reasons.ts'
import { type Difference, differencesOf, isVeto } from './match/variants.ts'
import { type ProductView, viewProduct } from './match/view.ts'
import { SHIPPED_WORDS } from './match/word-table.ts'

export interface MatchVerdict {
  /** 0 to 1: how likely both are the same product, not a variant of it. */
  probability: number
  /** Sentences, the most deciding first. */
  reasons: string[]
  /** The identifier that decided, or null when the learned score did. */
  key: 'gtin' | 'mpn' | null
  /** What the two say differently (capacity, size, colour, ...), weightiest first. */
  differences: Difference[]
  /** A difference alone makes them variants of each other. */
  variant: boolean
}

const SAME_GTIN = 0.999
/** Brand and manufacturer's number agree: 367 of 367 labelled pairs were one product (rule of succession: 0.997). */
const SAME_NUMBER = 0.99
const LEAST_NUMBER = 4
/** A shared model number from this length on is no chance. */
const LEAST_MODEL = 6
/** A vetoed pair stays below every threshold we would link at. */
const VETOED = 0.15

/**
 * Compares two products; symmetric in probability. `probability` is on the scale of the labelled pairs the model was
 * trained on: link at a threshold fitted to one's own catalogue (`fitCalibration`), 0.5 without one.
 */
export function matchProducts(a: ProductSide, b: ProductSide): MatchVerdict {
  return matchViews(viewProduct(a), viewProduct(b))
}

/** `matchProducts` over products already read: for one product against many. */
export function matchViews(a: ProductView, b: ProductView): MatchVerdict {
  const reading = readPair(a, b, SHIPPED_WORDS)
  const key = keyOf(a, b, reading.figures.brand ?? -1)
  const model = sharedModel(reading.codes.bestCode)
  const differences = key === 'gtin' ? [] : differencesOf(a, b, model !== null)
  const variant = differences.some(isVeto)
  const reasons: string[] = []
  if (key === 'gtin') reasons.push(`Same GTIN ${a.gtin}.`)
  if (key === 'mpn') reasons.push(`Same brand and manufacturer's number ${a.mpn}.`)
  reasons.push(...differences.map(sayDifference))
  reasons.push(...sayFigures(a, b, reading, key === 'mpn' ? null : model, SHIPPED_WORDS))
  return {
    probability: probabilityOf(key, logOddsOf(reading.figures), differences, variant),
    reasons,
    key,
    differences,
    variant,
  }
}

function probabilityOf(
  key: MatchVerdict['key'],
  logOdds: number,
  differences: readonly Difference[],
  variant: boolean,
): number {
  if (key === 'gtin') return SAME_GTIN
  const score = sigmoid(logOdds + Math.log(differences[0]?.keeps ?? 1))
  if (variant) return Math.min(score, VETOED)
  return key === 'mpn' ? Math.max(score, SAME_NUMBER) : score
}

function keyOf(a: ProductView, b: ProductView, brand: number): MatchVerdict['key'] {
  if (a.gtin && a.gtin === b.gtin) return 'gtin'
  const sameNumber = a.mpn.length >= LEAST_NUMBER && /\d/.test(a.mpn) && a.mpn === b.mpn
  return sameNumber && brand >= 0.7 ? 'mpn' : null
}

/** The model number both name, long enough to be no chance, or null. */
function sharedModel(code: string | null): string | null {
  return code !== null && code.length >= LEAST_MODEL ? code : null
}
