/** The form of a webhook: where to post, and which events, chosen from the catalogue. */
import type { FieldError } from '../../../platform/result.ts'
import { CheckboxField, ErrorSummary, errorOf, Field, Form, SubmitButton } from '../../../views/form.tsx'

export interface EventChoice {
  wing: string
  type: string
  title: string
  description: string
}

export interface WebhookValues {
  url?: string
  description?: string
  events?: string[]
}

const WING_NAMES: Record<string, string> = {
  workspace: 'Workspace',
  connections: 'Connections',
  'mini-foundry': 'Sales and money',
}

export const wingName = (wing: string): string => WING_NAMES[wing] ?? wing

export function WebhookForm({
  action,
  choices,
  values = {},
  errors,
  detail,
  submit,
}: {
  action: string
  choices: EventChoice[]
  values?: WebhookValues
  errors?: FieldError[]
  detail?: string
  submit: string
}) {
  const wings = [...new Set(choices.map((choice) => choice.wing))]
  const isChosen = (type: string) => values.events?.includes(type)
  return (
    <Form action={action}>
      <ErrorSummary errors={errors} detail={detail} />
      <Field
        label="Address"
        name="url"
        type="url"
        value={values.url}
        error={errorOf(errors, 'url')}
        placeholder="https://example.com/hooks"
        hint="An https address on the public internet. It answers with 2xx within 15 seconds."
        required
      />
      <Field
        label="What it is for"
        name="description"
        value={values.description}
        error={errorOf(errors, 'description')}
        maxlength={120}
      />
      <fieldset id="events" class="flex flex-col gap-4">
        <legend class="mb-2 font-medium text-sm">Events</legend>
        <CheckboxField
          name="events"
          value="*"
          label="All events, also kinds that will be added later"
          checked={isChosen('*')}
        />
        {wings.map((wing) => (
          <div>
            <p class="mb-2 font-medium text-base-content/75 text-xs">{wingName(wing)}</p>
            <div class="grid gap-2 sm:grid-cols-2">
              {choices
                .filter((choice) => choice.wing === wing)
                .map((choice) => (
                  <CheckboxField
                    name="events"
                    value={choice.type}
                    label={<code>{choice.type}</code>}
                    hint={choice.description}
                    checked={isChosen(choice.type)}
                  />
                ))}
            </div>
          </div>
        ))}
        {errorOf(errors, 'events') && <p class="text-error text-sm">{errorOf(errors, 'events')}</p>}
      </fieldset>
      <SubmitButton>{submit}</SubmitButton>
    </Form>
  )
}
