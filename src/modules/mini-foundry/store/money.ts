/** Reads behind the money pages: sales, movements, payouts and deposits of a stretch of days, in one currency. */
import type { DayRange } from '../../../kit/calendar.ts'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type {
  BalanceEntry,
  DepositEntry,
  FactKey,
  MoneyLink,
  MoneyLinkKind,
  PayoutEntry,
  SaleEntry,
} from '../domain/money/entries.ts'

/** More rows than this in one stretch are refused: the page asks for a shorter one. */
export const MOST_ROWS = 60_000
export const MOST_PAYOUTS = 5000

/** What customers owe by day of the order, from the sources that count as sales. */
export const salesOf = (db: TenantDb, currency: string, range: DayRange): Query<SaleEntry[]> =>
  db.sql(
    `SELECT o.source_id, o.ext_id, o.number, o.business_day AS day, o.net + o.tax + o.shipping AS total,
       coalesce(c.name, c.email) AS customer
     FROM orders o INDEXED BY orders_day
     LEFT JOIN customers c ON c.tenant_id = ?1 AND c.source_id = o.source_id AND c.ext_id = o.customer_ext_id
     WHERE o.tenant_id = ?1 AND o.business_day BETWEEN ?3 AND ?4 AND o.currency = ?2
       AND o.deleted_at IS NULL AND o.status <> 'cancelled'
       AND o.source_id IN (SELECT id FROM data_sources WHERE tenant_id = ?1 AND counts_as_sales = 1)
     LIMIT ${MOST_ROWS + 1}`,
    currency,
    range.from,
    range.to,
  )

const LINE = `source_id, ext_id, kind, business_day AS day, amount, fee, net, payout_ext_id, payment_ext_id, order_ext_id, description`

export const linesOf = (db: TenantDb, currency: string, range: DayRange): Query<BalanceEntry[]> =>
  db.sql(
    `SELECT ${LINE} FROM payout_lines INDEXED BY payout_lines_day
     WHERE tenant_id = ?1 AND business_day BETWEEN ?3 AND ?4 AND currency = ?2 AND deleted_at IS NULL LIMIT ${MOST_ROWS + 1}`,
    currency,
    range.from,
    range.to,
  )

/** All movements of some payouts, whenever they happened. */
export const linesOfPayouts = (db: TenantDb, payouts: readonly FactKey[]): Query<BalanceEntry[]> =>
  db.sql(
    `SELECT ${LINE} FROM payout_lines INDEXED BY payout_lines_payout
     WHERE tenant_id = ?1 AND (source_id, payout_ext_id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?2))
       AND deleted_at IS NULL ORDER BY business_day, ext_id LIMIT ${MOST_ROWS + 1}`,
    JSON.stringify(payouts.map(({ source_id, ext_id }) => [source_id, ext_id])),
  )

const PAYOUT = 'source_id, ext_id, amount, arrival_day AS day, status'

export const payoutsOf = (db: TenantDb, currency: string, range: DayRange): Query<PayoutEntry[]> =>
  db.sql(
    `SELECT ${PAYOUT} FROM payouts
     WHERE tenant_id = ?1 AND arrival_day BETWEEN ?3 AND ?4 AND currency = ?2 AND deleted_at IS NULL
     ORDER BY arrival_day DESC, ext_id LIMIT ${MOST_PAYOUTS}`,
    currency,
    range.from,
    range.to,
  )

export const payoutOf = (
  db: TenantDb,
  key: FactKey,
): Query<(PayoutEntry & { currency: string; source: string }) | null> => {
  const query = db.sql<PayoutEntry & { currency: string; source: string }>(
    `SELECT p.source_id, p.ext_id, p.amount, p.arrival_day AS day, p.status, p.currency, s.name AS source
     FROM payouts p JOIN data_sources s ON s.tenant_id = ?1 AND s.id = p.source_id
     WHERE p.tenant_id = ?1 AND p.source_id = ?2 AND p.ext_id = ?3 AND p.deleted_at IS NULL`,
    key.source_id,
    key.ext_id,
  )
  return { statement: query.statement, map: (rows) => query.map(rows)[0] ?? null }
}

