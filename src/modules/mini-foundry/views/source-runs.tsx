/** The history of a source's reads, the newest first. */
import { Badge, type Tone } from '../../../views/badge.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Pagination } from '../../../views/pagination.tsx'
import { Time } from '../../../views/time.tsx'

export interface RunItem {
  id: string
  stream: string
  mode: string
  trigger: string
  status: string
  windowFrom: number | null
  windowTo: number | null
  pages: number
  rowsSeen: number
  rowsWritten: number
  expectedRows: number | null
  error: string | null
  startedAt: string
  finishedAt: string | null
}

export interface RunsProps {
  source: { id: string; name: string }
  runs: RunItem[]
  titles: Map<string, string>
  next: string | null
  isFirst: boolean
  timeZone: string
  locale: string
}

const STATES: Record<string, { tone: Tone; words: string }> = {
  running: { tone: 'info', words: 'reading' },
  ok: { tone: 'success', words: 'complete' },
  partial: { tone: 'warning', words: 'not complete' },
  failed: { tone: 'error', words: 'failed' },
  cancelled: { tone: 'neutral', words: 'stopped' },
}
const MODES: Record<string, string> = {
  backfill: 'history',
  incremental: 'what is new',
  reconcile: 'read again',
}
const TRIGGERS: Record<string, string> = {
  connected: 'after connecting',
  schedule: 'on schedule',
  hook: 'told by the source',
  person: 'asked by a person',
}

export function RunsPage({ source, runs, titles, next, isFirst, timeZone, locale }: RunsProps) {
  const base = `/foundry/sources/${source.id}`
  return (
    <>
      <PageHeader
        title="History of reads"
        lead="Reads that brought nothing new are not listed."
        crumbs={[
          { href: '/foundry', label: 'Mini Foundry' },
          { href: '/foundry/sources', label: 'Data sources' },
          { href: base, label: source.name },
        ]}
      />
      <DataTable
        caption="History of reads"
        rows={runs}
        rowTone={({ status }) => (status === 'failed' || status === 'partial' ? 'warning' : undefined)}
        empty={
          <EmptyState
            icon="clock"
            title="Nothing read yet"
            text="The first read appears here within a minute."
          />
        }
        columns={[
          {
            key: 'at',
            label: 'Began',
            cell: (run) => <Time at={run.startedAt} timeZone={timeZone} locale={locale} />,
          },
          {
            key: 'what',
            label: 'What',
            cell: (run) => (
              <>
                {titles.get(run.stream) ?? run.stream}
                <span class="block text-base-content/75 text-xs">
                  {MODES[run.mode]}, {TRIGGERS[run.trigger]}
                </span>
              </>
            ),
          },
          {
            key: 'stretch',
            label: 'Stretch',
            cell: (run) => <Stretch run={run} timeZone={timeZone} locale={locale} />,
          },
          {
            key: 'rows',
            label: 'Records',
            numeric: true,
            cell: (run) =>
              `${run.rowsSeen.toLocaleString(locale)}${run.expectedRows === null ? '' : ` of ${run.expectedRows.toLocaleString(locale)}`}`,
          },
          {
            key: 'changes',
            label: 'Changes',
            numeric: true,
            cell: (run) => run.rowsWritten.toLocaleString(locale),
          },
          { key: 'state', label: 'Result', cell: (run) => <Result run={run} /> },
        ]}
      />
      <Pagination next={next && `${base}/runs?before=${next}`} first={isFirst ? null : `${base}/runs`} />
    </>
  )
}

function Stretch({ run, timeZone, locale }: { run: RunItem; timeZone: string; locale: string }) {
  if (run.windowFrom === null || run.windowTo === null || run.windowFrom === 0) return <>all of it</>
  const at = (ms: number) => (
    <Time at={new Date(ms).toISOString()} timeZone={timeZone} locale={locale} show="date" />
  )
  return (
    <>
      {at(run.windowFrom)} to {at(run.windowTo)}
    </>
  )
}

function Result({ run }: { run: RunItem }) {
  const state = STATES[run.status]
  return (
    <>
      <Badge tone={state?.tone}>{state?.words ?? run.status}</Badge>
      {run.error && <span class="mt-1 block max-w-prose text-error text-xs">{run.error}</span>}
    </>
  )
}
