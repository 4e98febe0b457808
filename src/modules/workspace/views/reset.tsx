/** A new password by mail. */
import type { FieldError } from '../../../platform/result.ts'
import { ErrorSummary, errorOf, Field, Form, SubmitButton } from '../../../views/form.tsx'

export function AskForReset({ email, detail }: { email: string; detail?: string }) {
  return (
    <>
      <h1 class="mb-2 font-semibold text-2xl tracking-tight">Reset the password</h1>
      <p class="mb-5 text-sm">We mail you a link to choose a new one.</p>
      <Form action="/reset">
        <ErrorSummary errors={undefined} detail={detail} />
        <Field label="E-mail" name="email" type="email" value={email} autocomplete="username" required />
        <SubmitButton wide>Send the link</SubmitButton>
      </Form>
      <p class="mt-5 text-sm">
        <a href="/sign-in" class="link">
          Back to sign-in
        </a>
      </p>
    </>
  )
}

export function ChooseNewPassword({
  action,
  errors,
  detail,
}: {
  action: string
  errors?: FieldError[]
  detail?: string
}) {
  return (
    <>
      <h1 class="mb-5 font-semibold text-2xl tracking-tight">Choose a new password</h1>
      <Form action={action}>
        <ErrorSummary errors={errors} detail={errors?.length ? undefined : detail} />
        <Field
          label="New password"
          name="password"
          type="password"
          autocomplete="new-password"
          minlength={12}
          error={errorOf(errors, 'password')}
          hint="At least 12 characters. All devices will be signed out."
          required
        />
        <SubmitButton wide>Set the password</SubmitButton>
      </Form>
    </>
  )
}
