/** One's own profile, second factor and devices. */
import { Hono } from 'hono'
import { encode } from 'uqr'
import { signedIn } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import {
  askForEmailChange,
  beginFactorSetup,
  changePassword,
  confirmFactorSetup,
  disableFactor,
  listOutsideAccounts,
  listPasskeys,
  listSessions,
  outsideProviders,
  recoveryCodesLeft,
  renewRecoveryCodes,
  resumeFactorSetup,
  revokeOtherSessions,
  revokeSession,
  setFirstPassword,
  updateName,
  updateTheme,
} from '../../modules/workspace/index.ts'
import { ProfilePage } from '../../modules/workspace/views/settings-profile.tsx'
import {
  FactorSetupPage,
  RecoveryCodesPage,
  SecurityPage,
} from '../../modules/workspace/views/settings-security.tsx'
import { isoInstant } from '../../platform/clock.ts'
import type { Failure } from '../../platform/result.ts'
import { localPath, proved } from './session-cookie.ts'

export const accountSettingsPages = new Hono<AppEnv>()
  .get('/settings/profile', signedIn(), (c) => showProfile(c))
  .post('/settings/profile', signedIn(), async (c) => {
    const done = await updateName(c.var.services, c.var.actor, (await formFields(c)).name ?? '')
    return done.ok ? goTo(c, '/settings/profile', { toast: 'Saved.' }) : showProfile(c, done.error)
  })
  .post('/settings/email', signedIn(), async (c) => {
    if (!proved(c)) return goTo(c, '/prove?next=/settings/profile')
    const { email = '' } = await formFields(c)
    const done = await askForEmailChange(c.var.services, c.var.actor, email)
    return done.ok
      ? goTo(c, '/settings/profile', {
          toast: 'We have sent a link to the new address. Follow it to make the change.',
        })
      : showProfile(c, done.error, email)
  })
  .post('/settings/password', signedIn(), async (c) => {
    const { current = '', next = '' } = await formFields(c)
    const done = await changePassword(c.var.services, c.var.actor, { current, next }, thisSession(c))
    return done.ok
      ? goTo(c, '/settings/profile', { toast: 'The password is changed; other devices are signed out.' })
      : showProfile(c, done.error)
  })
  .post('/settings/password/first', signedIn(), async (c) => {
    if (!proved(c)) return goTo(c, '/prove?next=/settings/profile')
    const { next = '' } = await formFields(c)
    const done = await setFirstPassword(c.var.services, c.var.actor, next, thisSession(c))
    return done.ok
      ? goTo(c, '/settings/profile', { toast: 'The password is set; other devices are signed out.' })
      : showProfile(c, done.error)
  })
  .post('/settings/theme', signedIn(), async (c) => {
    await updateTheme(c.var.services, c.var.actor, (await formFields(c)).theme ?? '')
    const referer = c.req.header('Referer')
    return goTo(c, referer && URL.canParse(referer) ? localPath(new URL(referer).pathname) : '/')
  })
  .get('/settings/security', signedIn(), (c) => showSecurity(c))
  .get('/settings/second-factor', signedIn(), async (c) => {
    if (!proved(c)) return goTo(c, '/prove?next=/settings/second-factor')
    return showSetup(c, await beginFactorSetup(c.var.services, c.var.actor))
  })
  .post('/settings/second-factor', signedIn(), async (c) => {
    if (!proved(c)) return goTo(c, '/prove?next=/settings/second-factor')
    const { ticket = '', code = '' } = await formFields(c)
    const done = await confirmFactorSetup(c.var.services, c.var.actor, { ticket, code }, thisSession(c))
    if (done.ok) return showCodes(c, done.value.recoveryCodes)
    return showSetup(c, await resumeFactorSetup(c.var.services, c.var.actor, ticket), done.error)
  })
  .post('/settings/second-factor/recovery', signedIn(), async (c) => {
    if (!proved(c)) return goTo(c, '/prove?next=/settings/security')
    const ask = await needsConfirmation(c, {
      title: 'Make new recovery codes?',
      text: 'The old ones stop working.',
      confirmLabel: 'Make new codes',
      cancelHref: '/settings/security',
      tone: 'primary',
    })
    if (ask) return ask
    return showCodes(c, (await renewRecoveryCodes(c.var.services, c.var.actor)).recoveryCodes)
  })
  .post('/settings/second-factor/off', signedIn(), async (c) => {
    if (!proved(c)) return goTo(c, '/prove?next=/settings/security')
    const ask = await needsConfirmation(c, {
      title: 'Turn the authenticator app off?',
      text: 'Then nothing but your password and your passkeys protects the account.',
      confirmLabel: 'Turn it off',
      cancelHref: '/settings/security',
    })
    if (ask) return ask
    const done = await disableFactor(c.var.services, c.var.actor, thisSession(c))
    return done.ok
      ? goTo(c, '/settings/security', { toast: 'The authenticator app is off.' })
      : failurePage(c, done.error)
  })
  .post('/settings/sessions/others/end', signedIn(), async (c) => {
    if (!proved(c)) return goTo(c, '/prove?next=/settings/security')
    const ended = await revokeOtherSessions(c.var.services, c.var.actor, thisSession(c))
    return goTo(c, '/settings/security', {
      toast: `${ended} other ${ended === 1 ? 'device is' : 'devices are'} signed out.`,
    })
  })
  .post('/settings/sessions/:id/end', signedIn(), async (c) => {
    if (!proved(c)) return goTo(c, '/prove?next=/settings/security')
    const done = await revokeSession(c.var.services, c.var.actor, c.req.param('id'))
    return done.ok
      ? goTo(c, '/settings/security', { toast: 'That device is signed out.' })
      : failurePage(c, done.error)
  })

