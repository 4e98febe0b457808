/**
 * One SQL text for each family of measures, made from what each fact moves on which day. The same text rebuilds some
 * days or all of them, so that what was added up in pieces and at once is the same.
 */
import type { Dimension } from '../domain/dashboard.ts'
import { MEASURES, type MeasureFamily, measuresOf } from '../domain/measures.ts'

/** What one fact adds to a measure; SQL over `f`. A day or amount that is NULL adds nothing. */
export interface Entry {
  measure: string
  day: string
  amount: string
}

export type FactName =
  | 'payment'
  | 'payout_line'
  | 'payout'
  | 'invoice'
  | 'campaign_day'
  | 'expense'
  | 'bill'
  | 'deposit'
  | 'deal'
  | 'order'
  | 'subscriber'

/** One table of facts, as `f`, and what each of its rows moves. */
export interface Arm {
  /** What its rows are, for receipts. */
  fact: FactName
  /** `FROM ... WHERE f.tenant_id = ?1 ...`; every further table binds the tenant too. */
  from: string
  entries: readonly Entry[]
  /** The column with an index of its own that all of the entries' days come from. */
  dayColumn?: string
  /** SQL of the currency; that of the fact when left out. */
  currency?: string
  /** SQL of the dimensions that this table knows; others are unknown. The source is always known. */
  dimensions?: Partial<Record<Dimension, string>>
  /** Common tables before it, `name AS (...)`. */
  having?: string
}

export interface FamilySql {
  arms: readonly Arm[]
  /** `WITH` tables that the arms read. */
  tables?: string
}

export interface Statement {
  text: string
  params: string[]
}

/**
 * Statements that empty and refill the rows of a family, for `days` or for all days (null). Binds the tenant as ?1.
 */
export function rebuildStatements(
  family: MeasureFamily,
  { arms, tables }: FamilySql,
  days: readonly string[] | null,
): Statement[] {
  const own = measuresOf(family).filter(({ kind }) => kind !== 'snapshot')
  const dimensions = ['all', ...(own[0]?.dimensions ?? [])] as const
  const lists = [JSON.stringify(own.map(({ id }) => id)), JSON.stringify(dimensions)]
  const params = days ? [...lists, JSON.stringify(days)] : lists
  const inDays = (column: string) => (days ? `AND ${column} IN (SELECT value FROM json_each(?4))` : '')
  const remove = `DELETE FROM measure_days WHERE tenant_id = ?1 AND measure IN (SELECT value FROM json_each(?2))
      AND dimension IN (SELECT value FROM json_each(?3)) ${inDays('day')}`
  const values = (dimensions as readonly string[])
    .filter((name) => name !== 'all')
    .map((name) => `WHEN '${name}' THEN in_${name}`)
  const insert = `INSERT INTO measure_days (tenant_id, measure, dimension, day, value, currency, amount)
    ${tables ? `WITH ${tables}` : ''}
    SELECT ?1, moved.measure, dimension.value, moved.day, CASE dimension.value ${values.join(' ')} ELSE '' END,
      moved.currency, sum(moved.amount)
    FROM (${arms.map((arm) => armSql(arm, dimensions.slice(1) as Dimension[], inDays)).join('\nUNION ALL\n')}) AS moved
    CROSS JOIN json_each(?3) AS dimension
    WHERE moved.amount <> 0 AND moved.measure IN (SELECT value FROM json_each(?2)) ${inDays('moved.day')}
    GROUP BY 2, 3, 4, 5, 6 HAVING sum(moved.amount) <> 0`
  return [
    { text: remove, params },
    { text: insert, params },
  ]
}

function armSql(arm: Arm, dimensions: readonly Dimension[], inDays: (column: string) => string): string {
  const { entries } = arm
  const pick = (sql: (entry: Entry) => string) =>
    `CASE entry.key ${entries.map((entry, index) => `WHEN ${index} THEN ${sql(entry)}`).join(' ')} END`
  const counts = entries.filter(({ measure }) => MEASURES.get(measure)?.unit !== 'money')
  const currency = arm.currency ?? 'f.currency'
  const ofCount = counts.map(({ measure }) => `'${measure}'`).join(', ')
  const columns = dimensions.map((name) => {
    const sql = name === 'source' ? 'f.source_id' : arm.dimensions?.[name]
    return `${sql ? `coalesce(${sql}, '')` : `''`} AS in_${name}`
  })
  return `SELECT entry.value AS measure, ${pick(({ day }) => day)} AS day, ${pick(({ amount }) => amount)} AS amount,
      ${counts.length === 0 ? currency : `CASE WHEN entry.value IN (${ofCount}) THEN '' ELSE ${currency} END`} AS currency,
      ${columns.join(', ')}
    ${arm.from.replace(' WHERE ', ` CROSS JOIN json_each('${JSON.stringify(entries.map(({ measure }) => measure))}') AS entry WHERE `)}
      ${arm.dayColumn ? inDays(arm.dayColumn) : ''}`
}
