// Where the money is: every part of the bridge adds up, and nothing is matched twice or against a person's word.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../src/kit/calendar.ts'
import {
  type BridgeStep,
  bridgeOf,
  type MoneyFacts,
} from '../../src/modules/mini-foundry/domain/money/bridge.ts'
import { keyOf, type MoneyLink } from '../../src/modules/mini-foundry/domain/money/entries.ts'
import { matchDeposits, matchSales, tieSales } from '../../src/modules/mini-foundry/domain/money/match.ts'
import { checkPayout } from '../../src/modules/mini-foundry/domain/money/payout-check.ts'

const RANGE = { from: '2026-03-01', to: '2026-03-31' }
const day = fc.integer({ min: -40, max: 70 }).map((n) => addDays(RANGE.from, n))
const amount = fc.integer({ min: 1, max: 40 }).map((n) => n * 10_000)
const KINDS = ['charge', 'refund', 'dispute', 'fee', 'adjustment', 'reserve', 'payout', 'other'] as const

const facts: fc.Arbitrary<MoneyFacts> = fc
  .record({
    sales: fc.array(fc.record({ day, total: amount }), { maxLength: 25 }),
    lines: fc.array(
      fc.record({
        day,
        amount: fc.oneof({ weight: 5, arbitrary: amount }, { weight: 1, arbitrary: amount.map((n) => -n) }),
        fee: fc.integer({ min: 0, max: 9_000 }),
        kind: fc.oneof(fc.constant('charge' as const), fc.constantFrom(...KINDS)),
        sale: fc.option(fc.nat(30), { nil: null }),
        payout: fc.option(fc.nat(5), { nil: null }),
      }),
      { maxLength: 40 },
    ),
    payouts: fc.array(
      fc.record({ day, amount, status: fc.constantFrom('paid', 'in_transit', 'failed', 'pending') }),
      { maxLength: 6 },
    ),
    deposits: fc.array(fc.record({ day, amount }), { maxLength: 6 }),
  })
  .map(({ sales, lines, payouts, deposits }) => ({
    sales: sales.map((sale, n) => ({
      ...sale,
      source_id: n % 3 === 0 ? 'stripe' : 'shop',
      ext_id: `o${n}`,
      number: `#${1000 + n}`,
      customer: null,
    })),
    lines: lines.map(({ sale, payout, ...line }, n) => ({
      ...line,
      net: line.amount - line.fee,
      source_id: 'stripe',
      ext_id: `l${n}`,
      payment_ext_id: null,
      order_ext_id: sale === null ? null : `o${sale}`,
      payout_ext_id: payout === null ? null : `p${payout}`,
      description: n % 4 === 0 ? `Order #${1000 + n}` : null,
    })),
    payouts: payouts.map((payout, n) => ({ ...payout, source_id: 'stripe', ext_id: `p${n}` })),
    deposits: deposits.map((deposit, n) => ({ ...deposit, source_id: 'books', ext_id: `d${n}`, memo: null })),
    links: [],
  }))

/** The steps between two sums add to exactly the second. */
function checkSteps(steps: readonly BridgeStep[]): void {
  let running = 0
  for (const step of steps) {
    if (step.isSum && step.key !== 'sold') expect([step.key, step.amount]).toEqual([step.key, running])
    running = step.isSum ? step.amount : running + step.amount
  }
}

const matched = (rows: MoneyFacts): MoneyFacts => ({
  ...rows,
  links: [...matchSales(rows.sales, rows.lines, []), ...matchDeposits(rows.payouts, rows.deposits, [])],
})

describe('the bridge', () => {
  test('adds up at every sum, matched or not', () => {
    fc.assert(
      fc.property(facts, (rows) => {
        checkSteps(bridgeOf(RANGE, rows).steps)
        checkSteps(bridgeOf(RANGE, matched(rows)).steps)
      }),
      { numRuns: 300 },
    )
  })

  test('counts each sum from the rows themselves', () => {
    fc.assert(
      fc.property(facts, (rows) => {
        const sums = new Map(
          bridgeOf(RANGE, matched(rows)).steps.map(({ key, amount: found }) => [key, found]),
        )
        const within = (row: { day: string }) => row.day >= RANGE.from && row.day <= RANGE.to
        const add = (list: number[]) => list.reduce((all, one) => all + one, 0)
        expect(sums.get('sold')).toBe(add(rows.sales.filter(within).map(({ total }) => total)))
        expect(sums.get('charged')).toBe(
          add(rows.lines.filter((line) => line.kind === 'charge' && within(line)).map((line) => line.amount)),
        )
        expect(sums.get('earned')).toBe(
          add(rows.lines.filter((line) => line.kind !== 'payout' && within(line)).map(({ net }) => net)),
        )
        expect(sums.get('paid_out')).toBe(
          add(
            rows.payouts
              .filter((row) => within(row) && (row.status === 'paid' || row.status === 'in_transit'))
              .map((row) => row.amount),
          ),
        )
      }),
    )
  })
})

