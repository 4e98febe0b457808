/** Our own totals of a source by day, in the words of its control totals, and what comparisons found. */
import type { DayRange } from '../../../kit/calendar.ts'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { CheckReason, CheckRow } from '../domain/source-check.ts'

export interface OwnTotal {
  measure: string
  day: string
  currency: string
  value: number
}

/** Sales by the day they happened, as shops report them: product lines, without tax and shipping, gift cards left out. */
const LEDGER = `
  FROM sale_events INDEXED BY sale_events_day
  WHERE tenant_id = ?1 AND business_day BETWEEN ?3 AND ?4 AND source_id = ?2 AND counted = 1 AND deleted_at IS NULL`
const GOODS = `line_type IN ('product', 'fee', 'other')`

export const ownLedgerTotals = (db: TenantDb, sourceId: string, days: DayRange): Query<OwnTotal[]> =>
  db.sql(
    `WITH day AS (
       SELECT business_day AS day, currency,
         sum(CASE WHEN kind <> 'refund' AND ${GOODS} THEN gross ELSE 0 END) AS gross_sales,
         sum(CASE WHEN kind <> 'refund' AND ${GOODS} THEN discount ELSE 0 END) AS discounts,
         sum(CASE WHEN kind = 'refund' AND ${GOODS} THEN -net ELSE 0 END) AS returns,
         sum(CASE WHEN ${GOODS} THEN net ELSE 0 END) AS net_sales,
         count(DISTINCT CASE WHEN kind = 'sale' AND business_day = order_day THEN order_ext_id END) AS orders
       ${LEDGER} GROUP BY business_day, currency)
     SELECT measure.value AS measure, day, currency,
       CASE measure.value WHEN 'gross_sales' THEN gross_sales WHEN 'discounts' THEN discounts
         WHEN 'returns' THEN returns WHEN 'net_sales' THEN net_sales WHEN 'income' THEN net_sales ELSE orders END AS value
     FROM day CROSS JOIN json_each('["gross_sales","discounts","returns","net_sales","income","orders"]') AS measure`,
    sourceId,
    days.from,
    days.to,
  )

/** Payouts by the day they arrive, as the sum of their own movements. */
export const ownPayoutTotals = (db: TenantDb, sourceId: string, days: DayRange): Query<OwnTotal[]> =>
  db.sql(
    `SELECT 'payouts' AS measure, p.arrival_day AS day, p.currency,
       sum(coalesce((SELECT sum(l.net) FROM payout_lines l INDEXED BY payout_lines_payout
         WHERE l.tenant_id = ?1 AND l.source_id = ?2 AND l.payout_ext_id = p.ext_id AND l.kind <> 'payout'
           AND l.deleted_at IS NULL), 0)) AS value
     FROM payouts p
     WHERE p.tenant_id = ?1 AND p.source_id = ?2 AND p.arrival_day BETWEEN ?3 AND ?4 AND p.deleted_at IS NULL
       AND p.status = 'paid'
     GROUP BY p.arrival_day, p.currency`,
    sourceId,
    days.from,
    days.to,
  )

/** Records that nobody could read, and entries of a day that came after an instant. */
export const unreadRecords = (db: TenantDb, sourceId: string): Query<{ n: number }[]> =>
  db.sql(
    `SELECT count(*) AS n FROM sync_dead_records WHERE tenant_id = ?1 AND source_id = ?2 AND status = 'open'`,
    sourceId,
  )

export const changedEntries = (
  db: TenantDb,
  sourceId: string,
  days: DayRange,
  sinceMs: number,
): Query<{ day: string; n: number }[]> =>
  db.sql(
    `SELECT business_day AS day, count(*) AS n ${LEDGER} AND src_updated_at >= ?5 GROUP BY business_day`,
    sourceId,
    days.from,
    days.to,
    sinceMs,
  )

export interface KeptCheck extends CheckRow {
  reasons: CheckReason[]
}

/** What was found for these days before: a row that neither side has any more must not stay. */
export const dropChecks = (db: TenantDb, sourceId: string, days: DayRange): D1PreparedStatement =>
  db.statement(
    'DELETE FROM source_checks WHERE tenant_id = ?1 AND source_id = ?2 AND day BETWEEN ?3 AND ?4',
    sourceId,
    days.from,
    days.to,
  )

export const keepChecks = (
  db: TenantDb,
  sourceId: string,
  rows: readonly KeptCheck[],
  nowIso: string,
): D1PreparedStatement =>
  db.statement(
    `INSERT INTO source_checks (tenant_id, source_id, measure, day, currency, ours, theirs, reasons, checked_at)
     SELECT ?1, ?2, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, ?4 FROM json_each(?3) WHERE true
     ON CONFLICT (tenant_id, source_id, measure, day, currency) DO UPDATE SET ours = excluded.ours, theirs = excluded.theirs,
       reasons = excluded.reasons, checked_at = excluded.checked_at`,
    sourceId,
    JSON.stringify(
      rows.map((row) => [
        row.measure,
        row.day,
        row.currency,
        row.ours,
        row.theirs,
        JSON.stringify(row.reasons),
      ]),
    ),
    nowIso,
  )

export interface ShownCheck extends CheckRow {
  source_id: string
  checkedAt: string
  reasons: CheckReason[]
}

/** What was found for days from `since` on; `sourceId` null: of all sources. */
export function checksSince(db: TenantDb, sourceId: string | null, since: string): Query<ShownCheck[]> {
  const query = db.sql<Omit<ShownCheck, 'reasons'> & { reasons: string }>(
    `SELECT source_id, measure, day, currency, ours, theirs, reasons, checked_at AS checkedAt FROM source_checks
     WHERE tenant_id = ?1 AND (?2 IS NULL OR source_id = ?2) AND day >= ?3 ORDER BY day DESC, measure LIMIT 5000`,
    sourceId,
    since,
  )
  return {
    statement: query.statement,
    map: (rows) => query.map(rows).map((row) => ({ ...row, reasons: JSON.parse(row.reasons) })),
  }
}
