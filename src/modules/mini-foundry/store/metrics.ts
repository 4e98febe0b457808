/** Reads behind metrics: rollup rows of a range, rows by dimension, and raw events where rollups cannot answer. */
import type { DayRange } from '../../../kit/calendar.ts'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { BOOKS, Dimension, SalesDimension } from '../domain/dashboard.ts'
import type { MetricFilter, MetricQuery } from '../domain/metric-query.ts'
import type { RollupRow } from '../domain/metrics-rows.ts'
import { aggregateSql, DIMENSION_SQL } from './rollup-sql.ts'

type Book = (typeof BOOKS)[number]

export interface RawRow extends RollupRow {
  dimension: string
}

/** Row by row and day by day: the whole business, or one value of a dimension. */
export const dayRows = (
  db: TenantDb,
  book: Book,
  range: DayRange,
  filter: MetricFilter | null,
  withCustomers: boolean,
): Query<RollupRow[]> =>
  db.sql(
    `SELECT day, value, currency, orders, quantity, gross, discount, revenue, refunds, tax, shipping, cost,
       ${withCustomers ? 'customers' : `'' AS customers`}, new_customers FROM rollup_days
     WHERE tenant_id = ?1 AND book = ?2 AND dimension = ?3 AND day BETWEEN ?4 AND ?5 AND (?6 IS NULL OR value = ?6)`,
    book,
    filter?.dimension ?? 'all',
    range.from,
    range.to,
    filter?.value ?? null,
  )

const SUMS = [
  'orders',
  'quantity',
  'gross',
  'discount',
  'revenue',
  'refunds',
  'tax',
  'shipping',
  'cost',
  'new_customers',
]
  .map((column) => `sum(${column}) AS ${column}`)
  .join(', ')

/**
 * Added up by dimension value. Amounts in another currency stay apart by day, because each day has its own rate; with
 * customers the months stay apart, so that no list outgrows a value.
 */
export function groupRows(
  db: TenantDb,
  book: Book,
  range: DayRange,
  dimension: Dimension,
  only: string | null,
  settings: { currency: string; withCustomers: boolean },
): Query<RollupRow[]> {
  return db.sql(
    `SELECT CASE WHEN currency <> ?7 THEN day ${settings.withCustomers ? 'ELSE substr(day, 1, 7)' : ''} END AS day,
       value, currency, ${SUMS},
       ${settings.withCustomers ? `coalesce(group_concat(nullif(customers, '')), '')` : `''`} AS customers
     FROM rollup_days
     WHERE tenant_id = ?1 AND book = ?2 AND dimension = ?3 AND day BETWEEN ?4 AND ?5 AND (?6 IS NULL OR value = ?6)
     GROUP BY 1, value, currency`,
    book,
    dimension,
    range.from,
    range.to,
    only,
    settings.currency,
  )
}

/**
 * The same figures from the events themselves, for values of several dimensions or as they stood on a past day: as a
 * whole and by a dimension.
 */
export function rawRows(
  db: TenantDb,
  { book, filters, groupBy, asOf }: Pick<MetricQuery, 'book' | 'filters' | 'groupBy' | 'asOf'>,
  range: DayRange,
): Query<RawRow[]> {
  const conditions = filters.map(
    ({ dimension }, index) => `AND ${DIMENSION_SQL[dimension as SalesDimension]} = ?${index + 5}`,
  )
  return db.sql(
    aggregateSql({
      book,
      days: 'BETWEEN ?3 AND ?4',
      dimensions: '?2',
      filter: conditions.join(' '),
      ...(asOf ? { asOf: `?${filters.length + 5}` } : {}),
    }),
    JSON.stringify(groupBy ? ['all', groupBy] : ['all']),
    range.from,
    range.to,
    ...filters.map(({ value }) => value),
    ...(asOf ? [asOf] : []),
  )
}

/** First and last day with anything on them. Two seeks. */
export const knownDays = (db: TenantDb): Query<{ first_day: string | null; last_day: string | null }> => {
  const edge = (verb: 'min' | 'max') =>
    `(SELECT ${verb}(day) FROM rollup_days WHERE tenant_id = ?1 AND book = 'order_date' AND dimension = 'all')`
  const query = db.sql<{ first_day: string | null; last_day: string | null }>(
    `SELECT ${edge('min')} AS first_day, ${edge('max')} AS last_day`,
  )
  return {
    statement: query.statement,
    map: (rows) => query.map(rows)[0] ?? { first_day: null, last_day: null },
  }
}

/** Version of the data, and whether some of it is being added up right now. */
export const dataState = (
  db: TenantDb,
): Query<{ version: number; changed_at: string | null; stale: boolean }> => ({
  statement: db.statement(
    `SELECT coalesce((SELECT version FROM data_versions WHERE tenant_id = ?1), 0) AS version,
       (SELECT changed_at FROM data_versions WHERE tenant_id = ?1) AS changed_at,
       EXISTS (SELECT 1 FROM dirty_days WHERE tenant_id = ?1)
         OR EXISTS (SELECT 1 FROM dirty_measures WHERE tenant_id = ?1) AS stale`,
  ),
  map: ([row]) => ({
    version: Number(row?.version ?? 0),
    changed_at: (row?.changed_at as string | null) ?? null,
    stale: Boolean(row?.stale),
  }),
})
