/** What starts an automation: first the kind, then its settings. */
import type { FieldError } from '../../../platform/result.ts'
import { LinkButton } from '../../../views/button.tsx'
import {
  ErrorSummary,
  errorOf,
  Field,
  Form,
  RadioGroup,
  SelectField,
  SubmitButton,
  TextareaField,
} from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import type { Trigger } from '../domain/automation-model.ts'
import { conditionRows } from '../domain/condition-form.ts'
import type { ScopeGroup } from '../domain/scope-fields.ts'
import { rhythmOf, TRIGGER_KINDS } from '../domain/trigger-form.ts'
import { ConditionEditor } from './condition-editor.tsx'
import { FieldPicker, FieldSuggestions } from './field-picker.tsx'
import { InputFieldRows } from './input-field-rows.tsx'

interface Option {
  value: string
  label: string
}

export interface TriggerFormProps {
  automation: { id: string; name: string; version: number }
  trigger: Trigger
  events: (Option & { description: string })[]
  records: Option[]
  groups: ScopeGroup[]
  /** The next moments of a rhythm, as people read them. */
  next: string[]
  errors?: FieldError[]
}

export function TriggerFormPage(props: TriggerFormProps) {
  const { automation, trigger, groups, errors } = props
  const base = `/ops/automations/${automation.id}`
  return (
    <>
      <PageHeader
        title="What starts it"
        crumbs={[
          { href: '/ops', label: 'Automations' },
          { href: base, label: automation.name },
        ]}
      />
      <nav aria-label="Ways to start" class="mb-5 grid gap-2 sm:grid-cols-2 lg:grid-cols-5">
        {TRIGGER_KINDS.map(({ kind, title, description }) => (
          <a
            class={`surface p-3 text-sm hover:border-primary ${kind === trigger.kind ? 'border-primary' : ''}`}
            href={`${base}/trigger?kind=${kind}`}
            aria-current={kind === trigger.kind ? 'true' : undefined}
          >
            <span class="block font-medium">{title}</span>
            <span class="block text-base-content/75 text-xs">{description}</span>
          </a>
        ))}
      </nav>
      <FieldSuggestions id="trigger-fields" groups={groups} />
      <div class="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div class="min-w-0">
          {errors && <ErrorSummary errors={errors} />}
          <Form action={`${base}/trigger`} class="flex max-w-2xl flex-col gap-4">
            <input type="hidden" name="version" value={String(automation.version)} />
            <input type="hidden" name="kind" value={trigger.kind} />
            <OwnFields {...props} />
            <div class="flex flex-wrap gap-2">
              <SubmitButton>Save</SubmitButton>
              <LinkButton href={base}>Back without saving</LinkButton>
            </div>
          </Form>
        </div>
        {trigger.kind === 'event' && (
          <aside class="lg:sticky lg:top-20" aria-label="Help with conditions">
            <FieldPicker groups={groups} />
          </aside>
        )}
      </div>
      <script type="module" src="/js/flow.js" />
    </>
  )
}

