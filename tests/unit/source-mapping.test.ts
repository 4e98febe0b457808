// Words in place of a source's: one name for what is the same, and nothing else touched.
import { expect, test } from 'vitest'
import { renameFacts, renamesSchema } from '../../src/modules/mini-foundry/domain/source-mapping.ts'
import { saleOf } from '../support/shop.ts'

const batch = {
  events: [
    saleOf('1', '2026-10-01', 10, { channel: 'web', country: 'United States', category: 'Lamps' }),
    saleOf('2', '2026-10-01', 20, { channel: 'pos', country: 'US' }),
    saleOf('3', '2026-10-01', 30),
  ],
  products: [{ extId: 'p', srcUpdatedAt: 1, name: 'Lamp', category: 'Lamps' }],
}

test('are put in place of the source’s, on every kind of fact that has them', () => {
  const renamed = renameFacts(batch, {
    channel: { web: 'Online' },
    country: { 'United States': 'US' },
    category: { Lamps: 'Light' },
  })
  expect(renamed.events?.map(({ channel, country }) => [channel, country])).toEqual([
    ['Online', 'US'],
    ['pos', 'US'],
    [undefined, undefined],
  ])
  expect([renamed.events?.[0]?.category, renamed.products?.[0]?.category]).toEqual(['Light', 'Light'])
  expect(renamed.events?.map(({ net }) => net)).toEqual(batch.events.map(({ net }) => net))
})

test('that are not given change nothing at all', () => {
  expect(renameFacts(batch, null)).toBe(batch)
  expect(renameFacts(batch, {})).toBe(batch)
  expect(renameFacts(batch, { channel: { constructor: 'x' } }).events).toEqual(batch.events)
})

test.each([{ size: { a: 'b' } }, { channel: { a: '' } }, { channel: 'web' }])(
  'given as %o are refused',
  (input) => {
    expect(renamesSchema.safeParse(input).success).toBe(false)
  },
)
