/** Signing in, its second step, and proving again who one is. */
import { Alert } from '../../../views/alert.tsx'
import { ErrorSummary, Field, Form, SubmitButton } from '../../../views/form.tsx'
import { ProviderButtons, type ProviderItem } from './outside-accounts.tsx'
import { PasskeyButton } from './passkeys.tsx'

export interface SignInProps {
  email: string
  next: string
  detail?: string
  /** What this sign-in leads to, when that is not plain. */
  notice?: string
  signUpsOpen: boolean
  providers: readonly ProviderItem[]
}

export function SignIn({ email, next, detail, notice, signUpsOpen, providers }: SignInProps) {
  return (
    <>
      <h1 class="mb-5 font-semibold text-2xl tracking-tight">Sign in</h1>
      {notice && (
        <div class="mb-4">
          <Alert>{notice}</Alert>
        </div>
      )}
      <Form action="/sign-in">
        <ErrorSummary errors={undefined} detail={detail} />
        <input type="hidden" name="next" value={next} />
        <Field
          label="E-mail"
          name="email"
          type="email"
          value={email}
          autocomplete="username webauthn"
          required
        />
        <Field label="Password" name="password" type="password" autocomplete="current-password" required />
        <SubmitButton wide>Sign in</SubmitButton>
      </Form>
      <div class="mt-3 flex flex-col gap-2">
        <PasskeyButton action="/sign-in/passkey" next={next} label="Sign in with a passkey" autofill />
        <ProviderButtons providers={providers} next={next} verb="Sign in" />
      </div>
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

export interface SecondFactorProps {
  ticket: string
  next: string
  detail?: string
  /** An authenticator app is set up. */
  app: boolean
  passkey: boolean
}

export function SecondFactor({ ticket, next, detail, app, passkey }: SecondFactorProps) {
  return (
    <>
      <h1 class="mb-2 font-semibold text-2xl tracking-tight">One more step</h1>
      <p class="mb-5 text-sm">
        {app
          ? 'Type the six digits of your authenticator app. No phone at hand? A recovery code does it, once.'
          : 'Use your passkey. Not at hand? A recovery code does it, once.'}
      </p>
      {passkey && (
        <div class="mb-4">
          <PasskeyButton action="/sign-in/passkey" next={next} label="Use your passkey" />
        </div>
      )}
      <Form action="/second-factor">
        <ErrorSummary errors={undefined} detail={detail} />
        <input type="hidden" name="ticket" value={ticket} />
        <input type="hidden" name="next" value={next} />
        <Field
          label={app ? 'Code' : 'Recovery code'}
          name="code"
          autocomplete="one-time-code"
          inputmode="text"
          required
          autofocus
        />
        <SubmitButton wide>Go on</SubmitButton>
      </Form>
    </>
  )
}

export interface ProveAgainProps {
  next: string
  detail?: string
  /** Which ways this person has. */
  password: boolean
  passkey: boolean
  providers: readonly ProviderItem[]
}

export function ProveAgain({ next, detail, password, passkey, providers }: ProveAgainProps) {
  const words = password ? 'Type your password once more' : 'Sign in once more'
  return (
    <div class="mx-auto max-w-md">
      <h1 class="mb-2 font-semibold text-2xl tracking-tight">Is it still you?</h1>
      <p class="mb-5 text-sm">
        What you are about to change protects the account. {words}; it counts for ten minutes.
      </p>
      {password ? (
        <Form action="/prove">
          <input type="hidden" name="next" value={next} />
          <Field
            label="Password"
            name="password"
            type="password"
            autocomplete="current-password"
            required
            error={detail}
          />
          <SubmitButton>Go on</SubmitButton>
        </Form>
      ) : (
        <ErrorSummary errors={undefined} detail={detail} />
      )}
      <div class="mt-4 flex flex-col gap-2">
        {passkey && <PasskeyButton action="/prove/passkey" next={next} label="Use a passkey" />}
        <ProviderButtons providers={providers} next={next} mode="prove" />
      </div>
    </div>
  )
}
