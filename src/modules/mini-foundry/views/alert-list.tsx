/** All alerts with how they stand; without any, those that make sense on the business's own figures. */
import { Badge } from '../../../views/badge.tsx'
import { Button, LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Time } from '../../../views/time.tsx'
import { KIND_LABELS, wouldHaveWords } from './alert-words.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'

export interface AlertLine {
  id: string
  name: string
  kind: keyof typeof KIND_LABELS
  status: 'active' | 'paused'
  snoozedUntil: string | null
  waitingFor: string | null
  lastFiredAt: string | null
}

export interface SuggestedAlert {
  does: string
  wouldHaveFired: number
  /** As the form sends them. */
  fields: Record<string, string>
}

export interface AlertListProps {
  alerts: AlertLine[]
  suggestions: SuggestedAlert[]
  next: string | null
  mayWrite: boolean
  nowIso: string
  timeZone: string
  locale: string
}

export function AlertListPage(props: AlertListProps) {
  const { alerts, suggestions, mayWrite, next, timeZone, locale } = props
  const actions = mayWrite && (
    <LinkButton href="/foundry/alerts/new" tone="primary" icon="plus">
      New alert
    </LinkButton>
  )
  return (
    <>
      <FoundryTabs current="alerts" />
      <PageHeader
        title="Alerts"
        lead="Told once, when a day, week or month is over and every source is read to its end."
        actions={
          <>
            <LinkButton href="/foundry/targets">Targets</LinkButton>
            {alerts.length > 0 && actions}
          </>
        }
      />
      {alerts.length === 0 ? (
        <EmptyState
          icon="bell"
          title="Nobody is watching yet"
          text="Let the platform look at each day for you, and tell you when something is out of line."
          actions={actions}
        />
      ) : (
        <DataTable
          caption="Alerts"
          rows={alerts}
          columns={[
            {
              key: 'name',
              label: 'Alert',
              cell: (alert) => (
                <a class="link link-hover font-medium" href={`/foundry/alerts/${alert.id}`}>
                  {alert.name}
                </a>
              ),
            },
            { key: 'kind', label: 'When', cell: ({ kind }) => KIND_LABELS[kind] },
            {
              key: 'state',
              label: 'State',
              cell: (alert) => <AlertState {...alert} nowIso={props.nowIso} />,
            },
            {
              key: 'last',
              label: 'Last time',
              cell: ({ lastFiredAt }) =>
                lastFiredAt ? (
                  <Time at={lastFiredAt} timeZone={timeZone} locale={locale} show="date" />
                ) : (
                  'never'
                ),
            },
          ]}
        />
      )}
      {next && (
        <p class="mt-3">
          <a class="link" href={`/foundry/alerts?cursor=${next}`}>
            More alerts
          </a>
        </p>
      )}
      {suggestions.length > 0 && mayWrite && <Suggestions suggestions={suggestions} />}
    </>
  )
}

export function AlertState(
  props: Pick<AlertLine, 'status' | 'snoozedUntil' | 'waitingFor'> & { nowIso: string },
) {
  const { status, snoozedUntil, waitingFor, nowIso } = props
  if (status === 'paused') return <Badge>Paused</Badge>
  if (snoozedUntil && snoozedUntil > nowIso) return <Badge tone="info">Snoozed</Badge>
  if (waitingFor) {
    return (
      <span class="flex flex-col gap-1">
        <span>
          <Badge tone="warning">Waiting</Badge>
        </span>
        <span class="text-base-content/75 text-xs">{waitingFor}</span>
      </span>
    )
  }
  return <Badge tone="success">Watching</Badge>
}

function Suggestions({ suggestions }: { suggestions: SuggestedAlert[] }) {
  return (
    <div class="mt-5">
      <Card title="From your own figures" lead="How often each would have gone off in the last year.">
        <ul class="flex flex-col divide-y divide-base-300">
          {suggestions.map(({ does, wouldHaveFired, fields }) => (
            <li class="flex flex-wrap items-center gap-3 py-3">
              <div class="min-w-0 flex-1 basis-60">
                <p class="font-medium text-sm">{does}</p>
                <p class="text-base-content/75 text-sm">{wouldHaveWords(wouldHaveFired)}.</p>
              </div>
              <a class="btn btn-sm btn-ghost" href={`/foundry/alerts/new?${new URLSearchParams(fields)}`}>
                Look closer
              </a>
              <form action="/foundry/alerts" method="post">
                {Object.entries(fields).map(([name, value]) => (
                  <input type="hidden" name={name} value={value} />
                ))}
                <Button small>Use it</Button>
              </form>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  )
}
