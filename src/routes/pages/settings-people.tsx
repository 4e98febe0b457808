/** The people of the workspace, by page. */
import { Hono } from 'hono'
import { requires, signedIn } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import {
  changeRole,
  invite,
  listPeople,
  removeMember,
  renewSession,
  revokeInvitation,
} from '../../modules/workspace/index.ts'
import { PeoplePage } from '../../modules/workspace/views/settings-people.tsx'
import { can } from '../../platform/actor.ts'
import { isoInstant } from '../../platform/clock.ts'
import type { Failure } from '../../platform/result.ts'
import { carrySession, deviceOf, dropSession, proved } from './session-cookie.ts'

export const peoplePages = new Hono<AppEnv>()
  .get('/settings/people', requires('workspace:read'), (c) => show(c))
  .post('/settings/people/invitations', requires('members:manage'), async (c) => {
    const fields = await formFields(c)
    const done = await invite(c.var.services, c.var.actor, {
      email: fields.email ?? '',
      role: fields.role ?? '',
    })
    return done.ok
      ? goTo(c, '/settings/people', { toast: `The invitation to ${fields.email} is on its way.` })
      : show(c, done.error, fields)
  })
  .post('/settings/invitations/:id/withdrawal', requires('members:manage'), async (c) => {
    const ask = await needsConfirmation(c, {
      title: 'Withdraw the invitation?',
      text: 'The link in the mail stops working.',
      confirmLabel: 'Withdraw',
      cancelHref: '/settings/people',
    })
    if (ask) return ask
    const done = await revokeInvitation(c.var.services, c.var.actor, c.req.param('id'))
    return done.ok
      ? goTo(c, '/settings/people', { toast: 'The invitation is withdrawn.' })
      : failurePage(c, done.error)
  })
  .post('/settings/people/:id/role', requires('members:manage'), async (c) => {
    const { role = '' } = await formFields(c)
    const done = await changeRole(c.var.services, c.var.actor, c.req.param('id'), role, proved(c))
    if (done.ok)
      return goTo(c, '/settings/people', { toast: 'The role is changed. They sign in anew with it.' })
    if (done.error.slug === 'prove-again') return goTo(c, '/prove?next=/settings/people')
    return done.error.kind === 'not_found' ? failurePage(c, done.error) : show(c, done.error)
  })
  .post('/settings/people/:id/removal', signedIn(), async (c) => {
    const ask = await needsConfirmation(c, {
      title: 'Remove this person?',
      text: 'They lose access at once. What they made stays, API keys too: revoke those they knew.',
      confirmLabel: 'Remove',
      cancelHref: '/settings/people',
    })
    if (ask) return ask
    const id = c.req.param('id')
    const done = await removeMember(c.var.services, c.var.actor, id, proved(c))
    if (!done.ok) {
      if (done.error.slug === 'prove-again') return goTo(c, '/prove?next=/settings/people')
      return done.error.kind === 'conflict' ? show(c, done.error) : failurePage(c, done.error)
    }
    return id === c.var.actor.id ? leave(c) : goTo(c, '/settings/people', { toast: 'Removed.' })
  })

/** Into another workspace of the same person, or out when there is none. */
async function leave(c: AppContext): Promise<Response> {
  const { actor, services, session } = c.var
  const toast = `You have left ${actor.workspace.name}.`
  const other = session?.workspaces.find(({ id }) => id !== actor.tenantId)
  if (session && other) {
    carrySession(c, await renewSession(services, session, other.id, deviceOf(c)))
    return goTo(c, '/', { toast })
  }
  dropSession(c)
  return goTo(c, '/sign-in', { toast })
}

async function show(c: AppContext, failure?: Failure, values?: Record<string, string>): Promise<Response> {
  const { actor, services } = c.var
  const people = await listPeople(services, actor)
  if (!people.ok) return failurePage(c, people.error)
  const body = (
    <PeoplePage
      members={people.value.members.map((member) => ({
        id: member.personId,
        name: member.name,
        email: member.email,
        role: member.role,
        verified: member.verified === 1,
        secondFactor: member.secondFactor === 1,
        lastSeen: member.lastSeenAt === null ? null : isoInstant(member.lastSeenAt),
        isYou: member.personId === actor.id,
      }))}
      invitations={people.value.invitations}
      mayManage={can(actor, 'members:manage')}
      timeZone={actor.workspace.timeZone}
      locale={actor.workspace.locale}
      values={values}
      errors={failure?.errors}
      detail={failure?.detail}
    />
  )
  return page(c, {
    title: 'People',
    section: 'settings',
    body,
    status: failure ? statusOf(failure.kind) : 200,
  })
}
