/** Fields of an action: what it is given, over which connection, how often, and what happens when it fails. */
import type { FieldError } from '../../../platform/result.ts'
import type { StepField, StepJson } from '../../../platform/step.ts'
import { Alert } from '../../../views/alert.tsx'
import { CheckboxField, errorOf, Field, SelectField, TextareaField } from '../../../views/form.tsx'
import type { ActionStep } from '../domain/definition-model.ts'
import { PairRows } from './pair-rows.tsx'

export interface ActionFacts {
  title: string
  description: string
  fields: readonly StepField[]
  effect: 'keyed' | 'unkeyed' | 'look'
  connection: string | null
}

interface Option {
  value: string
  label: string
}

export type StepChoices = Record<
  'person' | 'template' | 'sequence' | 'automation' | 'dashboard' | 'channel',
  Option[]
> & { connection: (Option & { kind: string })[] }

export function ActionFields(props: {
  step: ActionStep
  facts: ActionFacts | null
  choices: StepChoices
  errors?: FieldError[]
}) {
  const { step, facts, choices, errors } = props
  if (!facts)
    return (
      <Alert tone="error" title="Nobody here knows this step">
        It is called {step.action}. Remove it, or connect what it belongs to.
      </Alert>
    )
  return (
    <>
      {facts.connection && <ConnectionField step={step} kind={facts.connection} choices={choices} />}
      {facts.fields.map((field) => (
        <InputField field={field} value={step.input[field.name]} choices={choices} errors={errors} />
      ))}
      <CareFields step={step} facts={facts} />
    </>
  )
}

function ConnectionField({ step, kind, choices }: { step: ActionStep; kind: string; choices: StepChoices }) {
  const fitting = choices.connection.filter((one) => one.kind === kind)
  if (fitting.length === 0)
    return (
      <Alert tone="warning" title={`No ${kind} is connected`}>
        <a class="link" href={`/settings/connections/new/${kind}`}>
          Connect it
        </a>{' '}
        first; the step waits here.
      </Alert>
    )
  return (
    <SelectField
      label="Over"
      name="connection"
      options={fitting}
      value={step.connection ?? fitting[0]?.value}
    />
  )
}

const CHOSEN = ['person', 'template', 'sequence', 'automation', 'dashboard', 'channel'] as const

function InputField(props: {
  field: StepField
  value: StepJson | undefined
  choices: StepChoices
  errors?: FieldError[]
}) {
  const { field, value, choices, errors } = props
  const { kind, label, hint, required = false } = field
  const name = `input_${field.name}`
  const error = errorOf(errors, field.name) ?? errorOf(errors, name)
  const text = shown(value)
  const common = { name, label, hint, error, value: text }
  if (kind === 'pairs') return <PairRows prefix={name} legend={label} hint={hint} pairs={pairsOf(value)} />
  if (kind === 'yes_no')
    return <CheckboxField name={name} value="yes" label={label} hint={hint} checked={value === true} />
  if (kind === 'text') return <TextareaField {...common} rows={6} />
  if (kind === 'json') return <TextareaField {...common} rows={4} />
  const options =
    kind === 'choice' ? field.choices : CHOSEN.some((one) => one === kind) ? choices[kind as 'person'] : null
  if (options)
    return <SelectField {...common} required={required} options={withValue(options, text, required)} />
  return <Field {...common} required={required ? undefined : false} list="step-fields" />
}

/** What is chosen stays to be chosen, also a field of the run or something that is no more. */
function withValue(options: readonly Option[], value: string, required: boolean): Option[] {
  const empty = required && value !== '' ? [] : [{ value: '', label: required ? 'Choose …' : 'None' }]
  const lost = value !== '' && !options.some((one) => one.value === value) ? [{ value, label: value }] : []
  return [...empty, ...lost, ...options]
}

const shown = (value: StepJson | undefined): string =>
  value === undefined || value === null
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value, null, 2)
      : String(value)

const pairsOf = (value: StepJson | undefined): Record<string, StepJson> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}

const ONCE = [
  { value: '', label: 'in every run' },
  { value: 'subject', label: 'once for the record it is about, ever' },
  { value: 'contact', label: 'once for the person, ever' },
  { value: 'custom', label: 'once for a key of mine, ever' },
]

function CareFields({ step, facts }: { step: ActionStep; facts: ActionFacts }) {
  const scope = step.once?.scope === 'run' ? '' : (step.once?.scope ?? '')
  return (
    <details class="rounded-box border border-base-300 p-3">
      <summary class="cursor-pointer font-medium text-sm">When it fails, and how often</summary>
      <div class="mt-3 flex flex-col gap-4">
        {facts.effect !== 'look' && (
          <>
            <SelectField label="It is done" name="once" options={ONCE} value={scope} />
            <Field
              label="The key"
              name="once_key"
              required={false}
              value={step.once?.scope === 'custom' ? step.once.key : ''}
              hint="For “a key of mine”: {{ trigger.invoice.number }}-first"
            />
          </>
        )}
        <div class="grid grid-cols-2 gap-2">
          <Field
            label="Tries"
            name="tries"
            type="number"
            min="1"
            max="20"
            value={step.retry ? String(step.retry.tries) : ''}
            required={false}
          />
          <SelectField
            label="Between tries"
            name="retry_schedule"
            value={step.retry?.schedule ?? 'quick'}
            options={[
              { value: 'quick', label: 'seconds to minutes' },
              { value: 'long', label: 'minutes to hours' },
            ]}
          />
        </div>
        <Field
          label="Give up after (seconds)"
          name="timeout_seconds"
          type="number"
          min="1"
          max="600"
          value={step.timeout_seconds ? String(step.timeout_seconds) : ''}
          required={false}
        />
        <SelectField
          label="When it has failed for good"
          name="on_error"
          value={step.on_error}
          options={[
            { value: 'stop', label: 'the run ends as failed, and its owner hears of it' },
            { value: 'continue', label: 'the run goes on without it' },
            { value: 'branch', label: 'the steps of “failed” run' },
          ]}
        />
      </div>
    </details>
  )
}
