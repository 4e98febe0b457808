/** Handing a workspace over: the owner offers, the other person accepts, and both roles change in one transaction. */
import { type Actor, systemActor } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import type { OwnershipOffer } from '../../../platform/directory/ownership.ts'
import type { SessionView } from '../../../platform/directory.ts'
import { recordEvent } from '../../../platform/event.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { ownershipOfferMail, ownershipTakenMail } from '../documents/people-mails.ts'
import { memberOf, proveFirst } from './members.ts'
import { staleLink } from './sign-up.ts'

const OFFER_SECONDS = 7 * 86_400

export interface OfferView {
  toPerson: string
  toName: string
  fromName: string
  /** ISO 8601 UTC. */
  expiresAt: string
  /** Where the offer is accepted; for the person it is made to only. */
  href: string | null
}

/** Offers the workspace to a member and mails them; an offer before is withdrawn by it. Needs a fresh proof. */
export async function offerOwnership(
  services: Services,
  actor: Actor,
  personId: string,
  proved: boolean,
): Promise<Result<{ name: string }>> {
  if (actor.kind !== 'person' || actor.role !== 'owner') return forbidden('hand the workspace over')
  if (!proved) return proveFirst()
  const member = await memberOf(services, actor, personId)
  if (!member) return notFound('member')
  if (personId === actor.id || member.role === 'owner')
    return fail('conflict', 'already-owner', `${member.name} is an owner already. Choose somebody else.`)
  const now = services.clock.now()
  const id = uuidv7(now)
  const db = services.tenant(actor.tenantId)
  await services.directory.transact([
    services.directory.offerStatement({
      id,
      tenantId: actor.tenantId,
      fromPerson: actor.id,
      toPerson: personId,
      at: isoInstant(now),
      expiresAt: now + OFFER_SECONDS * 1000,
    }),
    recordAudit(db, now, actor, 'ownership.offered', personId, { offer: id }),
  ])
  const href = `${services.config.publicUrl}${await pathOf(services, actor.tenantId, id)}`
  const mail = ownershipOfferMail(member.name, actor.name, actor.workspace.name, href)
  await services.mail.send({ kind: 'account', to: member.email, tenantId: actor.tenantId, ...mail })
  return ok({ name: member.name })
}

/** The offer that stands in the actor's workspace, for whoever may see its people. */
export async function readOffer(services: Services, actor: Actor): Promise<OfferView | null> {
  const offer = await services.directory.ownershipOffer(actor.tenantId, services.clock.now())
  if (!offer) return null
  const mine = offer.toPerson === actor.id
  return { ...viewOf(offer), href: mine ? await pathOf(services, actor.tenantId, offer.id) : null }
}

/** By the owner who made it, another owner, or the person it is made to. */
export async function cancelOffer(services: Services, actor: Actor): Promise<Result<null>> {
  const now = services.clock.now()
  const offer = await services.directory.ownershipOffer(actor.tenantId, now)
  if (!offer) return notFound('offer')
  if (actor.role !== 'owner' && offer.toPerson !== actor.id) return forbidden('withdraw the offer')
  const db = services.tenant(actor.tenantId)
  await services.directory.transact([
    services.directory.dropOfferStatement(actor.tenantId, offer.id),
    recordAudit(
      db,
      now,
      actor,
      'ownership.offer_withdrawn',
      offer.toPerson,
      { offer: offer.id },
      'if-changed',
    ),
  ])
  return ok(null)
}

/** What a link offers to this person; null when it is nothing, or to somebody else. Changes nothing. */
export async function readOfferLink(
  services: Services,
  token: string,
  personId: string,
): Promise<(OfferView & { workspace: string }) | null> {
  const found = await offerBehind(services, token)
  if (found?.offer.toPerson !== personId) return null
  return { ...viewOf(found.offer), workspace: found.workspace.name, href: `/ownership/${token}` }
}

