/** Customers, products and invoices as lists: found by text, sorted by a column, in pages. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { likePattern } from './search.ts'

export interface CustomerRow {
  number: number
  source_id: string
  ext_id: string
  name: string | null
  email: string | null
  country: string | null
  city: string | null
  first_order_day: string | null
  orders: number
  source: string
  /** Other sources that know the same person, by name with commas; null when none does. */
  also: string | null
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
  source_id: string
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

const BOUGHT = `e.kind = 'sale' AND e.counted = 1 AND e.deleted_at IS NULL AND e.customer_ext_id IS NOT NULL`

/** One line a person, whoever knows them; orders of sources that count as sales. */
export const listCustomers = (
  db: TenantDb,
  query: ListQuery<keyof typeof CUSTOMER_SORTS>,
): Query<CustomerRow[]> =>
  db.sql<CustomerRow>(
    `SELECT c.number, c.source_id, c.ext_id, c.name, c.email, c.country, c.city, c.first_order_day, s.name AS source,
       CASE WHEN c.person_number IS NULL THEN
         (SELECT count(DISTINCT e.order_ext_id) FROM sale_events e INDEXED BY sale_events_customer
          WHERE e.tenant_id = ?1 AND e.source_id = c.source_id AND ${BOUGHT} AND e.customer_ext_id = c.ext_id)
       ELSE
         (SELECT count(DISTINCT e.source_id || ' ' || e.order_ext_id)
          FROM customers m INDEXED BY customers_person CROSS JOIN sale_events e INDEXED BY sale_events_customer
            ON e.tenant_id = ?1 AND e.source_id = m.source_id AND ${BOUGHT} AND e.customer_ext_id = m.ext_id
          WHERE m.tenant_id = ?1 AND m.person_number = c.person_number
            AND (SELECT counts_as_sales FROM data_sources WHERE tenant_id = ?1 AND id = m.source_id) = 1)
       END AS orders,
       (SELECT group_concat(DISTINCT t.name) FROM customers m INDEXED BY customers_person
          JOIN data_sources t ON t.tenant_id = ?1 AND t.id = m.source_id
        WHERE m.tenant_id = ?1 AND m.person_number = c.number AND m.number <> c.number AND m.deleted_at IS NULL) AS also
     FROM customers c JOIN data_sources s ON s.tenant_id = ?1 AND s.id = c.source_id
     WHERE c.tenant_id = ?1 AND c.deleted_at IS NULL AND (c.person_number IS NULL OR c.person_number = c.number)
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
    `SELECT source_id, ext_id, number, customer_name, customer_email, status, currency, total, paid, due_day
     FROM invoices WHERE tenant_id = ?1 AND deleted_at IS NULL AND ${CONDITION[filter]}
       AND (?2 = '%%' OR number LIKE ?2 ESCAPE '\\' OR customer_name LIKE ?2 ESCAPE '\\')
     ${order(INVOICE_SORTS[query.key], query.direction, 'source_id, ext_id')} LIMIT ?3 OFFSET ?4`,
    likePattern(query.text),
    query.limit,
    query.offset,
    today,
  )
