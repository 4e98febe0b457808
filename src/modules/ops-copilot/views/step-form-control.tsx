/** Fields of steps that steer: branches, waits, approvals, values. */
import type { FieldError } from '../../../platform/result.ts'
import {
  CheckboxField,
  errorOf,
  Field,
  RadioGroup,
  SelectField,
  TextareaField,
} from '../../../views/form.tsx'
import { conditionRows } from '../domain/condition-form.ts'
import type { ControlStep, Duration } from '../domain/definition-model.ts'
import { ConditionEditor } from './condition-editor.tsx'
import { InputFieldRows } from './input-field-rows.tsx'
import { PairRows } from './pair-rows.tsx'

const FIELDS = 'step-fields'
const NOTHING = { all: [] }

interface ControlProps<S> {
  step: S
  events: { value: string; label: string }[]
  people: { value: string; label: string }[]
  errors?: FieldError[]
}

export function ControlFields(props: ControlProps<ControlStep>) {
  const { step, events, errors } = props
  switch (step.kind) {
    case 'if':
      return (
        <ConditionEditor
          prefix="condition"
          legend="If"
          rows={conditionRows(step.condition)}
          suggestions={FIELDS}
        />
      )
    case 'switch':
      return (
        <>
          {[...step.cases, { name: '', condition: NOTHING, steps: [] }].map(({ name, condition }, at) => (
            <fieldset class="rounded-box border border-base-300 p-3">
              <legend class="px-1 font-semibold text-sm">{name || 'One more case'}</legend>
              <Field
                label="Name of the case"
                name={`case_${at}_name`}
                value={name}
                required={false}
                hint={name ? 'Empty: the case and its steps go.' : undefined}
              />
              <ConditionEditor
                prefix={`case_${at}`}
                legend="When"
                rows={conditionRows(condition)}
                suggestions={FIELDS}
              />
            </fieldset>
          ))}
        </>
      )
    case 'parallel':
      return (
        <>
          {[...step.branches, { name: '' }].map(({ name }, at) => (
            <Field
              label={name ? `Branch ${at + 1}` : 'One more branch'}
              name={`branch_${at}_name`}
              value={name}
              required={false}
            />
          ))}
        </>
      )
    case 'each':
      return (
        <>
          <Field
            label="For each element of"
            name="list"
            value={step.list}
            list={FIELDS}
            error={errorOf(errors, 'list')}
          />
          <Field
            label="At most"
            name="most"
            type="number"
            min="1"
            max="500"
            value={String(step.most)}
            hint="More of them are left out, and the run says so."
          />
        </>
      )
    case 'wait':
      return <WaitFields step={step} />
    case 'wait_event':
      return (
        <>
          <SelectField label="Until this happens" name="event" options={events} value={step.event} />
          <ConditionEditor
            prefix="match"
            legend="And this holds"
            rows={conditionRows(step.match)}
            suggestions={FIELDS}
            hint="`event` is what came: event.invoice_id is {{ trigger.invoice.id }}."
          />
          <DurationFields prefix="within" label="Wait at most" value={step.within} />
        </>
      )
    case 'approval':
      return <ApprovalFields {...props} step={step} />
    case 'set':
      return (
        <PairRows prefix="values" legend="Values to keep" pairs={step.values} names="letters, digits and _" />
      )
    case 'stop':
      return (
        <>
          <RadioGroup
            legend="The run has"
            name="outcome"
            value={step.outcome}
            options={[
              { value: 'completed', label: 'done what it should' },
              { value: 'failed', label: 'failed' },
            ]}
          />
          <Field label="Words for the history" name="message" value={step.message} required={false} />
        </>
      )
  }
}

const UNITS = ['minutes', 'hours', 'days', 'weeks', 'business_days'].map((value) => ({
  value,
  label: value.replace('_', ' '),
}))

export function DurationFields(props: {
  prefix: string
  label: string
  value: Duration | undefined
  optional?: boolean
  hint?: string
}) {
  const { prefix, label, value, optional = false, hint } = props
  return (
    <div class="grid grid-cols-2 gap-2">
      <Field
        label={label}
        name={`${prefix}_amount`}
        type="number"
        min="1"
        value={value ? String(value.amount) : ''}
        required={!optional}
        hint={hint}
      />
      <SelectField
        label="Unit"
        id={`${prefix}_unit`}
        name={`${prefix}_unit`}
        options={UNITS}
        value={value?.unit ?? 'days'}
      />
    </div>
  )
}

function WaitFields({ step }: { step: Extract<ControlStep, { kind: 'wait' }> }) {
  return (
    <>
      <RadioGroup
        legend="How long"
        name="mode"
        value={step.until ? 'until' : 'for'}
        options={[
          { value: 'for', label: 'For a while' },
          { value: 'until', label: 'Until a day or moment' },
        ]}
      />
      <DurationFields prefix="for" label="For" value={step.for ?? { amount: 1, unit: 'days' }} optional />
      <Field
        label="Until"
        name="until"
        value={step.until ?? ''}
        required={false}
        list={FIELDS}
        hint="A day like 2026-12-01, or a field: {{ trigger.invoice.due_day }}."
      />
      <RadioGroup
        legend="Then"
        name="hours"
        value={step.hours}
        options={[
          { value: 'any', label: 'go on at any hour' },
          { value: 'business', label: 'go on in office hours', hint: 'As set under Working hours.' },
        ]}
      />
    </>
  )
}

const ROLES = [
  { value: 'role:owner', label: 'Owners' },
  { value: 'role:admin', label: 'Admins' },
  { value: 'role:member', label: 'Members' },
]

function ApprovalFields(props: ControlProps<Extract<ControlStep, { kind: 'approval' }>>) {
  const { step, people, errors } = props
  const known = new Set([...ROLES, ...people].map(({ value }) => value))
  const others = step.approvers.filter((one) => !known.has(one))
  return (
    <>
      <Field label="The question" name="title" value={step.title} error={errorOf(errors, 'title')} />
      <TextareaField label="What they should know" name="body" value={step.body} rows={5} />
      <fieldset class="flex flex-col gap-1.5">
        <legend class="mb-1 font-medium text-sm">Who may decide</legend>
        {[...ROLES, ...people].map(({ value, label }) => (
          <CheckboxField
            name="approvers"
            value={value}
            label={label}
            checked={step.approvers.includes(value)}
          />
        ))}
        {errorOf(errors, 'approvers') && <p class="text-error text-sm">{errorOf(errors, 'approvers')}</p>}
      </fieldset>
      <Field
        label="Others"
        name="approvers_more"
        value={others.join(', ')}
        required={false}
        hint="E-mail addresses of members, or fields that give one, with commas between them."
      />
      <Field
        label="How many must agree"
        name="needed"
        type="number"
        min="1"
        max="20"
        value={String(step.needed)}
      />
      <CheckboxField name="self" value="yes" label="Whoever started it may decide too" checked={step.self} />
      <DurationFields prefix="remind" label="Remind after" value={step.remind} optional />
      <DurationFields prefix="within" label="Wait for the answer at most" value={step.within} optional />
      <SelectField
        label="When nobody has answered in time"
        name="on_timeout"
        value={step.on_timeout}
        options={[
          { value: 'reject', label: 'it counts as rejected' },
          { value: 'approve', label: 'it counts as approved' },
          { value: 'branch', label: 'the steps of “not in time” run' },
        ]}
      />
      <InputFieldRows
        legend="Asked for with an approval"
        fields={step.fields}
        kinds={['text', 'number', 'choice', 'yes_no']}
      />
    </>
  )
}
