/** Rates of the currencies that a range needs; nothing when all of it is in the workspace's own. */
import { addDays, type DayRange } from '../../../kit/calendar.ts'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { BOOKS } from '../domain/dashboard.ts'
import { type FxRate, RATE_MAX_AGE_DAYS } from '../domain/metrics-currency.ts'

export const ratesFor = (
  db: TenantDb,
  book: (typeof BOOKS)[number],
  range: DayRange,
  base: string,
): Query<FxRate[]> =>
  db.sql(
    `WITH other AS (
       SELECT DISTINCT currency FROM rollup_days
       WHERE tenant_id = ?1 AND book = ?2 AND dimension = 'all' AND day BETWEEN ?3 AND ?4 AND currency <> ?5
     ), wanted AS (SELECT currency FROM other UNION SELECT ?5 WHERE EXISTS (SELECT 1 FROM other))
     SELECT f.currency, f.day, f.per_euro FROM wanted
     JOIN fx_rates f ON f.currency = wanted.currency AND f.day BETWEEN ?6 AND ?4`,
    book,
    range.from,
    range.to,
    base,
    addDays(range.from, -RATE_MAX_AGE_DAYS),
  )

/** Rates of these currencies for a range. */
export const ratesOf = (db: TenantDb, currencies: readonly string[], range: DayRange): Query<FxRate[]> =>
  db.sql(
    `SELECT currency, day, per_euro FROM fx_rates
     WHERE ?1 IS NOT NULL AND currency IN (SELECT value FROM json_each(?2)) AND day BETWEEN ?3 AND ?4`,
    JSON.stringify(currencies),
    addDays(range.from, -RATE_MAX_AGE_DAYS),
    range.to,
  )