describe('matching', () => {
  test('uses each side once, only for the same amount, and finds nothing new the second time', () => {
    fc.assert(
      fc.property(facts, (rows) => {
        const found = [
          ...matchSales(rows.sales, rows.lines, []),
          ...matchDeposits(rows.payouts, rows.deposits, []),
        ]
        for (const kind of ['order_payment', 'payout_deposit']) {
          const own = found.filter((link) => link.kind === kind)
          expect(new Set(own.map(({ left }) => keyOf(left))).size).toBe(own.length)
          expect(new Set(own.map(({ right }) => keyOf(right))).size).toBe(own.length)
        }
        const amountOf = new Map<string, number>([
          ...rows.sales.map((row) => [keyOf(row), row.total] as const),
          ...rows.lines.map((row) => [keyOf(row), row.amount] as const),
          ...rows.payouts.map((row) => [keyOf(row), row.amount] as const),
          ...rows.deposits.map((row) => [keyOf(row), row.amount] as const),
        ])
        for (const { left, right } of found)
          expect(amountOf.get(keyOf(left))).toBe(amountOf.get(keyOf(right)))
        expect(matchSales(rows.sales, rows.lines, found)).toEqual([])
        expect(matchDeposits(rows.payouts, rows.deposits, found)).toEqual([])
      }),
    )
  })

  test('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(facts, (rows) => {
        const text = (links: MoneyLink[]) => links.map((link) => JSON.stringify(link)).sort()
        expect(text(matchSales(rows.sales.toReversed(), rows.lines.toReversed(), []))).toEqual(
          text(matchSales(rows.sales, rows.lines, [])),
        )
      }),
    )
  })

  test('never pairs what a person kept apart', () => {
    fc.assert(
      fc.property(facts, (rows) => {
        const refused = matchDeposits(rows.payouts, rows.deposits, []).map((link) => ({
          ...link,
          rule: 'person' as const,
          refused: true,
        }))
        const again = matchDeposits(rows.payouts, rows.deposits, refused)
        const apart = new Set(refused.map(({ left, right }) => `${keyOf(left)} ${keyOf(right)}`))
        for (const { left, right } of again) expect(apart.has(`${keyOf(left)} ${keyOf(right)}`)).toBe(false)
      }),
    )
  })

  test('an order named by its number wins over one that is merely as large and nearer', () => {
    const sale = (ext_id: string, number: string, on: string) => ({
      source_id: 'shop',
      ext_id,
      number,
      day: on,
      total: 500_000,
      customer: null,
    })
    const line = {
      source_id: 'stripe',
      ext_id: 'ch_1',
      kind: 'charge' as const,
      day: '2026-03-05',
      amount: 500_000,
      fee: 0,
      net: 500_000,
      payout_ext_id: null,
      payment_ext_id: null,
      order_ext_id: null,
      description: 'Harbour & Pine - Order #1007',
    }
    const sales = [sale('a', '#100', '2026-03-05'), sale('b', '#1007', '2026-03-02')]
    const [link] = matchSales(sales, [line], [])
    expect(link).toMatchObject({ left: { ext_id: 'b' }, rule: 'reference' })
    expect([...tieSales(sales, [line], link ? [link] : []).keys()]).toEqual(['shop b'])

    const ofItself = { ...line, payment_ext_id: 'ch_1', order_ext_id: 'ch_1' }
    expect(matchSales(sales, [ofItself], [])).toMatchObject([{ left: { ext_id: 'b' } }])
    const ofAnother = { ...line, payment_ext_id: 'ch_1', order_ext_id: 'long-ago' }
    expect(matchSales(sales, [ofAnother], [])).toEqual([])
  })
})

test('a payout is held against its movements to the last digit', () => {
  fc.assert(
    fc.property(facts, fc.integer({ min: -1_000_000, max: 1_000_000 }), (rows, off) => {
      const lines = rows.lines
      const sum = lines.filter(({ kind }) => kind !== 'payout').reduce((all, { net }) => all + net, 0)
      const payout = { source_id: 'stripe', ext_id: 'p', amount: sum + off, day: RANGE.to, status: 'paid' }
      const found = checkPayout(payout, lines)
      expect(found.unknown ? 0 : found.difference).toBe(found.unknown ? 0 : off)
    }),
  )
})
