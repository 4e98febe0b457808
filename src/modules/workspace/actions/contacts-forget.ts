/** A contact's whole history from every wing, what this part holds about a person, and how a person is taken out. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import type { TimelineEntry, Whom } from '../../../platform/manifest.ts'
import { forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { emailKey } from '../domain/contact.ts'
import { contactEventsOf, contactRow, contactSourcesOf } from '../store/contacts.ts'
import { removeCard } from '../store/contacts-whole.ts'
import { type ContactView, viewOf } from './contacts.ts'

/** Who this contact is to other wings. */
export async function whomOf(services: Services, actor: Actor, contact: ContactView): Promise<Whom> {
  const db = services.tenant(actor.tenantId)
  const sources = await db.get(contactSourcesOf(db, contact.id))
  return {
    contactId: contact.id,
    email: emailKey(contact.email),
    externals: sources.map((row) => ({ sourceId: row.source_id, externalId: row.external_id })),
  }
}

/** Everything any wing knows of the contact, the newest first. A wing that fails is left out and logged by name. */
export async function readTimeline(
  services: Services,
  actor: Actor,
  contactId: string,
  limit = 50,
): Promise<Result<TimelineEntry[]>> {
  if (!can(actor, 'contacts:read')) return forbidden('see contacts')
  const db = services.tenant(actor.tenantId)
  const [row] = await db.get(contactRow(db, contactId))
  if (!row) return notFound('contact')
  const contact = viewOf(row)
  const whom = await whomOf(services, actor, contact)
  const lists = await Promise.all(
    services.wings.map((wing) => wing.timeline?.(services, actor, whom, limit) ?? []),
  )
  const entries = lists.flat().sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
  return ok(entries.slice(0, limit))
}

/** Lines of the card itself. */
export async function contactTimeline(
  services: Services,
  actor: Actor,
  whom: Whom,
  limit: number,
): Promise<TimelineEntry[]> {
  const db = services.tenant(actor.tenantId)
  const [events, [row]] = await db.getAll([
    contactEventsOf(db, whom.contactId, limit),
    contactRow(db, whom.contactId),
  ])
  const lines = events.map((event) => ({
    at: event.at,
    kind: event.kind,
    title: event.title,
    detail: detailOf(event.kind, event.detail, event.actor_name),
  }))
  if (!row) return lines
  const from = [row.source, row.source_detail].filter(Boolean).join(': ')
  return [
    ...lines,
    { at: row.created_at, kind: 'contact', title: 'Added to contacts', detail: `From ${from}` },
  ]
}

function detailOf(kind: string, json: string, who: string): string {
  const detail = JSON.parse(json) as Record<string, unknown>
  if (kind === 'consent') {
    const words = [detail.source, detail.text && `“${detail.text}”`].filter(Boolean).join(' · ')
    return words || `By ${who}`
  }
  if (kind === 'form' && detail.message) return String(detail.message)
  return `By ${who}`
}

export async function contactPersonal(
  services: Services,
  actor: Actor,
  whom: Whom,
): Promise<Record<string, unknown[]>> {
  const db = services.tenant(actor.tenantId)
  const [cards, events, sources] = await db.getAll([
    contactRow(db, whom.contactId),
    contactEventsOf(db, whom.contactId, 10_000),
    contactSourcesOf(db, whom.contactId),
  ])
  return { contact_cards: cards, contact_events: events, contact_sources: sources }
}

/** The card goes, and with it its tags, history and names at sources. */
export async function forgetContact(
  services: Services,
  actor: Actor,
  whom: Whom,
): Promise<Record<string, number>> {
  const db = services.tenant(actor.tenantId)
  const [removed = 0] = await db.write([removeCard(db, whom.contactId)])
  return { contact_cards: removed }
}

/**
 * Takes the person out of every wing; amounts stay, who they were from does not. This wing goes last, so that a break-off
 * leaves the card to begin from again.
 */
export async function deleteContact(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  if (!can(actor, 'contacts:write')) return forbidden('delete contacts')
  const db = services.tenant(actor.tenantId)
  const [row] = await db.get(contactRow(db, id))
  if (!row) return notFound('contact')
  const whom = await whomOf(services, actor, viewOf(row))
  const wings = [...services.wings].sort(
    (a, b) => Number(a.wing === 'workspace') - Number(b.wing === 'workspace'),
  )
  const counts: Record<string, number> = {}
  for (const wing of wings) Object.assign(counts, await wing.forget?.(services, actor, whom))
  await db.write([recordAudit(db, services.clock.now(), actor, 'contact.deleted', id, counts)])
  return ok(null)
}
