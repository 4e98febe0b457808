/** The forecast of a metric: from its own days up to yesterday. */
import { addDays, businessDay } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type Forecast, forecast } from '../domain/forecast.ts'
import { asksCustom } from '../domain/metric-query.ts'
import type { Metric } from '../domain/metrics.ts'
import { metricBook } from '../domain/metrics-book.ts'
import { type MetricValue, presentValue } from '../domain/metrics-present.ts'
import { isAdditive } from '../domain/metrics-support.ts'
import { customMetricRows } from '../store/metrics-custom.ts'
import { queryMetrics } from './metrics.ts'

export interface MetricForecast {
  metric: string
  name: string
  unit: Metric['unit']
  currency: string | null
  /** Last day of the history. */
  until: string
  horizon_days: number
  total: MetricValue
  points: { day: string; value: MetricValue; low: MetricValue; high: MetricValue }[]
  seasons: ('week' | 'year')[]
  history_days: number
  backtest: { rounds: number; day_error_percent: number | null; total_error_percent: number | null }
}

export const MAX_HORIZON = 365
const HISTORY_DAYS = 1095
/** A business that has been silent for longer is forecast from where it stopped. */
const SILENT_DAYS = 30

/** Refuses in words: metrics whose days do not add up, and histories that are too short for the horizon. */
export async function forecastMetric(
  services: Services,
  actor: Actor,
  id: string,
  { horizonDays, filter }: { horizonDays: number; filter?: string },
): Promise<Result<MetricForecast>> {
  if (!can(actor, 'foundry:read')) return forbidden('see forecasts')
  if (!Number.isInteger(horizonDays) || horizonDays < 1 || horizonDays > MAX_HORIZON) {
    return invalid([{ path: 'horizon_days', message: `A whole number of days from 1 to ${MAX_HORIZON}.` }])
  }
  const db = services.tenant(actor.tenantId)
  const metric = metricBook(asksCustom([id]) ? await db.get(customMetricRows(db)) : []).get(id)
  if (!metric) return notFound('metric')
  if (!isAdditive(metric)) {
    const words = `${metric.name} does not add up day by day, so it is not forecast; revenue, orders or refunds are.`
    return fail('invalid', 'forecast-not-additive', words)
  }
  const { currency, timeZone } = actor.workspace
  const yesterday = addDays(businessDay(services.clock.now(), timeZone), -1)
  const asked = await queryMetrics(services, actor, {
    metrics: id,
    from: addDays(yesterday, 1 - HISTORY_DAYS),
    to: yesterday,
    granularity: 'day',
    ...(filter && { filter }),
  })
  if (!asked.ok) return asked
  const { values, lastDay } = historyOf(
    (asked.value.data[0]?.series ?? []).map(({ value }) => Number(value ?? 0)),
    yesterday,
  )
  const made = forecast(values, lastDay, horizonDays)
  if (!made.ok) return fail('invalid', 'forecast-too-little', made.error)
  return ok(presented(metric, made.value, { currency, lastDay, horizonDays }))
}

/** Without the empty days before the business began, or after it fell silent. */
function historyOf(values: number[], yesterday: string): { values: number[]; lastDay: string } {
  const first = values.findIndex((value) => value !== 0)
  const last = values.findLastIndex((value) => value !== 0)
  if (first < 0) return { values: [], lastDay: yesterday }
  const silent = values.length - 1 - last
  const end = silent > SILENT_DAYS ? last + 1 : values.length
  return { values: values.slice(first, end), lastDay: addDays(yesterday, end - values.length) }
}

function presented(
  metric: Metric,
  made: Forecast,
  { currency, lastDay, horizonDays }: { currency: string; lastDay: string; horizonDays: number },
): MetricForecast {
  const scale = metric.unit === 'money' ? 10_000 : 1
  const show = (value: number) =>
    presentValue(
      metric.unit,
      metric.unit === 'money' ? value * scale : Math.round(value * 100) / 100,
      currency,
    )
  return {
    metric: metric.id,
    name: metric.name,
    unit: metric.unit,
    currency: metric.unit === 'money' ? currency : null,
    until: lastDay,
    horizon_days: horizonDays,
    total: show(made.total),
    points: made.points.map(({ day, value, low, high }) => ({
      day,
      value: show(value),
      low: show(low),
      high: show(high),
    })),
    seasons: made.yearly ? ['week', 'year'] : ['week'],
    history_days: made.historyDays,
    backtest: {
      rounds: made.backtest.rounds,
      day_error_percent: made.backtest.dayErrorPercent,
      total_error_percent: made.backtest.totalErrorPercent,
    },
  }
}
