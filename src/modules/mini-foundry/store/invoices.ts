/** Invoices as a list: by status, oldest due first, in pages by key. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { likePattern } from './search.ts'

export interface InvoiceRow {
  source_id: string
  ext_id: string
  number: string | null
  customer_name: string | null
  customer_email: string | null
  status: string
  currency: string
  total: number
  paid: number
  issued_day: string
  due_day: string | null
  paid_day: string | null
}

export type InvoiceFilter = 'overdue' | 'open' | 'paid' | 'all'

const CONDITION: Record<InvoiceFilter, string> = {
  overdue: `status = 'open' AND due_day < ?2`,
  open: `status = 'open' AND ?2 IS NOT NULL`,
  paid: `status = 'paid' AND ?2 IS NOT NULL`,
  all: '?2 IS NOT NULL',
}

/** `after` is the key of the last row before; `text` is looked for in the number and the customer's name. */
export function listInvoices(
  db: TenantDb,
  filter: InvoiceFilter,
  today: string,
  after: { due: string; source: string; ext: string } | null,
  limit: number,
  text = '',
): Query<InvoiceRow[]> {
  return db.sql<InvoiceRow>(
    `SELECT source_id, ext_id, number, customer_name, customer_email, status, currency, total, paid, issued_day, due_day, paid_day
     FROM invoices WHERE tenant_id = ?1 AND deleted_at IS NULL AND ${CONDITION[filter]}
       AND (?7 = '%%' OR number LIKE ?7 ESCAPE '\\' OR customer_name LIKE ?7 ESCAPE '\\')
       AND (coalesce(due_day, '9999'), source_id, ext_id) > (?3, ?4, ?5)
     ORDER BY coalesce(due_day, '9999'), source_id, ext_id LIMIT ?6`,
    today,
    after?.due ?? '',
    after?.source ?? '',
    after?.ext ?? '',
    limit,
    likePattern(text),
  )
}
