/** Signing in, its second step, and proving the password again. */
import type { FieldError } from '../../../platform/result.ts'
import { ErrorSummary, Field, Form, SubmitButton } from '../../../views/form.tsx'

export interface SignInProps {
  email: string
  next: string
  detail?: string
  signUpsOpen: boolean
}

export function SignIn({ email, next, detail, signUpsOpen }: SignInProps) {
  return (
    <>
      <h1 class="mb-5 font-semibold text-2xl tracking-tight">Sign in</h1>
      <Form action="/sign-in">
        <ErrorSummary errors={undefined} detail={detail} />
        <input type="hidden" name="next" value={next} />
        <Field label="E-mail" name="email" type="email" value={email} autocomplete="username" required />
        <Field label="Password" name="password" type="password" autocomplete="current-password" required />
        <SubmitButton wide>Sign in</SubmitButton>
      </Form>
      <p class="mt-5 flex justify-between text-sm">
        <a href="/reset" class="link">
          Forgot the password?
        </a>
        {signUpsOpen && (
          <a href="/sign-up" class="link">
            Make an account
          </a>
        )}
      </p>
    </>
  )
}

export function SecondFactor({ ticket, next, detail }: { ticket: string; next: string; detail?: string }) {
  return (
    <>
      <h1 class="mb-2 font-semibold text-2xl tracking-tight">One more step</h1>
      <p class="mb-5 text-sm">
        Type the six digits of your authenticator app. No phone at hand? A recovery code does it, once.
      </p>
      <Form action="/second-factor">
        <ErrorSummary errors={undefined} detail={detail} />
        <input type="hidden" name="ticket" value={ticket} />
        <input type="hidden" name="next" value={next} />
        <Field label="Code" name="code" autocomplete="one-time-code" inputmode="text" required autofocus />
        <SubmitButton wide>Go on</SubmitButton>
      </Form>
    </>
  )
}

export function ProvePassword({ next, errors }: { next: string; errors?: FieldError[] }) {
  return (
    <div class="mx-auto max-w-md">
      <h1 class="mb-2 font-semibold text-2xl tracking-tight">Is it still you?</h1>
      <p class="mb-5 text-sm">
        What you are about to change protects the account. Type your password once more; it counts for ten
        minutes.
      </p>
      <Form action="/prove">
        <input type="hidden" name="next" value={next} />
        <Field
          label="Password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          error={errors?.[0]?.message}
        />
        <SubmitButton>Go on</SubmitButton>
      </Form>
    </div>
  )
}
