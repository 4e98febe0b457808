/** A form as visitors see it: plain, without JavaScript, consent asked and never ticked for them. */
import type { FieldError } from '../../../platform/result.ts'
import {
  CheckboxField,
  ErrorSummary,
  errorOf,
  Field,
  Form,
  SubmitButton,
  TextareaField,
} from '../../../views/form.tsx'

export interface PublicFormProps {
  action: string
  workspaceName: string
  form: {
    title: string
    lead: string
    fields: { field: string; label: string; required: boolean }[]
    consentText: string
  }
  values: Record<string, string>
  errors?: FieldError[]
}

const AUTOCOMPLETE: Record<string, string> = {
  name: 'name',
  email: 'email',
  phone: 'tel',
  company: 'organization',
}

export function PublicForm({ action, workspaceName, form, values, errors }: PublicFormProps) {
  return (
    <>
      <p class="text-base-content/75 text-sm">{workspaceName}</p>
      <h1 class="mb-2 font-semibold text-2xl tracking-tight">{form.title}</h1>
      {form.lead && <p class="mb-4 whitespace-pre-line text-sm">{form.lead}</p>}
      <Form action={action}>
        <ErrorSummary errors={errors} />
        {form.fields.map(({ field, label, required }) =>
          field === 'message' ? (
            <TextareaField label={label} name={field} value={values[field]} error={errorOf(errors, field)} />
          ) : (
            <Field
              label={label}
              name={field}
              type={field === 'email' ? 'email' : 'text'}
              value={values[field]}
              error={errorOf(errors, field)}
              required={required}
              autocomplete={AUTOCOMPLETE[field]}
            />
          ),
        )}
        {form.consentText && (
          <CheckboxField
            name="consent"
            value="yes"
            label={form.consentText}
            checked={values.consent === 'yes'}
          />
        )}
        <div class="hidden" aria-hidden="true">
          <label>
            Leave this empty
            <input name="website" tabindex={-1} autocomplete="off" />
          </label>
        </div>
        <SubmitButton wide>Send</SubmitButton>
      </Form>
    </>
  )
}

export const FormThanks = ({ workspaceName, thanks }: { workspaceName: string; thanks: string }) => (
  <>
    <p class="text-base-content/75 text-sm">{workspaceName}</p>
    <h1 class="mb-2 font-semibold text-2xl tracking-tight">Sent</h1>
    <p class="whitespace-pre-line">{thanks}</p>
  </>
)
