/** What each figure means, so that nobody has to guess. */
import { Card } from '../../../views/card.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { METRICS, type MetricUnit } from '../domain/metrics.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'

const UNITS: Record<MetricUnit, string> = { money: 'an amount of money', count: 'a number', ratio: 'a ratio' }

export function MetricCatalogue() {
  return (
    <>
      <FoundryTabs current="metrics" />
      <PageHeader
        title="Metrics"
        lead="One definition each, the same on every dashboard, in every export and over the API."
      />
      <div class="grid gap-3 md:grid-cols-2">
        {Object.values(METRICS).map((metric) => (
          <Card title={metric.name} id={`metric-${metric.id}`}>
            <p>{metric.formula}</p>
            <p class="mt-1 text-base-content/75 text-sm">{metric.note}</p>
            <p class="mt-2 text-base-content/75 text-xs">
              {UNITS[metric.unit]} · <code>{metric.id}</code>
            </p>
          </Card>
        ))}
      </div>
      <section class="mt-6 max-w-prose space-y-2 text-sm">
        <h2 class="font-semibold text-base">What all of them share</h2>
        <p>Only sources that count as sales are added up, so one sale seen by two systems counts once.</p>
        <p>
          A day is a day in the time zone of the workspace. By order date, everything counts on the day of its
          order; by event date, each sale, refund and change counts on the day it happened.
        </p>
        <p>
          Amounts in other currencies are converted at the European Central Bank's rate of their day, or the
          last one at most seven days before. What has no rate is listed, never guessed. Rounding happens
          once, at the end.
        </p>
      </section>
    </>
  )
}
