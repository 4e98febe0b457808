/** What if prices, sales, costs, ads or expenses were other: sliders, and the figures before and after. */

import { Button } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { DayField } from '../../../views/filter-bar.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import type { MetricAnswer } from '../domain/metrics-answer.ts'
import { LEVERS, type Lever, type Levers } from '../domain/what-if.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'
import { figure } from './dashboard-words.ts'

export interface WhatIfProps {
  range: { from: string; to: string }
  levers: Levers
  currency: string
  lines: {
    metric: string
    name: string
    unit: MetricAnswer['unit']
    lessIsBetter: boolean
    now: string | number | null
    moved: string | number | null
    changePercent: number | null
  }[]
  breakEven: number | null
  locale: string
  timeZone: string
}

const WORDS: Record<Lever, { label: string; moves: string }> = {
  price: { label: 'Prices', moves: 'revenue, discounts, refunds and payment fees' },
  volume: { label: 'Sales', moves: 'orders, units, their costs and fees' },
  costs: { label: 'Cost of goods', moves: 'what each piece costs you' },
  ads: { label: 'Ad spend', moves: 'what advertising costs; sales stay unless you move them too' },
  expenses: { label: 'Expenses', moves: 'rent, wages and other bills' },
}
/** Farther than a slider goes, the address of the page may. */
const SLIDER = 50

/** While a slider moves: the table alone is made anew. */
const LIVE = {
  'hx-get': '/foundry/what-if',
  'hx-trigger': 'input delay:200ms',
  'hx-select': '#what-if',
  'hx-target': '#what-if',
  // in place: a later answer must find the target that it set out for
  'hx-swap': 'outerMorph',
  'hx-sync': 'replace',
}

export function WhatIfPage(props: WhatIfProps) {
  const { range, levers } = props
  return (
    <>
      <FoundryTabs current="metrics" />
      <PageHeader
        title="What if?"
        lead="The same formulas over other numbers. What is not moved stays as it was: nobody leaves for a higher price unless you lower the sales."
        crumbs={[{ label: 'Metrics', href: '/foundry/metrics' }]}
      />
      <div class="grid gap-4 lg:grid-cols-3">
        <Card title="Move">
          <form method="get" action="/foundry/what-if" class="flex flex-col gap-4" {...LIVE}>
            <div class="flex flex-wrap gap-2">
              <DayField label="From" name="from" value={range.from} />
              <DayField label="To" name="to" value={range.to} />
            </div>
            {LEVERS.map((lever) => (
              <label class="flex flex-col gap-1 text-sm">
                <span class="font-medium">{WORDS[lever].label}, from −50 % to +50 %</span>
                <input
                  type="range"
                  name={lever}
                  min={-SLIDER}
                  max={SLIDER}
                  step={1}
                  value={String(levers[lever])}
                  class="range range-sm range-primary w-full"
                />
                <span class="text-base-content/75 text-xs">{WORDS[lever].moves}</span>
              </label>
            ))}
            <div>
              <Button small>Show</Button>
            </div>
          </form>
        </Card>
        <div class="min-w-0 lg:col-span-2">
          <Outcome {...props} />
        </div>
      </div>
    </>
  )
}

function Outcome({ levers, currency, lines, breakEven, locale, timeZone }: WhatIfProps) {
  const reader = { locale, timeZone }
  const told = ({ unit }: WhatIfProps['lines'][number], value: string | number | null) =>
    figure({ unit, currency }, value, reader)
  const moved = LEVERS.filter((lever) => levers[lever] !== 0)
  return (
    <div id="what-if" class="flex flex-col gap-3" aria-live="polite">
      <p class="font-medium">
        {moved.length === 0
          ? 'Nothing is moved yet: both columns are the figures as they are.'
          : moved.map((lever) => `${WORDS[lever].label} ${percent(levers[lever], locale)}`).join(', ')}
      </p>
      <DataTable
        caption="Before and after"
        rows={lines}
        columns={[
          {
            key: 'name',
            label: 'Figure',
            cell: ({ metric, name }) => (
              <a class="link" href={`/foundry/metrics/${metric}`}>
                {name}
              </a>
            ),
          },
          { key: 'now', label: 'As it is', numeric: true, cell: (line) => told(line, line.now) },
          {
            key: 'moved',
            label: 'As it would be',
            numeric: true,
            cell: (line) => <strong>{told(line, line.moved)}</strong>,
          },
          {
            key: 'change',
            label: 'Change',
            numeric: true,
            cell: ({ changePercent, lessIsBetter }) => (
              <span class={toneOf(changePercent, lessIsBetter)}>
                {changePercent === null ? '–' : percent(changePercent, locale)}
              </span>
            ),
          },
        ]}
      />
      {breakEven !== null && (
        <p class="text-sm">
          With these, sales may change by <strong>{percent(breakEven, locale)}</strong> until the contribution
          after costs, fees and ads is what it is today.
        </p>
      )}
    </div>
  )
}

const percent = (value: number, locale: string): string =>
  `${value.toLocaleString(locale, { maximumFractionDigits: 1, signDisplay: 'exceptZero' })} %`

function toneOf(change: number | null, lessIsBetter: boolean): string {
  if (change === null || Math.abs(change) < 0.05) return ''
  return change > 0 === lessIsBetter ? 'text-error' : 'text-success'
}
