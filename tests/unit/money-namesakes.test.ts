/** Orders and payments of one number and two amounts. */
import { expect, test } from 'vitest'
import type { BalanceEntry, SaleEntry } from '../../src/modules/mini-foundry/domain/money/entries.ts'
import { namesakesOf } from '../../src/modules/mini-foundry/domain/money/namesakes.ts'

const sale = (number: string, total: number, day = '2026-11-10'): SaleEntry => ({
  source_id: 'shop',
  ext_id: `o${number}`,
  number: `#${number}`,
  day,
  total,
  customer: null,
})
const charge = (id: string, description: string, amount: number, day = '2026-11-11'): BalanceEntry => ({
  source_id: 'pay',
  ext_id: id,
  kind: 'charge',
  day,
  amount,
  fee: 0,
  net: amount,
  payout_ext_id: null,
  payment_ext_id: null,
  order_ext_id: null,
  description,
})
const pairs = (sales: SaleEntry[], lines: BalanceEntry[], links: Parameters<typeof namesakesOf>[2] = []) =>
  namesakesOf(sales, lines, links).map((pair) => [pair.sale.ext_id, pair.line.ext_id, pair.difference])

test('an order and a payment that names it with another amount stand together with the difference', () => {
  expect(pairs([sale('6596', 3_823_200)], [charge('a', 'Order #6596', 3_715_200)])).toEqual([
    ['o6596', 'a', -108_000],
  ])
})

test('each side is in one pair, the nearest amounts first', () => {
  const lines = [charge('far', 'Order 6596', 10), charge('near', 'for 6596', 95)]
  expect(pairs([sale('6596', 100)], lines)).toEqual([['o6596', 'near', -5]])
})

test('other numbers, other months, equal amounts and pairs that a person keeps apart are left alone', () => {
  const one = sale('6596', 100)
  expect(pairs([one], [charge('a', 'Order #65960', 90)])).toEqual([])
  expect(pairs([one], [charge('a', 'Order #6596', 90, '2027-02-01')])).toEqual([])
  expect(pairs([one], [charge('a', 'Order #6596', 100)])).toEqual([])
  const link = { left: one, right: charge('a', '', 0), kind: 'order_payment', rule: 'person' } as const
  expect(pairs([one], [charge('a', 'Order #6596', 90)], [{ ...link, refused: true }])).toEqual([])
})
