/** Rows behind "why it moved": what each value of a dimension brought in a range. */
import type { DayRange } from '../../../kit/calendar.ts'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'

export interface WhyRow {
  value: string
  currency: string
  /** The day for amounts in another currency (each day has its own rate), else ''. */
  day: string
  revenue: number
  refunds: number
  quantity: number
  orders: number
}

export const whyRows = (
  db: TenantDb,
  question: { book: string; dimension: string; currency: string },
  range: DayRange,
): Query<WhyRow[]> =>
  db.sql(
    `SELECT value, currency, CASE WHEN currency <> ?6 THEN day ELSE '' END AS day, sum(revenue) AS revenue,
       sum(refunds) AS refunds, sum(quantity) AS quantity, sum(orders) AS orders
     FROM rollup_days
     WHERE tenant_id = ?1 AND book = ?2 AND dimension = ?3 AND day BETWEEN ?4 AND ?5
     GROUP BY 1, 2, 3`,
    question.book,
    question.dimension,
    range.from,
    range.to,
    question.currency,
  )

const DAY = {
  order_date: { column: 'order_day', index: 'sale_events_order_day' },
  event_date: { column: 'business_day', index: 'sale_events_day' },
} as const

/** New or returning is no column of the rollups: the events themselves say it. */
export function whyRowsByCustomer(
  db: TenantDb,
  question: { book: keyof typeof DAY; currency: string },
  range: DayRange,
): Query<WhyRow[]> {
  const { column, index } = DAY[question.book]
  return db.sql(
    `SELECT CASE WHEN c.number IS NULL OR c.first_order_day IS NULL THEN '' WHEN c.first_order_day >= ?2 THEN 'new' ELSE 'returning' END AS value,
       e.currency, CASE WHEN e.currency <> ?4 THEN e.${column} ELSE '' END AS day,
       sum(CASE WHEN e.kind <> 'refund' THEN e.net ELSE 0 END) AS revenue,
       sum(CASE WHEN e.kind = 'refund' THEN -e.net ELSE 0 END) AS refunds,
       sum(CASE WHEN e.kind <> 'refund' THEN e.quantity ELSE 0 END) AS quantity,
       count(DISTINCT CASE WHEN e.kind = 'sale' THEN e.source_id || ' ' || e.order_ext_id END) AS orders
     FROM sale_events e INDEXED BY ${index}
     LEFT JOIN customers c ON c.tenant_id = ?1 AND c.source_id = e.source_id AND c.ext_id = e.customer_ext_id
     WHERE e.tenant_id = ?1 AND e.${column} BETWEEN ?2 AND ?3 AND e.counted = 1 AND e.deleted_at IS NULL
       AND e.line_type IN ('product', 'fee', 'other')
       AND e.source_id IN (SELECT id FROM data_sources WHERE tenant_id = ?1 AND counts_as_sales = 1)
     GROUP BY 1, 2, 3`,
    range.from,
    range.to,
    question.currency,
  )
}
