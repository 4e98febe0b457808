/** Accepting an invitation: as somebody who is here already, or as a new person. */
import type { Role } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, invalid, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { nameField } from '../domain/account.ts'
import { passwordFault } from '../domain/password-policy.ts'
import { invitation, settleInvitation } from '../store/invitations.ts'
import { type Device, type StartedSession, startSession } from './sessions.ts'
import { fieldErrors, staleLink } from './sign-up.ts'

export interface OpenInvitation {
  id: string
  tenantId: string
  workspace: string
  email: string
  role: Role
  invitedBy: string
  /** Whether the address has an account: then one signs in to accept. */
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
    hasAccount: (await services.directory.personByEmail(row.email)) !== null,
  }
}

/** For somebody signed in: the invitation must be to their own address. */
export async function acceptAsMember(
  services: Services,
  token: string,
  person: { personId: string; email: string },
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
  return settle(services, open, person.personId, [])
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
  const name = nameField.safeParse(fields.name ?? '')
  const errors = name.success
    ? []
    : fieldErrors(name.error.issues.map((issue) => ({ ...issue, path: ['name'] })))
  const fault = passwordFault(fields.password ?? '', [fields.name ?? '', open.email, open.workspace])
  if (fault) errors.push({ path: 'password', message: fault })
  if (!name.success || errors.length > 0) return invalid(errors)
  const now = services.clock.now()
  const id = uuidv7(now)
  const person = services.directory.personStatement({
    id,
    email: open.email,
    name: name.data,
    passwordHash: await services.passwords.hash(fields.password ?? ''),
    verifiedAt: isoInstant(now),
    at: isoInstant(now),
  })
  const settled = await settle(services, open, id, [person])
  return settled.ok ? ok(await startSession(services, id, open.tenantId, device)) : settled
}

async function settle(
  services: Services,
  open: OpenInvitation,
  personId: string,
  before: D1PreparedStatement[],
): Promise<Result<{ tenantId: string }>> {
  const at = isoInstant(services.clock.now())
  const db = services.tenant(open.tenantId)
  const [claimed] = await db.write([settleInvitation(db, open.id, { acceptedAt: at })])
  if (claimed !== 1) return staleLink()
  await services.directory.transact([
    ...before,
    services.directory.membershipStatement(open.tenantId, personId, open.role, at),
  ])
  return ok({ tenantId: open.tenantId })
}
