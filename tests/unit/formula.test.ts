import { describe, expect, test } from 'vitest'
import {
  checkFormula,
  type NameType,
  resolveFormula,
} from '../../src/modules/mini-foundry/domain/formula/check.ts'
import { evaluateFormula } from '../../src/modules/mini-foundry/domain/formula/evaluate.ts'
import { canonicalFormula } from '../../src/modules/mini-foundry/domain/formula/format.ts'
import { parseFormula } from '../../src/modules/mini-foundry/domain/formula/parse.ts'
import { whyNothing } from '../../src/modules/mini-foundry/domain/formula/why-nothing.ts'
import { METRICS } from '../../src/modules/mini-foundry/domain/metrics.ts'
import {
  type CustomMetricRow,
  checkCustomFormula,
  metricBook,
} from '../../src/modules/mini-foundry/domain/metrics-book.ts'
import { presentValue } from '../../src/modules/mini-foundry/domain/metrics-present.ts'
import { isAdditive } from '../../src/modules/mini-foundry/domain/metrics-support.ts'

const TYPES: Record<string, NameType> = {
  revenue: { unit: 'money' },
  refunds: { unit: 'money' },
  orders: { unit: 'count' },
  customers: { unit: 'count', distinct: true },
  visitors: { unit: 'count', distinct: true },
  margin: { unit: 'percent' },
  lag: { unit: 'days' },
}
const typeOf = (name: string) => TYPES[name] ?? null
const VALUES: Record<string, number | null> = {
  revenue: 1_000_000,
  refunds: 250_000,
  orders: 4,
  customers: 3,
  visitors: 0,
  margin: 0.25,
  lag: 12,
}

function unitOf(text: string): string {
  const parsed = parseFormula(text)
  if (!parsed.ok) return `${parsed.error.at}+${parsed.error.length} ${parsed.error.message}`
  const checked = checkFormula(parsed.value, typeOf, Object.keys(TYPES))
  return checked.ok ? checked.value : `${checked.error.at}+${checked.error.length} ${checked.error.message}`
}

function worth(text: string): number | null {
  const parsed = parseFormula(text)
  if (!parsed.ok) throw new Error(parsed.error.message)
  const resolved = resolveFormula(parsed.value, typeOf)
  if (!resolved.ok) throw new Error(resolved.error.message)
  return evaluateFormula(resolved.value.ast, (name) => VALUES[name] ?? null)
}

describe('units', () => {
  test.each([
    ['revenue - refunds', 'money'],
    ['revenue / orders', 'money'],
    ['revenue / refunds', 'ratio'],
    ['revenue * margin', 'money'],
    ['5% * revenue', 'money'],
    ['orders * 2', 'count'],
    ['lag / orders', 'days'],
    ['revenue / refunds * lag', 'days'],
    ['orders / lag', 'count'],
    ['revenue - 100', 'money'],
    ['if(orders > 10, revenue, 0)', 'money'],
    ['customers - visitors', 'count'],
    ['min(revenue, refunds, 50)', 'money'],
    ['margin + 5%', 'percent'],
    ['1 + 2', 'ratio'],
  ])('%s is %s', (text, unit) => {
    expect(unitOf(text)).toBe(unit)
  })

  test.each([
    ['revenue + orders', '0+16 Money and a number of things cannot be added.'],
    ['revenue * refunds', '0+17 Money cannot be multiplied by money.'],
    ['orders / revenue', '0+16 A number of things cannot be divided by money.'],
    ['customers + visitors', '0+20 Distinct counts cannot be added'],
    ['customers + orders', '0+18 Distinct counts cannot be added'],
    ['revenue + ordres', '10+6 There is nothing called “ordres”. Did you mean orders?'],
    ['revenue > 5', '0+11 A comparison is no figure by itself'],
    ['(revenue > 5) + 1', '1+11 A comparison can only be the first value of if()'],
    ['if(revenue, 1, 2)', '3+7 The first value of if() is a comparison'],
    ['round(revenue, orders)', '15+6 The decimals of round() are a whole number'],
    ['revenue +', '9+0 The formula ends too early'],
    ['(revenue', '0+1 This ( is never closed'],
    ['revenue orders', '8+6 Something is missing before “orders”'],
    ['sum(revenue)', '0+3 There is no function “sum”'],
    ['revenue $ 2', '8+1 “$” means nothing in a formula'],
    ['', '0+0 The formula is empty'],
    ['min(revenue)', '0+3 Min(a, b, ...) takes two or more values'],
  ])('%s is refused: %s', (text, message) => {
    expect(unitOf(text).toLowerCase()).toContain(message.toLowerCase())
  })

  test('length, parts and depth are bounded', () => {
    expect(unitOf(`1${' '.repeat(2000)}`)).toContain('at most 2000 characters')
    expect(unitOf(Array.from({ length: 150 }, () => '1').join('+'))).toContain('at most 200 parts')
    expect(unitOf(`${'('.repeat(51)}1${')'.repeat(51)}`)).toContain('at most 50 levels')
    expect(unitOf(`${'-'.repeat(60)}1`)).toContain('at most 50 levels')
  })
})

