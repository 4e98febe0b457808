/** The match badge, and day by day what our totals and the source's own were. */
import { dateFormat } from '../../../kit/format.ts'
import { displayMoney } from '../../../platform/money.ts'
import { Badge as Chip } from '../../../views/badge.tsx'
import { Button } from '../../../views/button.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Day, Time } from '../../../views/time.tsx'
import { type Badge, type CheckReason, type CheckRow, MEASURE_WORDS } from '../domain/source-check.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'

const figure = (measure: string | null, value: number, currency: string | null, locale: string): string =>
  measure === 'orders' ? value.toLocaleString(locale) : displayMoney(value, currency ?? 'USD', locale)

/** Days in kept sentences, written as the column beside them writes its own. */
const withDays = (words: string, locale: string): string => {
  const format = dateFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  return words.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => format.format(new Date(`${day}T00:00:00Z`)))
}

/** "Matches Shopify to the cent", or by how much it does not. Links to the days. */
export function MatchBadge({
  badge,
  source,
  locale,
}: {
  badge: Badge
  source: { id: string; name: string }
  locale: string
}) {
  if (badge.state === 'unchecked') return null
  const words =
    badge.state === 'match'
      ? `Matches ${source.name} to the cent`
      : `Off by ${figure(badge.measure, badge.off, badge.currency, locale)} on ${badge.daysOff} of ${badge.days} days`
  return (
    <a href={`/foundry/sources/${source.id}/checks`} class="inline-flex min-h-6 items-center">
      <Chip tone={badge.state === 'match' ? 'success' : 'warning'}>{words}</Chip>
    </a>
  )
}

export interface ChecksPageProps {
  source: { id: string; name: string }
  badge: Badge
  rows: (CheckRow & { reasons: CheckReason[] })[]
  mayCheck: boolean
  /** Why the check that was just asked for could not be made. */
  fault?: string
  timeZone: string
  locale: string
}

export function ChecksPage({ source, badge, rows, mayCheck, fault, timeZone, locale }: ChecksPageProps) {
  const off = rows.filter((row) => row.ours !== row.theirs)
  return (
    <>
      <FoundryTabs current="sources" />
      <PageHeader
        title={`Does it match ${source.name}?`}
        lead="Every night the source’s own totals are held against ours, day by day."
        crumbs={[
          { label: 'Sources', href: '/foundry/sources' },
          { label: source.name, href: `/foundry/sources/${source.id}` },
        ]}
        actions={mayCheck && <CheckNow id={source.id} />}
      />
      {fault && (
        <p role="alert" class="mb-4 text-error">
          {fault}
        </p>
      )}
      {rows.length === 0 ? (
        <EmptyState
          icon="check"
          title="Not checked yet"
          text="The first check runs tonight, once the history is complete."
          actions={mayCheck && <CheckNow id={source.id} />}
        />
      ) : (
        <>
          <p class="mb-4 flex flex-wrap items-center gap-3 text-sm">
            <MatchBadge badge={badge} source={source} locale={locale} />
            {badge.checkedAt && (
              <span class="text-base-content/75">
                checked <Time at={badge.checkedAt} timeZone={timeZone} locale={locale} />
              </span>
            )}
          </p>
          {off.length > 0 && <Days title="Days that differ" rows={off} locale={locale} />}
          <details class="mt-5" open={off.length === 0}>
            <summary class="cursor-pointer font-semibold">
              All days ({new Set(rows.map(({ day }) => day)).size})
            </summary>
            <div class="mt-3">
              <Days title="All days" rows={rows} locale={locale} />
            </div>
          </details>
        </>
      )}
    </>
  )
}

const CheckNow = ({ id }: { id: string }) => (
  <form method="post" action={`/foundry/sources/${id}/checks`}>
    <Button small icon="refresh">
      Check now
    </Button>
  </form>
)

function Days({ title, rows, locale }: { title: string; rows: ChecksPageProps['rows']; locale: string }) {
  return (
    <DataTable
      caption={title}
      rows={rows}
      rowTone={(row) => (row.ours === row.theirs ? undefined : 'warning')}
      columns={[
        { key: 'day', label: 'Day', cell: (row) => <Day day={row.day} locale={locale} /> },
        { key: 'measure', label: 'Figure', cell: (row) => MEASURE_WORDS[row.measure] ?? row.measure },
        {
          key: 'ours',
          label: 'Here',
          numeric: true,
          cell: (row) => figure(row.measure, row.ours, row.currency, locale),
        },
        {
          key: 'theirs',
          label: 'At the source',
          numeric: true,
          cell: (row) => figure(row.measure, row.theirs, row.currency, locale),
        },
        {
          key: 'why',
          label: 'Why',
          cell: (row) =>
            row.ours === row.theirs
              ? 'the same'
              : withDays(row.reasons.map(({ words }) => words).join(' '), locale),
        },
      ]}
    />
  )
}