const thisSession = (c: AppContext): string => c.var.session?.id ?? ''

const place = (title: string) => ({ title, section: 'settings' })

function showProfile(c: AppContext, failure?: Failure, newEmail?: string) {
  const { name, email } = c.var.actor
  const body = (
    <ProfilePage
      name={name}
      email={email ?? ''}
      newEmail={newEmail}
      hasPassword={c.var.session?.hasPassword ?? true}
      theme={c.var.session?.theme ?? 'system'}
      errors={failure?.errors}
      detail={failure?.detail}
    />
  )
  return page(c, { ...place('Your profile'), body, status: failure ? statusOf(failure.kind) : 200 })
}

async function showSecurity(c: AppContext) {
  const { actor, services, session } = c.var
  const [sessions, codesLeft, passkeys, accounts] = await Promise.all([
    listSessions(services, actor),
    recoveryCodesLeft(services, actor),
    listPasskeys(services, actor),
    listOutsideAccounts(services, actor),
  ])
  const body = (
    <SecurityPage
      factorOn={session?.secondFactor ?? false}
      codesLeft={codesLeft}
      passkeys={passkeys}
      accounts={accounts}
      providers={outsideProviders(services)}
      sessions={sessions.map((line) => ({
        id: line.id,
        agent: line.agent,
        from: line.ipPrefix,
        lastSeen: isoInstant(line.lastSeenAt),
        isThis: line.id === session?.id,
      }))}
      timeZone={actor.workspace.timeZone}
      locale={actor.workspace.locale}
    />
  )
  return page(c, { ...place('Sign-in and devices'), body })
}

function showSetup(c: AppContext, setup: { secret: string; uri: string; ticket: string }, failure?: Failure) {
  const body = (
    <FactorSetupPage
      qr={qrPath(setup.uri)}
      secret={setup.secret}
      ticket={setup.ticket}
      error={failure?.detail && (failure.errors?.[0]?.message ?? failure.detail)}
    />
  )
  return page(c, {
    ...place('Turn on the second factor'),
    body,
    status: failure ? statusOf(failure.kind) : 200,
  })
}

const showCodes = (c: AppContext, codes: string[]) =>
  page(c, { ...place('Your recovery codes'), body: <RecoveryCodesPage codes={codes} /> })

/** The dark modules of a QR code as one path. */
function qrPath(text: string): { size: number; path: string } {
  const { data, size } = encode(text, { border: 1 })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return { size, path }
}
