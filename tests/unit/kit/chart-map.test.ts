// Maps as marks, and remarks on charts over time.
import { expect, test } from 'vitest'
import { remarksByPlace } from '../../../src/kit/chart/flags.ts'
import { lineChart } from '../../../src/kit/chart/line.ts'
import { mapChart, mapLevel } from '../../../src/kit/chart/map.ts'
import type { ChartData, Mark } from '../../../src/kit/chart/marks.ts'
import { stackedChart } from '../../../src/kit/chart/stacked.ts'
import { summariseParts } from '../../../src/kit/chart/summary.ts'
import { parseAnnotation, remarkPlaces } from '../../../src/modules/mini-foundry/domain/annotations.ts'

const chart = (labels: string[], values: (number | null)[], more: Partial<ChartData> = {}): ChartData => ({
  labels,
  series: [{ name: 'Revenue', values }],
  format: (value) => `€${value}`,
  formatShort: (value) => `€${value}`,
  ...more,
})
const of = <K extends Mark['kind']>(marks: Mark[], kind: K) =>
  marks.filter((mark): mark is Extract<Mark, { kind: K }> => mark.kind === kind)

const SALES = chart(['United States', 'Germany', 'Atlantis', 'Chad'], [800, 100, 900, null], {
  places: { map: 'world', shapes: ['US', 'DE', null, 'TD'] },
})

test('a map draws the whole land first, then each place that has a value and a shape', () => {
  const places = of(mapChart(SALES).marks, 'place')
  expect(places.map(({ shape }) => shape)).toEqual(['all', 'US', 'DE'])
  expect(places[1]?.title).toBe('United States: €800')
})

test('a place is darker by one step each time it doubles, and nothing is the palest', () => {
  expect([100, 51, 50, 49, 25, 13, 6, 0.001, 0, -5].map((value) => mapLevel(value, 100))).toEqual([
    6, 6, 6, 5, 5, 4, 2, 1, 0, 0,
  ])
})

test('the key says where each shade begins', () => {
  const { marks } = mapChart(chart(['Peru'], [64], { places: { map: 'world', shapes: ['PE'] } }))
  expect(of(marks, 'cell').map(({ level }) => level)).toEqual([1, 2, 3, 4, 5, 6])
  expect(of(marks, 'label').map(({ text }) => text)).toEqual(['< €2', '€2+', '€4+', '€8+', '€16+', '€32+'])
})

test('the shapes of a narrow map are made smaller, and its key has the full width', () => {
  const narrow = mapChart(SALES, 'narrow')
  expect(of(narrow.marks, 'place')[0]?.scale).toBeCloseTo(380 / 840)
  expect(Math.max(...of(narrow.marks, 'cell').map(({ x, width }) => x + width))).toBeLessThanOrEqual(380)
})

test('a map in a sentence names the largest and does not pretend that anything rose', () => {
  expect(summariseParts(SALES)).toBe('Revenue: Atlantis (€900), United States (€800), Germany (€100).')
  expect(summariseParts(chart(['A', 'B', 'C', 'D'], [1, 2, 3, 4]))).toBe(
    'Revenue: D (€4), C (€3), B (€2), the largest of 4.',
  )
})

test('remarks of one place share one flag, numbered from left to right', () => {
  const data = chart(['a', 'b', 'c'], [1, 2, 3], {
    remarks: [
      { index: 2, words: 'third' },
      { index: 0, words: 'first' },
      { index: 2, words: 'third again' },
    ],
  })
  expect(remarksByPlace(data)).toEqual([
    { index: 0, words: ['first'] },
    { index: 2, words: ['third', 'third again'] },
  ])
  for (const { marks, xs } of [lineChart(data), stackedChart(data, 'narrow')]) {
    expect(of(marks, 'flag').map(({ x, text, title }) => [x, text, title])).toEqual([
      [xs[0], '1', 'first'],
      [xs[2], '2', 'third; third again'],
    ])
  }
})

test('a remark stands at the period that holds its day', () => {
  const starts = ['2026-10-26', '2026-11-02', '2026-11-09']
  const days = ['2026-11-15', '2026-11-02', '2026-11-08', '2026-10-25'].map((day) => ({ day }))
  expect(remarkPlaces(starts, days).map(({ index, remark }) => [remark.day, index])).toEqual([
    ['2026-10-25', 0],
    ['2026-11-02', 1],
    ['2026-11-08', 1],
    ['2026-11-15', 2],
  ])
  expect(remarkPlaces([], days)).toEqual([])
})

test.each([
  [{ day: '2026-02-30', text: 'x' }, 'day'],
  [{ day: '2026-02-03', text: '  ' }, 'text'],
  [{ day: '2026-02-03', text: 'x'.repeat(201) }, 'text'],
  [{ day: '2026-02-03', text: 'x', colour: 'red' }, 'colour'],
])('a remark like %j is refused, and the field is named', (input, path) => {
  expect(parseAnnotation(input)).toMatchObject({ ok: false, error: { errors: [{ path }] } })
})
