/** Name, rules that end runs early, and care of an automation; and its removal. */
import type { FieldError } from '../../../platform/result.ts'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { ErrorSummary, errorOf, Field, Form, SubmitButton, TextareaField } from '../../../views/form.tsx'
import type { Care, StopRule } from '../domain/automation-model.ts'
import { conditionRows } from '../domain/condition-form.ts'
import type { ScopeGroup } from '../domain/scope-fields.ts'
import { AutomationHead, type HeadAutomation } from './automation-head.tsx'
import { ConditionEditor } from './condition-editor.tsx'
import { FieldSuggestions } from './field-picker.tsx'
import type { Names } from './words.ts'

interface SettingsProps {
  automation: HeadAutomation & { stopOn: StopRule[]; care: Care }
  events: { value: string; label: string }[]
  groups: ScopeGroup[]
  names: Names
  owner: string | null
  errors?: FieldError[]
}

export function AutomationSettingsPage({ automation, events, groups, names, owner, errors }: SettingsProps) {
  const { id, name, description, version, stopOn, care } = automation
  const base = `/ops/automations/${id}`
  const rules = [...stopOn, { event: '', match: { all: [] } }]
  return (
    <>
      <AutomationHead automation={automation} names={names} current="settings" mayWrite />
      {errors && <ErrorSummary errors={errors} />}
      <FieldSuggestions id="stop-fields" groups={groups} />
      <Form action={`${base}/settings`} class="flex max-w-2xl flex-col gap-4">
        <input type="hidden" name="version" value={String(version)} />
        <Field label="Name" name="name" value={name} maxlength={120} error={errorOf(errors, 'name')} />
        <TextareaField label="What it is for" name="description" value={description} rows={2} />
        <h2 class="font-semibold">A run ends early when</h2>
        {rules.map(({ event, match }, at) => (
          <fieldset class="rounded-box border border-base-300 p-3">
            <legend class="px-1 font-medium text-sm">{event ? names.event(event) : 'One more rule'}</legend>
            <label class="mb-2 block text-sm">
              <span class="mb-1 block font-medium">This happens</span>
              <select class="select w-full" name={`stop_${at}_event`}>
                <option value="">nothing (no rule)</option>
                {events.map(({ value, label }) => (
                  <option value={value} selected={value === event}>
                    {label}
                  </option>
                ))}
              </select>
            </label>
            <ConditionEditor
              prefix={`stop_${at}_match`}
              legend="And this holds"
              rows={conditionRows(match)}
              suggestions="stop-fields"
              hint="`event` is what came: event.invoice_id is {{ trigger.invoice.id }}."
            />
          </fieldset>
        ))}
        <h2 class="font-semibold">Care</h2>
        <Field
          label="Hold the first effects after each publish"
          name="hold_first"
          type="number"
          min="0"
          max="1000"
          value={String(care.hold_first)}
          hint="So many mails, tasks or calls wait until you let them go: a safe start. 0: none."
        />
        <Field
          label="Minutes in which a mail can be taken back"
          name="undo_minutes"
          type="number"
          min="0"
          max="60"
          value={String(care.undo_minutes)}
        />
        <Field
          label="Starts within an hour that make it rest"
          name="brake_per_hour"
          type="number"
          min="1"
          value={care.brake_per_hour === null ? '' : String(care.brake_per_hour)}
          required={false}
          hint="You are told, and let it go on. Nothing written: as many as come."
        />
        <Field
          label="Runs at the same time"
          name="at_once"
          type="number"
          min="1"
          max="1000"
          value={care.at_once === null ? '' : String(care.at_once)}
          required={false}
          hint="More of them wait for their turn."
        />
        <p class="text-base-content/75 text-sm">
          {owner
            ? `It acts with the rights of ${owner}, who published it last and hears when it fails.`
            : 'It acts with the rights of whoever publishes it.'}
        </p>
        <SubmitButton>Save</SubmitButton>
      </Form>
      <div class="mt-8 flex max-w-2xl flex-wrap items-center gap-3 border-base-300 border-t pt-4">
        <form action={`${base}/duplicate`} method="post">
          <button type="submit" class="btn btn-sm border-base-300 bg-base-100">
            Make a copy
          </button>
        </form>
        <a class="btn btn-sm border-base-300 bg-base-100" href={`${base}/export.json`} download>
          Save as a file
        </a>
        <ConfirmButton
          action={`${base}/delete`}
          label="Remove"
          title={`Remove “${name}”?`}
          text="Runs that wait are cancelled. What it did stays in the history, and it can be brought back."
          confirmLabel="Remove the automation"
        />
      </div>
    </>
  )
}
