/** What the link of an invitation leads to. */
import { Hono } from 'hono'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { dropOwnCookie, readOwnCookie } from '../../http/cookies.ts'
import { statusOf } from '../../http/problem.ts'
import { barePage, failurePage, formFields, goTo } from '../../http/respond.tsx'
import {
  acceptAsMember,
  acceptAsNew,
  joinOutside,
  type OpenInvitation,
  outsideProviders,
  readInvitation,
  readOutsideTicket,
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
      const ticket = readOwnCookie(c, 'outside') ?? ''
      const vouched = await vouchedFor(c, open)
      const accepted = vouched
        ? await joinOutside(services, token, ticket, fields.name ?? '', deviceOf(c))
        : await acceptAsNew(services, token, fields, deviceOf(c))
      if (!accepted.ok) return show(c, open, accepted.error, fields)
      if (vouched) dropOwnCookie(c, 'outside')
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

/** Whom a provider has just vouched for, when the invitation is to that address. */
async function vouchedFor(c: AppContext, open: OpenInvitation) {
  const person = await readOutsideTicket(c.var.services, readOwnCookie(c, 'outside') ?? '')
  return person?.emailVerified && person.email.toLowerCase() === open.email.toLowerCase() ? person : null
}

function wayIn(c: AppContext, open: OpenInvitation): 'accept' | 'other' | 'sign-in' | 'new' {
  const { session } = c.var
  if (session) return session.email.toLowerCase() === open.email.toLowerCase() ? 'accept' : 'other'
  return open.hasAccount ? 'sign-in' : 'new'
}

async function show(
  c: AppContext,
  open: OpenInvitation,
  failure?: Failure,
  values?: Record<string, string>,
): Promise<Response> {
  const way = wayIn(c, open)
  const vouched = way === 'new' ? await vouchedFor(c, open) : null
  const body = (
    <Invitation
      {...open}
      action={c.req.path}
      way={vouched ? 'vouched' : way}
      providers={outsideProviders(c.var.services)}
      signedInAs={c.var.session?.email}
      values={values ?? { name: vouched?.name ?? '' }}
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
