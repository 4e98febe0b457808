/**
 * The rows behind a measure, from the same SQL that adds them up: sale events, what facts of other families moved, and
 * readings. Paged by key, so that no page counts what stands before it.
 */
import type { Query, SqlValue, TenantDb } from '../../../platform/tenant-db.ts'
import { daysUntil } from '../domain/as-of.ts'
import type { SalesDimension } from '../domain/dashboard.ts'
import { MEASURES, type Measure } from '../domain/measures.ts'
import type { MetricFilter } from '../domain/metric-query.ts'
import type { ReceiptFact, ReceiptPlace, ReceiptQuestion, ReceiptSum } from '../domain/receipt.ts'
import { FAMILY_SQL } from './measure-families.ts'
import type { Arm, Entry, FamilySql } from './measure-sql.ts'
import { SUBSCRIPTION_SQL } from './measure-subscriptions.ts'
import { FACT_WORDS } from './receipt-facts.ts'
import { DIMENSION_SQL, eventsSql, FIRST_ORDER, LINE_SQL, ORDER_COUNTS } from './rollup-sql.ts'

/** SELECT of all rows of a question; ?2 and ?3 are its first and last day, the filters follow. */
interface RowsSql {
  text: string
  from: string
  /** True where a later first day leaves later rows as they are. */
  byDay: boolean
}

/** At most `limit` rows after a place, in the order of their days. */
export function receiptRows(
  db: TenantDb,
  question: ReceiptQuestion,
  after: ReceiptPlace | null,
  limit: number,
): Query<ReceiptFact[]> {
  const sql = rowsSql(question)
  if (!sql) return nothing(db)
  const params = paramsOf(question, after && sql.byDay ? latest(sql.from, after.day) : sql.from)
  const at = params.length + 2
  return db.sql(
    `SELECT r.day, r.source_id, r.id, r.part, r.amount, r.currency, r.kind, r.name, r.detail, s.name AS source
     FROM (${sql.text}) AS r LEFT JOIN data_sources AS s ON s.tenant_id = ?1 AND s.id = r.source_id
     WHERE (r.day, r.source_id, r.id, r.part) > (?${at}, ?${at + 1}, ?${at + 2}, ?${at + 3})
     ORDER BY r.day, r.source_id, r.id, r.part LIMIT ?${at + 4}`,
    ...params,
    after?.day ?? '',
    after?.source_id ?? '',
    after?.id ?? '',
    after?.part ?? '',
    limit,
  )
}

/** All rows added up by source and currency; by day too where each day has its own rate. */
export function receiptSums(db: TenantDb, question: ReceiptQuestion, base: string): Query<ReceiptSum[]> {
  const sql = rowsSql(question)
  if (!sql) return nothing(db)
  const params = paramsOf(question, sql.from)
  const ownRate = question.measure.kind === 'flow' || question.measure.kind === 'distinct'
  return db.sql(
    `SELECT source_id, currency, CASE WHEN ${ownRate ? `currency NOT IN ('', ?${params.length + 2})` : `?${params.length + 2} IS NULL`}
       THEN day ELSE '' END AS day, sum(amount) AS amount, count(*) AS rows
     FROM (${sql.text}) GROUP BY 1, 2, 3`,
    ...params,
    base,
  )
}

const nothing = <Row>(db: TenantDb): Query<Row[]> => db.sql('SELECT 1 WHERE ?1 IS NULL')

const latest = (a: string, b: string): string => (a > b ? a : b)

const paramsOf = ({ measure, range, filters, asOf }: ReceiptQuestion, from: string): SqlValue[] => [
  from,
  daysUntil(range, measure.family === 'sales' ? undefined : asOf).to,
  ...filters.map(({ value }) => value),
  ...(measure.family === 'sales' && asOf ? [asOf] : []),
]

function rowsSql(question: ReceiptQuestion): RowsSql | null {
  const { measure, range } = question
  if (measure.family === 'calendar') return null
  if (measure.family === 'sales') return salesSql(question)
  if (measure.kind === 'snapshot') return { text: readingsSql(question), from: range.from, byDay: false }
  const family = measure.family === 'subscriptions' ? SUBSCRIPTION_SQL : FAMILY_SQL[measure.family]
  const text = family && movesSql(family, measure, question.filters)
  return text ? { text, from: measure.kind === 'level' ? '' : range.from, byDay: true } : null
}

/** Measures of sales that are sums over lines, and the column of the rollups that holds them. */
const COLUMN: Record<string, keyof typeof LINE_SQL> = {
  revenue: 'revenue',
  refunds: 'refunds',
  gross_sales: 'gross',
  discounts: 'discount',
  tax: 'tax',
  shipping: 'shipping',
  cost_of_goods: 'cost',
  units: 'quantity',
}

const MORE = ['e.ext_id', 'e.product_name', 'e.product_ext_id', 'c.name AS customer_name']

