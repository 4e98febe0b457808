/**
 * One SQL text that adds sale events up by day, dimension and currency. Rollups are built with it, and questions that
 * rollups cannot answer are asked of the raw events with it, so both always follow the same rules.
 */
import type { BOOKS, SalesDimension } from '../domain/dashboard.ts'

type Book = (typeof BOOKS)[number]

/** The day of an event in each book, and the index that finds it. */
const DAY: Record<Book, { column: string; index: string }> = {
  order_date: { column: 'order_day', index: 'sale_events_order_day' },
  event_date: { column: 'business_day', index: 'sale_events_day' },
}

/** The dimension value of an event; what is unknown is ''. */
export const DIMENSION_SQL: Record<SalesDimension, string> = {
  source: 'e.source_id',
  channel: `coalesce(e.channel, '')`,
  country: `coalesce(e.country, '')`,
  region: `coalesce(e.region, '')`,
  category: `coalesce(e.category, '')`,
  product: `coalesce(e.product_name, e.product_ext_id, '')`,
}

/** What the business sells, as against what passes through (shipping, tips) or is sold again later (gift cards). */
const GOODS = `line_type IN ('product', 'fee', 'other')`
const SOLD = `kind <> 'refund' AND ${GOODS}`

/** An order counts on its own day; in the book of events, lines added on later days do not count it again. */
const ORDER = `CASE WHEN kind = 'sale' AND business_day = order_day THEN source_id || ' ' || order_ext_id END`
const ORDER_BY_ORDER_DATE = `CASE WHEN kind = 'sale' THEN source_id || ' ' || order_ext_id END`

export interface AggregateParts {
  book: Book
  /** SQL condition on the day column: `IN (...)` or `BETWEEN ...`. */
  days: string
  /** SQL expression of the JSON list of dimensions (`all` among them). */
  dimensions: string
  /** Further condition on `e`, starting with AND. */
  filter?: string
}

/**
 * SELECT of (dimension, day, value, currency, orders, quantity, gross, discount, revenue, refunds, tax, shipping, cost,
 * customers, new_customers). Binds the tenant as ?1 for each of its tables. Only events of sources that count as sales.
 */
export function aggregateSql({ book, days, dimensions, filter = '' }: AggregateParts): string {
  const day = DAY[book]
  const order = book === 'order_date' ? ORDER_BY_ORDER_DATE : ORDER
  const values = Object.entries(DIMENSION_SQL).map(([name]) => `WHEN '${name}' THEN in_${name}`)
  const columns = Object.entries(DIMENSION_SQL).map(([name, sql]) => `${sql} AS in_${name}`)
  return `WITH event AS (
    SELECT e.${day.column} AS day, e.source_id, e.order_ext_id, e.kind, e.line_type, e.business_day, e.order_day,
      e.currency, e.quantity, e.gross, e.discount, e.net, e.tax, e.cost,
      coalesce(c.person_number, c.number) AS customer, c.first_order_day, ${columns.join(', ')}
    FROM sale_events e INDEXED BY ${day.index}
    LEFT JOIN customers c ON c.tenant_id = ?1 AND c.source_id = e.source_id AND c.ext_id = e.customer_ext_id
    WHERE e.tenant_id = ?1 AND e.${day.column} ${days} AND e.counted = 1 AND e.deleted_at IS NULL
      AND e.source_id IN (SELECT id FROM data_sources WHERE tenant_id = ?1 AND counts_as_sales = 1) ${filter}
  )
  SELECT dimension.value AS dimension, day,
    CASE dimension.value ${values.join(' ')} ELSE '' END AS value, currency,
    count(DISTINCT ${order}) AS orders,
    sum(CASE WHEN ${SOLD} THEN quantity ELSE 0 END) AS quantity,
    sum(CASE WHEN ${SOLD} THEN gross ELSE 0 END) AS gross,
    sum(CASE WHEN ${SOLD} THEN discount ELSE 0 END) AS discount,
    sum(CASE WHEN ${SOLD} THEN net ELSE 0 END) AS revenue,
    sum(CASE WHEN kind = 'refund' AND ${GOODS} THEN -net ELSE 0 END) AS refunds,
    sum(tax) AS tax,
    sum(CASE WHEN line_type = 'shipping' THEN net ELSE 0 END) AS shipping,
    sum(CASE WHEN ${GOODS} THEN coalesce(cost, 0) ELSE 0 END) AS cost,
    coalesce(group_concat(DISTINCT CASE WHEN kind = 'sale' THEN customer END), '') AS customers,
    count(DISTINCT CASE WHEN kind = 'sale' AND day = first_order_day AND order_day = first_order_day THEN customer END) AS new_customers
  FROM event CROSS JOIN json_each(${dimensions}) AS dimension
  GROUP BY 1, 2, 3, 4`
}
