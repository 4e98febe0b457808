/** Before it goes live: what changes, what is missing, what to expect. And before it rests: what becomes of its runs. */
import { Alert } from '../../../views/alert.tsx'
import { LinkButton } from '../../../views/button.tsx'
import { SubmitButton } from '../../../views/form.tsx'
import { AutomationHead, type HeadAutomation } from './automation-head.tsx'
import type { BuilderProblem } from './builder.tsx'
import type { Names } from './words.ts'

export function PublishPage(props: {
  automation: HeadAutomation
  names: Names
  problems: BuilderProblem[]
  /** What is other than what runs now, in words; null: it never went live. */
  changes: string[] | null
  /** What the last 30 days would have been, in words. */
  forecast: string[]
  alive: number
}) {
  const { automation, names, problems, changes, forecast, alive } = props
  const base = `/ops/automations/${automation.id}`
  const errors = problems.filter(({ severity }) => severity === 'error')
  const warnings = problems.filter(({ severity }) => severity === 'warning')
  return (
    <>
      <AutomationHead automation={automation} names={names} current="steps" mayWrite />
      <div class="flex max-w-2xl flex-col gap-4">
        {errors.length > 0 && (
          <Alert tone="error" title="It cannot go live yet">
            <ul class="list-disc pl-5">
              {errors.map(({ message, fix, step }) => (
                <li>
                  {step ? (
                    <a class="link" href={`${base}/steps/${step}`}>
                      {message}
                    </a>
                  ) : (
                    message
                  )}{' '}
                  {fix}
                </li>
              ))}
            </ul>
          </Alert>
        )}
        {warnings.length > 0 && (
          <Alert tone="warning" title="Good to know">
            <ul class="list-disc pl-5">
              {warnings.map(({ message, fix }) => (
                <li>
                  {message} {fix}
                </li>
              ))}
            </ul>
          </Alert>
        )}
        <section>
          <h2 class="font-semibold">
            {changes === null ? 'It goes live for the first time' : 'What changes'}
          </h2>
          {changes !== null && changes.length === 0 && <p class="text-sm">Nothing: it is as it runs now.</p>}
          {changes !== null && (
            <ul class="mt-1 list-disc pl-5 text-sm">
              {changes.map((line) => (
                <li>{line}</li>
              ))}
            </ul>
          )}
          {alive > 0 && (
            <p class="mt-2 text-sm">
              {alive} {alive === 1 ? 'run goes' : 'runs go'} on with the steps they began with.
            </p>
          )}
        </section>
        <section>
          <h2 class="font-semibold">What to expect</h2>
          <ul class="mt-1 list-disc pl-5 text-sm">
            {forecast.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
          <p class="mt-2 text-sm">
            <a class="link" href={`${base}/rehearse`}>
              Try it without any effect
            </a>
          </p>
        </section>
        {errors.length === 0 && (
          <form action={`${base}/publish`} method="post" class="flex flex-wrap gap-2">
            <input type="hidden" name="version" value={String(automation.version)} />
            <SubmitButton>Publish</SubmitButton>
            <LinkButton href={base}>Not yet</LinkButton>
          </form>
        )}
      </div>
    </>
  )
}

export function PausePage(props: { automation: HeadAutomation; names: Names; alive: number }) {
  const { automation, names, alive } = props
  const base = `/ops/automations/${automation.id}`
  return (
    <>
      <AutomationHead automation={automation} names={names} current="steps" mayWrite />
      <form action={`${base}/pause`} method="post" class="flex max-w-2xl flex-col gap-4">
        <p>
          Nothing new begins while it is paused.{' '}
          {alive > 0
            ? `${alive} ${alive === 1 ? 'run is' : 'runs are'} under way. What should become of ${alive === 1 ? 'it' : 'them'}?`
            : 'No run is under way.'}
        </p>
        {alive > 0 && (
          <fieldset class="flex flex-col gap-2 text-sm">
            <legend class="sr-only">Runs under way</legend>
            <label class="flex gap-2">
              <input type="radio" class="radio radio-sm" name="running" value="finish" checked /> Let them go
              on to their end
            </label>
            <label class="flex gap-2">
              <input type="radio" class="radio radio-sm" name="running" value="hold" /> Stop them where they
              are, until it goes on
            </label>
            <label class="flex gap-2">
              <input type="radio" class="radio radio-sm" name="running" value="cancel" /> Cancel them
            </label>
          </fieldset>
        )}
        <div class="flex flex-wrap gap-2">
          <SubmitButton>Pause</SubmitButton>
          <LinkButton href={base}>Leave it active</LinkButton>
        </div>
      </form>
    </>
  )
}
