/** One alert: how it stands, what it found, and the last year as it sees it. */
import { Alert } from '../../../views/alert.tsx'
import { Button, LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Day, Time } from '../../../views/time.tsx'
import { type AlertLine, AlertState } from './alert-list.tsx'
import { RehearsalCard, type RehearsalProps } from './alert-rehearsal.tsx'
import { FoundryTabs } from './dashboard-tabs.tsx'

export interface FiringLine {
  id: string
  period: string
  words: string
  told: boolean
  firedAt: string
  resolvedAt: string | null
  acknowledgedAt: string | null
}

export interface AlertPageProps {
  alert: AlertLine & { judgedPeriod: string | null }
  firings: FiringLine[]
  rehearsal: RehearsalProps | null
  mayWrite: boolean
  nowIso: string
  timeZone: string
  locale: string
}

export function AlertPage(props: AlertPageProps) {
  const { alert, firings, rehearsal, mayWrite, nowIso, timeZone, locale } = props
  const at = `/foundry/alerts/${alert.id}`
  const isSnoozed = alert.snoozedUntil !== null && alert.snoozedUntil > nowIso
  return (
    <>
      <FoundryTabs current="alerts" />
      <PageHeader
        title={alert.name}
        crumbs={[{ label: 'Alerts', href: '/foundry/alerts' }]}
        actions={mayWrite && <LinkButton href={`${at}/edit`}>Change</LinkButton>}
      />
      <div class="flex flex-col gap-5">
        <Card title="How it stands">
          <div class="flex flex-col gap-3">
            <div>
              <AlertState {...alert} nowIso={nowIso} />
            </div>
            {isSnoozed && alert.snoozedUntil && (
              <p class="text-sm">
                Nobody is told until <Time at={alert.snoozedUntil} timeZone={timeZone} locale={locale} />.
              </p>
            )}
            {alert.judgedPeriod && (
              <p class="text-base-content/75 text-sm">
                Judged up to the period of <Day day={alert.judgedPeriod} locale={locale} />.
              </p>
            )}
            {mayWrite && (
              <Actions at={at} name={alert.name} isSnoozed={isSnoozed} isPaused={alert.status === 'paused'} />
            )}
          </div>
        </Card>
        <DataTable
          caption="What it found"
          rows={firings}
          empty={<Alert>It has not gone off yet.</Alert>}
          columns={[
            { key: 'period', label: 'Period', cell: ({ period }) => <Day day={period} locale={locale} /> },
            { key: 'words', label: 'What it found', cell: ({ words }) => words },
            {
              key: 'told',
              label: 'State',
              cell: ({ told, resolvedAt }) => `${told ? 'told' : 'snoozed'}${resolvedAt ? ', over' : ''}`,
            },
            {
              key: 'seen',
              label: 'Seen',
              cell: ({ id, acknowledgedAt }) =>
                acknowledgedAt ? (
                  <Time at={acknowledgedAt} timeZone={timeZone} locale={locale} />
                ) : (
                  mayWrite && (
                    <form action={`/foundry/alerts/events/${id}/acknowledge`} method="post">
                      <Button small>Seen</Button>
                    </form>
                  )
                ),
            },
          ]}
        />
        {rehearsal && <RehearsalCard {...rehearsal} />}
      </div>
    </>
  )
}

function Actions({
  at,
  name,
  isSnoozed,
  isPaused,
}: {
  at: string
  name: string
  isSnoozed: boolean
  isPaused: boolean
}) {
  return (
    <div class="flex flex-wrap gap-2">
      {isSnoozed ? (
        <PostButton action={`${at}/snooze`} name="hours" value="0" label="Tell again" />
      ) : (
        <>
          <PostButton action={`${at}/snooze`} name="hours" value="24" label="Snooze for a day" />
          <PostButton action={`${at}/snooze`} name="hours" value="168" label="Snooze for a week" />
        </>
      )}
      <PostButton
        action={`${at}/status`}
        name="status"
        value={isPaused ? 'active' : 'paused'}
        label={isPaused ? 'Resume' : 'Pause'}
      />
      <ConfirmButton
        label="Remove"
        action={`${at}/delete`}
        title={`Remove “${name}”?`}
        text="Its history goes with it."
        confirmLabel="Remove the alert"
        tone="danger"
      />
    </div>
  )
}

function PostButton({
  action,
  name,
  value,
  label,
}: {
  action: string
  name: string
  value: string
  label: string
}) {
  return (
    <form action={action} method="post">
      <Button small name={name} value={value}>
        {label}
      </Button>
    </form>
  )
}
