/** Invoices made by hand: amounts as people write them, and what the lines come to while they are written. */
import { expect, test } from 'vitest'
import { draftTotal, linesOf, newInvoiceSchema } from '../../src/modules/mini-foundry/domain/invoice.ts'

const priced = (unit_price: string) =>
  newInvoiceSchema.safeParse({ customer_name: 'Ada', lines: [{ description: 'Chairs', unit_price }] })

test.each([
  ['$1,250.50', 12_505_000],
  ['1,250.50', 12_505_000],
  ['1.250,50 €', 12_505_000],
  ['12,50', 125_000],
  ['1250', 12_500_000],
])('a price may be written %s', (price, units) => {
  const read = priced(price)
  expect(read.success && linesOf(read.data, 'USD').total).toBe(units)
})

test('a price that can be read two ways is asked again, and one that is no number is refused', () => {
  const said = (price: string) => priced(price).error?.issues[0]?.message
  expect(said('$1,250')).toBe('The price can be read two ways: write 1250 or 1.25.')
  expect(said('a lot')).toBe('Write the price as a number, like 12.50.')
})

test('the total while writing counts the lines that can be read, and none is no total', () => {
  const line = (unit_price: string, quantity = '1') => ({ description: '', quantity, unit_price })
  expect(draftTotal([line('$1,000.50', '2'), line('abc'), line('')], 'USD')).toBe(20_010_000)
  expect(draftTotal([line('')], 'USD')).toBeNull()
  expect(draftTotal([line('5')], 'US')).toBeNull()
})