export const depositsOf = (db: TenantDb, currency: string, range: DayRange): Query<DepositEntry[]> =>
  db.sql(
    `SELECT source_id, ext_id, amount, day, memo FROM bank_deposits
     WHERE tenant_id = ?1 AND day BETWEEN ?3 AND ?4 AND currency = ?2 AND deleted_at IS NULL ORDER BY day, ext_id LIMIT ${MOST_PAYOUTS}`,
    currency,
    range.from,
    range.to,
  )

/** Currencies in which anything was paid out or booked, the most used first. */
export const moneyCurrencies = (db: TenantDb): Query<{ currency: string }[]> =>
  db.sql(
    `SELECT currency FROM (
       SELECT currency, count(*) AS n FROM payouts WHERE tenant_id = ?1 GROUP BY currency
       UNION ALL SELECT currency, count(*) FROM bank_deposits WHERE tenant_id = ?1 GROUP BY currency
     ) GROUP BY currency ORDER BY sum(n) DESC LIMIT 10`,
  )

interface LinkRow {
  kind: MoneyLinkKind
  left_source_id: string
  left_ext_id: string
  right_source_id: string
  right_ext_id: string
  rule: MoneyLink['rule']
  refused: number
}

const ENDS = {
  order_payment: {
    left: { table: 'orders', day: 'business_day', index: 'INDEXED BY orders_day' },
    right: { table: 'payout_lines', day: 'business_day', index: 'INDEXED BY payout_lines_day' },
  },
  payout_deposit: {
    left: { table: 'payouts', day: 'arrival_day', index: '' },
    right: { table: 'bank_deposits', day: 'day', index: '' },
  },
} as const

/** Links, refused ones too, one side of which lies in a stretch of days. */
export function linksIn(
  db: TenantDb,
  kind: MoneyLinkKind,
  side: 'left' | 'right',
  range: DayRange,
): Query<MoneyLink[]> {
  const { table, day, index } = ENDS[kind][side]
  const by = side === 'right' ? 'INDEXED BY money_links_right' : ''
  const query = db.sql<LinkRow>(
    `SELECT m.kind, m.left_source_id, m.left_ext_id, m.right_source_id, m.right_ext_id, m.rule, m.refused
     FROM ${table} t ${index} CROSS JOIN money_links m ${by} ON m.tenant_id = ?1 AND m.kind = ?2
       AND m.${side}_source_id = t.source_id AND m.${side}_ext_id = t.ext_id
     WHERE t.tenant_id = ?1 AND t.${day} BETWEEN ?3 AND ?4`,
    kind,
    range.from,
    range.to,
  )
  return { statement: query.statement, map: (rows) => query.map(rows).map(linkFrom) }
}

/** All links whose left side is among a few facts, refused ones too. */
export function linksOf(db: TenantDb, kind: MoneyLinkKind, lefts: readonly FactKey[]): Query<MoneyLink[]> {
  const query = db.sql<LinkRow>(
    `SELECT kind, left_source_id, left_ext_id, right_source_id, right_ext_id, rule, refused FROM money_links
     WHERE tenant_id = ?1 AND kind = ?2
       AND (left_source_id, left_ext_id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?3))`,
    kind,
    JSON.stringify(lefts.map(({ source_id, ext_id }) => [source_id, ext_id])),
  )
  return { statement: query.statement, map: (rows) => query.map(rows).map(linkFrom) }
}

const AS_ROW = `value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6`

const rowsOf = (links: readonly MoneyLink[]): string =>
  JSON.stringify(
    links.map(({ kind, left, right, rule, refused }) => [
      kind,
      left.source_id,
      left.ext_id,
      right.source_id,
      right.ext_id,
      rule,
      refused ? 1 : 0,
    ]),
  )

const LINKS_AT_ONCE = 2000

