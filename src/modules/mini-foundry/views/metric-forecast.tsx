/** Where a metric is probably going, and how often such a guess was right. */
import { Card } from '../../../views/card.tsx'
import { Chart } from '../../../views/chart.tsx'
import type { Metric } from '../domain/metrics.ts'
import type { MetricValue } from '../domain/metrics-present.ts'
import { chartFormats, figure, numbers, periodLabel, type Reader } from './dashboard-words.ts'

export interface ForecastPicture {
  unit: Metric['unit']
  currency: string | null
  horizon_days: number
  total: MetricValue
  points: { day: string; value: MetricValue; low: MetricValue; high: MetricValue }[]
  seasons: ('week' | 'year')[]
  history_days: number
  backtest: { rounds: number; day_error_percent: number | null; total_error_percent: number | null }
}

interface Props {
  metric: Metric
  /** A sentence when none can be made. */
  forecast: ForecastPicture | string
  reader: Reader
}

export function MetricForecastCard({ metric, forecast, reader }: Props) {
  if (typeof forecast === 'string') {
    return (
      <Card title="Forecast">
        <p class="text-sm">{forecast}</p>
      </Card>
    )
  }
  const style = { granularity: 'day' as const, fiscalYearStart: 1, oneYear: true }
  const values = (name: 'value' | 'low' | 'high') =>
    numbers(forecast.points.map((point) => ({ value: point[name] })))
  return (
    <Card title={`Forecast of the next ${forecast.horizon_days} days`}>
      <p class="font-semibold text-2xl tabular-nums">{figure(forecast, forecast.total, reader)}</p>
      <p class="mt-1 max-w-prose text-base-content/80 text-sm">{howGood(forecast)}</p>
      <div class="mt-3">
        <Chart
          kind="line"
          title={`${metric.name}, forecast`}
          data={{
            labels: forecast.points.map(({ day }) => periodLabel(day, style, reader)),
            series: [
              { name: 'Expected', values: values('value') },
              { name: 'Seldom below', values: values('low'), dashed: true },
              { name: 'Seldom above', values: values('high'), dashed: true },
            ],
            ...chartFormats(forecast, reader),
          }}
          labelName="Day"
          id="forecast-chart"
        />
      </div>
    </Card>
  )
}

function howGood({ seasons, history_days, backtest }: ForecastPicture): string {
  const shape = seasons.includes('year') ? 'weekdays and the time of the year' : 'weekdays'
  const made = `Made from ${history_days} days of history, with ${shape}; four of five days lie between the dashed lines.`
  if (backtest.rounds === 0 || backtest.total_error_percent === null) return made
  return `${made} Made at ${backtest.rounds} earlier days, the same forecast missed the total by ${backtest.total_error_percent} % and single days by ${backtest.day_error_percent} %.`
}
