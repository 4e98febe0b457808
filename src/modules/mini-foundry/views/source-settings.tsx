/** What a person chooses for a source that is read: which sheet or address, and how far back its history goes. */
import type { FieldError } from '../../../platform/result.ts'
import { Card } from '../../../views/card.tsx'
import { errorOf, Field, Form, SelectField, SubmitButton } from '../../../views/form.tsx'

export interface SettingsFieldItem {
  name: string
  label: string
  hint?: string
  placeholder?: string
  options?: readonly { value: string; label: string }[]
  optional?: boolean
}

export interface SourceSettingsProps {
  source: { id: string; settings: Record<string, unknown>; historyFrom: string | null }
  fields: readonly SettingsFieldItem[]
  /** What must be chosen before anything can be read. */
  isWaiting: boolean
  values?: Record<string, string>
  errors?: FieldError[]
}

export function SourceSettings({ source, fields, isWaiting, values, errors }: SourceSettingsProps) {
  const chosen = (name: string) => values?.[name] ?? String(source.settings[name] ?? '')
  return (
    <Card
      title={isWaiting ? 'Choose what to read' : 'What is read'}
      lead={isWaiting ? 'Reading begins as soon as this is saved.' : undefined}
    >
      <Form action={`/foundry/sources/${source.id}/settings`} class="flex max-w-xl flex-col gap-4">
        {fields.map((field) =>
          field.options ? (
            <SelectField
              label={field.label}
              name={field.name}
              options={[...field.options]}
              value={chosen(field.name)}
              hint={field.hint}
              error={errorOf(errors, field.name)}
            />
          ) : (
            <Field
              label={field.label}
              name={field.name}
              value={chosen(field.name)}
              hint={field.hint}
              placeholder={field.placeholder}
              required={!field.optional}
              error={errorOf(errors, field.name)}
            />
          ),
        )}
        <Field
          label="History from"
          name="history_from"
          type="date"
          value={values?.history_from ?? source.historyFrom ?? ''}
          hint="Empty: two years back. An earlier day loads what is missing; a later one takes nothing away."
          error={errorOf(errors, 'history_from')}
        />
        <SubmitButton tone={isWaiting ? 'primary' : 'plain'}>
          {isWaiting ? 'Save and begin' : 'Save'}
        </SubmitButton>
      </Form>
    </Card>
  )
}
