/** The operator's page: is it moving, what failed, what waits, what it costs. */
import { numberFormat } from '../../../kit/format.ts'
import { Alert } from '../../../views/alert.tsx'
import { Badge } from '../../../views/badge.tsx'
import { Button } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { Form } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Stat } from '../../../views/stat.tsx'
import { Time } from '../../../views/time.tsx'

export interface OperatorPageProps {
  version: string
  environment: string
  pulses: {
    name: string
    at: string
    ms: number
    runs: number
    detail: string
    state: 'ok' | 'late' | 'failing'
  }[]
  waiting: { what: string; count: number; oldest: string | null }[]
  letters: {
    id: string
    kind: string
    workspace: string | null
    error: string
    createdAt: string
    replayedAt: string | null
  }[]
  errors: {
    fingerprint: string
    message: string
    stack: string
    place: string
    count: number
    lastAt: string
    requestId: string
    resolvedAt: string | null
  }[]
  census: { workspaces: number; people: number; bytes: number }
  cost: { lines: { label: string; used: number; included: number; dollars: number }[]; dollars: number }
  timeZone: string
  locale: string
}

const TONE = { ok: 'success', late: 'warning', failing: 'error' } as const

export function OperatorPage(props: OperatorPageProps) {
  const { version, environment, census, cost, locale } = props
  const number = numberFormat(locale)
  const troubled = props.pulses.filter((pulse) => pulse.state !== 'ok')
  const open = props.letters.filter((letter) => letter.replayedAt === null).length
  const money = numberFormat(locale, { style: 'currency', currency: 'USD' })
  return (
    <>
      <PageHeader
        title="Operations"
        lead={`Version ${version}, ${environment}. Only addresses in OPERATORS see this page; it shows no workspace's data.`}
      />
      <div class="flex flex-col gap-5">
        {troubled.length > 0 && (
          <Alert tone="warning" title="Something is not moving">
            {troubled.map((pulse) => `${pulse.name}: ${pulse.state}`).join('; ')}. Look at the log of the same
            minute.
          </Alert>
        )}
        <div class="grid grid-cols-2 gap-3 lg:grid-cols-4">
          <Stat label="Workspaces" value={number.format(census.workspaces)} />
          <Stat label="People" value={number.format(census.people)} />
          <Stat label="Database" value={`${number.format(Math.round(census.bytes / 100_000) / 10)} MB`} />
          <Stat label="Cost this month so far" value={money.format(cost.dollars)} />
        </div>
        <Pulses {...props} />
        <WaitingWork {...props} />
        <Letters {...props} open={open} />
        <Errors {...props} />
        <CostTable {...props} />
      </div>
    </>
  )
}

function Pulses({ pulses, timeZone, locale }: OperatorPageProps) {
  return (
    <Card title="Heartbeats">
      <DataTable
        caption="Crons and queues"
        rows={pulses}
        empty={
          <EmptyState
            icon="clock"
            title="Nothing has run yet"
            text="Crons and queues report here as soon as they run for the first time."
          />
        }
        columns={[
          { key: 'name', label: 'What', cell: (pulse) => <code>{pulse.name}</code> },
          {
            key: 'state',
            label: 'State',
            cell: (pulse) => <Badge tone={TONE[pulse.state]}>{pulse.state}</Badge>,
          },
          {
            key: 'at',
            label: 'Last run',
            cell: (pulse) => <Time at={pulse.at} timeZone={timeZone} locale={locale} />,
          },
          {
            key: 'ms',
            label: 'Took, or lag of a queue',
            numeric: true,
            cell: (pulse) => `${Math.round(pulse.ms)} ms`,
          },
          { key: 'runs', label: 'Runs', numeric: true, cell: (pulse) => String(pulse.runs) },
          { key: 'detail', label: 'Says', cell: (pulse) => pulse.detail },
        ]}
      />
    </Card>
  )
}

function WaitingWork({ waiting, timeZone, locale }: OperatorPageProps) {
  return (
    <Card title="Work that is due">
      <DataTable
        caption="Kinds of work with how many wait"
        rows={waiting}
        columns={[
          { key: 'what', label: 'What', cell: (line) => line.what },
          { key: 'count', label: 'How many', numeric: true, cell: (line) => String(line.count) },
          {
            key: 'oldest',
            label: 'The oldest since',
            cell: (line) =>
              line.oldest ? <Time at={line.oldest} timeZone={timeZone} locale={locale} /> : '–',
          },
        ]}
      />
    </Card>
  )
}

