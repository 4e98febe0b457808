// Why a figure moved: the parts, and price, volume and mix, add up to the change exactly, also when rounded.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  effectsOf,
  foldRest,
  movedParts,
  roundTogether,
} from '../../src/modules/mini-foundry/domain/why-moved.ts'

const side = fc.record({
  amount: fc.integer({ min: -5_000_000, max: 2_000_000_000 }),
  quantity: fc.integer({ min: 0, max: 5_000_000 }),
})
const parts = fc
  .array(fc.record({ now: side, before: side }), { maxLength: 40 })
  .map((list) => list.map((one, index) => ({ ...one, value: `p${index}`, label: `Part ${index}` })))
const changeOf = (list: readonly { now: { amount: number }; before: { amount: number } }[]) =>
  list.reduce((all, { now, before }) => all + now.amount - before.amount, 0)

describe('the change', () => {
  test('is the sum of its parts, however few of them are shown', () => {
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 50 }), (list, shown) => {
        const folded = foldRest(movedParts(list), shown)
        const sum = folded.parts.reduce((all, part) => all + part.change, folded.rest)
        expect(sum).toBe(changeOf(list))
      }),
    )
  })

  test('is the sum of volume, mix, price, what came and what went', () => {
    fc.assert(
      fc.property(parts, (list) => {
        const { volume, mix, price, arrived, left } = effectsOf(list)
        expect(volume + mix + price + arrived + left).toBe(changeOf(list))
      }),
    )
  })

  test('still is when everything is rounded to cents', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 60 }),
        (amounts) => {
          const total = Math.round(amounts.reduce((all, amount) => all + amount, 0) / 100) * 100
          const rounded = roundTogether(amounts, 100, total)
          expect(rounded.reduce((all, amount) => all + amount, 0) - total).toBe(0)
          for (const [index, amount] of rounded.entries()) {
            expect(Math.abs(amount % 100)).toBe(0)
            expect(Math.abs(amount - (amounts[index] ?? 0))).toBeLessThanOrEqual(100)
          }
        },
      ),
    )
  })
})

describe('price, volume and mix', () => {
  const one = (amount: number, quantity: number) => ({ amount, quantity })
  const part = (value: string, now: [number, number], before: [number, number]) => ({
    value,
    label: value,
    now: one(...now),
    before: one(...before),
  })

  test('selling twice as much of everything at the same prices is all volume', () => {
    const list = [part('a', [400, 4], [200, 2]), part('b', [60, 6], [30, 3])]
    expect(effectsOf(list)).toEqual({ volume: 230, mix: 0, price: 0, arrived: 0, left: 0 })
  })

  test('dearer by a tenth at the same units is all price', () => {
    const list = [part('a', [220, 2], [200, 2]), part('b', [33, 3], [30, 3])]
    expect(effectsOf(list)).toEqual({ volume: 0, mix: 0, price: 23, arrived: 0, left: 0 })
  })

  test('as many units but more of the dear one is all mix', () => {
    const list = [part('dear', [300, 3], [200, 2]), part('cheap', [20, 2], [30, 3])]
    expect(effectsOf(list)).toEqual({ volume: 0, mix: 90, price: 0, arrived: 0, left: 0 })
  })

  test('what is new and what is gone stand apart', () => {
    const list = [part('new', [500, 5], [0, 0]), part('gone', [0, 0], [70, 7])]
    expect(effectsOf(list)).toEqual({ volume: 0, mix: 0, price: 0, arrived: 500, left: -70 })
    expect(movedParts(list).map(({ value, state }) => [value, state])).toEqual([
      ['new', 'new'],
      ['gone', 'gone'],
    ])
  })
})
