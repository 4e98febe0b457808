// When a product is sold out, and what to order by when.
import { expect, test } from 'vitest'
import { outlookOf } from '../../src/modules/mini-foundry/domain/stock.ts'

const TODAY = '2026-11-23'
const of = (available: number, pace: number, leadDays = 14, incoming = 0) =>
  outlookOf({ available, pace, leadDays, incoming }, TODAY)

test('a product lasts as long as its pace lets it, and is ordered so that the delivery comes in time', () => {
  expect(of(100, 2)).toEqual({
    state: 'ok',
    daysLeft: 50,
    soldOutOn: '2027-01-12',
    orderBy: '2026-12-29',
    orderQuantity: 0,
  })
})

test('one that would be gone before a delivery is ordered today, for the delivery and thirty days more', () => {
  expect(of(20, 2)).toMatchObject({ state: 'low', daysLeft: 10, orderBy: TODAY, orderQuantity: 68 })
  expect(of(20, 2, 5)).toMatchObject({ state: 'ok', orderBy: '2026-11-28', orderQuantity: 50 })
})

test('what is on its way is not ordered twice', () => {
  expect(of(20, 2, 14, 60).orderQuantity).toBe(8)
  expect(of(20, 2, 14, 600).orderQuantity).toBe(0)
})

test('nothing left is sold out, owed pieces or not; what nobody buys is left alone', () => {
  expect(of(0, 1)).toMatchObject({ state: 'out', daysLeft: 0, soldOutOn: TODAY })
  expect(of(-3, 1)).toMatchObject({ state: 'out', orderQuantity: 44 })
  expect(of(12, 0)).toEqual({
    state: 'still',
    daysLeft: null,
    soldOutOn: null,
    orderBy: null,
    orderQuantity: 0,
  })
  expect(of(0, 0).state).toBe('out')
})
