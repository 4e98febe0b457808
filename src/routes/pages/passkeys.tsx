/** One's own passkeys, and the wall before a workspace that requires a second factor. */
import { Hono } from 'hono'
import { signedIn } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { missesFactor } from '../../http/required-factor.ts'
import { barePage, failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import { beginPasskey, confirmPasskey, removePasskey, renamePasskey } from '../../modules/workspace/index.ts'
import { NewPasskeyPage } from '../../modules/workspace/views/passkeys.tsx'
import { RequiredFactorPage } from '../../modules/workspace/views/required-factor.tsx'
import { RecoveryCodesPage } from '../../modules/workspace/views/settings-security.tsx'
import type { Failure } from '../../platform/result.ts'
import { proved, siteOf } from './session-cookie.ts'

const PROVE = '/prove?next=/settings/passkeys/new'

export const passkeyPages = new Hono<AppEnv>()
  .get('/settings/security/required', signedIn(), (c) => {
    const { actor, session } = c.var
    if (!missesFactor(c)) return goTo(c, '/settings/security')
    const others = (session?.workspaces ?? []).filter(({ id }) => id !== actor.tenantId)
    const body = <RequiredFactorPage workspace={actor.workspace.name} others={others} />
    return barePage(c, { title: 'A second factor is required', body })
  })
  .get('/settings/passkeys/new', signedIn(), (c) => (proved(c) ? showNew(c, {}) : goTo(c, PROVE)))
  .post('/settings/passkeys', signedIn(), async (c) => {
    if (!proved(c)) return goTo(c, PROVE)
    const { ticket = '', credential = '', name = '' } = await formFields(c)
    const input = { ticket, credential, name }
    const { actor, services, session } = c.var
    const done = await confirmPasskey(services, actor, input, siteOf(c), session?.id ?? '')
    if (!done.ok) return showNew(c, { name, failure: done.error })
    const { recoveryCodes } = done.value
    if (recoveryCodes.length === 0)
      return goTo(c, '/settings/security', { toast: `“${name}” can sign you in.` })
    return page(c, {
      title: 'Your recovery codes',
      section: 'settings',
      body: <RecoveryCodesPage codes={recoveryCodes} />,
    })
  })
  .post('/settings/passkeys/:ref/name', signedIn(), async (c) => {
    const { name = '' } = await formFields(c)
    const done = await renamePasskey(c.var.services, c.var.actor, c.req.param('ref'), name)
    return done.ok ? goTo(c, '/settings/security', { toast: 'Saved.' }) : failurePage(c, done.error)
  })
  .post('/settings/passkeys/:ref/removal', signedIn(), async (c) => {
    if (!proved(c)) return goTo(c, '/prove?next=/settings/security')
    const ask = await needsConfirmation(c, {
      title: 'Remove this passkey?',
      text: 'It stops signing you in at once. Delete it on the device as well.',
      confirmLabel: 'Remove it',
      cancelHref: '/settings/security',
    })
    if (ask) return ask
    const { actor, services, session } = c.var
    const done = await removePasskey(services, actor, c.req.param('ref'), session?.id ?? '')
    return done.ok
      ? goTo(c, '/settings/security', { toast: 'The passkey is removed.' })
      : failurePage(c, done.error)
  })

async function showNew(c: AppContext, more: { name?: string; failure?: Failure }): Promise<Response> {
  const { options, ticket } = await beginPasskey(c.var.services, c.var.actor, siteOf(c))
  const body = (
    <NewPasskeyPage
      options={options}
      ticket={ticket}
      name={more.name}
      errors={more.failure?.errors}
      detail={more.failure?.detail}
    />
  )
  return page(c, {
    title: 'Add a passkey',
    section: 'settings',
    body,
    status: more.failure ? statusOf(more.failure.kind) : 200,
  })
}
