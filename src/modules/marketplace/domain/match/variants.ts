/** Readable differences between two products of one family: what makes a near-duplicate a variant and not the same. */
import { commonStart } from './codes.ts'
import { compareQuantity, type Dimension, type Quantities } from './quantities.ts'
import type { ProductView } from './view.ts'

export type DifferenceKind =
  | 'gtin'
  | 'model'
  | 'capacity'
  | 'size'
  | 'weight'
  | 'volume'
  | 'power'
  | 'pack'
  | 'colour'
  | 'condition'
  | 'version'

export interface Difference {
  kind: DifferenceKind
  /** What each side says. */
  a: string
  b: string
  /** What is left of the odds that both are one product: 0 none, 1 all. */
  keeps: number
}

/** Shops err in what they say around a model number more often than in the number: then a difference keeps this much. */
const KEEPS_BESIDE_MODEL = 0.7
/** Differences this strong are a veto: the pair is a variant however alike the rest is. */
const VETO_KEEPS = 0.05

/** Whether a difference alone decides that two products are not the same. */
export const isVeto = (difference: Difference): boolean => difference.keeps <= VETO_KEEPS

interface Measure {
  dimension: Dimension
  kind: DifferenceKind
  keeps: number
  show(value: number): string
}

const rounded = (value: number): string => String(Math.round(value * 100) / 100)

const MEASURES: readonly Measure[] = [
  {
    dimension: 'storage',
    kind: 'capacity',
    keeps: 0.04,
    show: (mb) =>
      mb >= 1_048_576
        ? `${rounded(mb / 1_048_576)} TB`
        : mb >= 1024
          ? `${rounded(mb / 1024)} GB`
          : `${rounded(mb)} MB`,
  },
  { dimension: 'pack', kind: 'pack', keeps: 0.04, show: (n) => `pack of ${rounded(n)}` },
  {
    dimension: 'length',
    kind: 'size',
    keeps: 0.2,
    show: (mm) =>
      Math.abs(mm / 25.4 - Math.round(mm / 25.4)) < 0.01
        ? `${rounded(mm / 25.4)} inch`
        : `${rounded(mm / 10)} cm`,
  },
  {
    dimension: 'weight',
    kind: 'weight',
    keeps: 0.05,
    show: (g) => (g >= 1000 ? `${rounded(g / 1000)} kg` : `${rounded(g)} g`),
  },
  {
    dimension: 'volume',
    kind: 'volume',
    keeps: 0.05,
    show: (ml) => (ml >= 1000 ? `${rounded(ml / 1000)} l` : `${rounded(ml)} ml`),
  },
  { dimension: 'power', kind: 'power', keeps: 0.2, show: (w) => `${rounded(w)} W` },
]

const GARMENT = /^(?:xxs|xs|xl|xxl|xxxl|2xl|3xl|4xl|5xl|small|medium|large)$/
const GARMENT_NAME = new Map(Object.entries({ xxl: '2xl', xxxl: '3xl' }))
const CONDITION = new Map(
  Object.entries({
    refurbished: 'refurbished',
    renewed: 'refurbished',
    reconditioned: 'refurbished',
    remanufactured: 'refurbished',
    used: 'used',
    preowned: 'used',
  }),
)

/**
 * The differences the titles state themselves, weightiest first. `sameModel`: both name one model number, so measures
 * and colours that differ are more likely one shop's slip.
 */
export function differencesOf(a: ProductView, b: ProductView, sameModel: boolean): Difference[] {
  const stated: Difference[] = []
  for (const measure of MEASURES) {
    const difference = measureDiffers(measure, a.quantities, b.quantities)
    if (difference) stated.push(difference)
  }
  pushSets(stated, 'colour', a.colours, b.colours, 0.1)
  pushSets(stated, 'version', yearsOf(a), yearsOf(b), 0.1)
  const model = modelDiffers(a, b)
  if (model) stated.push(model)
  const found = sameModel
    ? stated.map((difference) =>
        difference.kind === 'pack' ? difference : { ...difference, keeps: KEEPS_BESIDE_MODEL },
      )
    : stated
  if (a.gtin && b.gtin && a.gtin !== b.gtin) found.push({ kind: 'gtin', a: a.gtin, b: b.gtin, keeps: 0.001 })
  pushSets(found, 'size', garmentSizes(a), garmentSizes(b), 0.04)
  pushSets(found, 'condition', [conditionOf(a)], [conditionOf(b)], 0.03)
  return found.sort((x, y) => x.keeps - y.keeps)
}

function measureDiffers(measure: Measure, a: Quantities, b: Quantities): Difference | null {
  const valuesA = a[measure.dimension]
  const valuesB = b[measure.dimension]
  if (compareQuantity(valuesA, valuesB) !== 'conflict' || !valuesA || !valuesB) return null
  const show = (values: readonly number[]) => values.map(measure.show).join(' / ')
  return { kind: measure.kind, a: show(valuesA), b: show(valuesB), keeps: measure.keeps }
}

function pushSets(
  found: Difference[],
  kind: DifferenceKind,
  a: readonly string[],
  b: readonly string[],
  keeps: number,
): void {
  if (a.length === 0 || b.length === 0 || a.some((value) => b.includes(value))) return
  found.push({ kind, a: a.join(' / '), b: b.join(' / '), keeps })
}

const garmentSizes = (view: ProductView): string[] =>
  view.words.filter((word) => GARMENT.test(word)).map((word) => GARMENT_NAME.get(word) ?? word)

const yearsOf = (view: ProductView): string[] =>
  view.words.filter((word) => /^(?:19[89]\d|20[0-4]\d)$/.test(word))

function conditionOf(view: ProductView): string {
  for (const word of view.words) {
    const condition = CONDITION.get(word)
    if (condition) return condition
  }
  return 'new'
}

/**
 * Model numbers of one family that end differently (`hl-2140`, `hl-2170w`): lengths within one character, more than half
 * of the start shared, neither in the other's texts. Tails of letters that begin alike are two spellings of one colour
 * (`bk`, `blk`, `bl`) and no difference.
 */
function modelDiffers(a: ProductView, b: ProductView): Difference | null {
  if (a.codes.some((code) => isModel(code) && b.anySquashed.includes(code))) return null
  const ownA = a.codes.filter((code) => isModel(code) && !b.anySquashed.includes(code))
  const ownB = b.codes.filter((code) => isModel(code) && !a.anySquashed.includes(code))
  for (const x of ownA) {
    for (const y of ownB) {
      if (Math.abs(x.length - y.length) > 1) continue
      const shared = commonStart(x, y)
      if (shared < 3 || shared / Math.min(x.length, y.length) <= 0.5) continue
      if (!sameColourTail(x, y)) return { kind: 'model', a: x, b: y, keeps: 0.15 }
    }
  }
  return null
}

function sameColourTail(x: string, y: string): boolean {
  const tailX = /[a-z]{2,4}$/.exec(x)?.[0]
  const tailY = /[a-z]{2,4}$/.exec(y)?.[0]
  if (!tailX || !tailY || tailX[0] !== tailY[0]) return false
  return x.slice(0, -tailX.length) === y.slice(0, -tailY.length)
}

const isModel = (code: string): boolean => code.length >= 5 && /[a-z]/.test(code) && /\d/.test(code)
