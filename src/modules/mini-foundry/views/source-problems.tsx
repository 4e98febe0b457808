/** Records that could not be read, and fields that a vendor added or dropped. */
import { Alert } from '../../../views/alert.tsx'
import { Button } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { Time } from '../../../views/time.tsx'

export interface DeadItem {
  id: string
  stream: string
  extId: string | null
  error: string
  createdAt: string
}

export interface DriftItem {
  stream: string
  path: string
  change: string
  detail: string
  seenAt: string
  acknowledgedAt: string | null
}

export interface ProblemsProps {
  source: { id: string }
  dead: readonly DeadItem[]
  drift: readonly DriftItem[]
  mayManage: boolean
  timeZone: string
  locale: string
}

export function DeadRecords({ source, dead, mayManage, timeZone, locale }: ProblemsProps) {
  if (dead.length === 0) return null
  return (
    <Card
      title="Records that could not be read"
      lead="Everything else came. Correct them at the source and they settle by themselves with the next read."
    >
      <DataTable
        caption="Records that could not be read"
        rows={[...dead]}
        empty=""
        columns={[
          { key: 'id', label: 'Record', cell: ({ stream, extId }) => `${stream} ${extId ?? '(no id)'}` },
          { key: 'why', label: 'Why', cell: ({ error }) => <span class="block max-w-prose">{error}</span> },
          {
            key: 'at',
            label: 'Since',
            cell: ({ createdAt }) => <Time at={createdAt} timeZone={timeZone} locale={locale} />,
          },
          {
            key: 'do',
            label: 'What to do',
            cell: (record) => (mayManage ? <Choices record={record} sourceId={source.id} /> : ''),
          },
        ]}
      />
    </Card>
  )
}

function Choices({ record, sourceId }: { record: DeadItem; sourceId: string }) {
  const place = `/foundry/sources/${sourceId}/records/${encodeURIComponent(record.id)}`
  const name = record.extId ?? record.id
  return (
    <div class="flex flex-wrap gap-2">
      <form action={`${place}/replay`} method="post">
        <Button small>
          Try again<span class="sr-only"> {name}</span>
        </Button>
      </form>
      <form action={`${place}/dismissal`} method="post">
        <Button small tone="ghost">
          Leave out<span class="sr-only"> {name}</span>
        </Button>
      </form>
    </div>
  )
}

const CHANGES: Record<string, string> = {
  appeared: 'is new',
  missing: 'is no longer sent',
  type: 'is of another kind now',
}

export function Drift({ source, drift, mayManage }: ProblemsProps) {
  const open = drift.filter(({ acknowledgedAt }) => acknowledgedAt === null)
  if (open.length === 0) return null
  return (
    <Alert
      tone="warning"
      title="The source changed what it sends"
      actions={
        mayManage && (
          <form action={`/foundry/sources/${source.id}/drift`} method="post">
            <Button small>I have seen this</Button>
          </form>
        )
      }
    >
      <ul class="list-disc pl-5">
        {open.slice(0, 20).map(({ stream, path, change, detail }) => (
          <li>
            <code class="text-xs">
              {stream}: {path}
            </code>{' '}
            {CHANGES[change] ?? change}. {detail}
          </li>
        ))}
      </ul>
      {open.length > 20 && <p>and {open.length - 20} more</p>}
    </Alert>
  )
}