function Letters({ letters, open, timeZone, locale }: OperatorPageProps & { open: number }) {
  return (
    <Card
      title="Dead letters"
      actions={
        open > 0 && (
          <Form action="/operator/letters/replay">
            <Button type="submit" small>
              Send all {open} again
            </Button>
          </Form>
        )
      }
    >
      <DataTable
        caption="Messages whose retries are spent"
        rows={letters}
        empty={
          <EmptyState
            icon="check"
            title="No dead letters"
            text="A message that failed on every try would wait here, to be sent again or discarded."
          />
        }
        columns={[
          {
            key: 'kind',
            label: 'Message',
            cell: (letter) => (
              <>
                <code>{letter.kind}</code>
                <span class="block text-base-content/75 text-xs">
                  {letter.workspace ? `workspace ${letter.workspace}` : 'no workspace'}
                </span>
              </>
            ),
          },
          { key: 'error', label: 'Why', cell: (letter) => letter.error || 'see the log' },
          {
            key: 'at',
            label: 'Since',
            cell: (letter) => <Time at={letter.createdAt} timeZone={timeZone} locale={locale} />,
          },
          {
            key: 'do',
            label: 'Do',
            cell: (letter) =>
              letter.replayedAt ? (
                <Badge>sent again</Badge>
              ) : (
                <span class="flex gap-2">
                  <Form action={`/operator/letters/${letter.id}/replay`}>
                    <Button type="submit" small>
                      Send again
                    </Button>
                  </Form>
                  <ConfirmButton
                    action={`/operator/letters/${letter.id}/discard`}
                    label="Discard"
                    title="Discard this message?"
                    text="What it asked for will not be done."
                    confirmLabel="Discard it"
                  />
                </span>
              ),
          },
        ]}
      />
    </Card>
  )
}

function Errors({ errors, timeZone, locale }: OperatorPageProps) {
  return (
    <Card title="Errors nobody expected">
      <DataTable
        caption="Errors by place"
        rows={errors}
        empty={
          <EmptyState icon="check" title="No errors" text="What breaks unexpectedly is collected here." />
        }
        columns={[
          {
            key: 'error',
            label: 'Error',
            cell: (error) => (
              <details>
                <summary class="cursor-pointer">
                  {error.message.slice(0, 160)}
                  <span class="block text-base-content/75 text-xs">{error.place}</span>
                </summary>
                <pre class="mt-2 overflow-x-auto whitespace-pre-wrap text-xs">{error.stack}</pre>
                <p class="text-xs">Last request {error.requestId}</p>
              </details>
            ),
          },
          { key: 'count', label: 'Times', numeric: true, cell: (error) => String(error.count) },
          {
            key: 'last',
            label: 'Last',
            cell: (error) => <Time at={error.lastAt} timeZone={timeZone} locale={locale} />,
          },
          {
            key: 'do',
            label: 'State',
            cell: (error) =>
              error.resolvedAt ? (
                <Badge>resolved</Badge>
              ) : (
                <Form action={`/operator/errors/${error.fingerprint}/resolution`}>
                  <Button type="submit" small>
                    Resolved
                  </Button>
                </Form>
              ),
          },
        ]}
      />
    </Card>
  )
}

function CostTable({ cost, locale }: OperatorPageProps) {
  const number = numberFormat(locale)
  const money = numberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    maximumFractionDigits: 4,
  })
  return (
    <Card title="Cost this month so far">
      <p class="mb-3 text-sm">
        List prices of the Workers Paid plan ($5 a month with what it includes). CPU time, stored files, mail
        and models are not counted here; the vendor's bill is what holds.
      </p>
      <DataTable
        caption="Use and cost by meter"
        rows={cost.lines}
        columns={[
          { key: 'label', label: 'Meter', cell: (line) => line.label },
          { key: 'used', label: 'Used', numeric: true, cell: (line) => number.format(line.used) },
          { key: 'included', label: 'Included', numeric: true, cell: (line) => number.format(line.included) },
          { key: 'dollars', label: 'Beyond it', numeric: true, cell: (line) => money.format(line.dollars) },
        ]}
      />
    </Card>
  )
}
