/** Runs, the newest first: where each stands and why. */
import { Badge } from '../../../views/badge.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { Pagination } from '../../../views/pagination.tsx'
import { Time } from '../../../views/time.tsx'
import { RUN_STATES } from './words.ts'

export interface RunRowView {
  id: string
  automationId: string
  state: string
  startedAt: string
  cause: string
  subject: string | null
  why: string
  wakesAt: string | null
}

export interface RunListProps {
  runs: RunRowView[]
  /** Names of automations; null: all rows are of one. */
  names: ReadonlyMap<string, string> | null
  base: string
  state: string
  next: string | null
  timeZone: string
  locale: string
}

const FILTERS = [
  '',
  'running',
  'waiting',
  'held',
  'asking',
  'unclear',
  'completed',
  'stopped',
  'failed',
  'cancelled',
]

export function RunList({ runs, names, base, state, next, timeZone, locale }: RunListProps) {
  return (
    <>
      <form action={base} method="get" class="mb-4 flex flex-wrap items-center gap-2 text-sm">
        <label class="flex items-center gap-2">
          Show
          <select class="select select-sm w-auto" name="state">
            {FILTERS.map((one) => (
              <option value={one} selected={one === state}>
                {one === '' ? 'all runs' : (RUN_STATES[one]?.label ?? one)}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="btn btn-sm border-base-300 bg-base-100">
          Show
        </button>
      </form>
      {runs.length === 0 ? (
        <EmptyState
          icon="clock"
          title={state === '' ? 'Nothing has run yet' : 'No such runs'}
          text="Each run leaves a line here: what started it, what it did, and why."
        />
      ) : (
        <DataTable
          caption="Runs"
          rows={runs}
          columns={[
            {
              key: 'started',
              label: 'Started',
              cell: ({ id, startedAt }) => (
                <a class="link link-hover font-medium" href={`/ops/runs/${id}`}>
                  <Time at={startedAt} timeZone={timeZone} locale={locale} />
                </a>
              ),
            },
            ...(names
              ? [
                  {
                    key: 'automation',
                    label: 'Automation',
                    cell: ({ automationId }: RunRowView) => names.get(automationId) ?? 'removed',
                  },
                ]
              : []),
            { key: 'state', label: 'State', cell: ({ state: at }) => <RunState state={at} /> },
            { key: 'cause', label: 'Started by', cell: ({ cause }) => cause },
            {
              key: 'why',
              label: 'Why',
              cell: ({ why, wakesAt }) => (
                <span class="break-words">
                  {why}
                  {wakesAt && (
                    <span class="block text-base-content/75">
                      goes on <Time at={wakesAt} timeZone={timeZone} locale={locale} />
                    </span>
                  )}
                </span>
              ),
            },
          ]}
        />
      )}
      <Pagination next={next ? `${base}?${new URLSearchParams({ state, before: next })}` : null} />
    </>
  )
}

export function RunState({ state }: { state: string }) {
  const { label, tone } = RUN_STATES[state] ?? { label: state, tone: 'neutral' as const }
  return <Badge tone={tone}>{label}</Badge>
}
