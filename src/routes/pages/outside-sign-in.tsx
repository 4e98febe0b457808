/** Signing in with Google or Microsoft: there, back, and what a first visit leads to. */
import { Hono } from 'hono'
import { signedIn } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { dropOwnCookie, readOwnCookie, writeOwnCookie } from '../../http/cookies.ts'
import { statusOf } from '../../http/problem.ts'
import { barePage, failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import {
  beginOutside,
  endSession,
  finishOutside,
  linkByTicket,
  linkOutsideAccount,
  type OutsideMode,
  outsideProviders,
  readOutsideTicket,
  SUPPORTED_CURRENCIES,
  SUPPORTED_ZONES,
  signUpOutside,
  unlinkOutsideAccount,
} from '../../modules/workspace/index.ts'
import { LinkAccountPage, OutsideSignUp } from '../../modules/workspace/views/outside-accounts.tsx'
import { type Failure, fail } from '../../platform/result.ts'
import { carrySession, deviceOf, localPath, proved, siteOf } from './session-cookie.ts'
import { proceed, showSignIn } from './sign-in.tsx'
import { guessOf, settingsOf } from './sign-up.tsx'

const LINK = '/settings/accounts/link'
const TICKET_SECONDS = 600

export const outsideSignInPages = new Hono<AppEnv>()
  .get('/sign-in/with/:provider', async (c) => {
    const { session, services } = c.var
    const mode = modeOf(c)
    const next = localPath(c.req.query('next'))
    if (mode !== 'sign-in' && !session) return goTo(c, '/sign-in')
    if (mode === 'link' && !proved(c)) return goTo(c, '/prove?next=/settings/security')
    const kind = c.req.param('provider')
    const input = { mode, next, redirectUri: backAt(c, kind), session }
    const begun = await beginOutside(services, kind, input, deviceOf(c))
    if (!begun.ok) return failurePage(c, begun.error)
    writeOwnCookie(c, 'outside', begun.value.cookie, begun.value.maxAge)
    return c.redirect(begun.value.url, 303)
  })
  .get('/sign-in/with/:provider/callback', async (c) => {
    const kind = c.req.param('provider')
    const cookie = readOwnCookie(c, 'outside') ?? ''
    dropOwnCookie(c, 'outside')
    const { code = '', state = '' } = c.req.query()
    const back = { cookie, code, state, redirectUri: backAt(c, kind), session: c.var.session }
    const done = await finishOutside(c.var.services, kind, back, deviceOf(c))
    if (!done.ok) return refused(c, done.error)
    const outcome = done.value
    switch (outcome.step) {
      case 'signed-in':
        return proceed(c, outcome.outcome, localPath(outcome.next))
      case 'proved':
        carrySession(c, outcome.session)
        return goTo(c, localPath(outcome.next))
      case 'link': {
        const actor = c.var.maybeActor
        if (!actor || !proved(c)) return goTo(c, '/prove?next=/settings/security')
        const linked = await linkOutsideAccount(c.var.services, actor, outcome.person)
        if (!linked.ok) return failurePage(c, linked.error)
        return goTo(c, '/settings/security', { toast: `${linked.value.name} can sign you in from now on.` })
      }
      case 'sign-in-to-link': {
        keepTicket(c, outcome.ticket)
        const words = `${outcome.person.email} has an account here. Sign in to it as you did before, then confirm the link.`
        return showSignIn(c, outcome.person.email, LINK, undefined, words)
      }
      case 'join':
        keepTicket(c, outcome.ticket)
        return goTo(c, localPath(outcome.next))
      case 'sign-up':
        keepTicket(c, outcome.ticket)
        return goTo(c, '/sign-up/with')
    }
  })
  .get('/sign-up/with', (c) => showSignUp(c, {}))
  .post('/sign-up/with', async (c) => {
    const fields = await formFields(c)
    const { services, session } = c.var
    const ticket = readOwnCookie(c, 'outside') ?? ''
    const done = await signUpOutside(services, ticket, fields, settingsOf(c, fields), deviceOf(c))
    if (!done.ok) return showSignUp(c, fields, done.error)
    dropOwnCookie(c, 'outside')
    if (session) await endSession(services, session)
    carrySession(c, done.value)
    return goTo(c, '/', { toast: 'Welcome.' })
  })
  .get(LINK, signedIn(), async (c) => {
    const person = await readOutsideTicket(c.var.services, readOwnCookie(c, 'outside') ?? '')
    if (!person) return goTo(c, '/settings/security')
    const body = <LinkAccountPage provider={nameOf(c, person.provider)} account={person.email} />
    return page(c, { title: 'Link an account', section: 'settings', body })
  })
  .post(LINK, signedIn(), async (c) => {
    if (!proved(c)) return goTo(c, `/prove?next=${LINK}`)
    const done = await linkByTicket(c.var.services, c.var.actor, readOwnCookie(c, 'outside') ?? '')
    dropOwnCookie(c, 'outside')
    if (!done.ok) return failurePage(c, done.error)
    return goTo(c, '/settings/security', { toast: `${done.value.name} can sign you in from now on.` })
  })
  .post('/settings/accounts/:ref/removal', signedIn(), async (c) => {
    if (!proved(c)) return goTo(c, '/prove?next=/settings/security')
    const ask = await needsConfirmation(c, {
      title: 'Unlink this account?',
      text: 'It cannot sign in to your account any more.',
      confirmLabel: 'Unlink it',
      cancelHref: '/settings/security',
    })
    if (ask) return ask
    const done = await unlinkOutsideAccount(c.var.services, c.var.actor, c.req.param('ref'))
    return done.ok ? goTo(c, '/settings/security', { toast: 'Unlinked.' }) : failurePage(c, done.error)
  })

const keepTicket = (c: AppContext, ticket: string) => writeOwnCookie(c, 'outside', ticket, TICKET_SECONDS)

const backAt = (c: AppContext, kind: string) => `${siteOf(c).origin}/sign-in/with/${kind}/callback`

const nameOf = (c: AppContext, kind: string): string =>
  outsideProviders(c.var.services).find((known) => known.kind === kind)?.name ?? kind

function modeOf(c: AppContext): OutsideMode {
  const mode = c.req.query('mode')
  return mode === 'link' || mode === 'prove' ? mode : 'sign-in'
}

/** To the form with the words, or for somebody signed in a page that says what was. */
function refused(c: AppContext, failure: Failure) {
  if (c.var.session || failure.kind === 'not_found') return failurePage(c, failure)
  return showSignIn(c, '', '/', failure)
}

async function showSignUp(c: AppContext, fields: Record<string, string>, failure?: Failure) {
  const person = await readOutsideTicket(c.var.services, readOwnCookie(c, 'outside') ?? '')
  const late = fail('unauthenticated', 'start-again', 'This took too long. Start again.').error
  if (!person) return showSignIn(c, '', '/', failure ?? late)
  if (failure && !failure.errors) return showSignIn(c, '', '/', failure)
  const { timeZone, currency } = guessOf(c)
  const body = (
    <OutsideSignUp
      provider={nameOf(c, person.provider)}
      email={person.email}
      values={{ name: person.name, timeZone, currency, ...fields }}
      zones={['UTC', ...SUPPORTED_ZONES]}
      currencies={SUPPORTED_CURRENCIES}
      errors={failure?.errors}
      detail={failure?.detail}
    />
  )
  return barePage(c, { title: 'Make an account', body, status: failure ? statusOf(failure.kind) : 200 })
}
