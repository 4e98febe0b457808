/** The figures of a range as they are, and as they would be with other prices, sales, costs, ads or expenses. */
import { businessDay, type DayRange } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { moneyText, parseUnits } from '../../../platform/money.ts'
import { type FieldError, forbidden, invalid, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { MetricUnit } from '../domain/catalogue/line.ts'
import { parseMetricQuery } from '../domain/metric-query.ts'
import { METRICS, type Metric } from '../domain/metrics.ts'
import type { MetricAnswer } from '../domain/metrics-answer.ts'
import { metricBook } from '../domain/metrics-book.ts'
import {
  breakEvenVolume,
  LEVER_RANGE,
  LEVERS,
  type Lever,
  type Levers,
  type MeasureValues,
  NO_LEVERS,
  valueUnder,
} from '../domain/what-if.ts'
import { computeMetrics } from './metrics.ts'

const SHOWN = [
  'net_revenue',
  'orders',
  'average_order_value',
  'gross_profit',
  'gross_margin',
  'ad_spend',
  'contribution_profit',
  'contribution_margin',
  'operating_expenses',
  'net_profit',
  'net_margin',
] as const
/** The figure whose break-even is looked for. */
const GOAL = 'contribution_profit'

export interface WhatIfLine {
  metric: string
  name: string
  unit: MetricUnit
  lessIsBetter: boolean
  /** As figures are told: money as text, percentages as 12.5. Null: no value. */
  now: string | number | null
  moved: string | number | null
  /** Of `moved`; null where there is nothing to compare with. */
  changePercent: number | null
}

export interface WhatIfAnswer {
  range: DayRange
  levers: Levers
  currency: string
  lines: WhatIfLine[]
  /** Percent that sales may change until the contribution profit is as today; null: no such point, or nothing is moved. */
  breakEven: number | null
}

export type WhatIfInput = { from?: string; to?: string } & Partial<Record<Lever, string>>

export async function whatIf(
  services: Services,
  actor: Actor,
  input: WhatIfInput,
): Promise<Result<WhatIfAnswer>> {
  if (!can(actor, 'foundry:read')) return forbidden('see metrics')
  const levers = leversOf(input)
  if (!levers.ok) return levers
  const today = businessDay(services.clock.now(), actor.workspace.timeZone)
  const query = parseMetricQuery({ from: input.from, to: input.to, metrics: 'revenue' }, today)
  if (!query.ok) return query
  const metrics = SHOWN.flatMap((id) => METRICS[id] ?? [])
  const values = await measuresOf(services, actor, query.value, metrics)
  const { currency } = actor.workspace
  const goal = METRICS[GOAL]
  const isMoved = LEVERS.some((lever) => lever !== 'volume' && levers.value[lever] !== 0)
  return ok({
    range: query.value.range,
    levers: levers.value,
    currency,
    lines: metrics.map((metric) => lineOf(metric, values, levers.value, currency)),
    breakEven: goal && isMoved ? breakEvenVolume(goal, values, levers.value) : null,
  })
}

function leversOf(input: WhatIfInput): Result<Levers> {
  const errors: FieldError[] = []
  const levers = Object.fromEntries(
    LEVERS.map((lever) => {
      const percent = Number((input[lever] ?? '').trim() || 0)
      const { least, most } = LEVER_RANGE
      if (!(percent >= least && percent <= most))
        errors.push({ path: lever, message: `Choose ${least} to ${most} percent.` })
      return [lever, percent]
    }),
  )
  return errors.length > 0 ? invalid(errors) : ok({ ...NO_LEVERS, ...levers })
}

/** Each measure is asked for as a metric of its own, so that rates, sources and rounding are those of every figure. */
async function measuresOf(
  services: Services,
  actor: Actor,
  query: Parameters<typeof computeMetrics>[2],
  metrics: readonly Metric[],
): Promise<MeasureValues> {
  const ids = [...new Set(metrics.flatMap(({ measures }) => measures.map(({ id }) => id)))]
  const keyOf = (id: string) => `custom_measure_${id}`
  const book = metricBook(
    ids.map((id) => ({
      ...{ key: keyOf(id), name: id, description: '', formula: id, unit: '', less_is_better: 0, version: 1 },
    })),
  )
  const answers = await computeMetrics(services, actor, { ...query, metrics: ids.map(keyOf) }, book)
  return new Map(answers.map((answer, index) => [ids[index] ?? '', amountOf(answer)]))
}

function amountOf({ unit, total }: MetricAnswer): number | null {
  if (total === null) return null
  return unit === 'money' ? parseUnits(String(total)) : Number(total)
}

function lineOf(metric: Metric, values: MeasureValues, levers: Levers, currency: string): WhatIfLine {
  const [now, moved] = [NO_LEVERS, levers].map((set) => valueUnder(metric, values, set)) as [
    number | null,
    number | null,
  ]
  const told = (value: number | null) => {
    if (value === null) return null
    if (metric.unit === 'money') return moneyText(Math.round(value), currency)
    return metric.unit === 'percent' ? value * 100 : value
  }
  const changePercent =
    now === null || moved === null || now === 0 ? null : ((moved - now) / Math.abs(now)) * 100
  return {
    ...{
      metric: metric.id,
      name: metric.name,
      unit: metric.unit,
      lessIsBetter: metric.lessIsBetter ?? false,
    },
    ...{ now: told(now), moved: told(moved), changePercent },
  }
}
