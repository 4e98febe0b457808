/** How an invoice made by hand is kept: the whole of it in one transaction, or nothing. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { recordEvent } from '../../../platform/event.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { moneyText } from '../../../platform/money.ts'
import { fail, forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { InvoiceFact } from '../domain/facts.ts'
import type { FactKey } from '../domain/money/entries.ts'
import {
  type InvoiceDetail,
  invoiceOf,
  isRefusedInvoice,
  manualSource,
  refuseMoved,
  refuseTakenNumber,
} from '../store/invoices.ts'
import { landingStatements } from '../store/landing.ts'
import { recordSourceLanding } from '../store/landing-sources.ts'
import { insertSource } from '../store/sources.ts'

export async function readInvoice(
  services: Services,
  actor: Actor,
  key: FactKey,
): Promise<Result<InvoiceDetail>> {
  if (!can(actor, 'foundry:read')) return forbidden('see invoices')
  const db = services.tenant(actor.tenantId)
  const found = await db.get(invoiceOf(db, key))
  return found ? ok(found) : notFound('invoice')
}

export interface Keeping {
  audit: string
  event: 'invoice.issued' | 'invoice.paid' | null
  /** The version that was read; null for a new one. */
  version: number | null
}

export const change = (
  services: Services,
  actor: Actor,
  row: InvoiceDetail,
  fact: InvoiceFact,
  audit: string,
  event: Keeping['event'],
): Promise<Result<InvoiceDetail>> =>
  keep(services, actor, row.source_id, fact, { audit, event, version: row.src_updated_at })

/**
 * Everything of the invoice, its event and the audit line in one transaction, or nothing of it when somebody else was
 * faster (`invoice-moved`).
 */
export async function keep(
  services: Services,
  actor: Actor,
  sourceId: string,
  fact: InvoiceFact,
  { audit, event, version }: Keeping,
): Promise<Result<InvoiceDetail>> {
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const told = event && { id: uuidv7(now), type: event, payload: invoicePayload(fact) }
  const key = { source_id: sourceId, ext_id: fact.extId }
  try {
    await db.write([
      refuseMoved(db, key, version),
      ...recordSourceLanding(db, sourceId, { invoices: [fact] }, isoInstant(now)),
      ...landingStatements(db, { sourceId, importId: null, origin: 'live' }, { invoices: [fact] }),
      refuseTakenNumber(db, key),
      recordAudit(db, now, actor, audit, fact.extId, { number: fact.number ?? null }),
      ...(told ? [recordEvent(db, now, told)] : []),
    ])
  } catch (error) {
    if (!isRefusedInvoice(error)) throw error
    return fail('conflict', 'invoice-moved', 'Somebody else has just changed this invoice. Look at it again.')
  }
  await services.queue.send({ kind: 'rollup', tenantId: actor.tenantId })
  if (told) await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId: told.id })
  return readInvoice(services, actor, key)
}

export const invoicePayload = (
  fact: Pick<InvoiceFact, 'extId' | 'number' | 'customerExtId' | 'total' | 'currency' | 'dueDay'>,
) => ({
  invoice_id: fact.extId,
  number: fact.number ?? null,
  customer_id: fact.customerExtId ?? null,
  amount: moneyText(fact.total, fact.currency),
  currency: fact.currency,
  due_day: fact.dueDay ?? null,
})

/** As it stands, as a newer version: two changes of one millisecond still come one after the other. */
export const factOf = (row: InvoiceDetail, now: number): InvoiceFact => ({
  extId: row.ext_id,
  srcUpdatedAt: Math.max(now, row.src_updated_at + 1),
  number: row.number,
  customerExtId: row.customer_ext_id,
  customerName: row.customer_name,
  customerEmail: row.customer_email,
  status: row.status,
  currency: row.currency,
  total: row.total,
  paid: row.paid,
  issuedDay: row.issued_day,
  dueDay: row.due_day,
  paidDay: row.paid_day,
  memo: row.memo,
  lines: row.lines,
})

/** The source of what people write here; made at the first invoice. Its id is fixed, so two at once make one. */
export async function manualSourceId(services: Services, actor: Actor): Promise<string> {
  const db = services.tenant(actor.tenantId)
  const known = await db.get(manualSource(db))
  if (known) return known.id
  const at = isoInstant(services.clock.now())
  await db.write([
    insertSource(
      db,
      {
        // the workspace's own id: there is one such source in it
        id: actor.tenantId,
        connectorId: null,
        sourceType: 'manual',
        name: 'Made here',
        syncStatus: 'ok',
        lastSyncAt: null,
        countsAsSales: false,
        createdAt: at,
        updatedAt: at,
      },
      'ignore',
    ),
  ])
  return actor.tenantId
}