function OwnFields(props: TriggerFormProps) {
  const { trigger, events, records, errors } = props
  switch (trigger.kind) {
    case 'event':
      return (
        <>
          <SelectField
            label="When this happens"
            name="event"
            options={events}
            value={trigger.event}
            hint={events.find(({ value }) => value === trigger.event)?.description}
          />
          <ConditionEditor
            prefix="condition"
            legend="Only if"
            rows={conditionRows(trigger.condition)}
            suggestions="trigger-fields"
            hint="Nothing written: each time."
          />
          <Field
            label="Not again for the same one within (days)"
            name="again_after_days"
            type="number"
            min="1"
            max="3650"
            value={trigger.again_after_days === null ? '' : String(trigger.again_after_days)}
            required={false}
            hint="For example, one reminder row for an invoice, however often it is told of."
          />
        </>
      )
    case 'schedule':
      return <ScheduleFields {...props} trigger={trigger} />
    case 'manual':
      return (
        <>
          <SelectField
            label="Offered on the page of"
            name="record"
            options={[{ value: '', label: 'nothing: only here' }, ...records]}
            value={trigger.record ?? ''}
          />
          <InputFieldRows legend="What is asked for first" fields={trigger.fields} />
        </>
      )
    case 'hook':
      return (
        <>
          <p class="text-sm">
            Once it is published it takes POSTs with a JSON body at an address of its own, shown with its
            steps. What is sent is there as <code>{'{{ trigger.body }}'}</code>, and its fields as{' '}
            <code>{'{{ trigger.name }}'}</code>.
          </p>
          <RadioGroup
            legend="Who may call"
            name="proof"
            value={trigger.proof}
            options={[
              { value: 'address', label: 'Whoever knows the address', hint: 'It is long and secret.' },
              {
                value: 'signed',
                label: 'Whoever signs with its secret',
                hint: 'Standard Webhooks; the secret stands with its address.',
              },
            ]}
          />
          <Field
            label="Path of the id that tells repeated calls"
            name="id_path"
            value={trigger.id_path ?? ''}
            required={false}
            hint="For example id. Nothing written: the header Idempotency-Key or webhook-id, when there is one."
          />
        </>
      )
    case 'form':
      return (
        <>
          <Field
            label="Title of the page"
            name="title"
            value={trigger.title}
            error={errorOf(errors, 'trigger_config.title')}
          />
          <TextareaField label="Words above the fields" name="intro" value={trigger.intro} rows={3} />
          <InputFieldRows legend="What is asked" fields={trigger.fields} />
          <TextareaField label="Words after it is sent" name="thanks" value={trigger.thanks} rows={2} />
        </>
      )
  }
}

const RHYTHM_OPTIONS: Option[] = [
  { value: 'daily', label: 'every day' },
  { value: 'workdays', label: 'Monday to Friday' },
  { value: 'weekly', label: 'every week' },
  { value: 'monthly', label: 'every month' },
  { value: 'hourly', label: 'every hour' },
  { value: 'cron', label: 'as a cron expression' },
]
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'].map(
  (label, at) => ({
    value: String(at),
    label,
  }),
)

function ScheduleFields({
  trigger,
  next,
  errors,
}: TriggerFormProps & { trigger: Extract<Trigger, { kind: 'schedule' }> }) {
  const form = rhythmOf(trigger.cron)
  return (
    <>
      <div class="grid gap-3 sm:grid-cols-2">
        <SelectField label="How often" name="rhythm" options={RHYTHM_OPTIONS} value={form.rhythm} />
        <Field
          label="At"
          name="time"
          value={form.time}
          pattern="\d{1,2}:\d{2}"
          hint="Like 08:00; of the hour for “every hour”."
        />
        <SelectField label="On (every week)" name="weekday" options={WEEKDAYS} value={form.weekday} />
        <Field
          label="Day (every month)"
          name="month_day"
          value={form.monthDay}
          required={false}
          hint="1 to 31, or L for the last."
        />
      </div>
      <Field
        label="Cron expression"
        name="cron"
        value={form.cron}
        required={false}
        hint="Minute, hour, day, month, weekday; used with “as a cron expression”."
        error={errorOf(errors, 'trigger_config.cron')}
      />
      <Field
        label="Time zone"
        name="time_zone"
        value={trigger.time_zone}
        error={errorOf(errors, 'trigger_config.time_zone')}
        hint="A time that the clock jumps over runs at the first moment after it; one that comes twice runs once."
      />
      <SelectField
        label="On days that are not worked"
        name="business_days"
        value={trigger.business_days ?? ''}
        options={[
          { value: '', label: 'it runs all the same' },
          { value: 'skip', label: 'it is left out' },
          { value: 'next', label: 'it moves to the next day that is worked' },
        ]}
      />
      <SelectField
        label="What was missed"
        name="missed"
        value={trigger.missed}
        options={[
          { value: 'latest', label: 'the latest one is made up for' },
          { value: 'all', label: 'each one is made up for' },
          { value: 'skip', label: 'is left out' },
        ]}
      />
      {next.length > 0 && <p class="text-base-content/80 text-sm">Next: {next.join(' · ')}</p>}
    </>
  )
}
