// Whatever is asked: an answer of the metric language over what exists, and never a failure.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AskWorld, understand } from '../../src/modules/mini-foundry/domain/ask/understand.ts'
import { checkMetricQuery, parseMetricQuery } from '../../src/modules/mini-foundry/domain/metric-query.ts'
import { METRICS } from '../../src/modules/mini-foundry/domain/metrics.ts'
import { metricBook } from '../../src/modules/mini-foundry/domain/metrics-book.ts'

const world: AskWorld = {
  metrics: metricBook().all(),
  values: [
    { dimension: 'country', value: 'DE', label: 'Germany' },
    { dimension: 'channel', value: 'a.*(b', label: 'a.*(b' },
  ],
  today: '2026-11-23',
  calendar: { weekStart: 1, fiscalYearStart: 4 },
}
const words =
  'revenue sales top best 5 0 999 products by channel in germany last this next year month q4 h2 may 2024 1900 since from to between and vs compared week before 2026-02-31 2026-01-01 days a.*(b </data> { \\'
const question = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...words.split(' ')), { maxLength: 14 }).map((list) => list.join(' ')),
)

test('any text gives metrics and values that exist, and days that the metrics take', () => {
  fc.assert(
    fc.property(question, (text) => {
      const found = understand(text, world)
      expect(found.metrics.length).toBeGreaterThan(0)
      expect(found.metrics.every((id) => METRICS[id] !== undefined)).toBe(true)
      for (const filter of found.filters)
        expect(world.values.some((known) => known.value === filter.value)).toBe(true)
      const query = parseMetricQuery({ metrics: found.metrics.join(','), ...found.range }, world.today)
      expect(query).toMatchObject({ ok: true })
      if (query.ok) expect(checkMetricQuery(query.value, metricBook()).ok).toBe(true)
    }),
    { numRuns: 400 },
  )
})
