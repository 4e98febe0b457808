/** Tells, once, that the day an invoice was due has passed: for sources that do not tell it themselves. */
import { addDays, businessDay } from '../../../kit/calendar.ts'
import { type Actor, systemActor } from '../../../platform/actor.ts'
import { recordEvent } from '../../../platform/event.ts'
import type { Services } from '../../../platform/services.ts'
import { justOverdue } from '../store/invoices.ts'
import { invoicePayload } from './invoices-keep.ts'

/** What was due longer ago is history: nobody is told of it by surprise. */
const NEWS_DAYS = 3

export async function tellOverdue(services: Services, actor: Actor): Promise<number> {
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const today = businessDay(now, actor.workspace.timeZone)
  const rows = await db.get(justOverdue(db, addDays(today, -NEWS_DAYS), addDays(today, -1)))
  for (const row of rows) {
    const id = `overdue:${row.source_id}:${row.ext_id}:${row.due_day}`
    const payload = invoicePayload({
      extId: row.ext_id,
      number: row.number,
      customerExtId: row.customer_ext_id,
      total: row.total - row.paid,
      currency: row.currency,
      dueDay: row.due_day,
    })
    await db.write([recordEvent(db, now, { id, type: 'invoice.overdue', payload })])
    await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId: id })
  }
  return rows.length
}

/** All workspaces; a fault in one keeps the others from nothing. */
export async function tellEveryOverdue(services: Services): Promise<void> {
  for (const tenantId of await services.directory.tenantsWithSources()) {
    const workspace = await services.directory.workspace(tenantId)
    if (!workspace || workspace.eraseAt !== null || workspace.sandboxOf !== null) continue
    try {
      await tellOverdue(services, systemActor(workspace, 'invoices.overdue'))
    } catch (error) {
      services.log.error('overdue.failed', { tenantId, error: String(error) })
    }
  }
}
