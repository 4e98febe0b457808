/** Invoices as far as judging when they are paid needs them. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { PaidInvoice } from '../domain/invoice-lateness.ts'

/** The same words for the same customer: of one source by its id, else by address or name. */
const CUSTOMER = `i.source_id || ' ' || coalesce(i.customer_ext_id, lower(i.customer_email), i.customer_name, '')`

/** Paid in full on a known day, the latest first. */
export const paidInvoices = (db: TenantDb, limit: number): Query<PaidInvoice[]> =>
  db.sql(
    `SELECT ${CUSTOMER} AS customer, i.issued_day AS issuedDay, i.due_day AS dueDay, i.paid_day AS paidDay
     FROM invoices i INDEXED BY invoices_due
     WHERE i.tenant_id = ?1 AND i.status = 'paid' AND i.due_day IS NOT NULL AND i.paid_day IS NOT NULL AND i.deleted_at IS NULL
     ORDER BY i.due_day DESC LIMIT ?2`,
    limit,
  )

export interface OpenInvoice {
  source_id: string
  ext_id: string
  number: string | null
  customer_name: string | null
  customer: string
  currency: string
  /** In 1/10,000. */
  outstanding: number
  due_day: string
}

/** What is owed and has a day, the earliest first. */
export const openInvoices = (db: TenantDb, limit: number): Query<OpenInvoice[]> =>
  db.sql(
    `SELECT i.source_id, i.ext_id, i.number, i.customer_name, ${CUSTOMER} AS customer, i.currency,
       i.total - i.paid AS outstanding, i.due_day
     FROM invoices i INDEXED BY invoices_due
     WHERE i.tenant_id = ?1 AND i.status = 'open' AND i.due_day IS NOT NULL AND i.total > i.paid AND i.deleted_at IS NULL
     ORDER BY i.due_day LIMIT ?2`,
    limit,
  )
