// Which sources and streams a metric waits for before an alert judges it.
import { expect, test } from 'vitest'
import {
  type FeedingSource,
  feeding,
  waitingFor,
} from '../../src/modules/mini-foundry/domain/alert-complete.ts'
import { METRICS } from '../../src/modules/mini-foundry/domain/metrics.ts'

const END = Date.parse('2026-11-01T00:00:00Z')
const stream = (name: string, syncedUntil: number | null = END) => ({
  ...{ name, status: 'waiting', syncedUntil, backfilledTo: 0, backfillTarget: 0 },
})
const source = (type: string, streams: FeedingSource['streams'], more = {}): FeedingSource => ({
  ...{ id: type, name: type, type, status: 'ok', countsAsSales: true, streams, ...more },
})
const waits = (metric: string, ...sources: FeedingSource[]): string | null => {
  const found = METRICS[metric]
  if (!found) throw new Error(`no metric ${metric}`)
  return waitingFor(feeding(sources, found, null), END, 'threshold')
}

test('a key that may not read disputes does not silence the alerts on revenue of products', () => {
  const half = source('stripe', [stream('charges'), stream('balance_transactions', null)], {
    status: 'failed',
  })
  expect(waits('revenue', half)).toBeNull()
  expect(waits('charged', half)).toBeNull()
  expect(waits('revenue', source('stripe', [stream('charges', null)]))).toContain('has not been read')
})

test('what the bank got waits for payouts, wherever they are read', () => {
  for (const type of ['stripe', 'shopify']) {
    expect(waits('cash_in', source(type, [stream('payouts', null)]))).toContain('has not been read')
  }
})

test('a stream of another kind may move anything', () => {
  expect(waits('revenue', source('http', [stream('whatever', null)]))).toContain('has not been read')
})
