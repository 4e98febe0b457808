/** What the link of an invitation leads to. */
import { Hono } from 'hono'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { barePage, failurePage, formFields, goTo } from '../../http/respond.tsx'
import {
  acceptAsMember,
  acceptAsNew,
  type OpenInvitation,
  readInvitation,
  renewSession,
} from '../../modules/workspace/index.ts'
import { Invitation } from '../../modules/workspace/views/invitation.tsx'
import { type Failure, fail } from '../../platform/result.ts'
import { carrySession, deviceOf } from './session-cookie.ts'

export const invitationPages = new Hono<AppEnv>()
  .get('/invitations/:token', async (c) => {
    const open = await readInvitation(c.var.services, c.req.param('token'))
    return open ? show(c, open) : failurePage(c, spent())
  })
  .post('/invitations/:token', async (c) => {
    const { services, session } = c.var
    const token = c.req.param('token')
    const open = await readInvitation(services, token)
    if (!open) return failurePage(c, spent())
    if (session) {
      const accepted = await acceptAsMember(services, token, session)
      if (!accepted.ok) return show(c, open, accepted.error)
      carrySession(c, await renewSession(services, session, accepted.value.tenantId, deviceOf(c)))
    } else {
      const fields = await formFields(c)
      const accepted = await acceptAsNew(services, token, fields, deviceOf(c))
      if (!accepted.ok) return show(c, open, accepted.error, fields)
      carrySession(c, accepted.value)
    }
    return goTo(c, '/', { toast: `Welcome to ${open.workspace}.` })
  })

const spent = () =>
  fail(
    'not_found',
    'link-spent',
    'This invitation was used, withdrawn, or its time is over. Ask for a new one.',
  ).error

function wayIn(c: AppContext, open: OpenInvitation): 'accept' | 'other' | 'sign-in' | 'new' {
  const { session } = c.var
  if (session) return session.email.toLowerCase() === open.email.toLowerCase() ? 'accept' : 'other'
  return open.hasAccount ? 'sign-in' : 'new'
}

function show(c: AppContext, open: OpenInvitation, failure?: Failure, values?: Record<string, string>) {
  const body = (
    <Invitation
      {...open}
      action={c.req.path}
      way={wayIn(c, open)}
      signedInAs={c.var.session?.email}
      values={values}
      errors={failure?.errors}
      detail={failure?.detail}
    />
  )
  return barePage(c, {
    title: `Join ${open.workspace}`,
    body,
    status: failure ? statusOf(failure.kind) : 200,
  })
}