/** Links that rules found. What a person said, and a right side that is taken by now, stay as they are. */
export const keepLinks = (db: TenantDb, links: readonly MoneyLink[], nowIso: string): D1PreparedStatement[] =>
  Array.from({ length: Math.ceil(links.length / LINKS_AT_ONCE) }, (_, n) =>
    db.statement(
      `INSERT OR IGNORE INTO money_links (tenant_id, kind, left_source_id, left_ext_id, right_source_id, right_ext_id, rule, refused, made_by, made_at)
       SELECT ?1, ${AS_ROW}, NULL, ?3 FROM json_each(?2)`,
      rowsOf(links.slice(n * LINKS_AT_ONCE, (n + 1) * LINKS_AT_ONCE)),
      nowIso,
    ),
  )

/** A person's word: rules' links to the same thing give way to it. */
export function keepWord(
  db: TenantDb,
  link: MoneyLink,
  madeBy: string,
  nowIso: string,
): D1PreparedStatement[] {
  const { kind, left, right } = link
  const giveWay = db.statement(
    `DELETE FROM money_links WHERE tenant_id = ?1 AND kind = ?2 AND rule <> 'person'
       AND (right_source_id = ?5 AND right_ext_id = ?6
         OR left_source_id = ?3 AND left_ext_id = ?4 AND (kind = 'payout_deposit' OR right_source_id = ?5 AND right_ext_id = ?6))`,
    kind,
    left.source_id,
    left.ext_id,
    right.source_id,
    right.ext_id,
  )
  const keep = db.statement(
    `INSERT INTO money_links (tenant_id, kind, left_source_id, left_ext_id, right_source_id, right_ext_id, rule, refused, made_by, made_at)
     SELECT ?1, ${AS_ROW}, ?3, ?4 FROM json_each(?2) WHERE true
     ON CONFLICT (tenant_id, kind, left_source_id, left_ext_id, right_source_id, right_ext_id) DO UPDATE SET
       rule = excluded.rule, refused = excluded.refused, made_by = excluded.made_by, made_at = excluded.made_at`,
    rowsOf([link]),
    madeBy,
    nowIso,
  )
  return [giveWay, keep]
}

/** Another thing that a person tied to one of the two sides; an order may have several payments. */
export const wordsAgainst = (db: TenantDb, { kind, left, right }: MoneyLink): Query<{ n: number }[]> =>
  db.sql(
    `SELECT count(*) AS n FROM money_links WHERE tenant_id = ?1 AND kind = ?2 AND rule = 'person' AND refused = 0
       AND NOT (left_source_id = ?3 AND left_ext_id = ?4 AND right_source_id = ?5 AND right_ext_id = ?6)
       AND (right_source_id = ?5 AND right_ext_id = ?6
         OR kind = 'payout_deposit' AND left_source_id = ?3 AND left_ext_id = ?4)`,
    kind,
    left.source_id,
    left.ext_id,
    right.source_id,
    right.ext_id,
  )

const linkFrom = (row: LinkRow): MoneyLink => ({
  kind: row.kind,
  left: { source_id: row.left_source_id, ext_id: row.left_ext_id },
  right: { source_id: row.right_source_id, ext_id: row.right_ext_id },
  rule: row.rule,
  refused: row.refused === 1,
})

type LinkedTable = 'orders' | 'payout_lines' | 'payouts' | 'bank_deposits'

/** The currency of a fact that can be linked; null when there is none. Only charges pay for an order. */
export const linkable = (db: TenantDb, table: LinkedTable, key: FactKey): Query<string | null> => ({
  statement: db.statement(
    `SELECT currency FROM ${table} WHERE tenant_id = ?1 AND source_id = ?2 AND ext_id = ?3 AND deleted_at IS NULL
       ${table === 'payout_lines' ? `AND kind = 'charge'` : ''}`,
    key.source_id,
    key.ext_id,
  ),
  map: ([row]) => (row ? String(row.currency) : null),
})
