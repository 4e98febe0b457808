/** Making an account, and what follows it. */
import type { FieldError } from '../../../platform/result.ts'
import { LinkButton } from '../../../views/button.tsx'
import { ErrorSummary, errorOf, Field, Form, SelectField, SubmitButton } from '../../../views/form.tsx'
import { ProviderButtons, type ProviderItem } from './outside-accounts.tsx'

export interface SignUpProps {
  values: Record<string, string>
  zones: readonly string[]
  currencies: readonly string[]
  providers: readonly ProviderItem[]
  errors?: FieldError[]
  detail?: string
}

export function SignUp({ values, zones, currencies, providers, errors, detail }: SignUpProps) {
  const field = (name: string) => ({ name, value: values[name], error: errorOf(errors, name) })
  return (
    <>
      <h1 class="mb-1 font-semibold text-2xl tracking-tight">Make an account</h1>
      <p class="mb-5 text-base-content/75 text-sm">
        A workspace for your business comes with it. You can change all of this later.
      </p>
      <Form action="/sign-up">
        <ErrorSummary errors={errors} detail={errors?.length ? undefined : detail} />
        <Field label="Your name" {...field('name')} autocomplete="name" required />
        <Field label="Work e-mail" {...field('email')} type="email" autocomplete="username" required />
        <Field
          label="Password"
          name="password"
          type="password"
          error={errorOf(errors, 'password')}
          autocomplete="new-password"
          minlength={12}
          hint="At least 12 characters. A few unrelated words are good."
          required
        />
        <Field label="Name of the business" {...field('workspace')} autocomplete="organization" required />
        <div class="grid gap-4 sm:grid-cols-2">
          <SelectField
            label="Time zone"
            {...field('timeZone')}
            options={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
          />
          <SelectField
            label="Currency"
            {...field('currency')}
            options={currencies.map((code) => ({ value: code, label: code }))}
          />
        </div>
        <SubmitButton wide>Make the account</SubmitButton>
      </Form>
      <div class="mt-3 flex flex-col gap-2">
        <ProviderButtons providers={providers} next="/" verb="Sign up" />
      </div>
      <p class="mt-5 text-sm">
        Already here?{' '}
        <a href="/sign-in" class="link">
          Sign in
        </a>
      </p>
    </>
  )
}

/** The same words after every sign-up and reset, whatever the address. */
export function CheckMail({
  title,
  text,
  development,
}: {
  title: string
  text: string
  development: boolean
}) {
  return (
    <>
      <h1 class="mb-2 font-semibold text-2xl tracking-tight">{title}</h1>
      <p class="text-sm">{text}</p>
      {development && (
        <p class="mt-4">
          <LinkButton href="/dev/outbox" small icon="mail">
            Open the development outbox
          </LinkButton>
        </p>
      )}
      <p class="mt-5 text-sm">
        <a href="/sign-in" class="link">
          Back to sign-in
        </a>
      </p>
    </>
  )
}

export interface ConfirmAddressProps {
  email: string
  action: string
  errors?: FieldError[]
  detail?: string
}

export function ConfirmAddress({ email, action, errors, detail }: ConfirmAddressProps) {
  return (
    <>
      <h1 class="mb-2 font-semibold text-2xl tracking-tight">Confirm your address</h1>
      <p class="mb-5 text-sm">
        Is <strong>{email}</strong> yours? Type the password of the account, and you are in.
      </p>
      <Form action={action}>
        <ErrorSummary errors={errors} detail={errors?.length ? undefined : detail} />
        <Field
          label="Password"
          name="password"
          type="password"
          autocomplete="current-password"
          error={errorOf(errors, 'password')}
          required
        />
        <SubmitButton wide>Yes, this is my address</SubmitButton>
      </Form>
      <p class="mt-5 text-sm">
        <a href="/reset" class="link">
          Forgot the password, or did somebody else make the account?
        </a>
      </p>
    </>
  )
}
