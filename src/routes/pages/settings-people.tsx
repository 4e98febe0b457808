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
  revokeInvitation,
} from '../../modules/workspace/index.ts'
import { PeoplePage } from '../../modules/workspace/views/settings-people.tsx'
import { can } from '../../platform/actor.ts'
import { isoInstant } from '../../platform/clock.ts'
import type { Failure } from '../../platform/result.ts'

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
    const done = await changeRole(c.var.services, c.var.actor, c.req.param('id'), role)
    if (done.ok)
      return goTo(c, '/settings/people', { toast: 'The role is changed. They sign in anew with it.' })
    return done.error.kind === 'not_found' ? failurePage(c, done.error) : show(c, done.error)
  })
  .post('/settings/people/:id/removal', signedIn(), async (c) => {
    const ask = await needsConfirmation(c, {
      title: 'Remove this person?',
      text: 'They lose access at once. What they made stays.',
      confirmLabel: 'Remove',
      cancelHref: '/settings/people',
    })
    if (ask) return ask
    const id = c.req.param('id')
    const done = await removeMember(c.var.services, c.var.actor, id)
    if (!done.ok) return done.error.kind === 'conflict' ? show(c, done.error) : failurePage(c, done.error)
    return goTo(c, id === c.var.actor.id ? '/sign-in' : '/settings/people', { toast: 'Removed.' })
  })

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
