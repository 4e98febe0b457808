/** The people of a workspace: roles, leaving, and invitations by mail. The last owner stays. */
import { type Actor, can, ROLES, type Role } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import type { MemberLine } from '../../../platform/directory/members.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { invitationMail } from '../documents/mails.ts'
import { emailField } from '../domain/account.ts'
import {
  type InvitationRow,
  insertInvitation,
  openInvitations,
  settleInvitation,
} from '../store/invitations.ts'

const INVITATION_SECONDS = 7 * 86_400

export interface People {
  members: MemberLine[]
  invitations: InvitationRow[]
}

export async function listPeople(services: Services, actor: Actor): Promise<Result<People>> {
  if (!can(actor, 'workspace:read')) return forbidden('see the people of this workspace')
  const db = services.tenant(actor.tenantId)
  const [members, invitations] = await Promise.all([
    services.directory.membersOf(actor.tenantId),
    can(actor, 'members:manage') ? db.get(openInvitations(db)) : [],
  ])
  return ok({ members, invitations })
}

export async function invite(
  services: Services,
  actor: Actor,
  input: { email: string; role: string },
): Promise<Result<null>> {
  if (!can(actor, 'members:manage')) return forbidden('invite people')
  const email = emailField.safeParse(input.email)
  if (!email.success)
    return invalid([{ path: 'email', message: email.error.issues[0]?.message ?? 'Write an address.' }])
  if (input.role !== 'admin' && input.role !== 'member' && input.role !== 'viewer') {
    return invalid([{ path: 'role', message: 'Choose admin, member or viewer.' }])
  }
  const members = await services.directory.membersOf(actor.tenantId)
  if (members.some((member) => member.email.toLowerCase() === email.data.toLowerCase())) {
    return invalid([{ path: 'email', message: 'This person is a member already.' }])
  }
  const now = services.clock.now()
  const id = uuidv7(now)
  const db = services.tenant(actor.tenantId)
  await db.write([
    insertInvitation(db, {
      id,
      email: email.data,
      role: input.role,
      invitedBy: actor.name,
      createdAt: isoInstant(now),
      expiresAt: isoInstant(now + INVITATION_SECONDS * 1000),
      acceptedAt: null,
      revokedAt: null,
    }),
    recordAudit(db, now, actor, 'member.invited', id, { email: email.data, role: input.role }),
  ])
  const token = await services.tokens.sign(
    'invitation',
    { sub: id, tenant: actor.tenantId },
    INVITATION_SECONDS,
  )
  const href = `${services.config.publicUrl}/invitations/${token}`
  const mail = invitationMail(actor.name, actor.workspace.name, input.role, href)
  await services.mail.send({ kind: 'account', to: email.data, tenantId: actor.tenantId, ...mail })
  return ok(null)
}

export async function revokeInvitation(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  if (!can(actor, 'members:manage')) return forbidden('withdraw invitations')
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const [changed] = await db.write([settleInvitation(db, id, { revokedAt: isoInstant(now) })])
  if (changed !== 1) return notFound('open invitation')
  await db.write([recordAudit(db, now, actor, 'invitation.revoked', id)])
  return ok(null)
}

export async function changeRole(
  services: Services,
  actor: Actor,
  personId: string,
  role: string,
): Promise<Result<null>> {
  if (!can(actor, 'members:manage')) return forbidden('change roles')
  const wanted = ROLES.find((known) => known === role)
  if (!wanted) return invalid([{ path: 'role', message: 'Choose owner, admin, member or viewer.' }])
  const member = await memberOf(services, actor, personId)
  if (!member) return notFound('member')
  if (touchesOwner(member.role, wanted) && actor.role !== 'owner') return forbidden('make or unmake owners')
  if ((await services.directory.changeRole(actor.tenantId, personId, wanted)) !== 1) return lastOwner()
  await afterMembership(services, actor, personId, 'member.role_changed', { from: member.role, to: wanted })
  return ok(null)
}

/** Removes somebody, or oneself. */
export async function removeMember(
  services: Services,
  actor: Actor,
  personId: string,
): Promise<Result<null>> {
  if (personId !== actor.id && !can(actor, 'members:manage')) return forbidden('remove people')
  const member = await memberOf(services, actor, personId)
  if (!member) return notFound('member')
  if (member.role === 'owner' && actor.role !== 'owner') return forbidden('remove an owner')
  if ((await services.directory.removeMember(actor.tenantId, personId)) !== 1) return lastOwner()
  await afterMembership(services, actor, personId, 'member.removed', { role: member.role })
  return ok(null)
}

const touchesOwner = (from: Role, to: Role): boolean => from === 'owner' || to === 'owner'

const lastOwner = () =>
  fail('conflict', 'last-owner', 'A workspace needs an owner. Make somebody else an owner first.')

const memberOf = async (
  services: Services,
  actor: Actor,
  personId: string,
): Promise<MemberLine | undefined> =>
  (await services.directory.membersOf(actor.tenantId)).find((member) => member.personId === personId)

/** Sessions in this workspace end: the next sign-in carries the new rights. */
async function afterMembership(
  services: Services,
  actor: Actor,
  personId: string,
  action: string,
  detail: Record<string, unknown>,
): Promise<void> {
  const sessions = await services.directory.sessionsOf(personId, services.clock.now())
  const db = services.tenant(actor.tenantId)
  const ends =
    personId === actor.id ? [] : [services.directory.endSessionsInStatement(actor.tenantId, personId)]
  await services.directory.transact([
    ...ends,
    recordAudit(db, services.clock.now(), actor, action, personId, detail),
  ])
  for (const session of sessions) {
    if (session.tenantId === actor.tenantId && personId !== actor.id)
      await services.live.disconnect(actor.tenantId, session.id)
  }
}
