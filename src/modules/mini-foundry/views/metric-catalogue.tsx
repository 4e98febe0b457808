/** All metrics with what they mean and what they are now, so that nobody has to guess. */
import { LinkButton } from '../../../views/button.tsx'
import { Sparkline } from '../../../views/chart.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { FilterBar, FilterSelect, FilterText } from '../../../views/filter-bar.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { METRIC_GROUPS, type MetricGroupName } from '../domain/metrics.ts'
import type { MetricAnswer } from '../domain/metrics-answer.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'
import { figure, numbers, type Reader } from './dashboard-words.ts'

export interface CatalogueItem {
  id: string
  name: string
  group: MetricGroupName
  formula: string
  meaning: string
  needs: string[]
}

export interface MetricCatalogueProps {
  items: CatalogueItem[]
  answers: ReadonlyMap<string, MetricAnswer>
  search: { q: string; group: string }
  reader: Reader
  mayWrite: boolean
}

const BASE = '/foundry/metrics'

export function MetricCatalogue({ items, answers, search, reader, mayWrite }: MetricCatalogueProps) {
  const found = items.filter((item) => matches(item, search))
  const groups = METRIC_GROUPS.filter((group) => found.some((item) => item.group === group))
  return (
    <>
      <FoundryTabs current="metrics" />
      <PageHeader
        title="Metrics"
        lead="One definition each, the same on every dashboard, in every export and over the API. Figures are of the last 30 days."
        actions={
          <>
            <LinkButton href="/foundry/why">Why it moved</LinkButton>
            <LinkButton href="/foundry/what-if">What if</LinkButton>
            {mayWrite && <LinkButton href={`${BASE}/custom`}>Your own metrics</LinkButton>}
          </>
        }
      />
      <FilterBar action={BASE} active={chips(search)}>
        <FilterText label="Search" name="q" value={search.q} />
        <FilterSelect
          label="About"
          name="group"
          value={search.group}
          options={METRIC_GROUPS.map((group) => ({ value: group, label: group }))}
        />
      </FilterBar>
      {found.length === 0 && (
        <EmptyState
          icon="search"
          title="No metric is called so"
          text="Try another word, such as margin, churn or overdue."
          actions={<LinkButton href={BASE}>Show all</LinkButton>}
        />
      )}
      {groups.map((group) => (
        <section class="mb-6" aria-labelledby={`group-${group}`}>
          <h2 id={`group-${group}`} class="mb-2 font-semibold text-lg">
            {group}
          </h2>
          <ul class="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
            {found
              .filter((item) => item.group === group)
              .map((item) => (
                <MetricTile item={item} answer={answers.get(item.id)} reader={reader} />
              ))}
          </ul>
        </section>
      ))}
      <Shared />
    </>
  )
}

function MetricTile({
  item,
  answer,
  reader,
}: {
  item: CatalogueItem
  answer: MetricAnswer | undefined
  reader: Reader
}) {
  const values = answer ? numbers(answer.series) : []
  const known = values.some((value) => value !== null && value !== 0)
  return (
    <li class="surface flex flex-col p-4" id={`metric-${item.id}`}>
      <div class="flex items-baseline gap-3">
        <h3 class="min-w-0 flex-1 font-semibold">
          <a href={`${BASE}/${item.id}`} class="link-hover link">
            {item.name}
          </a>
        </h3>
        {answer && known && (
          <span class="font-semibold tabular-nums">{figure(answer, answer.total, reader)}</span>
        )}
      </div>
      <p class="mt-1 text-base-content/80 text-sm">{item.meaning}</p>
      {known ? (
        <div class="mt-auto pt-2">
          <Sparkline values={values} label={`${item.name}, day by day over the last 30 days`} />
        </div>
      ) : (
        <p class="mt-auto pt-2 text-base-content/75 text-xs">
          Nothing in the last 30 days. It needs {item.needs.join('; and ')}.
        </p>
      )}
    </li>
  )
}

function Shared() {
  return (
    <section class="mt-6 max-w-prose space-y-2 text-sm">
      <h2 class="font-semibold text-base">What all of them share</h2>
      <p>Only sources that count as sales are added up, so one sale seen by two systems counts once.</p>
      <p>
        A day is a day in the time zone of the workspace. By order date, everything counts on the day of its
        order; by event date, each sale, refund and change counts on the day it happened.
      </p>
      <p>
        Amounts in other currencies are converted at the European Central Bank's rate of their day, or the
        last one at most seven days before. Balances are converted at the rate of the day they are shown for.
        What has no rate is listed, never guessed. Rounding happens once, at the end.
      </p>
    </section>
  )
}

function matches(item: CatalogueItem, { q, group }: MetricCatalogueProps['search']): boolean {
  if (group && item.group !== group) return false
  const text = `${item.name} ${item.id} ${item.meaning} ${item.formula} ${item.group}`.toLowerCase()
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

function chips({ q, group }: MetricCatalogueProps['search']): { label: string; href: string }[] {
  const address = (rest: Record<string, string>) => `${BASE}?${new URLSearchParams(rest)}`
  return [
    ...(q ? [{ label: `“${q}”`, href: address({ group }) }] : []),
    ...(group ? [{ label: group, href: address({ q }) }] : []),
  ]
}
