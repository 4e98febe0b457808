/** Invoices, orders and customers one by one, as automations look at them. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { likePattern } from './search.ts'

export interface InvoiceRecordRow {
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
}

const INVOICE = `i.source_id, i.ext_id, i.number, i.customer_name,
  coalesce(i.customer_email, (SELECT c.email FROM customers c WHERE c.tenant_id = ?1 AND c.source_id = i.source_id
    AND c.ext_id = i.customer_ext_id)) AS customer_email,
  i.status, i.currency, i.total, i.paid, i.issued_day, i.due_day`

/** By its id at the source, whatever source that is; the newest where two have the same. */
export const invoiceRecord = (db: TenantDb, extId: string): Query<InvoiceRecordRow[]> =>
  db.sql(
    `SELECT ${INVOICE} FROM invoices i WHERE i.tenant_id = ?1 AND i.source_id IN (SELECT id FROM data_sources WHERE tenant_id = ?1)
       AND i.ext_id = ?2 AND i.deleted_at IS NULL ORDER BY i.src_updated_at DESC LIMIT 1`,
    extId,
  )

/** By text and status; `overdueBefore` keeps open ones whose day lies before it. */
export const invoiceRecords = (
  db: TenantDb,
  filter: { text: string; status: string | null; overdueBefore: string | null; customerEmail: string | null },
  limit: number,
): Query<InvoiceRecordRow[]> =>
  db.sql(
    `SELECT ${INVOICE} FROM invoices i WHERE i.tenant_id = ?1 AND i.deleted_at IS NULL AND (?2 IS NULL OR i.status = ?2)
       AND (?3 IS NULL OR i.status = 'open' AND i.due_day < ?3)
       AND (?4 = '%%' OR i.number LIKE ?4 ESCAPE '\\' OR i.customer_name LIKE ?4 ESCAPE '\\')
       AND (?5 IS NULL OR lower(i.customer_email) = ?5)
     ORDER BY i.issued_day DESC, i.ext_id DESC LIMIT ?6`,
    filter.status,
    filter.overdueBefore,
    likePattern(filter.text),
    filter.customerEmail,
    limit,
  )

export interface OrderRecordRow {
  ext_id: string
  number: string | null
  business_day: string
  status: string
  currency: string
  net: number
  channel: string | null
  country: string | null
  customer_name: string | null
  customer_email: string | null
}

const ORDER = `o.ext_id, o.number, o.business_day, o.status, o.currency, o.net, o.channel, o.country,
  c.name AS customer_name, c.email AS customer_email
  FROM orders o LEFT JOIN customers c ON c.tenant_id = ?1 AND c.source_id = o.source_id AND c.ext_id = o.customer_ext_id`

export const orderRecord = (db: TenantDb, extId: string): Query<OrderRecordRow[]> =>
  db.sql(
    `SELECT ${ORDER} WHERE o.tenant_id = ?1 AND o.source_id IN (SELECT id FROM data_sources WHERE tenant_id = ?1)
       AND o.ext_id = ?2 AND o.deleted_at IS NULL LIMIT 1`,
    extId,
  )

export const orderRecords = (db: TenantDb, text: string, limit: number): Query<OrderRecordRow[]> =>
  db.sql(
    `SELECT ${ORDER} WHERE o.tenant_id = ?1 AND o.deleted_at IS NULL
       AND (?2 = '%%' OR o.number LIKE ?2 ESCAPE '\\' OR c.name LIKE ?2 ESCAPE '\\')
     ORDER BY o.business_day DESC, o.ext_id DESC LIMIT ?3`,
    likePattern(text),
    limit,
  )

export interface CustomerRecordRow {
  ext_id: string
  name: string | null
  email: string | null
  country: string | null
  city: string | null
  first_order_day: string | null
}

const CUSTOMER = 'c.ext_id, c.name, c.email, c.country, c.city, c.first_order_day FROM customers c'

export const customerRecord = (db: TenantDb, extId: string): Query<CustomerRecordRow[]> =>
  db.sql(
    `SELECT ${CUSTOMER} WHERE c.tenant_id = ?1 AND c.source_id IN (SELECT id FROM data_sources WHERE tenant_id = ?1)
       AND c.ext_id = ?2 AND c.deleted_at IS NULL LIMIT 1`,
    extId,
  )

export const customerRecords = (db: TenantDb, text: string, limit: number): Query<CustomerRecordRow[]> =>
  db.sql(
    `SELECT ${CUSTOMER} WHERE c.tenant_id = ?1 AND c.deleted_at IS NULL
       AND (?2 = '%%' OR c.name LIKE ?2 ESCAPE '\\' OR c.email LIKE ?2 ESCAPE '\\') ORDER BY c.number DESC LIMIT ?3`,
    likePattern(text),
    limit,
  )
