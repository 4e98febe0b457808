/** The metric catalogue: what each figure is, as a formula over measures. Standard and custom metrics go one way. */
import { err, ok, type Result } from '../../../platform/result.ts'
import { CASH } from './catalogue/cash.ts'
import { CUSTOMERS } from './catalogue/customers.ts'
import { INVENTORY } from './catalogue/inventory.ts'
import type { MetricLine, MetricUnit } from './catalogue/line.ts'
import { MARKETING } from './catalogue/marketing.ts'
import { OPERATIONS } from './catalogue/operations.ts'
import { PROFIT } from './catalogue/profit.ts'
import { RECEIVABLES } from './catalogue/receivables.ts'
import { SALES } from './catalogue/sales.ts'
import { SUBSCRIPTIONS } from './catalogue/subscriptions.ts'
import type { Dimension, MetricId } from './dimensions.ts'
import { type NameType, resolveFormula, type Unit } from './formula/check.ts'
import { formulaWords, namesOf, replaceNames } from './formula/format.ts'
import { type Ast, type FormulaError, parseFormula } from './formula/parse.ts'
import { MEASURES, type Measure } from './measures.ts'

export { METRIC_GROUPS, type MetricGroupName, type MetricLine, type MetricUnit } from './catalogue/line.ts'

export interface Metric extends MetricLine {
  unit: MetricUnit
  /** Distinct over the range: needs the lists of customers, never a sum of days. */
  distinct: boolean
  /** Over measures alone: metrics in the formula are put in. */
  ast: Ast
  /** Measures that the formula needs. */
  measures: readonly Measure[]
  /** What all of its measures can be split and filtered by. */
  dimensions: readonly Dimension[]
  /** The formula for people: `Revenue ÷ Orders`. */
  words: string
  /** Of metrics that people made: its version, and why it has no value when its formula is broken. */
  custom?: { version: number; problem?: string }
}

/** What a formula is worth: its unit and tree, over measures alone. */
export type MetricProgram = Pick<Metric, 'ast' | 'measures' | 'dimensions' | 'distinct' | 'words'> & {
  unit: Unit
}

/** Formulas may grow by the metrics in them, but not without end. */
const MAX_MEASURES = 60

/**
 * Reads and checks a formula over measures and the metrics that `find` knows. An error says where it is. Whoever looks
 * names up must refuse cycles; `metricBook` does.
 */
export function compileFormula(
  text: string,
  find: (name: string) => Metric | undefined,
  names: readonly string[] = [],
): Result<MetricProgram, FormulaError> {
  const parsed = parseFormula(text)
  if (!parsed.ok) return parsed
  const broken = brokenName(parsed.value, find)
  if (broken) return err(broken)
  const typeOf = (name: string): NameType | null => {
    const measure = MEASURES.get(name)
    if (measure) return { unit: measure.unit, distinct: measure.kind === 'distinct' }
    const metric = find(name)
    return metric ? { unit: metric.unit, distinct: metric.distinct } : null
  }
  const resolved = resolveFormula(parsed.value, typeOf, names)
  if (!resolved.ok) return resolved
  const ast = replaceNames(resolved.value.ast, (name) =>
    MEASURES.has(name) ? null : (find(name)?.ast ?? null),
  )
  const measures = namesOf(ast).flatMap((name) => MEASURES.get(name) ?? [])
  if (measures.length > MAX_MEASURES) {
    return err({ at: 0, length: text.length, message: 'Too much is in this formula; split it into metrics.' })
  }
  const words = formulaWords(parsed.value, (name) => find(name)?.name ?? MEASURES.get(name)?.title ?? name)
  const { unit, distinct } = resolved.value
  return ok({ unit, ast, distinct, measures, dimensions: sharedDimensions(measures), words })
}

/** The standard metrics by id, in the order of the catalogue. */
export const METRICS: Readonly<Record<MetricId, Metric>> = standardMetrics()

/** Ids of metrics that people made start so. */
export const CUSTOM_PREFIX = 'custom_'

/** True for a standard metric, and for what can be the id of one that people made. */
export const isMetricId = (id: string): boolean => id in METRICS || /^custom_[a-z0-9_]{1,60}$/.test(id)

/** Names that formulas may use: measures and standard metrics. */
export const STANDARD_NAMES: readonly string[] = [...new Set([...MEASURES.keys(), ...Object.keys(METRICS)])]

function standardMetrics(): Record<MetricId, Metric> {
  const known: Record<MetricId, Metric> = {}
  const waiting: MetricLine[] = [
    ...SALES,
    ...PROFIT,
    ...CUSTOMERS,
    ...INVENTORY,
    ...CASH,
    ...RECEIVABLES,
    ...SUBSCRIPTIONS,
    ...MARKETING,
    ...OPERATIONS,
  ]
  const lines = new Map(waiting.map((line) => [line.id, line]))
  const define = (line: MetricLine): Metric => {
    const found = known[line.id]
    if (found) return found
    const find = (name: string): Metric | undefined => {
      const other = lines.get(name)
      return other && other.id !== line.id ? define(other) : undefined
    }
    const program = compileFormula(line.formula, find)
    if (!program.ok) throw new Error(`The formula of ${line.id}: ${program.error.message}`)
    const metric = { ...line, ...program.value, unit: line.unit ?? program.value.unit }
    known[line.id] = metric
    return metric
  }
  for (const line of waiting) define(line)
  // Without a prototype, so that no name of JavaScript's own is a metric.
  return Object.assign(
    Object.create(null),
    Object.fromEntries(waiting.map(({ id }) => [id, known[id] as Metric])),
  )
}

/** A metric in the formula that has no value itself. */
function brokenName(ast: Ast, find: (name: string) => Metric | undefined): FormulaError | null {
  for (const name of namesOf(ast)) {
    const problem = MEASURES.has(name) ? undefined : find(name)?.custom?.problem
    if (problem) return { at: ast.at, length: ast.length, message: `“${name}” has no value: ${problem}` }
  }
  return null
}

/** Measures of different families have no dimension in common: a channel of sales is no channel of advertising. */
function sharedDimensions(measures: readonly Measure[]): readonly Dimension[] {
  const counted = measures.filter(({ family }) => family !== 'calendar')
  const [first] = counted
  if (!first || counted.some(({ family }) => family !== first.family)) return []
  return first.dimensions
}
