/** Signing in and out, the second factor, passkeys, and proving again who one is. */
import { Hono } from 'hono'
import { signedIn } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { barePage, formFields, goTo, page } from '../../http/respond.tsx'
import {
  endSession,
  listOutsideAccounts,
  outsideProviders,
  passkeyChallenge,
  provePasskey,
  provePassword,
  proveSecondFactor,
  type SignInOutcome,
  signIn,
  signInWithPasskey,
  signOut,
} from '../../modules/workspace/index.ts'
import { ProveAgain, SecondFactor, SignIn } from '../../modules/workspace/views/sign-in.tsx'
import type { Failure } from '../../platform/result.ts'
import { carrySession, deviceOf, dropSession, localPath, siteOf } from './session-cookie.ts'

export const signInPages = new Hono<AppEnv>()
  .get('/sign-in', (c) =>
    c.var.session
      ? goTo(c, localPath(c.req.query('next')))
      : showSignIn(c, '', localPath(c.req.query('next'))),
  )
  .post('/sign-in', async (c) => {
    const { email = '', password = '', next } = await formFields(c)
    const outcome = await signIn(c.var.services, { email, password }, deviceOf(c))
    if (!outcome.ok) return showSignIn(c, email, localPath(next), outcome.error)
    return proceed(c, outcome.value, localPath(next))
  })
  .get('/sign-in/passkey/options', async (c) =>
    c.json(await passkeyChallenge(c.var.services, siteOf(c)), 200, { 'Cache-Control': 'no-store' }),
  )
  .post('/sign-in/passkey', async (c) => {
    const { ticket = '', credential = '', next } = await formFields(c)
    const outcome = await signInWithPasskey(c.var.services, { ticket, credential }, siteOf(c), deviceOf(c))
    if (!outcome.ok) return showSignIn(c, '', localPath(next), outcome.error)
    return proceed(c, outcome.value, localPath(next))
  })
  .get('/second-factor', (c) => goTo(c, '/sign-in'))
  .post('/second-factor', async (c) => {
    const { ticket = '', code = '', next } = await formFields(c)
    const outcome = await proveSecondFactor(c.var.services, { ticket, code }, deviceOf(c))
    if (outcome.ok) return proceed(c, outcome.value, localPath(next))
    if (outcome.error.slug === 'start-again') return showSignIn(c, '', localPath(next), outcome.error)
    return showSecondFactor(c, { ticket, app: true, passkey: true }, localPath(next), outcome.error)
  })
  .post('/sign-out', async (c) => {
    const { maybeActor, services, session } = c.var
    if (maybeActor && session) await signOut(services, maybeActor, session)
    dropSession(c)
    return goTo(c, '/sign-in', { toast: 'You are signed out.' })
  })
  .get('/prove', signedIn(), (c) => showProve(c, localPath(c.req.query('next'), '/settings/security')))
  .post('/prove', signedIn(), async (c) => {
    const { password = '', next } = await formFields(c)
    const target = localPath(next, '/settings/security')
    const { services, session } = c.var
    if (!session) return goTo(c, '/sign-in')
    const proved = await provePassword(services, session, password, deviceOf(c))
    if (!proved.ok) return showProve(c, target, proved.error)
    carrySession(c, proved.value)
    return goTo(c, target)
  })
  .post('/prove/passkey', signedIn(), async (c) => {
    const { ticket = '', credential = '', next } = await formFields(c)
    const target = localPath(next, '/settings/security')
    const { services, session } = c.var
    if (!session) return goTo(c, '/sign-in')
    const proved = await provePasskey(services, session, { ticket, credential }, siteOf(c), deviceOf(c))
    if (!proved.ok) return showProve(c, target, proved.error)
    carrySession(c, proved.value)
    return goTo(c, target)
  })

/** Whoever was signed in here before is not any more. */
export async function proceed(c: AppContext, outcome: SignInOutcome, next: string) {
  if (outcome.step === 'second-factor') return showSecondFactor(c, outcome, next)
  if (c.var.session) await endSession(c.var.services, c.var.session)
  carrySession(c, outcome.session)
  return goTo(c, next)
}

/** `notice` says what the sign-in leads to. */
export function showSignIn(c: AppContext, email: string, next: string, failure?: Failure, notice?: string) {
  const signUpsOpen = c.var.services.config.signups === 'open'
  const body = (
    <SignIn
      email={email}
      next={next}
      detail={failure?.detail}
      notice={notice}
      signUpsOpen={signUpsOpen}
      providers={outsideProviders(c.var.services)}
    />
  )
  return barePage(c, { title: 'Sign in', body, status: failure ? statusOf(failure.kind) : 200 })
}

function showSecondFactor(
  c: AppContext,
  step: { ticket: string; app: boolean; passkey: boolean },
  next: string,
  failure?: Failure,
) {
  const { ticket, app, passkey } = step
  const body = (
    <SecondFactor ticket={ticket} next={next} detail={failure?.detail} app={app} passkey={passkey} />
  )
  return barePage(c, { title: 'One more step', body, status: failure ? statusOf(failure.kind) : 200 })
}

async function showProve(c: AppContext, next: string, failure?: Failure) {
  const { actor, services, session } = c.var
  const linked = new Set((await listOutsideAccounts(services, actor)).map((account) => account.provider))
  const body = (
    <ProveAgain
      next={next}
      detail={failure?.detail}
      password={session?.hasPassword ?? true}
      passkey={(session?.passkeys ?? 0) > 0}
      providers={outsideProviders(services).filter(({ kind }) => linked.has(kind))}
    />
  )
  return page(c, {
    title: 'Is it still you?',
    section: 'settings',
    body,
    status: failure ? statusOf(failure.kind) : 200,
  })
}
