/** Customers, products and invoices as lists: found by text, sorted by a column, in pages. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { likePattern } from './search.ts'

export interface CustomerRow {
  number: number
  name: string | null
  email: string | null
  country: string | null
  city: string | null
  first_order_day: string | null
  orders: number
  source: string
}

export interface ProductRow {
  ext_id: string
  sku: string | null
  name: string
  category: string | null
  unit_price: number | null
  unit_cost: number | null
  currency: string | null
  on_hand: number | null
}

export interface InvoiceRow {
  ext_id: string
  number: string | null
  customer_name: string | null
  customer_email: string | null
  status: string
  currency: string
  total: number
  paid: number
  due_day: string | null
}

export type InvoiceFilter = 'overdue' | 'open' | 'paid' | 'all'

/** A list as it is asked for; `key` is one of the sort keys of that list. */
export interface ListQuery<Key extends string> {
  text: string
  key: Key
  direction: 'ascending' | 'descending'
  offset: number
  limit: number
}

/** What a list can be sorted by: the words of an address, and the columns they stand for. */
export const CUSTOMER_SORTS = { name: 'c.name', orders: 'orders', since: 'c.first_order_day' } as const
export const PRODUCT_SORTS = {
  name: 'p.name',
  category: 'p.category',
  price: 'p.unit_price',
  stock: 'on_hand',
} as const
export const INVOICE_SORTS = {
  due: 'due_day',
  number: 'number',
  customer: 'customer_name',
  total: 'total',
} as const

const order = (column: string, direction: ListQuery<string>['direction'], tie: string): string =>
  `ORDER BY ${column} IS NULL, ${column} ${direction === 'ascending' ? 'ASC' : 'DESC'}, ${tie}`

export const listCustomers = (
  db: TenantDb,
  query: ListQuery<keyof typeof CUSTOMER_SORTS>,
): Query<CustomerRow[]> =>
  db.sql<CustomerRow>(
    `SELECT c.number, c.name, c.email, c.country, c.city, c.first_order_day, s.name AS source,
       (SELECT count(*) FROM orders o WHERE o.tenant_id = ?1 AND o.source_id = c.source_id
          AND o.customer_ext_id = c.ext_id AND o.status <> 'cancelled' AND o.deleted_at IS NULL) AS orders
     FROM customers c JOIN data_sources s ON s.tenant_id = ?1 AND s.id = c.source_id
     WHERE c.tenant_id = ?1 AND c.deleted_at IS NULL
       AND (?2 = '%%' OR c.name LIKE ?2 ESCAPE '\\' OR c.email LIKE ?2 ESCAPE '\\')
     ${order(CUSTOMER_SORTS[query.key], query.direction, 'c.number')} LIMIT ?3 OFFSET ?4`,
    likePattern(query.text),
    query.limit,
    query.offset,
  )

export const listProducts = (
  db: TenantDb,
  query: ListQuery<keyof typeof PRODUCT_SORTS>,
): Query<ProductRow[]> =>
  db.sql<ProductRow>(
    `SELECT p.ext_id, p.sku, p.name, p.category, p.unit_price, p.unit_cost, p.currency,
       (SELECT sum(on_hand) FROM inventory_levels i WHERE i.tenant_id = ?1 AND i.source_id = p.source_id
          AND i.product_ext_id = p.ext_id AND i.deleted_at IS NULL) AS on_hand
     FROM products p
     WHERE p.tenant_id = ?1 AND p.deleted_at IS NULL
       AND (?2 = '%%' OR p.name LIKE ?2 ESCAPE '\\' OR p.sku LIKE ?2 ESCAPE '\\')
     ${order(PRODUCT_SORTS[query.key], query.direction, 'p.source_id, p.ext_id')} LIMIT ?3 OFFSET ?4`,
    likePattern(query.text),
    query.limit,
    query.offset,
  )

const CONDITION: Record<InvoiceFilter, string> = {
  overdue: `status = 'open' AND due_day < ?5`,
  open: `status = 'open' AND ?5 IS NOT NULL`,
  paid: `status = 'paid' AND ?5 IS NOT NULL`,
  all: '?5 IS NOT NULL',
}

/** Overdue is measured against `today`. */
export const listInvoices = (
  db: TenantDb,
  filter: InvoiceFilter,
  today: string,
  query: ListQuery<keyof typeof INVOICE_SORTS>,
): Query<InvoiceRow[]> =>
  db.sql<InvoiceRow>(
    `SELECT ext_id, number, customer_name, customer_email, status, currency, total, paid, due_day
     FROM invoices WHERE tenant_id = ?1 AND deleted_at IS NULL AND ${CONDITION[filter]}
       AND (?2 = '%%' OR number LIKE ?2 ESCAPE '\\' OR customer_name LIKE ?2 ESCAPE '\\')
     ${order(INVOICE_SORTS[query.key], query.direction, 'source_id, ext_id')} LIMIT ?3 OFFSET ?4`,
    likePattern(query.text),
    query.limit,
    query.offset,
    today,
  )
