/** Which days, how cut, against what: plain GET forms, so the address of the page is its state. */
import { RANGE_LABELS, RANGE_PRESETS } from '../../../kit/calendar.ts'
import { Button } from '../../../views/button.tsx'
import { COMPARISON_LABELS } from '../domain/compare.ts'
import { COMPARISONS, DIMENSIONS, GRANULARITIES } from '../domain/dashboard.ts'
import type { DashboardView, OpenDashboard } from '../domain/dashboard-model.ts'
import { type DashboardQuery, queryString } from '../domain/dashboard-query.ts'
import { DIMENSION_NAMES } from '../domain/templates.ts'
import { PERIOD_NAMES, type Reader, rangeWords } from './dashboard-words.ts'

export function DashboardControls({
  view,
  reader,
  tab = '',
}: {
  view: OpenDashboard
  reader: Reader
  tab?: string
}) {
  const { query } = view
  const action = `/foundry/dashboards/${view.dashboard.id}`
  const custom = query.preset === 'custom'
  return (
    <div class="mb-4 flex flex-col gap-2">
      <form action={action} method="get" class="flex flex-wrap items-end gap-2" aria-label="What to show">
        <Choice label="Range" name="range" value={query.preset} options={rangeOptions(view, reader)} />
        {custom && <input type="hidden" name="from" value={query.from ?? ''} />}
        {custom && <input type="hidden" name="to" value={query.to ?? ''} />}
        <Choice
          label="Compare with"
          name="compare"
          value={query.compare ?? ''}
          options={[
            ['', 'As each widget says'],
            ...COMPARISONS.map((name): Option => [name, capital(COMPARISON_LABELS[name])]),
            ['none', 'Nothing'],
          ]}
        />
        <Choice
          label="Step"
          name="granularity"
          value={query.granularity ?? ''}
          options={[
            ['', 'Readable'],
            ...GRANULARITIES.map((name): Option => [name, name === 'week' ? 'Week' : PERIOD_NAMES[name]]),
          ]}
        />
        <Choice
          label="Count by"
          name="book"
          value={query.book}
          options={[
            ['order_date', 'Day of the order'],
            ['event_date', 'Day it happened'],
          ]}
        />
        <Filters view={view} />
        {query.asOf && <input type="hidden" name="as_of" value={query.asOf} />}
        {tab && <input type="hidden" name="tab" value={tab} />}
        <Button tone="primary" small>
          Show
        </Button>
      </form>
      <details open={custom || query.asOf !== null} class="text-sm">
        <summary class="cursor-pointer text-base-content/75">Choose dates</summary>
        <form action={action} method="get" class="mt-2 flex flex-wrap items-end gap-2" aria-label="Dates">
          <Kept query={{ ...query, preset: 'custom', from: null, to: null }} tab={tab} />
          <DateField label="From" name="from" value={view.range.from} />
          <DateField label="To" name="to" value={view.range.to} />
          <Button small>Show these days</Button>
        </form>
        <form action={action} method="get" class="mt-2 flex flex-wrap items-end gap-2" aria-label="Look back">
          <Kept query={{ ...query, asOf: null }} tab={tab} />
          <DateField label="As it was known on" name="as_of" value={query.asOf ?? view.range.to} />
          <Button small>Look back</Button>
          <p class="basis-full text-base-content/75 text-xs">
            Shows every figure as it stood at the end of that day, before later refunds and changes.
          </p>
        </form>
      </details>
    </div>
  )
}

/** What the page asks already, for a form that changes one thing of it. */
function Kept({ query, tab }: { query: DashboardQuery; tab: string }) {
  const parts = [...new URLSearchParams(queryString(query)), ...(tab ? [['tab', tab] as const] : [])]
  return parts.map(([name, value]) => <input type="hidden" name={name} value={value} />)
}

/** One choice a dimension, with the values that the data has; one that holds now stays even when it is not among them. */
function Filters({ view }: { view: OpenDashboard }) {
  return DIMENSIONS.map((dimension) => {
    const chosen = view.query.filters.find((filter) => filter.dimension === dimension)
    const known = view.values.filter((one) => one.dimension === dimension).map(({ value }) => value)
    const offered = chosen && !known.includes(chosen.value) ? [chosen.value, ...known] : known
    if (offered.length === 0) return null
    const names = new Map(view.sources.map(({ id, name }) => [id, name]))
    return (
      <Choice
        label={capital(DIMENSION_NAMES[dimension])}
        name="filter"
        value={chosen ? `${dimension}:${chosen.value}` : ''}
        options={[
          ['', 'All'],
          ...offered.map(
            (value): Option => [`${dimension}:${value}`, names.get(value) ?? (value || 'Unknown')],
          ),
        ]}
      />
    )
  })
}

type Option = [value: string, label: string]

function rangeOptions(view: DashboardView, reader: Reader): Option[] {
  const named = RANGE_PRESETS.map((preset): Option => [preset, RANGE_LABELS[preset]])
  const first: Option = ['default', view.dataIsOld ? 'Last 12 months with sales' : 'Usual (last 30 days)']
  return view.query.preset === 'custom'
    ? [['custom', rangeWords(view.range, reader)], first, ...named]
    : [first, ...named]
}

export function Choice({
  label,
  name,
  value,
  options,
}: {
  label: string
  name: string
  value: string
  options: Option[]
}) {
  return (
    <label class="flex flex-col gap-1 text-xs">
      <span class="text-base-content/80">{label}</span>
      <select name={name} class="select select-sm w-auto">
        {options.map(([key, words]) => (
          <option value={key} selected={key === value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  )
}

function DateField({ label, name, value }: { label: string; name: string; value: string }) {
  return (
    <label class="flex flex-col gap-1 text-xs">
      <span class="text-base-content/80">{label}</span>
      <input type="date" name={name} value={value} class="input input-sm w-auto" required />
    </label>
  )
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
