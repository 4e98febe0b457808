/** Reading invoices: who owes, how much, and since when. */
import { businessDay, daysBetween } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { displayMoney } from '../../../platform/money.ts'
import { forbidden, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type InvoiceFilter, type InvoiceRow, listInvoices } from '../store/invoices.ts'

export const INVOICE_FILTERS = ['overdue', 'open', 'paid', 'all'] as const satisfies InvoiceFilter[]

const PAGE = 50

export interface InvoiceLine {
  key: string
  number: string
  customer: string
  email: string | null
  status: string
  total: string
  outstanding: string
  dueDay: string | null
  daysLate: number
}

export interface InvoicePage {
  filter: InvoiceFilter
  lines: InvoiceLine[]
  nextCursor: string | null
}

/** One page of invoices; a cursor that is none starts from the beginning. */
export async function readInvoices(
  services: Services,
  actor: Actor,
  input: { filter: InvoiceFilter; cursor?: string; text?: string },
): Promise<Result<InvoicePage>> {
  if (!can(actor, 'foundry:read')) return forbidden('see invoices')
  const db = services.tenant(actor.tenantId)
  const today = businessDay(services.clock.now(), actor.workspace.timeZone)
  const rows = await db.get(
    listInvoices(db, input.filter, today, parseCursor(input.cursor), PAGE + 1, input.text),
  )
  const shown = rows.slice(0, PAGE)
  const last = rows.length > PAGE ? shown.at(-1) : undefined
  return ok({
    filter: input.filter,
    lines: shown.map((row) => toLine(row, today, actor.workspace.locale)),
    nextCursor: last ? `${last.due_day ?? '9999'}|${last.source_id}|${last.ext_id}` : null,
  })
}

function parseCursor(cursor: string | undefined) {
  const [due, source, ...ext] = (cursor ?? '').split('|')
  return due && source ? { due, source, ext: ext.join('|') } : null
}

function toLine(row: InvoiceRow, today: string, locale: string): InvoiceLine {
  const late = row.status === 'open' && row.due_day !== null && row.due_day < today
  return {
    key: `${row.source_id}/${row.ext_id}`,
    number: row.number ?? row.ext_id,
    customer: row.customer_name ?? row.customer_email ?? 'Unknown customer',
    email: row.customer_email,
    status: late ? 'overdue' : row.status,
    total: displayMoney(row.total, row.currency, locale),
    outstanding: displayMoney(row.status === 'open' ? row.total - row.paid : 0, row.currency, locale),
    dueDay: row.due_day,
    daysLate: late && row.due_day ? daysBetween(row.due_day, today) : 0,
  }
}
