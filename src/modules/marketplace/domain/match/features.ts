/** The figures the learned score reads of a pair: symmetric, -1 where a side says nothing. */
import { type Alignment, alignWords } from './align.ts'
import { type CodeRelation, compareCodes } from './codes.ts'
import { startsWithDigit } from './product-text.ts'
import { type Agreement, compareQuantity, type Dimension, type Quantities } from './quantities.ts'
import { lowHigh, type Row } from './row.ts'
import { titleFigures } from './title-figures.ts'
import type { ProductView } from './view.ts'
import type { WordTable } from './word-table.ts'

/** A pair as compared: its figures, and what the explanation needs of the way there. */
export interface PairReading {
  /** By name, most 0 to 1; -1 says unknown. */
  figures: Row
  aligned: Alignment
  codes: CodeRelation
}

/** Compares two products; (a, b) and (b, a) give the same figures. */
export function readPair(a: ProductView, b: ProductView, table: WordTable): PairReading {
  const figures: Row = {}
  const aligned = alignWords(a.words, b.words, a.wordSet, b.wordSet)
  const codes = compareCodes(a, b)
  titleFigures(a, b, aligned, table, figures)
  numberFigures(a, b, figures)
  codeFigures(a, b, codes, table, figures)
  otherFieldFigures(a, b, table, figures)
  return { figures, aligned, codes }
}

function numberFigures(a: ProductView, b: ProductView, row: Row): void {
  const numbersA = a.words.filter(startsWithDigit)
  const numbersB = b.words.filter(startsWithDigit)
  const shared = numbersA.filter((w) => b.wordSet.has(w)).length
  row.numbersShared = shared
  lowHigh(row, 'numbersMissingLow', 'numbersMissingHigh', numbersA.length - shared, numbersB.length - shared)
  row.numbersConflict = numbersA.length > shared && numbersB.length > shared ? 1 : 0
  const missingA = numbersA.filter((w) => !b.anyWord.has(w)).length
  const missingB = numbersB.filter((w) => !a.anyWord.has(w)).length
  lowHigh(row, 'numbersMissingAnywhereLow', 'numbersMissingAnywhereHigh', missingA, missingB)
  countMeasures(a.quantities, b.quantities, row, 'measuresAgree', 'measuresConflict')
  countMeasures(a.anyQuantities, b.anyQuantities, row, 'anyMeasuresAgree', 'anyMeasuresConflict')
  row.storage = signOf(compareQuantity(a.anyQuantities.storage, b.anyQuantities.storage))
  row.length = signOf(compareQuantity(a.anyQuantities.length, b.anyQuantities.length))
  row.pack = signOf(compareQuantity(a.anyQuantities.pack, b.anyQuantities.pack))
  row.colour = signOf(compareSets(a.colours, b.colours))
  row.anyColour = signOf(compareSets(a.anyColours, b.anyColours))
  row.colourOneSided = (a.colours.length === 0) === (b.colours.length === 0) ? 0 : 1
}

function countMeasures(
  a: Quantities,
  b: Quantities,
  row: Row,
  agreeName: string,
  conflictName: string,
): void {
  let agree = 0
  let conflict = 0
  for (const dimension of Object.keys(a) as Dimension[]) {
    const agreement = compareQuantity(a[dimension], b[dimension])
    if (agreement === 'agree') agree++
    if (agreement === 'conflict') conflict++
  }
  row[agreeName] = agree
  row[conflictName] = conflict
}

const compareSets = (a: readonly string[], b: readonly string[]): Agreement =>
  a.length === 0 || b.length === 0 ? 'unknown' : a.some((x) => b.includes(x)) ? 'agree' : 'conflict'

const signOf = (agreement: Agreement): number =>
  agreement === 'unknown' ? -1 : agreement === 'agree' ? 1 : 0

function codeFigures(a: ProductView, b: ProductView, codes: CodeRelation, table: WordTable, row: Row): void {
  row.codeBest = codes.best
  row.codeInText = codes.inText
  row.codePrefix = codes.prefix
  row.codeTail = codes.tail
  row.codeLength = codes.sharedLength
  lowHigh(row, 'codesUnmatchedLow', 'codesUnmatchedHigh', codes.unmatchedA, codes.unmatchedB)
  lowHigh(row, 'codesLow', 'codesHigh', a.codes.length, b.codes.length)
  row.mpn = a.mpn && b.mpn ? (a.mpn === b.mpn ? 1 : contained(a.mpn, b.mpn) ? 0.6 : 0) : -1
  row.mpnInText = mpnInText(a, b)
  row.squashedContained = contained(a.squashed, b.squashed) ? 1 : 0
  row.codeRarity = codes.bestCode ? table.idf(codes.bestCode) : -1
}

const contained = (a: string, b: string): boolean =>
  Math.min(a.length, b.length) >= 3 && (a.includes(b) || b.includes(a))

function mpnInText(a: ProductView, b: ProductView): number {
  const asked = [
    a.mpn.length >= 4 ? b.anySquashed.includes(a.mpn) : null,
    b.mpn.length >= 4 ? a.anySquashed.includes(b.mpn) : null,
  ].filter((x) => x !== null)
  return asked.length === 0 ? -1 : asked.some(Boolean) ? 1 : 0
}

function otherFieldFigures(a: ProductView, b: ProductView, table: WordTable, row: Row): void {
  row.price = a.price && b.price ? Math.abs(Math.log(a.price / b.price)) : -1
  row.brand = brandAgree(a, b)
  const sharedCategory = a.categoryWords.filter((w) => b.categoryWords.includes(w)).length
  row.category =
    a.categoryWords.length && b.categoryWords.length
      ? sharedCategory / (a.categoryWords.length + b.categoryWords.length - sharedCategory)
      : -1
  const ofA = weightedShare(a.descriptionWords, b.anyWord, table)
  const ofB = weightedShare(b.descriptionWords, a.anyWord, table)
  lowHigh(row, 'descriptionLow', 'descriptionHigh', ofA, ofB)
  const { length: wordsA } = a.descriptionWords
  lowHigh(row, 'descriptionWordsLow', 'descriptionWordsHigh', wordsA, b.descriptionWords.length)
  row.fields =
    Number(Boolean(a.mpn && b.mpn)) +
    Number(Boolean(a.categoryWords.length && b.categoryWords.length)) +
    Number(Boolean(a.brandWords.length && b.brandWords.length))
}

function weightedShare(words: readonly string[], other: ReadonlySet<string>, table: WordTable): number {
  if (words.length === 0) return -1
  let total = 0
  let found = 0
  for (const word of words) {
    const weight = table.idf(word)
    total += weight
    if (other.has(word)) found += weight
  }
  return found / total
}

function brandAgree(a: ProductView, b: ProductView): number {
  if (a.brandWords.length && b.brandWords.length) {
    if (a.brandWords.some((w) => b.brandWords.includes(w))) return 1
    return a.brandWords.some((w) => b.wordSet.has(w)) || b.brandWords.some((w) => a.wordSet.has(w)) ? 0.7 : 0
  }
  if (!a.brandWords.length && !b.brandWords.length) return -1
  const [given, other] = a.brandWords.length ? [a, b] : [b, a]
  return given.brandWords.some((w) => other.wordSet.has(w)) ? 0.8 : 0.3
}
