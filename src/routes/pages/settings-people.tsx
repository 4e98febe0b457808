/** The people of the workspace, by page. */
import { Hono } from 'hono'
import { requires, signedIn } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import { csvLine } from '../../kit/csv.ts'
import {
  changeRole,
  factorOf,
  invite,
  listPeople,
  readOffer,
  remindOfFactor,
  removeMember,
  renewSession,
  requireFactor,
  resendInvitation,
  revokeInvitation,
} from '../../modules/workspace/index.ts'
import { PeoplePage } from '../../modules/workspace/views/settings-people.tsx'
import { can } from '../../platform/actor.ts'
import { isoInstant } from '../../platform/clock.ts'
import type { Failure } from '../../platform/result.ts'
import { carrySession, deviceOf, dropSession, proved } from './session-cookie.ts'

export const peoplePages = new Hono<AppEnv>()
  .get('/settings/people', requires('workspace:read'), (c) => show(c))
  .get('/settings/people.csv', requires('workspace:read'), async (c) => {
    const people = await listPeople(c.var.services, c.var.actor)
    if (!people.ok) return failurePage(c, people.error)
    const head = ['name', 'email', 'role', 'second_factor', 'passkeys', 'member_since', 'last_seen']
    const lines = people.value.members.map((member) =>
      csvLine([
        member.name,
        member.email,
        member.role,
        factorOf(member),
        String(member.passkeys),
        member.since,
        member.lastSeenAt === null ? '' : isoInstant(member.lastSeenAt),
      ]),
    )
    return c.body([csvLine(head), ...lines].join(''), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="people.csv"',
    })
  })
  .post('/settings/people/second-factor', requires('members:manage'), async (c) => {
    const fields = await formFields(c)
    const required = fields.required === 'yes'
    const ask = await needsConfirmation(c, {
      title: required ? 'Require a second factor of everybody?' : 'Make the second factor optional?',
      text: required
        ? 'Whoever has none can sign in, but must set one up before they work here. API keys are not affected.'
        : 'Then a password alone is enough for whoever has no factor.',
      confirmLabel: required ? 'Require it' : 'Make it optional',
      cancelHref: '/settings/people',
    })
    if (ask) return ask
    const done = await requireFactor(c.var.services, c.var.actor, required, proved(c))
    if (done.ok)
      return goTo(c, '/settings/people', {
        toast: required ? 'Everybody needs a second factor from now on.' : 'The second factor is optional.',
      })
    if (done.error.slug === 'prove-again') return goTo(c, '/prove?next=/settings/people')
    return show(c, done.error)
  })
  .post('/settings/people/:id/reminder', requires('members:manage'), async (c) => {
    const done = await remindOfFactor(c.var.services, c.var.actor, c.req.param('id'))
    if (done.ok) return goTo(c, '/settings/people', { toast: `${done.value.name} has a mail about it.` })
    return done.error.kind === 'not_found' ? failurePage(c, done.error) : show(c, done.error)
  })
  .post('/settings/invitations/:id/again', requires('members:manage'), async (c) => {
    const done = await resendInvitation(c.var.services, c.var.actor, c.req.param('id'))
    return done.ok
      ? goTo(c, '/settings/people', { toast: `The invitation to ${done.value.email} is on its way again.` })
      : failurePage(c, done.error)
  })
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
  const offer = await readOffer(services, actor)
  const body = (
    <PeoplePage
      members={people.value.members.map((member) => ({
        id: member.personId,
        name: member.name,
        email: member.email,
        role: member.role,
        verified: member.verified === 1,
        factor: factorOf(member),
        passkeys: member.passkeys,
        lastSeen: member.lastSeenAt === null ? null : isoInstant(member.lastSeenAt),
        isYou: member.personId === actor.id,
      }))}
      invitations={people.value.invitations}
      mayManage={can(actor, 'members:manage')}
      mayHandOver={actor.role === 'owner'}
      required={actor.workspace.requireSecondFactor}
      offer={offer}
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
