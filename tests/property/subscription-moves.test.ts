// MRR: what came, grew, shrank, went and came back adds up to the change, for any history and however it is rebuilt.
import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../../src/kit/calendar.ts'
import { rebuildStatements } from '../../src/modules/mini-foundry/store/measure-sql.ts'
import { SUBSCRIPTION_SQL } from '../../src/modules/mini-foundry/store/measure-subscriptions.ts'

const db = new DatabaseSync(':memory:', { enableForeignKeyConstraints: false })
for (const file of readdirSync('migrations')
  .filter((name) => name.endsWith('.sql'))
  .sort())
  db.exec(readFileSync(`migrations/${file}`, 'utf8'))

interface History {
  customer: string | null
  currency: string
  /** Day number -> what it brings in a month from that day on. */
  changes: [number, number][]
  /** Without a history: only its start, its end and one price are known. */
  plain: boolean
}

const histories: fc.Arbitrary<History[]> = fc.array(
  fc.record({
    customer: fc.option(fc.constantFrom('ann', 'bob'), { freq: 6 }),
    currency: fc.constantFrom('USD', 'USD', 'JPY'),
    changes: fc
      .uniqueArray(fc.tuple(fc.nat(20), fc.constantFrom(0, 0, 50_000, 120_000, 990_001)), {
        selector: ([at]) => at,
        minLength: 1,
        maxLength: 6,
      })
      .map((list) => list.sort((a, b) => a[0] - b[0])),
    plain: fc.boolean(),
  }),
  { maxLength: 6 },
)

const dayAt = (at: number): string => addDays('2026-02-20', at)
const COMMON = `tenant_id, source_id, ext_id, origin, src_updated_at, hash`

/** Of a plain one: the first price, until its last change. */
const endOf = ({ changes }: History): number | null =>
  changes.length > 1 ? (changes.at(-1)?.[0] ?? null) : null

function keep(list: readonly History[]): void {
  db.exec('DELETE FROM subscription_changes; DELETE FROM subscriptions; DELETE FROM measure_days')
  const change =
    db.prepare(`INSERT INTO subscription_changes (${COMMON}, subscription_ext_id, customer_ext_id, day,
    monthly, currency) VALUES ('t', 's', ?, 'history', 1, '', ?, ?, ?, ?, ?)`)
  const whole =
    db.prepare(`INSERT INTO subscriptions (${COMMON}, customer_ext_id, status, currency, monthly, started_day,
    canceled_day) VALUES ('t', 's', ?, 'history', 1, '', ?, ?, ?, ?, ?, ?)`)
  for (const [n, one] of list.entries()) {
    const { customer, currency, changes, plain } = one
    const end = endOf(one)
    const [start = 0, price = 0] = changes[0] ?? []
    const status = end === null ? 'active' : 'canceled'
    whole.run(`sub${n}`, customer, status, currency, price, dayAt(start), end === null ? null : dayAt(end))
    if (plain) continue
    for (const [at, monthly] of changes)
      change.run(`sub${n}:${dayAt(at)}`, `sub${n}`, customer, dayAt(at), monthly, currency)
  }
}

function rebuild(days: readonly string[] | null): void {
  for (const { text, params } of rebuildStatements('subscriptions', SUBSCRIPTION_SQL, days))
    db.prepare(text).run('t', ...params)
}

type Row = { measure: string; day: string; currency: string; amount: number }
const rows = (): Row[] =>
  db
    .prepare(
      `SELECT measure, day, currency, amount FROM measure_days WHERE dimension = 'all'
        ORDER BY measure, day, currency`,
    )
    .all() as unknown as Row[]

/** What one brings on a day, told without the SQL. */
function bringsOn(one: History, at: number): number {
  if (!one.plain) return one.changes.findLast(([day]) => day <= at)?.[1] ?? 0
  const [start = 0, price = 0] = one.changes[0] ?? []
  return at >= start && at < (endOf(one) ?? Number.POSITIVE_INFINITY) ? price : 0
}

const sumOf = (found: readonly Row[], measure: string, holds: (row: Row) => boolean): number =>
  found.filter((row) => row.measure === measure && holds(row)).reduce((all, { amount }) => all + amount, 0)

test('every day the moves of MRR add up to its change, and its level is what all subscriptions bring', () => {
  fc.assert(
    fc.property(histories, (list) => {
      keep(list)
      rebuild(null)
      const found = rows()
      for (let at = 0; at <= 21; at++) {
        for (const currency of ['USD', 'JPY']) {
          const today = (row: Row) => row.day === dayAt(at) && row.currency === currency
          const moved = (name: string) => sumOf(found, `mrr_${name}`, today)
          const net =
            moved('new') + moved('reactivated') + moved('expansion') - moved('contraction') - moved('churned')
          expect(moved('level')).toBe(net)
          const until = (row: Row) => row.day <= dayAt(at) && row.currency === currency
          const own = list.filter((one) => one.currency === currency)
          const level = own.reduce((all, one) => all + bringsOn(one, at), 0)
          expect(sumOf(found, 'mrr_level', until)).toBe(level)
        }
      }
    }),
    { numRuns: 150 },
  )
})

test('no move is below zero, a customer is new once, and goes as often as it came at most', () => {
  fc.assert(
    fc.property(histories, (list) => {
      keep(list)
      rebuild(null)
      const found = rows()
      const always = () => true
      for (const row of found) if (!row.measure.endsWith('_level')) expect(row.amount).toBeGreaterThan(0)
      const payers = new Set(
        list.flatMap((one, n) =>
          [...Array(22).keys()].some((at) => bringsOn(one, at) > 0)
            ? [`${one.customer ?? `sub${n}`} ${one.currency}`]
            : [],
        ),
      )
      const level = sumOf(found, 'subscriber_level', always)
      expect(level).toBeGreaterThanOrEqual(0)
      expect(level).toBeLessThanOrEqual(payers.size)
      if (sumOf(found, 'mrr_reactivated', always) === 0)
        expect(sumOf(found, 'subscribers_new', always)).toBe(payers.size)
      expect(sumOf(found, 'subscribers_new', always) - sumOf(found, 'subscribers_churned', always)).toBe(
        level,
      )
    }),
    { numRuns: 150 },
  )
})

test('rebuilding some days and then others gives what rebuilding all at once does', () => {
  fc.assert(
    fc.property(histories, histories, fc.nat(21), (before, after, cut) => {
      keep(after)
      rebuild(null)
      const want = rows()
      keep(before)
      rebuild(null)
      const old = db.prepare('SELECT * FROM measure_days').all()
      keep(after)
      const put = db.prepare(
        `INSERT INTO measure_days (tenant_id, measure, dimension, day, value, currency, amount) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      for (const row of old)
        put.run(
          ...['tenant_id', 'measure', 'dimension', 'day', 'value', 'currency', 'amount'].map(
            (name) => row[name] ?? null,
          ),
        )
      const days = [...Array(22).keys()].map(dayAt)
      rebuild(days.slice(cut))
      rebuild(days.slice(0, cut))
      expect(rows()).toEqual(want)
    }),
    { numRuns: 60 },
  )
})
