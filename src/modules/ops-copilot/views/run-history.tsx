/** The history of a run line by line, and the ledger of its effects. */
import type { RunDetail, RunEntry } from '../../../platform/engine-port.ts'
import type { StepJson } from '../../../platform/step.ts'
import { Badge } from '../../../views/badge.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { Time } from '../../../views/time.tsx'
import type { Names } from './words.ts'

interface HistoryProps {
  detail: RunDetail
  names: Names
  timeZone: string
  locale: string
}

export function RunHistory({ detail, names, timeZone, locale }: HistoryProps) {
  return (
    <>
      <h2 class="mt-6 mb-2 font-semibold">What happened</h2>
      <ol class="flex flex-col gap-1" aria-label="History">
        {detail.entries.map((entry) => (
          <Line entry={entry} timeZone={timeZone} locale={locale} />
        ))}
      </ol>
      {detail.effects.length > 0 && (
        <>
          <h2 class="mt-6 mb-1 font-semibold">Effects</h2>
          <p class="mb-2 text-base-content/75 text-sm">
            Each is written down before it leaves and after; the same key is never done twice.
          </p>
          <DataTable
            caption="Effects"
            rows={detail.effects}
            columns={[
              { key: 'what', label: 'What', cell: ({ action }) => names.action(action) },
              {
                key: 'state',
                label: 'State',
                cell: ({ state }) => <Badge tone={tone(state)}>{STATES[state] ?? state}</Badge>,
              },
              {
                key: 'prevented',
                label: 'Kept from happening again',
                numeric: true,
                cell: ({ prevented }) => String(prevented),
              },
              {
                key: 'at',
                label: 'At',
                cell: ({ at }) => (
                  <Time at={new Date(at).toISOString()} timeZone={timeZone} locale={locale} />
                ),
              },
              { key: 'key', label: 'Key', cell: ({ key }) => <code class="break-all text-xs">{key}</code> },
            ]}
          />
        </>
      )}
      <details class="mt-6 text-sm">
        <summary class="cursor-pointer font-semibold">What it knew</summary>
        <Json label="What started it" value={detail.trigger} />
        <Json label="Kept values" value={detail.vars} />
        <Json label="What steps gave" value={detail.outputs} />
      </details>
    </>
  )
}

const STATES: Record<string, string> = {
  sent: 'Done',
  claimed: 'At it',
  failed: 'Not done',
  unknown: 'Nobody knows',
}
const tone = (state: string) => (state === 'sent' ? 'success' : state === 'unknown' ? 'error' : 'neutral')

function Line({ entry, timeZone, locale }: { entry: RunEntry; timeZone: string; locale: string }) {
  const { at, step, kind, why, error, input, output, attempt } = entry
  return (
    <li class="rounded-box border border-base-300 bg-base-100 px-3 py-2 text-sm">
      <div class="flex flex-wrap gap-x-3">
        <span class="text-base-content/75 tabular-nums">
          <Time at={new Date(at).toISOString()} timeZone={timeZone} locale={locale} />
        </span>
        {kind !== 'run' && <code class="text-xs">{step}</code>}
        <span class="min-w-0 flex-1 basis-64 break-words">
          {why}
          {attempt > 1 && ` (try ${attempt})`}
          {error && <span class="block text-error">{error}</span>}
        </span>
      </div>
      {(input !== undefined || output !== undefined) && (
        <details class="mt-1">
          <summary class="cursor-pointer text-base-content/75 text-xs">Values</summary>
          {input !== undefined && <Json label="It was given" value={input} />}
          {output !== undefined && <Json label="It gave" value={output} />}
        </details>
      )}
    </li>
  )
}

function Json({ label, value }: { label: string; value: StepJson }) {
  return (
    <div class="mt-2">
      <p class="font-medium text-xs">{label}</p>
      <pre class="max-h-64 overflow-auto rounded-box bg-base-200 p-2 text-xs" tabindex={0}>
        {JSON.stringify(value, null, 2)}
      </pre>
    </div>
  )
}
