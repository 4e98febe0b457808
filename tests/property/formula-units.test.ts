// Units of formulas: money never meets a count in a sum, and a value is of the unit that was declared for it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { resolveFormula, type Unit } from '../../src/modules/mini-foundry/domain/formula/check.ts'
import { evaluateFormula } from '../../src/modules/mini-foundry/domain/formula/evaluate.ts'
import { parseFormula } from '../../src/modules/mini-foundry/domain/formula/parse.ts'

const UNITS: Record<string, Unit> = {
  revenue: 'money',
  refunds: 'money',
  orders: 'count',
  items: 'count',
  margin: 'percent',
  share: 'ratio',
  lag: 'days',
}

const join = (left: fc.Arbitrary<string>, operator: string, right: fc.Arbitrary<string>) =>
  fc.tuple(left, right).map(([a, b]) => `(${a} ${operator} ${b})`)
const least = (of: fc.Arbitrary<string>) => fc.tuple(of, of).map(([a, b]) => `min(${a}, ${b})`)

/** Formulas of a known unit, made so that each step keeps it. */
const typed = fc.letrec<{ money: string; count: string; ratio: string }>((tie) => ({
  money: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('revenue', 'refunds'),
    join(tie('money'), '+', tie('money')),
    join(tie('money'), '-', tie('money')),
    join(tie('money'), '*', tie('ratio')),
    join(tie('count'), '*', tie('money')),
    join(tie('money'), '/', tie('count')),
    join(tie('money'), '+', fc.constantFrom('10', '2.5')),
    tie('money').map((of) => `-${of}`),
    tie('money').map((of) => `abs(${of})`),
    least(tie('money')),
    fc.tuple(tie('count'), tie('money'), tie('money')).map(([a, b, c]) => `if(${a} > 3, ${b}, ${c})`),
  ),
  count: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('orders', 'items'),
    join(tie('count'), '+', tie('count')),
    join(tie('count'), '-', tie('count')),
    join(tie('count'), '*', tie('ratio')),
    join(tie('count'), '/', fc.constant('lag')),
    least(tie('count')),
  ),
  ratio: fc.oneof(
    { maxDepth: 4 },
    fc.constant('share'),
    join(tie('money'), '/', tie('money')),
    join(tie('count'), '/', tie('count')),
    join(tie('ratio'), '*', fc.constantFrom('margin', 'share')),
    join(tie('ratio'), '+', tie('ratio')),
  ),
}))

/** Places a formula may stand in within a larger one, whatever its unit is. */
const around = fc.array(
  fc.constantFrom(
    (of: string) => `-(${of})`,
    (of: string) => `(${of}) * 2`,
    (of: string) => `(${of}) / orders`,
    (of: string) => `if(orders > 1, ${of})`,
    (of: string) => `if((${of}) > 1, 1, 2)`,
    (of: string) => `round(${of})`,
    (of: string) => `max(${of}, 1)`,
  ),
  { maxLength: 4 },
)

/** Within the bounds of length and depth. */
const isReadable = (text: string): boolean => parseFormula(text).ok

function checked(text: string) {
  const parsed = parseFormula(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message}`)
  return resolveFormula(parsed.value, (name) => UNITS[name] ?? null)
}

test('no formula that adds, subtracts or compares money and a count is taken, wherever that stands', () => {
  const mixed = fc
    .tuple(typed.money, typed.count, fc.constantFrom('+', '-', '>', '=', 'min'), fc.boolean(), around)
    .map(([money, count, how, swap, wraps]) => {
      const [a, b] = swap ? [count, money] : [money, count]
      const core =
        how === 'min'
          ? `min(${a}, ${b})`
          : how === '>' || how === '='
            ? `if(${a} ${how} ${b}, 1, 2)`
            : `${a} ${how} ${b}`
      return wraps.reduce((text, wrap) => wrap(text), core)
    })
    .filter(isReadable)
  fc.assert(
    fc.property(mixed, (text) => {
      const result = checked(text)
      expect(result.ok ? `${text} is ${result.value.unit}` : result.error.message).toMatch(/cannot be/)
    }),
    { numRuns: 500 },
  )
})

const values = fc.record(
  Object.fromEntries(
    Object.keys(UNITS).map((name) => [name, fc.integer({ min: -1_000_000, max: 1_000_000 })]),
  ),
)

test.each(['money', 'count', 'ratio'] as const)(
  'a formula made to be %s is checked as that, and its value moves with the currency only when it is money',
  (unit) => {
    fc.assert(
      fc.property(typed[unit].filter(isReadable), values, (text, known) => {
        const result = checked(text)
        if (!result.ok) throw new Error(`${text}: ${result.error.message}`)
        expect(result.value.unit).toBe(unit)
        // amounts that are written out are of the old currency: they do not move with it
        if (/\b(10|2\.5)\b/.test(text)) return
        const before = evaluateFormula(result.value.ast, (name) => known[name] ?? null)
        const scaled = (name: string) => (known[name] ?? 0) * (UNITS[name] === 'money' ? 2 : 1)
        const after = evaluateFormula(result.value.ast, scaled)
        // doubling is exact in floating point, so nothing is rounded away
        expect(after).toBe(before === null ? null : before * (unit === 'money' ? 2 : 1))
      }),
      { numRuns: 300 },
    )
  },
)
