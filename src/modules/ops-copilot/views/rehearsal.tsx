/** A try without any effect: what would happen when, for one record; and what the last 30 days would have been. */
import { Alert } from '../../../views/alert.tsx'
import { Badge } from '../../../views/badge.tsx'
import { SelectField } from '../../../views/form.tsx'
import { Time } from '../../../views/time.tsx'
import type { Rehearsal } from '../domain/rehearsal.ts'
import { AutomationHead, type HeadAutomation } from './automation-head.tsx'
import type { Names } from './words.ts'

export interface RehearsalProps {
  automation: HeadAutomation
  names: Names
  rehearsal: Rehearsal | null
  failure: string | null
  ask: { subject: string; decide: 'approved' | 'rejected'; comes: boolean }
  subjects: { value: string; label: string }[]
  forecast: string[]
  timeZone: string
  locale: string
}

export function RehearsalPage(props: RehearsalProps) {
  const { automation, names, rehearsal, failure, ask, subjects, forecast } = props
  return (
    <>
      <AutomationHead automation={automation} names={names} current="rehearse" mayWrite />
      <p class="mb-4 max-w-prose text-base-content/80 text-sm">
        Nothing leaves here: no mail, no task, no call. Waits pass at once on a clock of their own, steps that
        only look are done for real, and whatever would leave is written down instead.
      </p>
      <form
        action={`/ops/automations/${automation.id}/rehearse`}
        method="get"
        class="mb-5 grid max-w-3xl items-end gap-3 sm:grid-cols-2"
      >
        {subjects.length > 0 && (
          <SelectField
            label="For"
            name="subject"
            value={ask.subject}
            options={[{ value: '', label: 'the newest that happened' }, ...subjects]}
          />
        )}
        <SelectField
          label="Decisions are"
          name="decide"
          value={ask.decide}
          options={[
            { value: 'approved', label: 'approved' },
            { value: 'rejected', label: 'rejected' },
          ]}
        />
        <SelectField
          label="What is waited for"
          name="comes"
          value={ask.comes ? 'yes' : 'no'}
          options={[
            { value: 'no', label: 'does not come in time' },
            { value: 'yes', label: 'comes at once' },
          ]}
        />
        <button type="submit" class="btn btn-primary justify-self-start">
          Try it
        </button>
      </form>
      {failure && <Alert tone="error" title={failure} />}
      {rehearsal && <Lines {...props} rehearsal={rehearsal} />}
      <section class="mt-6 max-w-2xl">
        <h2 class="font-semibold">The last 30 days</h2>
        <ul class="mt-1 list-disc pl-5 text-sm">
          {forecast.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
      </section>
      <p class="mt-6 text-sm">
        <a class="link" href={`/ops/automations/${automation.id}/run`}>
          Run it for real, once
        </a>
      </p>
    </>
  )
}

const ENDS: Record<string, { label: string; tone: 'success' | 'error' | 'neutral' }> = {
  completed: { label: 'It would end well', tone: 'success' },
  stopped: { label: 'It would be stopped', tone: 'neutral' },
  failed: { label: 'It would fail', tone: 'error' },
  running: { label: 'It would still go on', tone: 'neutral' },
}

function Lines({ rehearsal, timeZone, locale }: RehearsalProps & { rehearsal: Rehearsal }) {
  const end = ENDS[rehearsal.phase] ?? { label: rehearsal.phase, tone: 'neutral' as const }
  return (
    <section class="max-w-3xl" aria-label="What would happen">
      <div class="mb-2 flex flex-wrap items-center gap-2">
        <Badge tone={end.tone}>{end.label}</Badge>
        {rehearsal.error && <span class="text-error text-sm">{rehearsal.error}</span>}
      </div>
      <ol class="flex flex-col gap-1">
        {rehearsal.lines.map(({ at, step, kind, why, error, state }) => (
          <li
            class={`rounded-box border px-3 py-2 text-sm ${why.startsWith('Would: ') ? 'border-primary bg-primary/5' : 'border-base-300 bg-base-100'}`}
          >
            <span class="mr-2 text-base-content/75 tabular-nums">
              <Time at={new Date(at).toISOString()} timeZone={timeZone} locale={locale} />
            </span>
            {kind !== 'run' && <code class="mr-2 text-xs">{step}</code>}
            <span class={`break-words ${state === 'failed' ? 'text-error' : ''}`}>
              {why} {error}
            </span>
          </li>
        ))}
      </ol>
      {rehearsal.cut && <p class="mt-2 text-sm">It goes on, but was looked at long enough.</p>}
    </section>
  )
}
