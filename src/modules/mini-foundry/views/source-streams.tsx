/** What a source brings, stream by stream: how far it is, what comes next, and what a person may do about it. */
import { Badge, type Tone } from '../../../views/badge.tsx'
import { Button } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { Progress } from '../../../views/progress.tsx'
import { Time } from '../../../views/time.tsx'

export interface StreamItem {
  stream: string
  title: string
  status: string
  mode: string
  runId: string | null
  isComplete: boolean
  share: number
  syncedUntil: number | null
  backfilledTo: number | null
  backfillTarget: number | null
  nextRunAt: number | null
  replayAfter: string | null
  rowsSeen: number
  attempt: number
  lastError: string | null
}

export interface StreamsProps {
  source: { id: string; syncStatus: string }
  streams: readonly StreamItem[]
  minutesLeft: number | null
  mayManage: boolean
  /** ISO instant. */
  now: string
  timeZone: string
  locale: string
}

/** The piece that renews itself while history is loading. */
export function StreamsPiece(props: StreamsProps) {
  const { source, streams } = props
  const isLoading = streams.some(
    ({ status, isComplete }) => status !== 'failed' && status !== 'paused' && !isComplete,
  )
  const moves =
    isLoading || streams.some(({ status, replayAfter }) => status === 'running' || replayAfter !== null)
  const poll = moves
    ? {
        'hx-get': `/foundry/sources/${source.id}/progress`,
        'hx-trigger': 'every 3s',
        'hx-swap': 'outerMorph',
      }
    : {}
  return (
    <div id="source-streams" {...poll}>
      <Card
        title="What it brings"
        lead="Each line is read by itself, so one that fails does not keep the others."
      >
        {isLoading && <History {...props} />}
        <StreamTable {...props} />
      </Card>
    </div>
  )
}

function History({ streams, minutesLeft }: StreamsProps) {
  const share = streams.reduce((sum, stream) => sum + stream.share, 0) / Math.max(1, streams.length)
  return (
    <div class="mb-4" role="status">
      <Progress
        label="Loading history, the newest first"
        value={Math.round(share * 100)}
        max={100}
        words={`${Math.round(share * 100)} %${minutesLeft === null ? '' : `, ${leftWords(minutesLeft)}`}`}
      />
      <p class="mt-1 text-base-content/75 text-sm">
        You can look at the numbers meanwhile. Old records start no automation and send no mail.
      </p>
    </div>
  )
}

function leftWords(minutes: number): string {
  if (minutes < 2) return 'about a minute left'
  if (minutes < 90) return `about ${Math.round(minutes)} minutes left`
  return minutes < 2_880
    ? `about ${Math.round(minutes / 60)} hours left`
    : `about ${Math.round(minutes / 1_440)} days left`
}

function StreamTable(props: StreamsProps) {
  const { streams, timeZone, locale, mayManage } = props
  const when = (at: number | null, show: 'date' | 'date-time' = 'date-time') =>
    at === null ? (
      '–'
    ) : (
      <Time at={new Date(at).toISOString()} timeZone={timeZone} locale={locale} show={show} />
    )
  return (
    <DataTable
      caption="What it brings"
      rows={[...streams]}
      rowTone={(stream) => (stream.status === 'failed' ? 'warning' : undefined)}
      empty={<p class="p-4">Nothing is read yet.</p>}
      columns={[
        {
          key: 'title',
          label: 'What',
          cell: (stream) => (
            <>
              <span class="font-medium">{stream.title}</span>
              {stream.lastError && (
                <span class="mt-1 block max-w-prose text-error text-xs">{stream.lastError}</span>
              )}
            </>
          ),
        },
        { key: 'state', label: 'State', cell: (stream) => <StreamState stream={stream} /> },
        { key: 'until', label: 'Read up to', cell: (stream) => when(stream.syncedUntil) },
        {
          key: 'history',
          label: 'History from',
          cell: (stream) => when(stream.isComplete ? stream.backfillTarget : stream.backfilledTo, 'date'),
        },
        { key: 'next', label: 'Next read', cell: (stream) => nextWords(stream, props, when) },
        {
          key: 'rows',
          label: 'Records read',
          numeric: true,
          cell: (stream) => stream.rowsSeen.toLocaleString(locale),
        },
        {
          key: 'do',
          label: 'What to do',
          cell: (stream) => (mayManage ? <Choices stream={stream} source={props.source} /> : ''),
        },
      ]}
    />
  )
}

function nextWords(stream: StreamItem, { now }: StreamsProps, when: (at: number | null) => unknown) {
  if (stream.nextRunAt === null) return '–'
  return stream.nextRunAt <= Date.parse(now) + 60_000 ? 'now' : (when(stream.nextRunAt) as string)
}

function StreamState({ stream }: { stream: StreamItem }) {
  const [tone, words] = stateOf(stream)
  return (
    <span class="whitespace-nowrap">
      <Badge tone={tone}>{words}</Badge>
    </span>
  )
}

function stateOf(stream: StreamItem): [Tone, string] {
  if (stream.replayAfter !== null) return ['info', 'reading kept pages again']
  if (stream.status === 'failed') return ['error', 'needs you']
  if (stream.status === 'paused') return ['neutral', 'paused']
  if (stream.attempt > 0) return ['warning', 'trying again']
  if (!stream.isComplete) return ['info', 'loading history']
  return stream.status === 'running' ? ['info', 'reading'] : ['success', 'in order']
}

/** How far back a person may want to read again, in days; 0: only what is new. */
const SPANS = [
  { value: '', label: 'what is new' },
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '365', label: 'a year' },
  { value: '730', label: 'two years' },
]

function Choices({ stream, source }: { stream: StreamItem; source: { id: string } }) {
  const place = `/foundry/sources/${source.id}`
  const isPaused = stream.status === 'paused'
  return (
    <div class="flex flex-wrap gap-2">
      {!isPaused && (
        <form action={`${place}/sync`} method="post" class="flex gap-2">
          <input type="hidden" name="stream" value={stream.stream} />
          <select
            name="days"
            class="select select-sm w-auto"
            aria-label={`How much of ${stream.title} to read again`}
          >
            {SPANS.map(({ value, label }) => (
              <option value={value}>{label}</option>
            ))}
          </select>
          <Button small>
            Read again<span class="sr-only"> {stream.title}</span>
          </Button>
        </form>
      )}
      <form
        action={`${place}/streams/${encodeURIComponent(stream.stream)}/${isPaused ? 'resume' : 'pause'}`}
        method="post"
      >
        <Button small tone="ghost">
          {isPaused ? 'Resume' : 'Pause'}
          <span class="sr-only"> {stream.title}</span>
        </Button>
      </form>
    </div>
  )
}
