import { describe, expect, test } from 'vitest'
import { donutChart } from '../../src/kit/chart/donut.ts'
import { sharesOf } from '../../src/kit/chart/shares.ts'
import { cohortsOf } from '../../src/modules/mini-foundry/domain/cohort.ts'
import { funnelOf } from '../../src/modules/mini-foundry/domain/funnel.ts'
import { heatOf } from '../../src/modules/mini-foundry/domain/heat.ts'
import { isSafeHref, parseMarkdown } from '../../src/modules/mini-foundry/domain/markdown.ts'

describe('shares', () => {
  test('three thirds add up to exactly 100', () => {
    const { shares } = sharesOf(['a', 'b', 'c'].map((label) => ({ label, value: 1 })))
    expect(shares.map(({ percent }) => percent)).toEqual([33.4, 33.3, 33.3])
  })
  test('what is beyond eight slices is one rest, and what is below zero is left out and counted', () => {
    const parts = Array.from({ length: 12 }, (_, index) => ({ label: `${index}`, value: 12 - index }))
    const { shares, leftOut } = sharesOf([...parts, { label: 'minus', value: -5 }])
    expect(shares).toHaveLength(9)
    expect(shares[8]).toMatchObject({ label: 'All others', value: 10 })
    expect(leftOut).toBe(1)
  })
  test('a donut stays inside its picture', () => {
    const data = {
      labels: ['a', 'b'],
      series: [{ name: 'x', values: [3, 1] }],
      format: String,
      formatShort: String,
    }
    const picture = donutChart(data, 'narrow')
    const paths = picture.marks.flatMap((mark) => (mark.kind === 'shape' ? [mark.path] : []))
    expect(paths).toHaveLength(2)
    expect(paths.join()).not.toMatch(/NaN|[ML]-/)
  })
})

test('an order counts in the hour of the workspace, also behind a change of clocks and in half-hour zones', () => {
  const rows = [{ quarter: '2026-03-01T23:45', day: '2026-03-02', orders: 2 }]
  const heat = heatOf(rows, 'Asia/Kolkata')
  expect(heat.cells[0]?.[5]).toBe(2)
  expect(heatOf([{ quarter: null, day: '2026-03-01', orders: 3 }], 'UTC')).toMatchObject({
    columns: 'months',
  })
})

test('a cohort shows who came back, month by month, up to the last one', () => {
  const rows = [
    { first: '2026-01', month: '2026-01', customers: 8 },
    { first: '2026-01', month: '2026-03', customers: 2 },
  ]
  expect(cohortsOf(rows, '2026-03')).toEqual([{ first: '2026-01', size: 8, retained: [100, 0, 25] }])
})

test('a funnel never divides by nothing', () => {
  const steps = funnelOf([
    { name: 'a', value: 0 },
    { name: 'b', value: 4 },
  ])
  expect(steps[1]).toMatchObject({ of_first_percent: null, of_previous_percent: null })
})

test('links of texts lead to http(s) and this site only', () => {
  expect(['https://a.example/x', '/foundry', '#top'].map(isSafeHref)).toEqual([true, true, true])
  expect(
    ['javascript:alert(1)', '//evil.example', '/\\evil.example', 'data:x'].map(isSafeHref),
  ).not.toContain(true)
  expect(parseMarkdown('## Hi\n- **a**\n- [x](javascript:1)')[1]).toMatchObject({
    kind: 'list',
    items: [[{ kind: 'bold', text: 'a' }], [{ kind: 'text', text: '[x](javascript:1)' }]],
  })
})