function salesSql({ measure, filters, book, range, asOf }: ReceiptQuestion): RowsSql | null {
  const conditions = filters.map(
    ({ dimension }, index) => `AND ${DIMENSION_SQL[dimension as SalesDimension]} = ?${index + 4}`,
  )
  const parts = { book, days: 'BETWEEN ?2 AND ?3', filter: conditions.join(' ') }
  const back = asOf ? { asOf: `?${filters.length + 4}` } : {}
  const events = `WITH event AS (${eventsSql({ ...parts, ...back }, MORE)})`
  const rows = (text: string, byDay = true) => ({ text: `${events} ${text}`, from: range.from, byDay })
  const column = COLUMN[measure.id]
  if (column) {
    const currency = measure.unit === 'money' ? 'currency' : `''`
    return rows(`SELECT day, source_id, ext_id AS id, '' AS part, ${LINE_SQL[column]} AS amount, ${currency} AS currency,
      kind, coalesce(product_name, product_ext_id, line_type) AS name,
      order_ext_id || coalesce(', ' || customer_name, '') AS detail FROM event WHERE ${LINE_SQL[column]} <> 0`)
  }
  const person = `min(coalesce(customer_name, customer)) AS name, NULL AS detail`
  switch (measure.id) {
    case 'orders':
    case 'priced_orders':
      return rows(`SELECT day, source_id, order_ext_id AS id, currency AS part, 1 AS amount,
        ${measure.id === 'orders' ? `''` : 'currency'} AS currency, 'order' AS kind, order_ext_id AS name,
        min(customer_name) AS detail FROM event WHERE ${ORDER_COUNTS[book]}
        GROUP BY day, event.currency, source_id, order_ext_id`)
    case 'customers':
      return rows(
        `SELECT min(day) AS day, '' AS source_id, CAST(customer AS TEXT) AS id, '' AS part, 1 AS amount, '' AS currency,
        'customer' AS kind, ${person} FROM event WHERE kind = 'sale' AND customer IS NOT NULL GROUP BY customer`,
        false,
      )
    case 'new_customers':
      return rows(`SELECT day, '' AS source_id, CAST(customer AS TEXT) AS id, event.currency AS part, 1 AS amount,
        '' AS currency, 'customer' AS kind, ${person} FROM event
        WHERE ${FIRST_ORDER} AND customer IS NOT NULL GROUP BY day, event.currency, customer`)
    default:
      return null
  }
}

/** What each fact moved: one SELECT for each way in which a fact moves the measure. */
function movesSql(family: FamilySql, measure: Measure, filters: readonly MetricFilter[]): string | null {
  const selects = family.arms.flatMap((arm, at) =>
    arm.entries.flatMap((entry, index) =>
      entry.measure === measure.id ? [moveSql(arm, entry, `${at}.${index}`, filters)] : [],
    ),
  )
  if (selects.length === 0) return null
  return `${family.tables ? `WITH ${family.tables} ` : ''}${selects.join('\nUNION ALL\n')}`
}

function moveSql(arm: Arm, { measure, day, amount }: Entry, part: string, filters: readonly MetricFilter[]) {
  const words = FACT_WORDS[arm.fact]
  const money = MEASURES.get(measure)?.unit === 'money'
  const conditions = filters.map(({ dimension }, index) => {
    const sql = dimension === 'source' ? 'f.source_id' : arm.dimensions?.[dimension]
    return `AND ${sql ? `coalesce(${sql}, '')` : `''`} = ?${index + 4}`
  })
  return `SELECT ${day} AS day, f.source_id AS source_id, ${words.id} AS id, '${part}' AS part, ${amount} AS amount,
    ${money ? (arm.currency ?? 'f.currency') : `''`} AS currency, '${arm.fact}' AS kind,
    ${words.name} AS name, ${words.detail} AS detail
    ${arm.from} AND ${day} BETWEEN ?2 AND ?3 AND (${amount}) <> 0 ${conditions.join(' ')}`
}

/** The last reading of each source on or before the last day. */
const readingsSql = ({ measure, filters }: ReceiptQuestion): string =>
  `SELECT m.day, s.id AS source_id, '${measure.id}' AS id, m.currency AS part, m.amount, m.currency, 'reading' AS kind,
    s.name AS name, NULL AS detail
   FROM data_sources AS s CROSS JOIN measure_days AS m
   WHERE s.tenant_id = ?1 AND m.tenant_id = ?1 AND m.measure = '${measure.id}' AND m.dimension = 'source:' || s.id
     AND ?2 IS NOT NULL ${filters.length > 0 ? 'AND s.id = ?4' : ''}
     AND m.day = (SELECT max(b.day) FROM measure_days AS b WHERE b.tenant_id = ?1 AND b.measure = '${measure.id}'
       AND b.dimension = 'source:' || s.id AND b.day <= ?3)`
