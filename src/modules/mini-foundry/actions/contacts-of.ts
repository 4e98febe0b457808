/** What the facts know about one person: their dealings for the history, all rows for an access request, and forgetting. */
import type { Actor } from '../../../platform/actor.ts'
import type { TimelineEntry, Whom } from '../../../platform/manifest.ts'
import { displayMoney } from '../../../platform/money.ts'
import type { Services } from '../../../platform/services.ts'
import {
  customersOf,
  type DealingRow,
  dealingsOf,
  forgetNames,
  holdingsOf,
} from '../store/contacts-gather.ts'

/** Every customer that is this person, and what is known of them by contacts files, as `[source, id]` pairs. */
async function pairsOf(services: Services, actor: Actor, whom: Whom): Promise<string> {
  const db = services.tenant(actor.tenantId)
  const told = whom.externals.map(({ sourceId, externalId }) => [sourceId, externalId])
  const found = await db.get(customersOf(db, JSON.stringify(told), whom.email))
  return JSON.stringify([...told, ...found.map((row) => [row.source_id, row.ext_id])])
}

export async function dealingsTimeline(
  services: Services,
  actor: Actor,
  whom: Whom,
  limit: number,
): Promise<TimelineEntry[]> {
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(dealingsOf(db, await pairsOf(services, actor, whom), whom.email, limit))
  return rows.map((row) => entryOf(row, actor.workspace.locale))
}

const WORDS: Record<DealingRow['kind'], string> = {
  order: 'Order',
  invoice: 'Invoice',
  payment: 'Payment',
  refund: 'Refund',
}

/** A plain day is told as its noon, so that no zone moves it to another day. */
function entryOf(row: DealingRow, locale: string): TimelineEntry {
  const name = row.kind === 'invoice' ? (row.label ?? row.ext_id) : row.kind === 'order' ? row.ext_id : ''
  const at = row.at.length === 10 ? `${row.at}T12:00:00.000Z` : row.at
  return {
    at,
    kind: row.kind,
    title: `${WORDS[row.kind]}${name && ` ${name}`}: ${displayMoney(row.amount, row.currency, locale)}`,
    detail: [row.status.replace('_', ' '), row.kind === 'order' ? row.label : null]
      .filter(Boolean)
      .join(' · '),
    href: row.kind === 'invoice' ? `/foundry/invoices?status=all&q=${encodeURIComponent(name)}` : undefined,
  }
}

export async function foundryPersonal(
  services: Services,
  actor: Actor,
  whom: Whom,
): Promise<Record<string, unknown[]>> {
  const db = services.tenant(actor.tenantId)
  const pairs = await pairsOf(services, actor, whom)
  const [customers, contacts, orders, invoices, payments] = await db.getAll(holdingsOf(db, pairs, whom.email))
  return { customers, contacts, orders, invoices, payments }
}

/** Names and addresses are taken out; amounts, days and places stay: the books must still add up. */
export async function forgetInFoundry(
  services: Services,
  actor: Actor,
  whom: Whom,
): Promise<Record<string, number>> {
  const db = services.tenant(actor.tenantId)
  const pairs = await pairsOf(services, actor, whom)
  const [customers = 0, contacts = 0, invoices = 0] = await db.write(forgetNames(db, pairs, whom.email))
  return { customers, contacts, invoices }
}
