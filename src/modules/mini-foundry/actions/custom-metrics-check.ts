/** Formulas looked at before anything is kept: whether they can be, what they give, what they may name. */
import { addDays, businessDay } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type CustomMetricDraft, formulaFailure, parseCustomMetric, unitOf } from '../domain/custom-metric.ts'
import { MEASURES } from '../domain/measures.ts'
import { CUSTOM_PREFIX, checkMetricQuery, parseMetricQuery } from '../domain/metric-query.ts'
import type { MetricProgram } from '../domain/metrics.ts'
import type { MetricAnswer } from '../domain/metrics-answer.ts'
import { type CustomMetricRow, checkCustomFormula, metricBook } from '../domain/metrics-book.ts'
import { customMetricRows } from '../store/metrics-custom.ts'
import { computeMetrics } from './metrics.ts'

const PREVIEW_KEY = `${CUSTOM_PREFIX}preview_of_a_draft`
const PREVIEW_DAYS = 90

export interface MetricPreview {
  answer: MetricAnswer
  program: MetricProgram
}

/** What a formula gives, on the last 90 days by day; nothing is kept. `key`: of the metric that is being changed. */
export async function previewFormula(
  services: Services,
  actor: Actor,
  input: unknown,
  key: string | null = null,
): Promise<Result<MetricPreview>> {
  if (!can(actor, 'foundry:read')) return forbidden('see metrics')
  const sent = (input ?? {}) as Record<string, unknown>
  const draft = parseCustomMetric({ ...sent, name: sent.name || 'Preview' })
  if (!draft.ok) return draft
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(customMetricRows(db))
  const checked = checkDraft(draft.value, rows, key)
  if (!checked.ok) return checked
  const { name, formula, description, less_is_better } = draft.value
  const own = {
    key: PREVIEW_KEY,
    name,
    description,
    formula,
    unit: checked.value.unit,
    less_is_better: less_is_better ? 1 : 0,
    version: 1,
  }
  const book = metricBook([...rows, own])
  const today = businessDay(services.clock.now(), actor.workspace.timeZone)
  const query = parseMetricQuery(
    { metrics: PREVIEW_KEY, from: addDays(today, -PREVIEW_DAYS + 1), to: today, granularity: 'day' },
    today,
  )
  if (!query.ok) return query
  const possible = checkMetricQuery(query.value, book)
  if (!possible.ok) return possible
  const [answer] = await computeMetrics(services, actor, possible.value, book)
  return answer ? ok({ answer, program: checked.value.program }) : notFound('metric')
}

/** The words that formulas may use, with what they give: measures and metrics, each once. */
export async function formulaNames(
  services: Services,
  actor: Actor,
): Promise<Result<{ id: string; name: string; unit: string; note: string }[]>> {
  if (!can(actor, 'foundry:read')) return forbidden('see metrics')
  const db = services.tenant(actor.tenantId)
  const book = metricBook(await db.get(customMetricRows(db)))
  return ok(
    book.names.flatMap((id) => {
      const measure = MEASURES.get(id)
      if (measure) return [{ id, name: measure.title, unit: measure.unit, note: measure.note }]
      const metric = book.get(id)
      return metric ? [{ id, name: metric.name, unit: metric.unit, note: metric.meaning }] : []
    }),
  )
}

/** Another metric that this change would leave without a value, in words; null: none. */
export function brokenBy(rows: readonly CustomMetricRow[], changed: CustomMetricRow): string | null {
  const before = metricBook(rows)
  const after = metricBook([...rows.filter(({ key }) => key !== changed.key), changed])
  for (const { key, name } of rows) {
    const problem = after.get(key)?.custom?.problem
    if (key === changed.key || !problem || before.get(key)?.custom?.problem) continue
    return `“${name}” uses this metric and could not be computed any more: ${problem} Change that one first.`
  }
  return null
}

/** The unit that a draft gives, and its program. `key`: of the metric that is changed. */
export function checkDraft(draft: CustomMetricDraft, rows: readonly CustomMetricRow[], key: string | null) {
  const program = checkCustomFormula(draft.formula, metricBook(rows), rows, key)
  if (!program.ok) return formulaFailure(program.error)
  const unit = unitOf(draft.unit, program.value)
  return unit.ok ? ok({ unit: unit.value, program: program.value }) : unit
}
