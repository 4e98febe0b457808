/** Sets targets and says how they stand. */
import { addDays, businessDay, type DayRange, nextPeriod, periodStart } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type MetricQuery, parseMetricQuery } from '../domain/metric-query.ts'
import type { Metric } from '../domain/metrics.ts'
import { answerMetrics } from '../domain/metrics-answer.ts'
import { type MetricBook, metricBook } from '../domain/metrics-book.ts'
import { addsUp, type DayValue, type Pace, paceOf, parseTarget } from '../domain/target.ts'
import { customMetricRows } from '../store/metrics-custom.ts'
import { readFacts } from '../store/metrics-plan.ts'
import { putTarget, removeTarget, type TargetRow, targetOf, targetRows } from '../store/targets.ts'

export interface TargetView {
  target: TargetRow
  metric: Metric
  range: DayRange
  /** As dashboards show it, today included; null: no value yet. */
  value: number | null
  currency: string | null
  /** Null where days do not add up (rates, balances): the value itself is held against the target. */
  pace: Pace | null
}

const SHOWN = 24
const YEAR = 364

/** The latest targets with how they stand; `metric` null: of all metrics. */
export async function readTargets(
  services: Services,
  actor: Actor,
  metric: string | null = null,
): Promise<Result<TargetView[]>> {
  if (!can(actor, 'foundry:read')) return forbidden('see targets')
  const db = services.tenant(actor.tenantId)
  const [rows, custom] = await db.getAll([targetRows(db, metric, SHOWN), customMetricRows(db)])
  const book = metricBook(custom)
  return ok(await viewTargets(services, actor, rows, book))
}

/** The target of the period that runs, if there is one: for the goal widget. */
export async function readTarget(
  services: Services,
  actor: Actor,
  metric: string,
  granularity: TargetRow['granularity'],
): Promise<Result<TargetView | null>> {
  if (!can(actor, 'foundry:read')) return forbidden('see targets')
  const db = services.tenant(actor.tenantId)
  const today = businessDay(services.clock.now(), actor.workspace.timeZone)
  const period = periodStart(today, granularity, actor.workspace)
  const [row, custom] = await db.getAll([targetOf(db, metric, granularity, period), customMetricRows(db)])
  return ok(row && (await viewTarget(services, actor, row, metricBook(custom))))
}

/** `input`: metric, value, and optionally granularity and a day of the period. A value of null takes it away. */
export async function setTarget(
  services: Services,
  actor: Actor,
  input: unknown,
): Promise<Result<TargetView | null>> {
  if (!can(actor, 'foundry:write')) return forbidden('set targets')
  const draft = parseTarget(input)
  if (!draft.ok) return draft
  const { metric, granularity, value } = draft.value
  const db = services.tenant(actor.tenantId)
  const book = metricBook(await db.get(customMetricRows(db)))
  if (!book.get(metric)) return invalid([{ path: 'metric', message: `There is no metric "${metric}".` }])
  const now = services.clock.now()
  const today = businessDay(now, actor.workspace.timeZone)
  const period = periodStart(draft.value.period ?? today, granularity, actor.workspace)
  const at = isoInstant(now)
  const audit = recordAudit(db, now, actor, 'target.set', metric, { granularity, period, value })
  if (value === null) {
    await db.write([removeTarget(db, metric, granularity, period), audit])
    return ok(null)
  }
  const row: TargetRow = {
    id: uuidv7(now),
    metric,
    granularity,
    period,
    value: String(value),
    createdBy: actor.id,
    createdAt: at,
    updatedAt: at,
  }
  await db.write([...putTarget(db, row), audit])
  const kept = await db.get(targetOf(db, metric, granularity, period))
  const view = kept && (await viewTarget(services, actor, kept, book))
  return view ? ok(view) : notFound('target')
}

const viewTarget = async (services: Services, actor: Actor, target: TargetRow, book: MetricBook) =>
  (await viewTargets(services, actor, [target], book))[0] ?? null

/** How targets stand, all of them in one batch of reads; one whose metric is gone is left out. */
export async function viewTargets(
  services: Services,
  actor: Actor,
  targets: readonly TargetRow[],
  book: MetricBook,
): Promise<TargetView[]> {
  const today = businessDay(services.clock.now(), actor.workspace.timeZone)
  const asked = targets.flatMap((target) => {
    const metric = book.get(target.metric)
    return metric ? [questionsOf(target, metric, today)] : []
  })
  const queries = asked.flatMap(({ now, past }) => [now ?? [], past ?? []].flat())
  if (queries.length === 0) return []
  const { currency } = actor.workspace
  const facts = await readFacts(services.tenant(actor.tenantId), queries, currency, book)
  const answer = (query: MetricQuery | null) =>
    query ? answerMetrics(query, facts(query), actor.workspace, book)[0] : undefined
  return asked.flatMap(({ target, metric, range, now, past }) => {
    const whole = answer(now)
    if (!whole) return []
    const value = whole.total === null || range.from > today ? null : Number(whole.total)
    const before = knownDays(answer(past)?.series ?? [])
    const days = dayValues(whole.series)
    const pace = addsUp(metric)
      ? paceOf(Number(target.value), range, today, days, before, metric.lessIsBetter)
      : null
    return [{ target, metric, range, value, currency: whole.currency, pace }]
  })
}

/** What has to be known about a target: its period, and the year before it where days add up. */
function questionsOf(target: TargetRow, metric: Metric, today: string) {
  const range = { from: target.period, to: addDays(nextPeriod(target.period, target.granularity), -1) }
  const ask = (days: DayRange, granularity: string): MetricQuery | null => {
    const parsed = parseMetricQuery({ metrics: metric.id, ...days, granularity }, today)
    return parsed.ok ? parsed.value : null
  }
  if (!addsUp(metric)) return { target, metric, range, now: ask(range, target.granularity), past: null }
  const year = { from: addDays(range.from, -YEAR), to: addDays(range.from, -1) }
  return { target, metric, range, now: ask(range, 'day'), past: ask(year, 'day') }
}

type Series = readonly { period: string; value: string | number | null }[]

const dayValues = (series: Series): DayValue[] =>
  series.map(({ period, value }) => ({ day: period, value: value === null ? null : Number(value) }))

/** Days before the first with anything are not known to be empty. */
function knownDays(series: Series): DayValue[] {
  const days = dayValues(series)
  const first = days.findIndex(({ value }) => value !== null && value !== 0)
  return first < 0 ? [] : days.slice(first)
}
