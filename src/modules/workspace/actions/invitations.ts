/** Accepting an invitation: as somebody who is here already, or as a new person. */
import { type Actor, type Role, systemActor } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { recordEvent } from '../../../platform/event.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, invalid, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { nameField } from '../domain/account.ts'
import { passwordFault } from '../domain/password-policy.ts'
import { invitation, settleInvitation } from '../store/invitations.ts'
import { type Device, type StartedSession, startSession } from './sessions.ts'
import { fieldErrors, signUpsClosed, staleLink } from './sign-up.ts'

export interface OpenInvitation {
  id: string
  tenantId: string
  workspace: string
  email: string
  role: Role
  invitedBy: string
  /** Whether the address has a confirmed account: then one signs in to accept. */
  hasAccount: boolean
}

/** What an invitation link leads to; null when it is spent, withdrawn or over. Changes nothing. */
export async function readInvitation(services: Services, token: string): Promise<OpenInvitation | null> {
  const claims = await services.tokens.verify('invitation', token)
  if (!claims?.sub || typeof claims.tenant !== 'string') return null
  const db = services.tenant(claims.tenant)
  const row = await db.get(invitation(db, claims.sub))
  const workspace = await services.directory.workspace(claims.tenant)
  if (
    !row ||
    !workspace ||
    row.acceptedAt ||
    row.revokedAt ||
    Date.parse(row.expiresAt) <= services.clock.now()
  )
    return null
  return {
    id: row.id,
    tenantId: workspace.id,
    workspace: workspace.name,
    email: row.email,
    role: row.role,
    invitedBy: row.invitedBy,
    hasAccount: (await services.directory.personByEmail(row.email))?.email_verified_at != null,
  }
}

/** For somebody signed in: the invitation must be to their own address. */
export async function acceptAsMember(
  services: Services,
  token: string,
  person: { personId: string; name: string; email: string },
): Promise<Result<{ tenantId: string }>> {
  const open = await readInvitation(services, token)
  if (!open) return staleLink()
  if (open.email.toLowerCase() !== person.email.toLowerCase()) {
    return fail(
      'forbidden',
      'other-address',
      `This invitation is for ${open.email}. Sign in with that address to accept it.`,
    )
  }
  const at = isoInstant(services.clock.now())
  return settle(services, open, { id: person.personId, name: person.name, email: person.email }, [], at)
}

/** For a new person: the mailed link proves the address. */
export async function acceptAsNew(
  services: Services,
  token: string,
  fields: Record<string, string>,
  device: Device,
): Promise<Result<StartedSession>> {
  const open = await readInvitation(services, token)
  if (!open || open.hasAccount) return staleLink()
  if (services.config.signups === 'closed') return signUpsClosed(services)
  const name = nameField.safeParse(fields.name ?? '')
  const errors = name.success
    ? []
    : fieldErrors(name.error.issues.map((issue) => ({ ...issue, path: ['name'] })))
  const fault = passwordFault(fields.password ?? '', [fields.name ?? '', open.email, open.workspace])
  if (fault) errors.push({ path: 'password', message: fault })
  if (!name.success || errors.length > 0) return invalid(errors)
  const passwordHash = await services.passwords.hash(fields.password ?? '')
  return bringIn(services, open, { name: name.data, passwordHash }, device)
}

/** For a new person who has no password: a provider vouches for the address. `claim` spends what remembers that. */
export async function acceptAsOutsider(
  services: Services,
  token: string,
  person: {
    name: string
    email: string
    claim(): Promise<boolean>
    born(personId: string): D1PreparedStatement
  },
  device: Device,
): Promise<Result<StartedSession>> {
  const open = await readInvitation(services, token)
  if (!open || open.hasAccount || open.email.toLowerCase() !== person.email.toLowerCase()) return staleLink()
  if (services.config.signups === 'closed') return signUpsClosed(services)
  const name = nameField.safeParse(person.name)
  if (!name.success)
    return invalid(fieldErrors(name.error.issues.map((issue) => ({ ...issue, path: ['name'] }))))
  if (!(await person.claim())) return staleLink()
  return bringIn(services, open, { name: name.data, passwordHash: '', born: person.born }, device)
}

async function bringIn(
  services: Services,
  open: OpenInvitation,
  newcomer: { name: string; passwordHash: string; born?(personId: string): D1PreparedStatement },
  device: Device,
): Promise<Result<StartedSession>> {
  const now = services.clock.now()
  const at = isoInstant(now)
  const person = { id: uuidv7(now), email: open.email, name: newcomer.name }
  const unconfirmed = await services.directory.personByEmail(open.email)
  if (unconfirmed) {
    await services.directory.transact(services.directory.dropUnconfirmedStatements(unconfirmed.id))
  }
  const birth = services.directory.personStatement(
    { ...person, passwordHash: newcomer.passwordHash, verifiedAt: at, at },
    'if-changed',
  )
  const settled = await settle(services, open, person, [birth], at, newcomer.born?.(person.id))
  return settled.ok ? ok(await startSession(services, person.id, open.tenantId, device)) : settled
}

/** One transaction, each step only when the one before it took place: a spent invitation makes nothing. */
async function settle(
  services: Services,
  open: OpenInvitation,
  person: { id: string; name: string; email: string },
  birth: D1PreparedStatement[],
  at: string,
  afterwards?: D1PreparedStatement,
): Promise<Result<{ tenantId: string }>> {
  const workspace = await services.directory.workspace(open.tenantId)
  if (!workspace) return staleLink()
  const db = services.tenant(open.tenantId)
  const actor: Actor = { ...systemActor(workspace, 'invitation'), kind: 'person', ...person, role: open.role }
  const eventId = uuidv7(Date.parse(at))
  const [claimed] = await services.directory.transact([
    settleInvitation(db, open.id, { acceptedAt: at }),
    ...birth,
    services.directory.membershipStatement(open.tenantId, person.id, open.role, at, 'if-changed'),
    recordAudit(db, Date.parse(at), actor, 'member.joined', person.id, { role: open.role }, 'if-changed'),
    recordEvent(
      db,
      Date.parse(at),
      { id: eventId, type: 'member.joined', payload: { person_id: person.id, role: open.role } },
      'if-changed',
    ),
    ...(afterwards ? [afterwards] : []),
  ])
  if (claimed !== 1) return staleLink()
  await services.queue.send({ kind: 'event.deliver', tenantId: open.tenantId, eventId })
  return ok({ tenantId: open.tenantId })
}
