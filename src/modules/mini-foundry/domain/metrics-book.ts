/** All metrics that a workspace has: the standard ones and those that its people made. */
import { err, type Result } from '../../../platform/result.ts'
import type { MetricId } from './dimensions.ts'
import type { FormulaError } from './formula/parse.ts'
import { compileFormula, METRICS, type Metric, type MetricProgram, STANDARD_NAMES } from './metrics.ts'

/** A metric that people made, as it is stored. */
export interface CustomMetricRow {
  key: MetricId
  name: string
  description: string
  formula: string
  unit: string
  less_is_better: number
  version: number
}

export interface MetricBook {
  get(id: MetricId): Metric | undefined
  /** Standard metrics first, in the order of the catalogue. */
  all(): Metric[]
  /** Names that formulas may use. */
  names: readonly string[]
}

/** The catalogue with these custom metrics. One whose formula is broken stays, without a value and with the reason. */
export function metricBook(rows: readonly CustomMetricRow[] = []): MetricBook {
  const byKey = new Map(rows.map((row) => [row.key, row]))
  const names = [...STANDARD_NAMES, ...byKey.keys()]
  const known = new Map<string, Metric>()
  const open = new Set<string>()
  const find = (name: string): Metric | undefined => {
    const standard = METRICS[name]
    if (standard) return standard
    const row = byKey.get(name)
    if (!row || known.has(name)) return known.get(name)
    if (open.has(name)) return circular(row)
    open.add(name)
    const metric = customMetric(row, compileFormula(row.formula, find, names))
    open.delete(name)
    known.set(name, metric)
    return metric
  }
  const custom = () => rows.flatMap(({ key }) => find(key) ?? [])
  return { get: find, names, all: () => [...Object.values(METRICS), ...custom()] }
}

/**
 * Checks the formula of a custom metric before it is kept. `key` is its own (null for a new one): a formula that leads
 * back to itself is refused.
 */
export function checkCustomFormula(
  formula: string,
  book: MetricBook,
  rows: readonly CustomMetricRow[],
  key: MetricId | null,
): Result<MetricProgram, FormulaError> {
  if (key === null) return compileFormula(formula, book.get, book.names)
  const others = rows.filter((row) => row.key !== key)
  const own = rows.find((row) => row.key === key)
  const draft = { ...(own ?? blank(key)), formula }
  const names = book.names.filter((name) => name !== key)
  const withDraft = metricBook([...others, draft])
  const find = (name: string) => (name === key ? circular(draft) : withDraft.get(name))
  const program = compileFormula(formula, find, names)
  if (program.ok) return program
  const message = /leads back/.test(program.error.message)
    ? 'This formula leads back to this metric itself; take that part out.'
    : program.error.message
  return err({ ...program.error, message })
}

function customMetric(row: CustomMetricRow, program: Result<MetricProgram, FormulaError>): Metric {
  if (!program.ok) return withoutValue(row, program.error.message)
  const { unit } = program.value
  const shown = row.unit === 'percent' && unit === 'ratio' ? 'percent' : unit
  return { ...lineOf(row), ...program.value, unit: shown, custom: { version: row.version } }
}

const circular = (row: CustomMetricRow): Metric => withoutValue(row, 'its formula leads back to itself.')

function withoutValue(row: CustomMetricRow, problem: string): Metric {
  return {
    ...lineOf(row),
    unit: 'ratio',
    distinct: false,
    // 1 ÷ 0: no value.
    ast: {
      type: 'binary',
      operator: '/',
      left: { type: 'number', value: 1, percent: false, at: 0, length: 0 },
      right: { type: 'number', value: 0, percent: false, at: 0, length: 0 },
      at: 0,
      length: 0,
    },
    measures: [],
    dimensions: [],
    words: row.formula,
    custom: { version: row.version, problem },
  }
}

const lineOf = (row: CustomMetricRow) => ({
  id: row.key,
  name: row.name,
  group: 'Custom' as const,
  formula: row.formula,
  meaning: row.description,
  note: 'Made by people of this workspace.',
  ...(row.less_is_better ? { lessIsBetter: true } : {}),
})

const blank = (key: MetricId): CustomMetricRow => ({
  key,
  name: key,
  description: '',
  formula: '',
  unit: 'ratio',
  less_is_better: 0,
  version: 1,
})
