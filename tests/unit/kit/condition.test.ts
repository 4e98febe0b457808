// Conditions: what holds for which data, how it is told, and what is no condition.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Condition,
  conditionSchema,
  conditionWords,
  judge,
  OPERATORS,
  type Operator,
} from '../../../src/kit/condition.ts'

const now = Date.parse('2026-03-10T12:00:00Z')
const data = {
  invoice: {
    total: '420.50',
    country: 'DE',
    due: '2026-03-01',
    note: '',
    tags: ['late', 'VIP'],
    paid: false,
  },
  lines: [{ sku: 'A1' }],
}
const holds = (field: string, operator: Operator, value?: unknown): boolean =>
  judge({ field, operator, value } as Condition, data, { now }).holds

describe('a line', () => {
  test.each<[string, Operator, unknown, boolean]>([
    ['invoice.total', 'greater_than', 100, true],
    ['invoice.total', 'greater_than', '420.5', false],
    ['invoice.total', 'at_least', '420.500', true],
    ['invoice.total', 'equals', 420.5, true],
    ['invoice.total', 'less_than', 'many', false],
    ['invoice.country', 'equals', 'de', true],
    ['invoice.country', 'not_equals', 'AT', true],
    ['invoice.country', 'in', ['AT', 'DE'], true],
    ['invoice.country', 'not_in', ['AT', 'DE'], false],
    ['invoice.tags', 'contains', 'vip', true],
    ['invoice.tags', 'contains', 'vi', false],
    ['invoice.note', 'is_empty', undefined, true],
    ['invoice.missing', 'is_empty', undefined, true],
    ['invoice.missing', 'equals', 'x', false],
    ['invoice.missing', 'not_equals', 'x', true],
    ['invoice.missing', 'contains', '', false],
    ['invoice.missing', 'less_than', 5, false],
    ['invoice.paid', 'is_false', undefined, true],
    ['invoice.paid', 'equals', 'no', true],
    ['invoice.due', 'before', '2026-03-02', true],
    ['invoice.due', 'older_than_days', 7, true],
    ['invoice.due', 'within_last_days', 7, false],
    ['invoice.due', 'within_last_days', 10, true],
    ['invoice.due', 'within_next_days', 10, false],
    ['lines.0.sku', 'starts_with', 'a', true],
    ['lines.length', 'is_empty', undefined, true],
    ['invoice.constructor.name', 'is_empty', undefined, true],
    ['invoice.__proto__', 'is_empty', undefined, true],
  ])('%s %s %j: %s', (field, operator, value, expected) => {
    expect(holds(field, operator, value)).toBe(expected)
  })

  test('never throws, and each pair of opposites disagrees, whatever is compared', () => {
    const pairs: [Operator, Operator][] = [
      ['equals', 'not_equals'],
      ['contains', 'not_contains'],
      ['in', 'not_in'],
      ['is_empty', 'is_not_empty'],
    ]
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (found, value) => {
        for (const operator of OPERATORS)
          judge({ field: 'a', operator, value } as Condition, { a: found }, { now })
        for (const [is, not] of pairs) {
          const ask = (operator: Operator) =>
            judge({ field: 'a', operator, value } as Condition, { a: found }, { now }).holds
          expect(ask(is)).toBe(!ask(not))
        }
      }),
    )
  })
})

describe('lines together', () => {
  const late: Condition = { field: 'invoice.due', operator: 'older_than_days', value: 7 }
  const large: Condition = { field: 'invoice.total', operator: 'greater_than', value: 1000 }
  const german: Condition = { field: 'invoice.country', operator: 'equals', value: 'DE' }

  test('all and any, also of nothing', () => {
    const of = (condition: Condition) => judge(condition, data, { now }).holds
    expect([of({ all: [late, large] }), of({ any: [late, large] })]).toEqual([false, true])
    expect([of({ all: [] }), of({ any: [] })]).toEqual([true, false])
    expect(of({ all: [{ any: [large, german] }, late] })).toBe(true)
  })

  test('tells what was looked at and what was found', () => {
    expect(judge({ all: [german, large, late] }, data, { now })).toEqual({
      holds: false,
      lines: [
        { line: german, found: 'DE', holds: true },
        { line: large, found: '420.50', holds: false },
      ],
    })
  })

  test('reads as a sentence', () => {
    expect(
      conditionWords({ all: [late, { any: [large, german] }] }, (field) => field.split('.').at(-1) ?? ''),
    ).toBe('due is longer ago than 7 days and (total is more than 1000 or country is DE)')
    expect(conditionWords({ all: [] })).toBe('always')
  })
})

describe('what is no condition', () => {
  let deep: Condition = { field: 'a', operator: 'is_empty' }
  for (let i = 0; i < 7; i++) deep = { all: [deep] }
  test.each([
    [{ field: 'a', operator: 'resembles', value: 1 }],
    [{ field: '', operator: 'is_empty' }],
    [{ field: 'a', operator: 'equals' }],
    [{ field: 'a', operator: 'in', value: 'x' }],
    [{ all: [{ field: 'a', operator: 'is_empty' }], any: [] }],
    [{ all: Array.from({ length: 51 }, () => ({ field: 'a', operator: 'is_empty' })) }],
    [deep],
    ['a > 1'],
  ])('%j', (input) => {
    expect(conditionSchema.safeParse(input).success).toBe(false)
  })

  test('a real one is taken as it is', () => {
    const good = { any: [{ all: [{ field: 'a.b', operator: 'in', value: ['x', 1] }] }] }
    expect(conditionSchema.parse(good)).toEqual(good)
  })
})
