/** Signing up, confirming the address, and resetting the password. */
import { Hono } from 'hono'
import { ipPrefix } from '../../http/address.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { barePage, failurePage, formFields, goTo } from '../../http/respond.tsx'
import {
  askForReset,
  confirmEmail,
  endSession,
  guessSettings,
  isResetLink,
  outsideProviders,
  readVerifyLink,
  resetPassword,
  SUPPORTED_CURRENCIES,
  SUPPORTED_ZONES,
  signUp,
  signUpsClosed,
} from '../../modules/workspace/index.ts'
import { AskForReset, ChooseNewPassword } from '../../modules/workspace/views/reset.tsx'
import { CheckMail, ConfirmAddress, SignUp } from '../../modules/workspace/views/sign-up.tsx'
import { type Failure, fail } from '../../platform/result.ts'
import { carrySession, deviceOf } from './session-cookie.ts'

const spentLink = () =>
  fail('not_found', 'link-spent', 'This link was used already, or its time is over. Ask for a new one.').error

export const signUpPages = new Hono<AppEnv>()
  .get('/sign-up', (c) => showSignUp(c, {}))
  .post('/sign-up', async (c) => {
    const fields = await formFields(c)
    const done = await signUp(c.var.services, fields, settingsOf(c, fields), ipPrefix(c))
    return done.ok
      ? checkMail(
          c,
          'Check your mail',
          'We have sent a mail to that address. Its link goes on from here; it works for 24 hours.',
        )
      : showSignUp(c, fields, done.error)
  })
  .get('/verify/:token', async (c) => {
    const link = await readVerifyLink(c.var.services, c.req.param('token'))
    if (!link) return failurePage(c, spentLink())
    return showConfirm(c, link.email)
  })
  .post('/verify/:token', async (c) => {
    const { services, session } = c.var
    const token = c.req.param('token')
    const link = await readVerifyLink(services, token)
    if (!link) return failurePage(c, spentLink())
    const { password = '' } = await formFields(c)
    const confirmed = await confirmEmail(services, token, password, deviceOf(c))
    if (!confirmed.ok) {
      const { kind, detail } = confirmed.error
      if (kind === 'invalid' || kind === 'rate_limited') return showConfirm(c, link.email, confirmed.error)
      return kind === 'unauthenticated'
        ? goTo(c, '/sign-in', { toast: detail })
        : failurePage(c, confirmed.error)
    }
    if (session) await endSession(services, session)
    carrySession(c, confirmed.value)
    return goTo(c, '/', { toast: 'Your address is confirmed. Welcome.' })
  })
  .get('/reset', (c) => barePage(c, { title: 'Reset the password', body: <AskForReset email="" /> }))
  .post('/reset', async (c) => {
    const { email = '' } = await formFields(c)
    const asked = await askForReset(c.var.services, email, ipPrefix(c))
    if (asked.ok)
      return checkMail(
        c,
        'Check your mail',
        'If this address has an account, a link to choose a new password is on its way. It works for 30 minutes.',
      )
    const body = <AskForReset email={email} detail={asked.error.detail} />
    return barePage(c, { title: 'Reset the password', body, status: statusOf(asked.error.kind) })
  })
  .get('/reset/:token', async (c) =>
    (await isResetLink(c.var.services, c.req.param('token'))) ? showReset(c) : failurePage(c, spentLink()),
  )
  .post('/reset/:token', async (c) => {
    const { password = '' } = await formFields(c)
    const done = await resetPassword(c.var.services, c.req.param('token'), password, deviceOf(c))
    if (done.ok) return goTo(c, '/sign-in', { toast: 'The password is set. Sign in with it.' })
    return done.error.kind === 'invalid' ? showReset(c, done.error) : failurePage(c, done.error)
  })

export function guessOf(c: AppContext) {
  const cf = (c.req.raw as Request & { cf?: { country?: string; timezone?: string } }).cf
  const language = c.req.header('Accept-Language')?.split(',')[0]?.split(';')[0]
  return guessSettings({ country: cf?.country, timeZone: cf?.timezone, language })
}

/** What was chosen where it is known, else what the browser lets us guess. */
export function settingsOf(c: AppContext, fields: Record<string, string>) {
  const guessed = guessOf(c)
  const { timeZone = '', currency = '' } = fields
  return {
    ...guessed,
    timeZone: SUPPORTED_ZONES.includes(timeZone) ? timeZone : guessed.timeZone,
    currency: SUPPORTED_CURRENCIES.includes(currency) ? currency : guessed.currency,
  }
}

function showSignUp(c: AppContext, fields: Record<string, string>, failure?: Failure) {
  const { services } = c.var
  if (services.config.signups !== 'open') return failurePage(c, signUpsClosed(services).error)
  const { timeZone, currency } = guessOf(c)
  const body = (
    <SignUp
      values={{ timeZone, currency, ...fields }}
      zones={['UTC', ...SUPPORTED_ZONES]}
      providers={outsideProviders(services)}
      currencies={SUPPORTED_CURRENCIES}
      errors={failure?.errors}
      detail={failure?.detail}
    />
  )
  return barePage(c, { title: 'Make an account', body, status: failure ? statusOf(failure.kind) : 200 })
}

function showConfirm(c: AppContext, email: string, failure?: Failure) {
  const body = (
    <ConfirmAddress email={email} action={c.req.path} errors={failure?.errors} detail={failure?.detail} />
  )
  return barePage(c, { title: 'Confirm your address', body, status: failure ? statusOf(failure.kind) : 200 })
}

function showReset(c: AppContext, failure?: Failure) {
  const body = <ChooseNewPassword action={c.req.path} errors={failure?.errors} detail={failure?.detail} />
  return barePage(c, { title: 'Choose a new password', body, status: failure ? statusOf(failure.kind) : 200 })
}

function checkMail(c: AppContext, title: string, text: string) {
  const development = c.var.services.config.environment === 'development'
  return barePage(c, { title, body: <CheckMail title={title} text={text} development={development} /> })
}
