// Ids of metrics that people make, and the place of a formula's mistake.
import { describe, expect, test } from 'vitest'
import {
  caretLines,
  keyOf,
  parseCustomMetric,
  usesMetric,
} from '../../src/modules/mini-foundry/domain/custom-metric.ts'

describe('the id', () => {
  test.each([
    ['Revenue after ads', 'custom_revenue_after_ads'],
    ['  Łódź — Größe 2! ', 'custom_odz_gro_e_2'],
    ['日本', 'custom_metric'],
    ['x'.repeat(80), `custom_${'x'.repeat(40)}`],
  ])('of %j is %s', (name, key) => {
    expect(keyOf(name, new Set())).toBe(key)
  })

  test('is counted on while it is taken', () => {
    expect(keyOf('Net', new Set(['custom_net', 'custom_net_2']))).toBe('custom_net_3')
  })
})

describe('a mistake', () => {
  test('is pointed at under its own line', () => {
    expect(caretLines('revenue +\n  orders', { at: 12, length: 6 })).toEqual(['  orders', '  ^^^^^^'])
    expect(caretLines('revenue +', { at: 9, length: 1 })).toEqual(['revenue +', '         ^'])
  })
})

test('a formula names a metric as a word, not as a part of one', () => {
  expect(usesMetric('custom_net / orders', 'custom_net')).toBe(true)
  expect(usesMetric('custom_net_2 / orders', 'custom_net')).toBe(false)
  expect(usesMetric('((', 'custom_net')).toBe(false)
})

test('a metric needs a name and a formula, and knows no other fields', () => {
  const paths = (input: unknown) => {
    const parsed = parseCustomMetric(input)
    return parsed.ok ? [] : parsed.error.errors?.map(({ path }) => path)
  }
  expect(paths({})).toEqual(['name', 'formula'])
  expect(paths({ name: 'A', formula: 'revenue', colour: 1 })).toEqual(['colour'])
  expect(paths({ name: 'A', formula: 'revenue', unit: 'euros' })).toEqual(['unit'])
})
