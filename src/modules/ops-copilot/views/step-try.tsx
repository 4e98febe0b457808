/** One step filled in for a real record: what it would be given, and what it gives when it only looks. */
import type { StepJson } from '../../../platform/step.ts'
import { Alert } from '../../../views/alert.tsx'
import { LinkButton } from '../../../views/button.tsx'
import { SelectField } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import type { Step } from '../domain/definition-model.ts'
import { type Names, stepTitle } from './words.ts'

export function TryStepPage(props: {
  automation: { id: string; name: string }
  step: Step
  names: Names
  subjects: { value: string; label: string }[]
  subject: string
  tried: { input: StepJson; output: StepJson; why: string; reached: boolean } | null
  failure: string | null
}) {
  const { automation, step, names, subjects, subject, tried, failure } = props
  const base = `/ops/automations/${automation.id}`
  const here = `${base}/steps/${step.id}`
  return (
    <>
      <PageHeader
        title={`Try: ${stepTitle(step, names)}`}
        crumbs={[
          { href: '/ops', label: 'Automations' },
          { href: base, label: automation.name },
        ]}
        lead="As it would be for this record, as the steps before it leave it. Nothing leaves."
        actions={
          <LinkButton href={here} small>
            Back to the step
          </LinkButton>
        }
      />
      {subjects.length > 0 && (
        <form action={`${here}/try`} method="get" class="mb-5 flex max-w-xl items-end gap-3">
          <div class="flex-1">
            <SelectField
              label="For"
              name="subject"
              value={subject}
              options={[{ value: '', label: 'the newest that happened' }, ...subjects]}
            />
          </div>
          <button type="submit" class="btn btn-primary">
            Try it
          </button>
        </form>
      )}
      {failure && <Alert tone="error" title={failure} />}
      {tried && (
        <div class="flex max-w-3xl flex-col gap-4">
          <Alert tone={tried.reached ? 'info' : 'warning'}>{tried.why}</Alert>
          <Values label="It is given" value={tried.input} />
          <Values label="It gives" value={tried.output} />
        </div>
      )}
    </>
  )
}

function Values({ label, value }: { label: string; value: StepJson }) {
  if (value === null) return null
  const rows: [string, StepJson][] =
    typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : [['value', value]]
  return (
    <section>
      <h2 class="mb-1 font-semibold">{label}</h2>
      <dl class="surface divide-y divide-base-300">
        {rows.map(([name, held]) => (
          <div class="grid gap-1 p-3 text-sm sm:grid-cols-[10rem_minmax(0,1fr)]">
            <dt class="text-base-content/75">{name.replaceAll('_', ' ')}</dt>
            <dd class="whitespace-pre-wrap break-words">
              {typeof held === 'string' ? held : JSON.stringify(held, null, 2)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
