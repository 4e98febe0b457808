/** An invitation, as its reader meets it. */
import type { FieldError } from '../../../platform/result.ts'
import { LinkButton } from '../../../views/button.tsx'
import { ErrorSummary, errorOf, Field, Form, SubmitButton } from '../../../views/form.tsx'
import { ProviderButtons, type ProviderItem } from './outside-accounts.tsx'

export interface InvitationProps {
  action: string
  workspace: string
  role: string
  email: string
  invitedBy: string
  /** `accept`: signed in with this address; `other`: with another; `sign-in`: it has an account; `new`: it has none; `vouched`: Google or Microsoft says so. */
  way: 'accept' | 'other' | 'sign-in' | 'new' | 'vouched'
  providers: readonly ProviderItem[]
  signedInAs?: string
  values?: Record<string, string>
  errors?: FieldError[]
  detail?: string
}

export function Invitation({
  action,
  workspace,
  role,
  email,
  invitedBy,
  way,
  providers,
  signedInAs,
  values = {},
  errors,
  detail,
}: InvitationProps) {
  return (
    <>
      <h1 class="mb-2 font-semibold text-2xl tracking-tight">Join {workspace}</h1>
      <p class="mb-5 text-sm">
        {invitedBy} invites <strong>{email}</strong> as {role}.
      </p>
      {way === 'sign-in' && (
        <LinkButton tone="primary" href={`/sign-in?next=${encodeURIComponent(action)}`}>
          Sign in to accept
        </LinkButton>
      )}
      {way === 'other' && (
        <Form action="/sign-out">
          <p class="text-sm">
            You are signed in as {signedInAs}. Sign out, then open the link of the mail again.
          </p>
          <SubmitButton wide>Sign out</SubmitButton>
        </Form>
      )}
      {way === 'accept' && (
        <Form action={action}>
          <ErrorSummary errors={undefined} detail={detail} />
          <SubmitButton wide>Join the workspace</SubmitButton>
        </Form>
      )}
      {(way === 'new' || way === 'vouched') && (
        <Form action={action}>
          <ErrorSummary errors={errors} detail={errors?.length ? undefined : detail} />
          <Field
            label="Your name"
            name="name"
            value={values.name}
            error={errorOf(errors, 'name')}
            autocomplete="name"
            required
          />
          {way === 'new' && (
            <Field
              label="Password"
              name="password"
              type="password"
              autocomplete="new-password"
              minlength={12}
              error={errorOf(errors, 'password')}
              hint="At least 12 characters. A few unrelated words are good."
              required
            />
          )}
          <SubmitButton wide>Join the workspace</SubmitButton>
        </Form>
      )}
      {way === 'new' && (
        <div class="mt-3 flex flex-col gap-2">
          <ProviderButtons providers={providers} next={action} verb="Join" />
        </div>
      )}
    </>
  )
}
