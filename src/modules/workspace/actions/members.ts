/** The people of a workspace: roles, leaving, and invitations by mail. The last owner stays. */
import { type Actor, can, ROLES } from '../../../platform/actor.ts'
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
  withdrawInvitationsTo,
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
    can(actor, 'members:manage') ? db.get(openInvitations(db, isoInstant(services.clock.now()))) : [],
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
    withdrawInvitationsTo(db, email.data, isoInstant(now)),
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
  const [changed] = await db.write([
    settleInvitation(db, id, { revokedAt: isoInstant(now) }),
    recordAudit(db, now, actor, 'invitation.revoked', id, {}, 'if-changed'),
  ])
  return changed === 1 ? ok(null) : notFound('open invitation')
}

/** Touching an owner needs a fresh proof of the password (`proved`). */
export async function changeRole(
  services: Services,
  actor: Actor,
  personId: string,
  role: string,
  proved: boolean,
): Promise<Result<null>> {
  if (!can(actor, 'members:manage')) return forbidden('change roles')
  const wanted = ROLES.find((known) => known === role)
  if (!wanted) return invalid([{ path: 'role', message: 'Choose owner, admin, member or viewer.' }])
  const member = await memberOf(services, actor, personId)
  if (!member) return notFound('member')
  const touchesOwner = member.role === 'owner' || wanted === 'owner'
  if (touchesOwner && actor.role !== 'owner') return forbidden('make or unmake owners')
  if (touchesOwner && !proved) return proveFirst()
  const detail = { from: member.role, to: wanted }
  const changed = await changeMembership(
    services,
    actor,
    personId,
    'member.role_changed',
    detail,
    services.directory.changeRoleStatement(actor.tenantId, personId, wanted),
  )
  return changed ? ok(null) : lastOwner()
}

/** Removes somebody, or oneself; an owner only with a fresh proof of the password. */
export async function removeMember(
  services: Services,
  actor: Actor,
  personId: string,
  proved: boolean,
): Promise<Result<null>> {
  if (personId !== actor.id && !can(actor, 'members:manage')) return forbidden('remove people')
  const member = await memberOf(services, actor, personId)
  if (!member) return notFound('member')
  if (member.role === 'owner' && actor.role !== 'owner') return forbidden('remove an owner')
  if (member.role === 'owner' && !proved) return proveFirst()
  const detail = { role: member.role }
  const changed = await changeMembership(
    services,
    actor,
    personId,
    'member.removed',
    detail,
    services.directory.removeMemberStatement(actor.tenantId, personId),
  )
  return changed ? ok(null) : lastOwner()
}

const proveFirst = () => fail('unauthenticated', 'prove-again', 'Type your password once more first.')

const lastOwner = () =>
  fail('conflict', 'last-owner', 'A workspace needs an owner. Make somebody else an owner first.')

const memberOf = async (
  services: Services,
  actor: Actor,
  personId: string,
): Promise<MemberLine | undefined> =>
  (await services.directory.membersOf(actor.tenantId)).find((member) => member.personId === personId)

/** The change with its audit entry, and the end of that person's sessions here: the next sign-in carries the new rights. */
async function changeMembership(
  services: Services,
  actor: Actor,
  personId: string,
  action: string,
  detail: Record<string, unknown>,
  change: D1PreparedStatement,
): Promise<boolean> {
  const { directory, clock } = services
  const sessions = await directory.sessionsOf(personId, clock.now())
  const db = services.tenant(actor.tenantId)
  const [changed] = await directory.transact([
    change,
    recordAudit(db, clock.now(), actor, action, personId, detail, 'if-changed'),
  ])
  if (changed !== 1) return false
  const keepsOwn = personId === actor.id && action === 'member.role_changed'
  if (keepsOwn) return true
  await directory.transact([directory.endSessionsInStatement(actor.tenantId, personId)])
  for (const session of sessions) {
    if (session.tenantId === actor.tenantId) await services.live.disconnect(actor.tenantId, session.id)
  }
  return true
}
