/** Readings of balances: stock and bank accounts as they stand today, kept under the day they were last read. */
import type { MeasureFamily } from '../domain/measures.ts'

const STOCK = `WITH item AS (
    SELECT l.source_id, l.product_ext_id, sum(l.on_hand) AS on_hand, sum(coalesce(l.available, l.on_hand)) AS available,
      max(l.day) AS day
    FROM inventory_levels AS l WHERE l.tenant_id = ?1 AND l.deleted_at IS NULL GROUP BY 1, 2
  ), latest AS (SELECT source_id, max(day) AS day FROM item GROUP BY 1
  ), pace AS (
    SELECT r.value AS name, sum(r.quantity) / 28.0 AS a_day FROM rollup_days AS r
    WHERE r.tenant_id = ?1 AND r.book = 'order_date' AND r.dimension = 'product'
      AND r.day > date((SELECT max(day) FROM latest), '-28 days') AND r.day <= (SELECT max(day) FROM latest) GROUP BY 1
  ), one AS (
    SELECT item.source_id, latest.day, item.on_hand, item.available, p.unit_cost,
      coalesce(p.currency, (SELECT currency FROM workspaces WHERE id = ?1)) AS currency,
      item.available > 0 AND item.available < coalesce(pace.a_day, 0) * coalesce(s.lead_days, 14) AS is_low
    FROM item CROSS JOIN latest ON latest.source_id = item.source_id
    LEFT JOIN products AS p ON p.tenant_id = ?1 AND p.source_id = item.source_id AND p.ext_id = item.product_ext_id
    LEFT JOIN pace ON pace.name = p.name
    LEFT JOIN product_settings AS s ON s.tenant_id = ?1 AND s.source_id = item.source_id
      AND s.product_ext_id = item.product_ext_id
  )
  SELECT ?1, entry.value, 'source:' || source_id, day, source_id,
    CASE entry.value WHEN 'stock_at_cost' THEN currency ELSE '' END,
    CAST(round(sum(CASE entry.value WHEN 'stock_on_hand' THEN on_hand / 10000.0
      WHEN 'stock_at_cost' THEN on_hand * unit_cost / 10000.0 WHEN 'stocked_skus' THEN 1
      WHEN 'skus_out' THEN available <= 0 ELSE is_low END)) AS INTEGER)
  FROM one CROSS JOIN json_each('["stock_on_hand","stock_at_cost","stocked_skus","skus_out","skus_low"]') AS entry
  WHERE entry.value <> 'stock_at_cost' OR unit_cost IS NOT NULL
  GROUP BY 2, 3, 4, 5, 6`

const BANK = `SELECT ?1, 'bank_balance', 'source:' || a.source_id, latest.day, a.source_id, a.currency, sum(a.balance)
  FROM ledger_accounts AS a
  JOIN (SELECT source_id, max(day) AS day FROM ledger_accounts WHERE tenant_id = ?1 AND deleted_at IS NULL
    GROUP BY 1) AS latest ON latest.source_id = a.source_id
  WHERE a.tenant_id = ?1 AND a.deleted_at IS NULL AND a.type = 'bank' GROUP BY 4, 5, 6`

const clear = (measures: string, table: string): string =>
  `DELETE FROM measure_days WHERE tenant_id = ?1 AND measure IN (${measures})
     AND (dimension, day) IN (SELECT 'source:' || source_id, max(day) FROM ${table}
       WHERE tenant_id = ?1 AND deleted_at IS NULL GROUP BY source_id)`

const insert = (select: string): string =>
  `INSERT INTO measure_days (tenant_id, measure, dimension, day, value, currency, amount) ${select}`

/** Texts that write the readings of a family anew; they bind the tenant alone. */
export const READING_SQL: Partial<Record<MeasureFamily, readonly string[]>> = {
  stock: [
    clear(`'stock_on_hand', 'stock_at_cost', 'stocked_skus', 'skus_out', 'skus_low'`, 'inventory_levels'),
    insert(STOCK),
  ],
  books: [clear(`'bank_balance'`, 'ledger_accounts'), insert(BANK)],
}
