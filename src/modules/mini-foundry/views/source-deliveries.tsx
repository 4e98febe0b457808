/** What a source sent lately, and what became of it. */
import { Badge, type Tone } from '../../../views/badge.tsx'
import { Button } from '../../../views/button.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { Time } from '../../../views/time.tsx'

export interface HookItem {
  eventId: string
  type: string
  status: string
  error: string | null
  receivedAt: string
}

export interface DeliveriesProps {
  hooks: HookItem[]
  source: { id: string }
  mayManage: boolean
  /** ISO instant. */
  now: string
  timeZone: string
  locale: string
}

const RESULTS: Record<string, { tone: Tone; words: string }> = {
  processed: { tone: 'success', words: 'processed' },
  failed: { tone: 'error', words: 'failed' },
  ignored: { tone: 'neutral', words: 'not needed' },
  received: { tone: 'info', words: 'in the queue' },
}

/** In the queue longer than this, its message may have been lost. */
const STUCK_MS = 5 * 60_000

export function Deliveries({ hooks, source, mayManage, now, timeZone, locale }: DeliveriesProps) {
  const mayRetry = (hook: HookItem) =>
    mayManage &&
    (hook.status === 'failed' ||
      (hook.status === 'received' && Date.parse(now) - Date.parse(hook.receivedAt) > STUCK_MS))
  return (
    <div>
      <h2 class="mb-2 font-semibold">Latest events</h2>
      <DataTable
        caption="Latest events"
        rows={hooks}
        rowTone={(hook) => (hook.status === 'failed' ? 'warning' : undefined)}
        empty={
          <EmptyState
            icon="clock"
            title="No event yet"
            text="The first one appears here within seconds of happening at Stripe."
          />
        }
        columns={[
          {
            key: 'at',
            label: 'Received',
            cell: (hook) => <Time at={hook.receivedAt} timeZone={timeZone} locale={locale} />,
          },
          { key: 'type', label: 'Event', cell: (hook) => <code class="text-xs">{hook.type}</code> },
          { key: 'result', label: 'Result', cell: (hook) => <Result hook={hook} /> },
          {
            key: 'again',
            label: 'What to do',
            cell: (hook) => (mayRetry(hook) ? <Choices hook={hook} sourceId={source.id} /> : ''),
          },
        ]}
      />
    </div>
  )
}

function Result({ hook }: { hook: HookItem }) {
  const result = RESULTS[hook.status]
  return (
    <>
      <Badge tone={result?.tone}>{result?.words ?? hook.status}</Badge>
      {hook.error && <span class="mt-1 block max-w-prose text-error text-xs">{hook.error}</span>}
    </>
  )
}

function Choices({ hook, sourceId }: { hook: HookItem; sourceId: string }) {
  const place = `/foundry/sources/${sourceId}/events/${encodeURIComponent(hook.eventId)}`
  return (
    <div class="flex flex-wrap gap-2">
      <form action={`${place}/retry`} method="post">
        <Button small>
          Process again<span class="sr-only"> {hook.eventId}</span>
        </Button>
      </form>
      {hook.status === 'failed' && (
        <form action={`${place}/dismissal`} method="post">
          <Button small tone="ghost">
            Leave out<span class="sr-only"> {hook.eventId}</span>
          </Button>
        </form>
      )}
    </div>
  )
}
