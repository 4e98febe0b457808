import { describe, expect, test } from 'vitest'
import { barChart } from '../../../src/kit/chart/bar.ts'
import { lineChart, sparkline } from '../../../src/kit/chart/line.ts'
import type { ChartData, Mark } from '../../../src/kit/chart/marks.ts'
import { chooseLabels, shapeScale, valueDomain } from '../../../src/kit/chart/scale.ts'
import { summarise } from '../../../src/kit/chart/summary.ts'

const chart = (values: (number | null)[], more: Partial<ChartData> = {}): ChartData => ({
  labels: values.map((_, index) => `Day ${index + 1}`),
  series: [{ name: 'Revenue', values }],
  format: (value) => `€${value}`,
  formatShort: (value) => `€${value}`,
  ...more,
})

const of = <K extends Mark['kind']>(marks: Mark[], kind: K) =>
  marks.filter((mark): mark is Extract<Mark, { kind: K }> => mark.kind === kind)

describe('the scale of values', () => {
  test('begins at zero, so that heights compare', () => {
    expect(valueDomain([40, 50])).toEqual([0, 50])
  })

  test('reaches below zero for refunds', () => {
    expect(valueDomain([-20, 30])).toEqual([-20, 30])
  })

  test('has a height when there are no values or only zeros', () => {
    expect(valueDomain([])).toEqual([0, 1])
    expect(valueDomain([0, 0])).toEqual([0, 1])
  })

  test('fills the plot for a rate far below one', () => {
    const { marks } = lineChart(chart([0.01, 0.02]))
    const highest = Math.min(...of(marks, 'rule').map((rule) => rule.y1))
    const ys = (of(marks, 'line')[0]?.path.match(/,([\d.]+)/g) ?? []).map((part) => Number(part.slice(1)))
    expect(Math.min(...ys) - highest).toBeLessThan(20)
  })

  test('of a shape keeps apart values that are close together', () => {
    const y = shapeScale([100, 101], 36, 0)
    expect(y(100) - y(101)).toBeGreaterThan(20)
  })
})

describe('the labels of an axis', () => {
  test('are all shown while they fit', () => {
    expect(chooseLabels(['Jan', 'Feb', 'Mar'], 600)).toEqual([0, 1, 2])
  })

  test('are thinned evenly, and the last one stays', () => {
    const labels = Array.from({ length: 90 }, (_, index) => `Day ${index + 1}`)
    const chosen = chooseLabels(labels, 600)
    const steps = new Set(chosen.slice(1).map((place, index) => place - (chosen[index] ?? 0)))
    expect(steps.size).toBe(1)
    expect(chosen.at(-1)).toBe(89)
    expect(chosen.length * ('Day 90'.length * 7 + 18)).toBeLessThanOrEqual(600)
  })

  test('that are empty take no place', () => {
    expect(chooseLabels(['Jan', 'Feb', '', ''], 600)).toEqual([0, 1])
  })
})

describe('a line chart', () => {
  test('breaks the line where there is no value', () => {
    const [line] = of(lineChart(chart([1, 2, null, 4, 5])).marks, 'line')
    expect(line?.path.match(/M/g)).toHaveLength(2)
  })

  test('shows a value that has no neighbours as a dot', () => {
    expect(of(lineChart(chart([1, null, 3, null, 5])).marks, 'point')).toHaveLength(3)
    expect(of(lineChart(chart([1, 2, 3])).marks, 'point')).toHaveLength(0)
  })

  test('draws a comparison behind and without an area', () => {
    const data = chart([1, 2], {
      series: [
        { name: 'Now', values: [1, 2] },
        { name: 'Before', values: [2, 1], dashed: true },
      ],
    })
    const { marks } = lineChart(data)
    expect(of(marks, 'line').map((line) => line.dashed)).toEqual([true, false])
    expect(of(marks, 'area')).toHaveLength(1)
  })

  test('has one place a label, from edge to edge', () => {
    const { xs, plot } = lineChart(chart([1, 2, 3]))
    expect(xs).toEqual([plot.left, (plot.left + plot.right) / 2, plot.right])
  })

  test('of nothing is still a picture', () => {
    expect(of(lineChart(chart([])).marks, 'line')[0]?.path).toBe('')
    expect(sparkline([null, null]).marks).toEqual([])
  })

  test('leaves room for the longest words of its axis', () => {
    const wordy = lineChart(chart([1, 2], { formatShort: (value) => `CHF ${value}00,000` }))
    expect(wordy.plot.left).toBeGreaterThan(lineChart(chart([1, 2])).plot.left)
  })
})

describe('a bar chart', () => {
  test('gives each value a bar whose length is its share', () => {
    const [first, second] = of(barChart(chart([100, 50])).marks, 'bar')
    expect(second?.width).toBeCloseTo((first?.width ?? 0) / 2, 0)
  })

  test('grows to the left below zero, beside a zero line', () => {
    const { marks } = barChart(chart([100, -50]))
    const [above, below] = of(marks, 'bar')
    const [zero] = of(marks, 'rule')
    expect(above?.x).toBe(zero?.x1)
    expect((below?.x ?? 0) + (below?.width ?? 0)).toBeCloseTo(zero?.x1 ?? 0, 0)
  })

  test('leaves out the bar of a missing value, not its name', () => {
    const { marks } = barChart(chart([100, null]))
    expect(of(marks, 'bar')).toHaveLength(1)
    expect(of(marks, 'label').map((label) => label.text)).toEqual(['Day 1', '€100', 'Day 2'])
  })

  test('shortens a name that is too long for its place', () => {
    const data = chart([1], { labels: ['A name of a country that goes on and on'] })
    expect(of(barChart(data, 'narrow').marks, 'label')[0]?.text).toMatch(/^A name.*…$/)
  })
})

describe('the summary', () => {
  test('says where it went, and its highest and lowest', () => {
    expect(summarise(chart([10, 40, 5, 20]))).toBe(
      'Revenue rose from €10 (Day 1) to €20 (Day 4); highest €40 (Day 2), lowest €5 (Day 3).',
    )
  })

  test('passes over missing values', () => {
    expect(summarise(chart([null, 10, 4, null]))).toContain('fell from €10 (Day 2) to €4 (Day 3)')
  })

  test('is honest about nothing', () => {
    expect(summarise(chart([null]))).toBe('Revenue: no values in this range.')
    expect(summarise(chart([7]))).toBe('Revenue: €7 (Day 1).')
  })
})

describe('a period that is not over', () => {
  test('is led to by a dashed stretch of its own, and the line before it ends where it begins', () => {
    const { marks, xs } = lineChart(chart([5, 6, 1], { soFar: 2 }))
    const [line, open] = of(marks, 'line')
    expect(line?.soFar).toBeUndefined()
    expect(open?.soFar).toBe(true)
    expect(line?.path.split('L')).toHaveLength(2)
    expect(open?.path.startsWith(`M${xs[1]},`)).toBe(true)
    expect(of(marks, 'point')).toMatchObject([{ index: 2 }])
  })

  test('without one before it is a line as any other', () => {
    expect(of(lineChart(chart([5], { soFar: 0 })).marks, 'line').every(({ soFar }) => !soFar)).toBe(true)
  })
})
