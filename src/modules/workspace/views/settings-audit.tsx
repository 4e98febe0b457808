/** Who did what, when, from where. */
import { LinkButton } from '../../../views/button.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { Field } from '../../../views/form.tsx'
import { Pagination } from '../../../views/pagination.tsx'
import { Time } from '../../../views/time.tsx'
import { SettingsFrame } from './settings-tabs.tsx'

export interface AuditItem {
  id: string
  at: string
  who: string
  action: string
  target: string
  detail: string
  from: string
}

export interface AuditPageProps {
  entries: AuditItem[]
  filter: Record<string, string>
  next: string | null
  exportHref: string
  timeZone: string
  locale: string
}

export function AuditPage({ entries, filter, next, exportHref, timeZone, locale }: AuditPageProps) {
  const actions = (
    <LinkButton href={exportHref} small icon="download">
      Export as CSV
    </LinkButton>
  )
  return (
    <SettingsFrame
      at="/settings/audit"
      lead="Entries are written with the change itself and never altered."
      actions={actions}
    >
      <form
        method="get"
        action="/settings/audit"
        class="mb-4 grid grid-cols-2 items-end gap-3 sm:grid-cols-5"
      >
        <Field label="Who" name="actor" value={filter.actor} />
        <Field label="What" name="action" value={filter.action} placeholder="e.g. member" />
        <Field label="From" name="from" type="date" value={filter.from} />
        <Field label="To" name="to" type="date" value={filter.to} />
        <button type="submit" class="btn border-base-300 bg-base-100">
          Filter
        </button>
      </form>
      <DataTable
        caption="Audit log"
        rows={entries}
        empty={
          <EmptyState
            icon="list"
            title="Nothing fits"
            text="No entry fits this filter. Widen it, or clear its fields."
          />
        }
        columns={[
          {
            key: 'at',
            label: 'When',
            cell: (entry) => <Time at={entry.at} timeZone={timeZone} locale={locale} />,
          },
          { key: 'who', label: 'Who', cell: (entry) => entry.who },
          { key: 'action', label: 'What', cell: (entry) => <code class="text-xs">{entry.action}</code> },
          {
            key: 'detail',
            label: 'Details',
            cell: (entry) => <span class="break-all text-xs">{entry.detail}</span>,
          },
          { key: 'from', label: 'Network', cell: (entry) => entry.from },
        ]}
      />
      <Pagination next={next} />
    </SettingsFrame>
  )
}