/** Takes the offer. Needs a fresh proof, and a second factor where the workspace asks for one. */
export async function acceptOwnership(
  services: Services,
  token: string,
  session: SessionView,
  proved: boolean,
): Promise<Result<{ workspace: string }>> {
  const found = await offerBehind(services, token)
  if (found?.offer.toPerson !== session.personId) return staleLink()
  if (!proved) return proveFirst()
  const { offer, workspace } = found
  if (workspace.requireSecondFactor && !session.secondFactor && session.passkeys === 0) {
    return fail(
      'conflict',
      'own-factor-first',
      'This workspace requires a second factor. Set yours up first.',
    )
  }
  const memberships = await services.directory.membershipsOf(session.personId)
  const before = memberships.find(({ tenantId }) => tenantId === workspace.id)?.role
  const taker: Actor = {
    ...systemActor(workspace, 'ownership'),
    kind: 'person',
    id: session.personId,
    name: session.name,
    email: session.email,
  }
  if (!before || !(await swap(services, taker, offer, before))) return staleLink()
  await afterSwap(services, taker, offer)
  return ok({ workspace: workspace.name })
}

async function swap(
  services: Services,
  taker: Actor,
  offer: OwnershipOffer,
  before: string,
): Promise<boolean> {
  const now = services.clock.now()
  const db = services.tenant(offer.tenantId)
  const changed = (personId: string, from: string, to: string) => ({
    id: uuidv7(now),
    type: 'member.role_changed',
    payload: { person_id: personId, from, to },
  })
  const events = [changed(offer.toPerson, before, 'owner'), changed(offer.fromPerson, 'owner', 'admin')]
  const detail = { from: offer.fromPerson, to: offer.toPerson }
  const [taken] = await services.directory.transact([
    ...services.directory.takeOfferStatements(offer, now),
    recordAudit(db, now, taker, 'ownership.transferred', offer.tenantId, detail, 'if-changed'),
    ...events.map((event) => recordEvent(db, now, event, 'if-changed')),
    ...services.directory.twinPeopleStatements(offer.tenantId, isoInstant(now)),
  ])
  if (taken !== 1) return false
  for (const { id } of events)
    await services.queue.send({ kind: 'event.deliver', tenantId: offer.tenantId, eventId: id })
  return true
}

/** The former owner signs in anew with fewer rights, and both have it in writing. */
async function afterSwap(services: Services, taker: Actor, offer: OwnershipOffer): Promise<void> {
  const { directory, clock, live, mail, config } = services
  const sessions = await directory.sessionsOf(offer.fromPerson, clock.now())
  await directory.transact([directory.endSessionsInStatement(offer.tenantId, offer.fromPerson)])
  for (const { tenantId, id } of sessions)
    if (tenantId === offer.tenantId) await live.disconnect(tenantId, id)
  const href = `${config.publicUrl}/settings/people`
  const workspace = taker.workspace.name
  for (const [name, to] of [
    [offer.toName, offer.toEmail],
    [offer.fromName, offer.fromEmail],
  ] as const) {
    const words = ownershipTakenMail(name, offer.toName, offer.fromName, workspace, href)
    await mail.send({ kind: 'account', to, tenantId: offer.tenantId, ...words })
  }
}

async function offerBehind(services: Services, token: string) {
  const claims = await services.tokens.verify('ownership', token)
  if (!claims?.sub || typeof claims.tenant !== 'string') return null
  const offer = await services.directory.ownershipOffer(claims.tenant, services.clock.now())
  const workspace = await services.directory.workspace(claims.tenant)
  return offer?.id === claims.sub && workspace ? { offer, workspace } : null
}

async function pathOf(services: Services, tenantId: string, id: string): Promise<string> {
  return `/ownership/${await services.tokens.sign('ownership', { sub: id, tenant: tenantId }, OFFER_SECONDS)}`
}

const viewOf = ({ toPerson, toName, fromName, expiresAt }: OwnershipOffer) => ({
  toPerson,
  toName,
  fromName,
  expiresAt: isoInstant(expiresAt),
})
