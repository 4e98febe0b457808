/** The people of a workspace: roles, leaving, and invitations by mail. The last owner stays. */
import { type Actor, can, ROLES } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import type { MemberLine } from '../../../platform/directory/members.ts'
import { recordEvent } from '../../../platform/event.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { invitationMail } from '../documents/mails.ts'
import { removedMail, roleChangedMail } from '../documents/people-mails.ts'
import { emailField } from '../domain/account.ts'
import {
  extendInvitation,
  type InvitationRow,
  insertInvitation,
  invitation,
  openInvitations,
  settleInvitation,
  withdrawInvitationsTo,
} from '../store/invitations.ts'

import { tooManyTries } from './sign-up.ts'

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

/** What a person proves themselves with beside a password. */
export const factorOf = (
  member: Pick<MemberLine, 'secondFactor' | 'passkeys'>,
): 'passkey' | 'app' | 'none' =>
  member.passkeys > 0 ? 'passkey' : member.secondFactor === 1 ? 'app' : 'none'

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
  await mailInvitation(services, actor, { id, email: email.data, role: input.role })
  return ok(null)
}

/** The same invitation once more, good for seven days from now; links of before work as well. */
export async function resendInvitation(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<{ email: string }>> {
  if (!can(actor, 'members:manage')) return forbidden('invite people')
  if (!(await services.limits.signIn(`invitation:${id}`))) return tooManyTries()
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const expiresAt = isoInstant(now + INVITATION_SECONDS * 1000)
  const [changed] = await db.write([
    extendInvitation(db, id, expiresAt),
    recordAudit(db, now, actor, 'invitation.resent', id, {}, 'if-changed'),
  ])
  const row = changed === 1 ? await db.get(invitation(db, id)) : null
  if (!row) return notFound('open invitation')
  await mailInvitation(services, actor, row)
  return ok({ email: row.email })
}

async function mailInvitation(
  services: Services,
  actor: Actor,
  { id, email, role }: { id: string; email: string; role: string },
): Promise<void> {
  const claims = { sub: id, tenant: actor.tenantId }
  const token = await services.tokens.sign('invitation', claims, INVITATION_SECONDS)
  const href = `${services.config.publicUrl}/invitations/${token}`
  const mail = invitationMail(actor.name, actor.workspace.name, role, href)
  await services.mail.send({ kind: 'account', to: email, tenantId: actor.tenantId, ...mail })
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
  if (!changed) return lastOwner()
  if (personId !== actor.id) {
    const { name, publicUrl } = { name: actor.workspace.name, publicUrl: services.config.publicUrl }
    const mail = roleChangedMail(member.name, actor.name, name, member.role, wanted, publicUrl)
    await services.mail.send({ kind: 'account', to: member.email, tenantId: actor.tenantId, ...mail })
  }
  return ok(null)
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
  if (!changed) return lastOwner()
  if (personId !== actor.id) {
    const mail = removedMail(member.name, actor.name, actor.workspace.name)
    await services.mail.send({ kind: 'account', to: member.email, tenantId: actor.tenantId, ...mail })
  }
  return ok(null)
}

export const proveFirst = () =>
  fail('unauthenticated', 'prove-again', 'Prove once more that it is you first.')

const lastOwner = () =>
  fail('conflict', 'last-owner', 'A workspace needs an owner. Make somebody else an owner first.')

export const memberOf = async (
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
  const event = { id: uuidv7(clock.now()), type: action, payload: { person_id: personId, ...detail } }
  const [changed] = await directory.transact([
    change,
    recordAudit(db, clock.now(), actor, action, personId, detail, 'if-changed'),
    recordEvent(db, clock.now(), event, 'if-changed'),
    ...directory.twinPersonStatements(actor.tenantId, personId),
  ])
  if (changed !== 1) return false
  await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId: event.id })
  const keepsOwn = personId === actor.id && action === 'member.role_changed'
  if (keepsOwn) return true
  await directory.transact([directory.endSessionsInStatement(actor.tenantId, personId)])
  for (const session of sessions) {
    if (session.tenantId === actor.tenantId) await services.live.disconnect(actor.tenantId, session.id)
  }
  return true
}
