/** All automations with how they stand; without any, what they could do. */
import { Badge } from '../../../views/badge.tsx'
import { LinkButton } from '../../../views/button.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Time } from '../../../views/time.tsx'
import type { Trigger } from '../domain/automation-model.ts'
import { OpsTabs } from './ops-tabs.tsx'
import { type Names, STATUS, triggerWords } from './words.ts'

export interface AutomationLine {
  id: string
  name: string
  status: string
  pausedFor: string | null
  triggerConfig: Trigger
  version: number
  publishedVersion: number | null
  lastRunAt: string | null
}

export interface AutomationListProps {
  automations: AutomationLine[]
  names: Names
  next: string | null
  mayWrite: boolean
  timeZone: string
  locale: string
  /** Decisions, tasks and runs that wait for this person. */
  waiting: { approvals: number; tasks: number; unclear: number }
}

export function AutomationListPage(props: AutomationListProps) {
  const { automations, names, mayWrite, timeZone, locale, next } = props
  const actions = mayWrite && (
    <>
      <LinkButton href="/ops/import">Import from n8n</LinkButton>
      <LinkButton href="/ops/new" tone="primary" icon="plus">
        New automation
      </LinkButton>
    </>
  )
  return (
    <>
      <OpsTabs current="automations" />
      <PageHeader
        title="Automations"
        lead="Work that does itself: each run is written down before anything leaves, and says why it did what it did."
        actions={automations.length > 0 ? actions : undefined}
      />
      <Waiting {...props.waiting} />
      {automations.length === 0 ? (
        <EmptyState
          icon="spark"
          title="Let something do itself"
          text="Reminders for late invoices, approvals, follow-ups for new leads, the weekly report: begin with one that is ready, or say in a sentence what should happen."
          actions={actions}
        />
      ) : (
        <DataTable
          caption="Automations"
          rows={automations}
          columns={[
            {
              key: 'name',
              label: 'Automation',
              cell: ({ id, name }) => (
                <a class="link link-hover font-medium" href={`/ops/automations/${id}`}>
                  {name}
                </a>
              ),
            },
            { key: 'when', label: 'Starts', cell: ({ triggerConfig }) => triggerWords(triggerConfig, names) },
            { key: 'status', label: 'Status', cell: (line) => <AutomationStatus {...line} /> },
            {
              key: 'last',
              label: 'Last run',
              cell: ({ lastRunAt }) =>
                lastRunAt ? (
                  <Time at={lastRunAt} timeZone={timeZone} locale={locale} show="date-time" />
                ) : (
                  'never'
                ),
            },
          ]}
        />
      )}
      {next && (
        <p class="mt-3">
          <a class="link" href={`/ops?cursor=${next}`}>
            More automations
          </a>
        </p>
      )}
    </>
  )
}

export function AutomationStatus(
  props: Pick<AutomationLine, 'status' | 'pausedFor' | 'version' | 'publishedVersion'>,
) {
  const { status, pausedFor, version, publishedVersion } = props
  const { label, tone } = STATUS[status] ?? { label: status, tone: 'neutral' as const }
  const changed = publishedVersion !== null && version !== publishedVersion
  return (
    <span class="flex flex-wrap items-center gap-1">
      <Badge tone={pausedFor ? 'warning' : tone}>{pausedFor ? 'Stopped by itself' : label}</Badge>
      {changed && <Badge tone="info">Changes not published</Badge>}
    </span>
  )
}

function Waiting({ approvals, tasks, unclear }: AutomationListProps['waiting']) {
  const lines = [
    { n: approvals, href: '/ops/approvals', one: 'decision waits for you', many: 'decisions wait for you' },
    {
      n: unclear,
      href: '/ops/runs?state=unclear',
      one: 'run needs a word from you',
      many: 'runs need a word from you',
    },
    { n: tasks, href: '/ops/tasks', one: 'task is yours', many: 'tasks are yours' },
  ].filter(({ n }) => n > 0)
  if (lines.length === 0) return null
  return (
    <ul class="mb-4 flex flex-wrap gap-2" aria-label="Waiting for you">
      {lines.map(({ n, href, one, many }) => (
        <li>
          <a class="btn btn-sm border-base-300 bg-base-100" href={href}>
            <strong>{n}</strong> {n === 1 ? one : many}
          </a>
        </li>
      ))}
    </ul>
  )
}
