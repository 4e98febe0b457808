/** What two titles have in common, and the weight of what they do not. */
import type { Alignment } from './align.ts'
import { commonStart } from './codes.ts'
import { lowHigh, type Row } from './row.ts'
import type { ProductView } from './view.ts'
import type { WordTable } from './word-table.ts'

/** Writes how far two titles say the same: by weight of words, by letters, by order. */
export function titleFigures(
  a: ProductView,
  b: ProductView,
  aligned: Alignment,
  table: WordTable,
  row: Row,
): void {
  const brands = new Set([...a.brandWords, ...b.brandWords])
  const sideA = coverage(a, b, aligned.a, brands, table)
  const sideB = coverage(b, a, aligned.b, brands, table)
  lowHigh(row, 'coveredLow', 'coveredHigh', sideA.covered, sideB.covered)
  lowHigh(row, 'coveredCountLow', 'coveredCountHigh', sideA.coveredCount, sideB.coveredCount)
  lowHigh(row, 'coreCoveredLow', 'coreCoveredHigh', sideA.coreCovered, sideB.coreCovered)
  lowHigh(row, 'anyCoveredLow', 'anyCoveredHigh', sideA.anyCovered, sideB.anyCovered)
  lowHigh(row, 'rarestMissingLow', 'rarestMissingHigh', sideA.rarestMissing, sideB.rarestMissing)
  lowHigh(row, 'anyRarestMissingLow', 'anyRarestMissingHigh', sideA.anyRarestMissing, sideB.anyRarestMissing)
  lowHigh(row, 'missingLow', 'missingHigh', sideA.missing, sideB.missing)
  lowHigh(row, 'missingCountLow', 'missingCountHigh', sideA.missingCount, sideB.missingCount)
  lowHigh(row, 'wordsLow', 'wordsHigh', a.words.length, b.words.length)
  row.cosine = (sideA.found + sideB.found) / Math.max(1e-9, sideA.total + sideB.total)
  row.rarestShared = Math.min(sideA.rarestShared, sideB.rarestShared)
  row.shared = Math.min(sideA.found, sideB.found)
  let exact = 0
  for (const word of a.words) if (b.wordSet.has(word)) exact++
  row.jaccard = exact / Math.max(1, a.words.length + b.words.length - exact)
  row.trigrams = cosine(a.trigrams, b.trigrams)
  row.firstCore = firstCoreAgree(a, b, brands)
  lowHigh(row, 'trigramsLow', 'trigramsHigh', heldTrigrams(a, b), heldTrigrams(b, a))
  const coreA = a.words.filter((word) => !brands.has(word)).join('')
  const coreB = b.words.filter((word) => !brands.has(word)).join('')
  row.coreStart = commonStart(coreA, coreB) / Math.max(1, Math.min(coreA.length, coreB.length))
  row.coreEnd = commonEnd(coreA, coreB) / Math.max(1, Math.min(coreA.length, coreB.length))
  row.order = longestRun(a.words, b.words)
}

function coverage(
  side: ProductView,
  other: ProductView,
  alike: readonly number[],
  brands: ReadonlySet<string>,
  table: WordTable,
) {
  const sum = {
    total: 0,
    found: 0,
    foundCount: 0,
    core: 0,
    coreFound: 0,
    anyFound: 0,
    rarestMissing: 0,
    anyRarestMissing: 0,
    missing: 0,
    missingCount: 0,
    rarestShared: 0,
  }
  side.words.forEach((word, index) => {
    const weight = table.idf(word)
    const score = alike[index] as number
    const any =
      score > 0.9 || other.anyWord.has(word) || (word.length > 3 && other.anySquashed.includes(word))
        ? 1
        : score
    sum.total += weight
    sum.found += weight * score
    sum.foundCount += score
    sum.anyFound += weight * any
    if (!brands.has(word)) {
      sum.core += weight
      sum.coreFound += weight * score
    }
    if (score > 0.9) sum.rarestShared = Math.max(sum.rarestShared, weight)
    else {
      sum.rarestMissing = Math.max(sum.rarestMissing, weight * (1 - score))
      sum.missing += weight * (1 - score)
      sum.missingCount += 1 - score
      sum.anyRarestMissing = Math.max(sum.anyRarestMissing, weight * (1 - any))
    }
  })
  return {
    ...sum,
    covered: sum.found / Math.max(1e-9, sum.total),
    coveredCount: sum.foundCount / Math.max(1, side.words.length),
    coreCovered: sum.core === 0 ? -1 : sum.coreFound / sum.core,
    anyCovered: sum.anyFound / Math.max(1e-9, sum.total),
  }
}

function firstCoreAgree(a: ProductView, b: ProductView, brands: ReadonlySet<string>): number {
  const first = a.words.find((w) => !brands.has(w))
  const second = b.words.find((w) => !brands.has(w))
  if (first === undefined || second === undefined) return -1
  return first === second ? 1 : b.wordSet.has(first) || a.wordSet.has(second) ? 0.5 : 0
}

/** Longest run of words both titles have in the same order side by side, as a share of the shorter title. */
function longestRun(a: readonly string[], b: readonly string[]): number {
  let best = 0
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      let run = 0
      while (i + run < a.length && j + run < b.length && a[i + run] === b[j + run]) run++
      if (run > best) best = run
    }
  }
  return best / Math.max(1, Math.min(a.length, b.length))
}

/** Share of one title's trigrams that the other has. */
function heldTrigrams(side: ProductView, other: ProductView): number {
  let held = 0
  for (const gram of side.trigrams.keys()) if (other.trigrams.has(gram)) held++
  return held / Math.max(1, side.trigrams.size)
}

function commonEnd(a: string, b: string): number {
  let at = 0
  while (at < a.length && at < b.length && a.at(-1 - at) === b.at(-1 - at)) at++
  return at
}

function cosine(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): number {
  let dot = 0
  let normA = 0
  let normB = 0
  for (const [gram, count] of a) {
    normA += count * count
    dot += count * (b.get(gram) ?? 0)
  }
  for (const count of b.values()) normB += count * count
  return normA && normB ? dot / Math.sqrt(normA * normB) : 0
}
