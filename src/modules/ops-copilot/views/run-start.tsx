/** Before a run by hand: what is asked for, and which record it is about. */
import type { FieldError } from '../../../platform/result.ts'
import { Alert } from '../../../views/alert.tsx'
import { LinkButton } from '../../../views/button.tsx'
import {
  CheckboxField,
  ErrorSummary,
  errorOf,
  Field,
  Form,
  SelectField,
  SubmitButton,
  TextareaField,
} from '../../../views/form.tsx'
import type { InputField } from '../domain/automation-model.ts'
import { AutomationHead, type HeadAutomation } from './automation-head.tsx'
import type { Names } from './words.ts'

export function RunStartPage(props: {
  automation: HeadAutomation
  names: Names
  fields: readonly InputField[]
  /** Records it may be about: `invoice:in_1`. */
  subjects: { value: string; label: string }[]
  values: Record<string, string>
  key: string
  errors?: FieldError[]
}) {
  const { automation, names, fields, subjects, values, errors } = props
  const base = `/ops/automations/${automation.id}`
  const live = automation.status === 'active'
  return (
    <>
      <AutomationHead automation={automation} names={names} current="rehearse" mayWrite />
      <Form action={`${base}/run`} class="flex max-w-xl flex-col gap-4">
        {!live && (
          <Alert tone="info" title="It is not live">
            This runs the draft once, with your rights. Its steps do what they say: mails leave, tasks are
            made.
          </Alert>
        )}
        {errors && <ErrorSummary errors={errors} />}
        <input type="hidden" name="key" value={props.key} />
        {subjects.length > 0 && (
          <SelectField
            label="About"
            name="subject"
            options={[{ value: '', label: 'nothing in particular' }, ...subjects]}
            value={values.subject ?? ''}
          />
        )}
        {fields.map((field) => (
          <AskedField field={field} value={values[field.name] ?? ''} error={errorOf(errors, field.name)} />
        ))}
        <div class="flex flex-wrap gap-2">
          <SubmitButton>Run now</SubmitButton>
          <LinkButton href={base}>Not now</LinkButton>
        </div>
      </Form>
    </>
  )
}

/** One field as it is asked for: of a run by hand, or on the page of a form. */
export function AskedField({ field, value, error }: { field: InputField; value: string; error?: string }) {
  const { name, label, kind, required } = field
  const common = { name, label, error, value }
  switch (kind) {
    case 'long_text':
      return <TextareaField {...common} rows={4} />
    case 'yes_no':
      return <CheckboxField name={name} value="yes" label={label} checked={value === 'yes'} error={error} />
    case 'choice':
      return (
        <SelectField
          {...common}
          required={required}
          options={[
            { value: '', label: required ? 'Choose …' : 'None' },
            ...(field.choices ?? []).map((one) => ({ value: one, label: one })),
          ]}
        />
      )
    default: {
      const type = kind === 'number' || kind === 'date' || kind === 'email' ? kind : 'text'
      return (
        <Field {...common} type={type} step={kind === 'number' ? 'any' : undefined} required={required} />
      )
    }
  }
}