describe('values', () => {
  test.each([
    ['revenue / orders', 250_000],
    ['revenue - 10', 900_000],
    ['if(revenue > 99.99, 1, 2)', 1],
    ['if(revenue > 100, 1, 2)', 2],
    ['if(orders > 10, revenue)', null],
    ['revenue / visitors', null],
    ['revenue / visitors + revenue', null],
    ['if(visitors > 0, revenue / visitors, 0)', 0],
    ['nothing_known', null],
    ['-revenue / -orders', 250_000],
    ['2 + 3 * 4 - 6 / 2', 11],
    ['2 - 3 - 4', -5],
    ['round(revenue / 3)', 330_000],
    ['round(margin * 10)', 3],
    ['round(10 / 3, 2)', 3.33],
    ['abs(refunds - revenue)', 750_000],
    ['max(1, 2, 3) × min(4, 5) ÷ 2', 6],
  ])('%s is %s', (text, value) => {
    if (text === 'nothing_known') {
      expect(evaluateFormula({ type: 'name', name: text, at: 0, length: 0 }, () => null)).toBe(value)
    } else expect(worth(text)).toBe(value)
  })

  test('each unit is rounded once, half away from zero', () => {
    expect(presentValue('money', 10_050, 'USD')).toBe('1.01')
    expect(presentValue('money', -10_050.0000001, 'USD')).toBe('-1.01')
    expect(presentValue('money', 1.005 * 10_000, 'USD')).toBe('1.01')
    expect(presentValue('percent', 0.12345, 'USD')).toBe(12.35)
    expect(presentValue('ratio', 1 / 3, 'USD')).toBe(0.3333)
    expect(presentValue('count', 3, 'USD')).toBe(3)
    expect(presentValue('days', 2 / 3, 'USD')).toBe(0.67)
    expect(presentValue('money', -0.4, 'USD')).toBe('0.00')
    expect(presentValue('ratio', null, 'USD')).toBeNull()
  })
})

describe('the catalogue', () => {
  test('holds at least 45 metrics and no two of one formula', () => {
    const metrics = Object.values(METRICS)
    expect(metrics.length).toBeGreaterThanOrEqual(45)
    const formulas = metrics.map(({ ast }) => canonicalFormula(ast))
    expect(formulas.filter((formula, index) => formulas.indexOf(formula) !== index)).toEqual([])
  })

  test('each metric says in words what it is, what it leaves out and what it is made of', () => {
    for (const metric of Object.values(METRICS)) {
      expect(metric.meaning, metric.id).toMatch(/^[A-Z].{8,}[.]$/)
      expect(metric.note, metric.id).toMatch(/[.%]$/)
      expect(metric.measures.length, metric.id).toBeGreaterThan(0)
      expect(metric.words, metric.id).not.toMatch(/_/)
    }
  })

  test('only sums of what happened are forecast', () => {
    const forecast = Object.values(METRICS)
      .filter(isAdditive)
      .map(({ id }) => id)
    expect(forecast).toEqual(
      expect.arrayContaining(['revenue', 'net_revenue', 'orders', 'gross_profit', 'ad_spend']),
    )
    for (const id of [
      'customers',
      'average_order_value',
      'receivables',
      'gross_margin',
      'stock_units',
      'mrr',
    ]) {
      expect(forecast).not.toContain(id)
    }
  })
})

