/** Metrics that people make: what may be sent, their ids, and where a formula is wrong. */
import * as z from 'zod'
import { type Failure, type FieldError, invalid, ok, type Result } from '../../../platform/result.ts'
import { namesOf } from './formula/format.ts'
import { type FormulaError, parseFormula } from './formula/parse.ts'
import { CUSTOM_PREFIX } from './metric-query.ts'
import type { MetricProgram, MetricUnit } from './metrics.ts'

const UNITS = ['money', 'count', 'ratio', 'percent', 'days', 'hours'] as const

const draftSchema = z.strictObject({
  name: z.string('Give it a name.').trim().min(1, 'Give it a name.').max(80),
  formula: z.string('Write a formula.').trim().min(1, 'Write a formula.').max(2000),
  description: z.string().trim().max(500).default(''),
  /** Null: as the formula gives it. A ratio may be shown as percent. */
  unit: z.enum(UNITS).nullish(),
  less_is_better: z.boolean().default(false),
})
export type CustomMetricDraft = z.infer<typeof draftSchema>

export function parseCustomMetric(input: unknown): Result<CustomMetricDraft> {
  const parsed = draftSchema.safeParse(input)
  if (parsed.success) return ok(parsed.data)
  return invalid(
    parsed.error.issues.map((issue) => ({
      path: [
        ...issue.path.map(String),
        ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []),
      ].join('.'),
      message: issue.message,
    })),
  )
}

/** A formula's error with the characters that it is about, beside the path. */
export type PlacedError = FieldError & { at: number; length: number }

export function formulaFailure({ at, length, message }: FormulaError): { ok: false; error: Failure } {
  // what is missing at the end has a place, but no characters
  const error: PlacedError = { path: 'formula', message, at, length: Math.max(1, length) }
  return invalid([error], `The formula cannot be used: ${message}`)
}

/** The unit it is shown in, or why the wished one is not what the formula gives. */
export function unitOf(wish: CustomMetricDraft['unit'], program: MetricProgram): Result<MetricUnit> {
  if (!wish || wish === program.unit) return ok(program.unit)
  if (wish === 'percent' && program.unit === 'ratio') return ok('percent')
  if (wish === 'ratio' && program.unit === 'percent') return ok('percent')
  const message = `The formula gives ${UNIT_WORDS[program.unit]}, not ${UNIT_WORDS[wish]}. Leave the unit out, or change the formula.`
  return invalid([{ path: 'unit', message }])
}

export const UNIT_WORDS: Record<MetricUnit, string> = {
  money: 'an amount of money',
  count: 'a count',
  ratio: 'a ratio',
  percent: 'a percentage',
  days: 'days',
  hours: 'hours',
}

/** `custom_net_of_ads`: from the name, not among `taken`; never changed afterwards. */
export function keyOf(name: string, taken: ReadonlySet<string>): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 40)
  const base = `${CUSTOM_PREFIX}${slug || 'metric'}`
  for (let count = 1; ; count += 1) {
    const key = count === 1 ? base : `${base}_${count}`
    if (!taken.has(key)) return key
  }
}

/** Whether a formula names this metric; what cannot be read names nothing. */
export function usesMetric(formula: string, key: string): boolean {
  const parsed = parseFormula(formula)
  return parsed.ok && namesOf(parsed.value).includes(key)
}

/** The formula's line with the wrong part, and a line of carets under it; for those who read plain text. */
export function caretLines(
  formula: string,
  { at, length }: { at: number; length: number },
): [string, string] {
  const start = formula.lastIndexOf('\n', at - 1) + 1
  const newline = formula.indexOf('\n', at)
  const line = formula.slice(start, newline < 0 ? undefined : newline)
  const width = Math.max(1, Math.min(length, line.length - (at - start)))
  return [line, `${' '.repeat(at - start)}${'^'.repeat(width)}`]
}
