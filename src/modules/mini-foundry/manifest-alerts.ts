/** What alerts tell other wings and people: events and notices. */
import * as z from 'zod'
import type { EventDefinition, NoticeKind } from '../../platform/wing-facts.ts'

const payload = z.object({
  alert_id: z.string(),
  name: z.string(),
  kind: z.enum(['threshold', 'change', 'anomaly', 'quiet']),
  metric: z.string(),
  metric_name: z.string(),
  /** `dimension:value` or null. */
  filter: z.string().nullable(),
  granularity: z.enum(['day', 'week', 'month']),
  /** First day of the period that was judged. */
  period: z.string(),
  /** Decimal text in `unit`; of quiet alerts the days of silence. */
  value: z.string().nullable(),
  /** What it was held against: the threshold, the value before, the usual value. */
  expected: z.string().nullable(),
  unit: z.string(),
  currency: z.string().nullable(),
  change_percent: z.number().nullable(),
})

const sample = {
  alert_id: '0198c1de-7a00-7b6e-9d4f-3a5b6c7d8e9f',
  name: 'Revenue of a day is below $1,000',
  kind: 'threshold',
  metric: 'revenue',
  metric_name: 'Revenue',
  filter: null,
  granularity: 'day',
  period: '2026-11-22',
  value: '412.50',
  expected: '1000.00',
  unit: 'money',
  currency: 'USD',
  change_percent: -58.75,
}

export const ALERT_EVENTS: readonly EventDefinition[] = [
  {
    type: 'alert.fired',
    title: 'Alert on a metric',
    description: 'A metric crossed a line, moved, was unusual, or a source went quiet. Once a period.',
    payload,
    sample,
  },
  {
    type: 'alert.resolved',
    title: 'Alert is over',
    description: 'What an alert had found no longer holds: the first period that is as usual again.',
    payload,
    sample: { ...sample, period: '2026-11-23', value: '1204.00', change_percent: 20.4 },
  },
]

export const ALERT_NOTICES: readonly NoticeKind[] = [
  {
    kind: 'alert.fired',
    title: 'Alerts on metrics',
    description: 'A metric did what an alert watches for.',
    mail: 'instant',
  },
  {
    kind: 'source.quiet',
    title: 'Quiet sources',
    description: 'A source has sent nothing for much longer than usual.',
    mail: 'instant',
  },
]
