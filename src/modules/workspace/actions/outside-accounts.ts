/** Outside accounts of a person: linked, unlinked, and the account or membership that begins with one. */
import type { Actor, WorkspaceSettings } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { sha256Hex } from '../../../platform/crypto/digest.ts'
import type { IdentityRow } from '../../../platform/directory/passkeys.ts'
import { fail, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { accountLinkMail } from '../documents/people-mails.ts'
import { outsideSignUpSchema } from '../domain/account.ts'
import { acceptAsOutsider } from './invitations.ts'
import { type OutsidePerson, readOutsideTicket, spend, startAgain } from './outside-sign-in.ts'
import { lastWayIn } from './passkeys.ts'
import { createPersonWithWorkspace } from './people.ts'
import { type Device, type StartedSession, startSession } from './sessions.ts'
import { fieldErrors, signUpsClosed } from './sign-up.ts'

export interface OutsideAccountLine {
  ref: string
  provider: string
  name: string
  email: string
  createdAt: string
  lastUsedAt: string | null
}

export async function listOutsideAccounts(services: Services, actor: Actor): Promise<OutsideAccountLine[]> {
  const rows = await services.directory.identitiesOf(actor.id)
  return Promise.all(
    rows.map(async (row) => ({
      ref: await refOf(row),
      provider: row.provider,
      name: nameOf(services, row.provider),
      email: row.email,
      createdAt: row.createdAt,
      lastUsedAt: row.lastUsedAt,
    })),
  )
}

/** The caller has seen a fresh proof. An account that signs in somebody else stays theirs. */
export async function linkOutsideAccount(
  services: Services,
  actor: Actor,
  outside: OutsidePerson,
): Promise<Result<{ name: string }>> {
  const { directory, clock } = services
  const name = nameOf(services, outside.provider)
  const known = await directory.identity(outside.issuer, outside.subject)
  if (known?.personId === actor.id) return ok({ name })
  if (known) return taken(name)
  const now = clock.now()
  const db = services.tenant(actor.tenantId)
  const [changed] = await directory.transact([
    directory.identityStatement(rowOf(outside, actor.id, isoInstant(now))),
    recordAudit(db, now, actor, 'account.linked', actor.id, { provider: outside.provider }, 'if-changed'),
  ])
  if (changed !== 1) return taken(name)
  await tell(services, actor, 'linked', name, outside.email)
  return ok({ name })
}

/** As `linkOutsideAccount`, for whom a ticket remembers; the ticket is spent. */
export async function linkByTicket(
  services: Services,
  actor: Actor,
  ticket: string,
): Promise<Result<{ name: string }>> {
  const outside = await readOutsideTicket(services, ticket)
  if (!outside || !(await spend(services, `outside ${outside.jti}`))) return startAgain()
  return linkOutsideAccount(services, actor, outside)
}

export async function unlinkOutsideAccount(
  services: Services,
  actor: Actor,
  ref: string,
): Promise<Result<null>> {
  for (const row of await services.directory.identitiesOf(actor.id)) {
    if ((await refOf(row)) !== ref) continue
    const db = services.tenant(actor.tenantId)
    const detail = { provider: row.provider }
    const [changed] = await services.directory.transact([
      services.directory.removeIdentityStatement(actor.id, row.issuer, row.subject),
      recordAudit(db, services.clock.now(), actor, 'account.unlinked', actor.id, detail, 'if-changed'),
    ])
    if (changed !== 1) return lastWayIn()
    await tell(services, actor, 'unlinked', nameOf(services, row.provider), row.email)
    return ok(null)
  }
  return notFound('linked account')
}

/** A new person without a password, whose address the provider vouches for, and a workspace of their own. */
export async function signUpOutside(
  services: Services,
  ticket: string,
  fields: Record<string, string>,
  settings: Omit<WorkspaceSettings, 'id' | 'name'>,
  device: Device,
): Promise<Result<StartedSession>> {
  if (services.config.signups !== 'open') return signUpsClosed(services)
  const outside = await readOutsideTicket(services, ticket)
  if (!outside) return startAgain()
  const parsed = outsideSignUpSchema.safeParse(fields)
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const free = await addressIsFree(services, outside)
  if (!free.ok) return free
  const at = isoInstant(services.clock.now())
  const { personId, tenantId } = await createPersonWithWorkspace(services, {
    name: parsed.data.name,
    email: outside.email,
    password: null,
    verified: true,
    instead: free.value?.id,
    workspace: { ...settings, name: parsed.data.workspace },
    also: (id) => [services.directory.identityStatement(rowOf(outside, id, at))],
  })
  return ok(await startSession(services, personId, tenantId, device))
}

/** An invitation accepted by a new person whose address the provider vouches for. */
export async function joinOutside(
  services: Services,
  token: string,
  ticket: string,
  name: string,
  device: Device,
): Promise<Result<StartedSession>> {
  const outside = await readOutsideTicket(services, ticket)
  if (!outside?.emailVerified) return startAgain()
  const at = isoInstant(services.clock.now())
  const claim = async () =>
    (await services.directory.identity(outside.issuer, outside.subject)) === null &&
    (await spend(services, `outside ${outside.jti}`))
  const born = (id: string) => services.directory.identityStatement(rowOf(outside, id, at))
  return acceptAsOutsider(services, token, { name, email: outside.email, claim, born }, device)
}

async function addressIsFree(services: Services, outside: OutsidePerson & { jti: string }) {
  const known = await services.directory.personByEmail(outside.email)
  if (known?.email_verified_at)
    return fail('conflict', 'address-taken', 'This address has an account by now. Sign in, then link there.')
  if (await services.directory.identity(outside.issuer, outside.subject)) return startAgain()
  return (await spend(services, `outside ${outside.jti}`)) ? ok(known) : startAgain()
}

const rowOf = (outside: OutsidePerson, personId: string, at: string): Omit<IdentityRow, 'lastUsedAt'> => ({
  issuer: outside.issuer,
  subject: outside.subject,
  personId,
  provider: outside.provider,
  email: outside.email,
  createdAt: at,
})

const nameOf = (services: Services, kind: string): string =>
  services.identityProviders.find((known) => known.kind === kind)?.name ?? kind

const refOf = async ({ issuer, subject }: IdentityRow): Promise<string> =>
  (await sha256Hex(`${issuer} ${subject}`)).slice(0, 24)

const taken = (name: string) =>
  fail(
    'conflict',
    'account-taken',
    `This ${name} account signs in somebody else here. Unlink it there first, or choose another.`,
  )

async function tell(
  services: Services,
  actor: Actor,
  what: 'linked' | 'unlinked',
  provider: string,
  account: string,
): Promise<void> {
  if (!actor.email) return
  const href = `${services.config.publicUrl}/settings/security`
  const mail = accountLinkMail(actor.name, what, provider, account, href)
  await services.mail.send({ kind: 'account', to: actor.email, ...mail })
}
