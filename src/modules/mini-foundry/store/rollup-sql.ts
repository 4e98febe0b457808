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

/** What one event adds to each column that is a plain sum. */
export const LINE_SQL = {
  quantity: `CASE WHEN ${SOLD} THEN quantity ELSE 0 END`,
  gross: `CASE WHEN ${SOLD} THEN gross ELSE 0 END`,
  discount: `CASE WHEN ${SOLD} THEN discount ELSE 0 END`,
  revenue: `CASE WHEN ${SOLD} THEN net ELSE 0 END`,
  refunds: `CASE WHEN kind = 'refund' AND ${GOODS} THEN -net ELSE 0 END`,
  tax: 'tax',
  shipping: `CASE WHEN line_type = 'shipping' THEN net ELSE 0 END`,
  cost: `CASE WHEN ${GOODS} THEN coalesce(cost, 0) ELSE 0 END`,
} as const

/** When an event makes its order count. In the book of events, lines added on later days do not count it again. */
export const ORDER_COUNTS: Record<Book, string> = {
  order_date: `kind = 'sale'`,
  event_date: `kind = 'sale' AND business_day = order_day`,
}

/** When an event is part of the first order ever of its customer. */
export const FIRST_ORDER = `kind = 'sale' AND day = first_order_day AND order_day = first_order_day`

export interface AggregateParts {
  book: Book
  /** SQL condition on the day column: `IN (...)` or `BETWEEN ...`. */
  days: string
  /** SQL expression of the JSON list of dimensions (`all` among them). */
  dimensions: string
  /** Further condition on `e`, starting with AND. */
  filter?: string
  /** SQL of a past day: only what had happened by its end. */
  asOf?: string
}

/**
 * SELECT of the events behind a book's days, with the person who bought as `customer`. Binds the tenant as ?1. Only
 * events of sources that count as sales; `filter` is a further condition on `e`, `more` further columns.
 * With `asOf`, what happened later is left out, and orders cancelled later still stand.
 */
export const eventsSql = (
  { book, days, filter = '', asOf }: EventParts,
  more: readonly string[] = [],
): string =>
  `SELECT ${[`e.${DAY[book].column} AS day`, ...COLUMNS, `${asOf ? FIRST_DAY_THEN : 'c.first_order_day'} AS first_order_day`, ...more].join(', ')}
    FROM sale_events e INDEXED BY ${DAY[book].index}
    LEFT JOIN customers c ON c.tenant_id = ?1 AND c.source_id = e.source_id AND c.ext_id = e.customer_ext_id
    WHERE e.tenant_id = ?1 AND e.${DAY[book].column} ${days} AND ${asOf ? stood(asOf) : 'e.counted = 1'} AND e.deleted_at IS NULL
      AND e.source_id IN (SELECT id FROM data_sources WHERE tenant_id = ?1 AND counts_as_sales = 1) ${filter}`

type EventParts = Omit<AggregateParts, 'dimensions'>

const stood = (asOf: string): string =>
  `e.business_day <= ${asOf} AND (e.counted = 1 OR EXISTS (SELECT 1 FROM orders AS o WHERE o.tenant_id = ?1
    AND o.source_id = e.source_id AND o.ext_id = e.order_ext_id AND o.cancelled_day > ${asOf}))`

const COLUMNS = [
  ...['source_id', 'order_ext_id', 'kind', 'line_type', 'business_day', 'order_day', 'currency'],
  ...['quantity', 'gross', 'discount', 'net', 'tax', 'cost'],
]
  .map((name) => `e.${name}`)
  .concat('coalesce(c.person_number, c.number) AS customer')

/** Customers forget an order that was cancelled; while it stood, it may have been their first. */
const FIRST_DAY_THEN = `CASE e.counted WHEN 1 THEN c.first_order_day
    ELSE min(coalesce(c.first_order_day, e.order_day), e.order_day) END`

/**
 * SELECT of (dimension, day, value, currency, orders, quantity, gross, discount, revenue, refunds, tax, shipping, cost,
 * customers, new_customers). Binds the tenant as ?1 for each of its tables.
 */
export function aggregateSql({ dimensions, ...parts }: AggregateParts): string {
  const { book } = parts
  const values = Object.entries(DIMENSION_SQL).map(([name]) => `WHEN '${name}' THEN in_${name}`)
  const columns = Object.entries(DIMENSION_SQL).map(([name, sql]) => `${sql} AS in_${name}`)
  const sums = Object.entries(LINE_SQL).map(([name, sql]) => `sum(${sql}) AS ${name}`)
  return `WITH event AS (${eventsSql(parts, columns)})
  SELECT dimension.value AS dimension, day,
    CASE dimension.value ${values.join(' ')} ELSE '' END AS value, currency,
    count(DISTINCT CASE WHEN ${ORDER_COUNTS[book]} THEN source_id || ' ' || order_ext_id END) AS orders,
    ${sums.join(', ')},
    coalesce(group_concat(DISTINCT CASE WHEN kind = 'sale' THEN customer END), '') AS customers,
    count(DISTINCT CASE WHEN ${FIRST_ORDER} THEN customer END) AS new_customers
  FROM event CROSS JOIN json_each(${dimensions}) AS dimension
  GROUP BY 1, 2, 3, 4`
}
