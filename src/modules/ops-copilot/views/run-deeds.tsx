/** What can be done to a run as it stands: cancel, pause, go on, let go, settle, try again. */
import type { RunOpen } from '../../../platform/engine-port.ts'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { Time } from '../../../views/time.tsx'
import type { RunPageProps } from './run-page-props.ts'

export function RunDeeds({ line, detail, mayWrite, newer, timeZone, locale }: RunPageProps) {
  const base = `/ops/runs/${line.id}`
  const alive = line.completedAt === null
  return (
    <div class="mt-3 flex flex-col gap-2">
      {detail.open.map((open) => (
        <OpenLine base={base} open={open} mayWrite={mayWrite} timeZone={timeZone} locale={locale} />
      ))}
      {mayWrite && (
        <div class="flex flex-wrap gap-2">
          {alive && line.state !== 'paused' && <Deed base={base} deed="pause" label="Pause" />}
          {line.state === 'paused' && <Deed base={base} deed="resume" label="Go on" primary />}
          {alive && (
            <ConfirmButton
              action={`${base}/cancel`}
              label="Cancel"
              title="Cancel this run?"
              text="What it did stays done; the rest is not done."
              confirmLabel="Cancel the run"
            />
          )}
          {line.state === 'failed' && (
            <>
              <Deed
                base={base}
                deed="retry"
                label="Try again from where it failed"
                primary
                fields={{ version: 'same' }}
              />
              {newer && (
                <Deed
                  base={base}
                  deed="retry"
                  label="Try again with the newest version"
                  fields={{ version: 'newest' }}
                />
              )}
            </>
          )}
        </div>
      )}
    </div>
  )
}

const WAITS: Record<string, string> = {
  sleep: 'It waits',
  event: 'It waits for something to happen',
  approval: 'It waits for a decision',
  retry: 'It tries again',
  held: 'It is held',
  effect: 'It is at it',
}

function OpenLine(props: {
  base: string
  open: RunOpen
  mayWrite: boolean
  timeZone: string
  locale: string
}) {
  const { base, open, mayWrite, timeZone, locale } = props
  const { key, kind, at, why, error } = open
  if (kind === 'unknown')
    return (
      <div class="rounded-box p-3 text-sm tone-error">
        <p class="font-semibold">Nobody can tell whether “{open.step}” was done.</p>
        <p>
          {error ?? 'It was cut off while it was being done.'} Look at the other side, then say what should
          happen.
        </p>
        {mayWrite && (
          <div class="mt-2 flex flex-wrap gap-2">
            <Deed
              base={base}
              deed="settled"
              label="It was done: go on"
              fields={{ key, choice: 'skip' }}
              primary
            />
            <Deed
              base={base}
              deed="settled"
              label="It was not: do it again"
              fields={{ key, choice: 'resend' }}
            />
            <Deed base={base} deed="settled" label="End the run as failed" fields={{ key, choice: 'fail' }} />
          </div>
        )}
      </div>
    )
  return (
    <div class="flex flex-wrap items-center gap-3 text-sm">
      <span>
        {WAITS[kind] ?? kind} at “{open.step}”
        {at !== null && (
          <>
            {' '}
            until <Time at={new Date(at).toISOString()} timeZone={timeZone} locale={locale} />
          </>
        )}
        . {why || error}
      </span>
      {kind === 'held' && mayWrite && (
        <Deed base={base} deed="release" label="Let it go now" fields={{ key }} primary />
      )}
      {kind === 'approval' && (
        <a class="link" href="/ops/approvals">
          To the decisions
        </a>
      )}
    </div>
  )
}

function Deed(props: {
  base: string
  deed: string
  label: string
  fields?: Record<string, string>
  primary?: boolean
}) {
  const { base, deed, label, fields = {}, primary = false } = props
  return (
    <form action={`${base}/${deed}`} method="post">
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class={`btn btn-sm ${primary ? 'btn-primary' : 'border-base-300 bg-base-100'}`}>
        {label}
      </button>
    </form>
  )
}