describe('custom metrics', () => {
  const row = (key: string, formula: string, unit = 'ratio'): CustomMetricRow => ({
    key,
    name: key,
    description: 'Made here.',
    formula,
    unit,
    less_is_better: 0,
    version: 1,
  })

  test('may use standard metrics and each other', () => {
    const book = metricBook([
      row('custom_a', 'custom_b * 2', 'percent'),
      row('custom_b', 'gross_profit / revenue', 'percent'),
    ])
    expect([book.get('custom_a')?.unit, book.get('custom_b')?.unit]).toEqual(['percent', 'percent'])
    expect(book.get('custom_a')?.measures.map(({ id }) => id)).toEqual([
      'revenue',
      'refunds',
      'cost_of_goods',
    ])
    expect(book.all().length).toBe(Object.keys(METRICS).length + 2)
  })

  test('that lead back to themselves have no value and are refused before they are kept', () => {
    const rows = [row('custom_a', 'custom_b + 1'), row('custom_b', 'custom_a + 1')]
    const book = metricBook(rows)
    expect(book.get('custom_a')?.custom?.problem).toContain('leads back')
    expect(evaluateFormula(book.get('custom_a')?.ast as never, () => 1)).toBeNull()
    const good = [row('custom_a', 'revenue'), row('custom_b', 'custom_a + 1')]
    const checked = checkCustomFormula('custom_b * 2', metricBook(good), good, 'custom_a')
    expect(!checked.ok && checked.error.message).toContain('leads back')
    const own = checkCustomFormula('custom_a * 2', metricBook(good), good, 'custom_a')
    expect(!own.ok && own.error.message).toContain('leads back')
    expect(checkCustomFormula('revenue * 2', metricBook(good), good, 'custom_a').ok).toBe(true)
  })

  test('names of JavaScript are no metrics', () => {
    const checked = checkCustomFormula('constructor + 1', metricBook(), [], null)
    expect(!checked.ok && checked.error.message).toContain('There is nothing called')
  })
})

describe('why there is no value', () => {
  const why = (text: string): string | null => {
    const parsed = parseFormula(text)
    if (!parsed.ok) throw new Error(parsed.error.message)
    const get = (name: string) => (name === 'stock' ? null : (VALUES[name] ?? 0))
    return whyNothing(parsed.value, get, (name) => `<${name}>`)
  }

  test.each([
    ['revenue / 0', 'It divides by 0.'],
    ['revenue / visitors', 'It divides by <visitors>, which is 0 in this range.'],
    ['1 + revenue / (orders - 4)', 'It divides by <orders> − 4, which is 0 in this range.'],
    ['abs(stock)', 'Nothing is known of <stock> in this range.'],
    ['if(stock > 1, 1, 2)', 'Nothing is known of <stock> in this range.'],
    ['if(orders > 1, revenue / visitors, stock)', 'It divides by <visitors>, which is 0 in this range.'],
    ['revenue / orders', null],
    ['if(orders > 1, revenue, revenue / 0)', null],
  ])('%s: %s', (text, reason) => {
    expect(why(text)).toBe(reason)
  })
})

test.each([
  ['revenue * 1,000', '1000', 11],
  ['(1,000) * revenue', '1000', 2],
  ['revenue * 1 000', '1000', 11],
  ['revenue + 10,500.5', '10500.5', 12],
])('a thousands separator in %s is named where it stands', (text, plain, at) => {
  const parsed = parseFormula(text)
  expect(!parsed.ok && parsed.error).toMatchObject({
    at,
    length: 1,
    message: `Write numbers without a thousands separator: ${plain}.`,
  })
})

test('commas between the values of a function part them, as ever', () => {
  expect(worth('max(1,200)')).toBe(200)
})
