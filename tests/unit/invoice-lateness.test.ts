// How likely invoices are paid late: from the past of each customer, drawn towards the usual, and judged by itself.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../../src/kit/calendar.ts'
import { backTest, Habits, type PaidInvoice } from '../../src/modules/mini-foundry/domain/invoice-lateness.ts'

const TODAY = '2026-03-10'
const paid = (customer: string, daysLate: number, at = 0): PaidInvoice => {
  const issuedDay = addDays('2025-01-01', at)
  const dueDay = addDays(issuedDay, 14)
  return { customer, issuedDay, dueDay, paidDay: addDays(dueDay, daysLate) }
}
const known = (invoices: PaidInvoice[]): Habits => {
  const habits = new Habits()
  for (const invoice of invoices) habits.add(invoice)
  return habits
}
const many = (customer: string, daysLate: number, count: number) =>
  Array.from({ length: count }, (_, at) => paid(customer, daysLate, at))

test('somebody who always pays late is likely to do it again, and about as late', () => {
  const habits = known([...many('slow', 9, 12), ...many('prompt', -2, 12)])
  const due = { dueDay: '2026-03-20' }
  const slow = habits.outlook({ customer: 'slow', ...due }, TODAY)
  const prompt = habits.outlook({ customer: 'prompt', ...due }, TODAY)
  expect(slow).toMatchObject({
    chance: 0.875,
    expectedOn: '2026-03-28',
    past: { paid: 12, late: 12, averageDays: 9 },
  })
  expect(prompt).toMatchObject({
    chance: 0.125,
    expectedOn: '2026-03-19',
    past: { late: 0, averageDays: -2 },
  })
})

test('somebody new counts as the usual customer', () => {
  const habits = known([...many('slow', 10, 5), ...many('prompt', 0, 15)])
  expect(habits.outlook({ customer: 'new', dueDay: '2026-03-20' }, TODAY)).toMatchObject({
    ...{ chance: 0.25, expectedOn: '2026-03-23' },
    past: { paid: 0, late: 0, averageDays: null },
  })
})

test('what is overdue is late, and nobody names a day that has passed', () => {
  const habits = known(many('prompt', -2, 12))
  expect(habits.outlook({ customer: 'prompt', dueDay: '2026-02-01' }, TODAY)).toMatchObject({
    ...{ chance: 1, expectedOn: null },
  })
})

test('too little past says nothing', () => {
  expect(known(many('a', 3, 9)).outlook({ customer: 'a', dueDay: '2026-03-20' }, TODAY)).toBeNull()
})

test('a chance lies between 0 and 1, and another late payment never lowers it', () => {
  const invoice = fc.record({
    customer: fc.constantFrom('a', 'b', 'c'),
    days: fc.integer({ min: -500, max: 500 }),
  })
  fc.assert(
    fc.property(fc.array(invoice, { minLength: 10, maxLength: 60 }), (past) => {
      const invoices = past.map(({ customer, days }, at) => paid(customer, days, at))
      for (const customer of ['a', 'b', 'c', 'd']) {
        const before = known(invoices).chanceOf(customer)
        expect(before).toBeGreaterThanOrEqual(0)
        expect(before).toBeLessThanOrEqual(1)
        expect(known([...invoices, paid(customer, 1)]).chanceOf(customer)).toBeGreaterThanOrEqual(
          before - 1e-12,
        )
      }
    }),
  )
})

test('its past judges it: better than the usual share where customers differ, by nothing that came later', () => {
  const differing = Array.from({ length: 200 }, (_, at) =>
    paid(at % 2 ? 'slow' : 'prompt', at % 2 ? 8 : -1, at),
  )
  const judged = backTest(differing)
  expect(judged?.judged).toBeGreaterThan(100)
  expect(judged?.error).toBeLessThan((judged?.usualError ?? 0) / 4)
  expect(backTest(differing.slice(0, 15))).toBeNull()
  // invoices that are paid after all others were issued teach nothing
  const never = Array.from({ length: 50 }, (_, at) => paid('a', 400, at))
  expect(backTest(never)).toBeNull()
})
