/** The page of an automation's form, for whoever has its link. */
import type { FieldError } from '../../../platform/result.ts'
import { ErrorSummary, errorOf, Form, SubmitButton } from '../../../views/form.tsx'
import type { FormTrigger } from '../domain/automation-model.ts'
import { AskedField } from './run-start.tsx'

export function AutomationFormPage(props: {
  form: FormTrigger
  workspace: string
  action: string
  key: string
  values: Record<string, string>
  errors?: FieldError[]
}) {
  const { form, workspace, action, values, errors } = props
  return (
    <>
      <p class="text-base-content/75 text-sm">{workspace}</p>
      <h1 class="mb-2 font-semibold text-2xl">{form.title}</h1>
      {form.intro && <p class="mb-4 whitespace-pre-line">{form.intro}</p>}
      <Form action={action}>
        {errors && <ErrorSummary errors={errors} />}
        <input type="hidden" name="key" value={props.key} />
        {form.fields.map((field) => (
          <AskedField field={field} value={values[field.name] ?? ''} error={errorOf(errors, field.name)} />
        ))}
        <SubmitButton>Send</SubmitButton>
      </Form>
    </>
  )
}

export function FormThanksPage({ words, workspace }: { words: string; workspace: string }) {
  return (
    <>
      <h1 class="mb-2 font-semibold text-2xl">Sent</h1>
      <p class="whitespace-pre-line">{words}</p>
      <p class="mt-6 text-base-content/75 text-sm">{workspace}</p>
    </>
  )
}
