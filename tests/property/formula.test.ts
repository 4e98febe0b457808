import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkFormula, type Unit } from '../../src/modules/mini-foundry/domain/formula/check.ts'
import { evaluateFormula } from '../../src/modules/mini-foundry/domain/formula/evaluate.ts'
import {
  canonicalFormula,
  formulaWords,
  namesOf,
} from '../../src/modules/mini-foundry/domain/formula/format.ts'
import { type Ast, parseFormula } from '../../src/modules/mini-foundry/domain/formula/parse.ts'

const place = { at: 0, length: 0 }
const UNITS: Record<string, Unit> = {
  revenue: 'money',
  refunds: 'money',
  orders: 'count',
  margin: 'percent',
  lag: 'days',
}
const name = fc.constantFrom(...Object.keys(UNITS))

/** Any tree, of any units. */
const { tree } = fc.letrec<{ tree: Ast }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.nat({ max: 1000 }).map((value): Ast => ({ ...place, type: 'number', value, percent: false })),
    name.map((known): Ast => ({ ...place, type: 'name', name: known })),
    tie('tree').map((of): Ast => ({ ...place, type: 'minus', of })),
    fc
      .tuple(fc.constantFrom('+', '-', '*', '/'), tie('tree'), tie('tree'))
      .map(([operator, left, right]): Ast => ({ ...place, type: 'binary', operator, left, right }) as Ast),
    fc
      .tuple(fc.constantFrom('min', 'max'), tie('tree'), tie('tree'))
      .map(([fn, left, right]): Ast => ({ ...place, type: 'call', name: fn, args: [left, right] }) as Ast),
  ),
}))

const values = fc.record({
  revenue: fc.option(fc.integer({ min: -1e9, max: 1e9 })),
  refunds: fc.option(fc.integer({ min: -1e9, max: 1e9 })),
  orders: fc.option(fc.integer({ min: 0, max: 1e6 })),
  margin: fc.option(fc.double({ min: -2, max: 2, noNaN: true })),
  lag: fc.option(fc.nat({ max: 400 })),
})

const getFrom = (known: Record<string, number | null>) => (key: string) => known[key] ?? null

function parsed(text: string): Ast {
  const result = parseFormula(text)
  if (!result.ok) throw new Error(`${text}: ${result.error.message}`)
  return result.value
}

describe('formulas', () => {
  test('a formula written for people reads back as the same formula', () => {
    fc.assert(
      fc.property(tree, values, (ast, known) => {
        const again = parsed(formulaWords(ast, (word) => word))
        const get = getFrom(known)
        expect(evaluateFormula(again, get)).toBe(evaluateFormula(ast, get))
        expect(namesOf(again)).toEqual(namesOf(ast))
        expect(canonicalFormula(again)).toBe(canonicalFormula(ast))
      }),
    )
  })

  test('any text is read or refused with a place inside of it, never an exception', () => {
    const words = fc.array(
      fc.constantFrom(
        'revenue',
        'orders',
        '(',
        ')',
        '+',
        '-',
        '*',
        '/',
        ',',
        '5%',
        '1.5',
        'if',
        'min',
        '<',
        '=',
        ' ',
        '$',
        'é',
        '%',
      ),
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          words.map((list) => list.join(' ')),
        ),
        (text) => {
          const result = parseFormula(text)
          if (result.ok) return
          const { at, length, message } = result.error
          expect(at).toBeGreaterThanOrEqual(0)
          expect(at + length).toBeLessThanOrEqual(text.length)
          expect(message.length).toBeGreaterThan(10)
        },
      ),
    )
  })

  test('a value is a finite number or none; a name without a value makes the whole without one', () => {
    fc.assert(
      fc.property(tree, values, (ast, known) => {
        const value = evaluateFormula(ast, getFrom(known))
        if (value !== null) {
          expect(Number.isFinite(value)).toBe(true)
          expect(namesOf(ast).every((used) => known[used as keyof typeof known] !== null)).toBe(true)
        }
      }),
    )
  })

  test('a formula that is checked keeps its unit when amounts are scaled: money grows with the currency, counts do not', () => {
    fc.assert(
      fc.property(tree, values, (ast, known) => {
        const unit = checkFormula(ast, (used) => UNITS[used] ?? null)
        // Plain numbers stand for amounts where money is meant; they do not scale with what is measured.
        if (!unit.ok || /\d/.test(canonicalFormula(ast).replaceAll('1/', ''))) return
        const doubled = {
          ...known,
          revenue: known.revenue && known.revenue * 2,
          refunds: known.refunds && known.refunds * 2,
        }
        const before = evaluateFormula(ast, getFrom(known))
        const after = evaluateFormula(ast, getFrom(doubled))
        if (before === null || after === null) return
        expect(after).toBeCloseTo(
          unit.value === 'money' ? before * 2 : before,
          Math.abs(before) > 1e6 ? -3 : 3,
        )
      }),
    )
  })

  test('the order of sums and products does not make another formula', () => {
    const three = fc.tuple(tree, tree, tree)
    const both = (operator: '+' | '*', left: Ast, right: Ast): Ast => ({
      ...place,
      type: 'binary',
      operator,
      left,
      right,
    })
    fc.assert(
      fc.property(three, fc.constantFrom('+' as const, '*' as const), ([a, b, c], operator) => {
        const one = both(operator, both(operator, a, b), c)
        const other = both(operator, c, both(operator, b, a))
        expect(canonicalFormula(one)).toBe(canonicalFormula(other))
      }),
    )
  })
})
