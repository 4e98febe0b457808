/** Alerts as the API shows them. */
import { z } from '@hono/zod-openapi'
import type { acknowledgeAlert, Rehearsal, readAlert } from '../../modules/mini-foundry/index.ts'

const ruleSchema = z.record(z.string(), z.unknown()).openapi({
  description:
    'threshold: `operator` above|below, `value`, `repeat`. change: `direction` rise|drop|any, `by`, `unit` percent|amount, ' +
    '`against` previous_period|same_weekday|previous_year, `repeat`. anomaly: `sensitivity` low|medium|high, `direction`, ' +
    '`repeat`. quiet: `source_id`.',
})

export const alertSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    metric: z.string(),
    filter: z.string().nullable(),
    granularity: z.enum(['day', 'week', 'month']),
    kind: z.enum(['threshold', 'change', 'anomaly', 'quiet']),
    rule: ruleSchema,
    recipients: z.array(z.string()).openapi({ description: 'Person ids; empty: everybody' }),
    status: z.enum(['active', 'paused']),
    snoozed_until: z.string().nullable(),
    judged_period: z
      .string()
      .nullable()
      .openapi({ description: 'First day of the last period that was judged' }),
    waiting_for: z.string().nullable().openapi({ description: 'Why the next period is not judged yet' }),
    last_fired_at: z.string().nullable(),
    version: z.number().int(),
    created_by: z.string(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .openapi('MetricAlert')

export const firingSchema = z
  .object({
    id: z.string(),
    alert_id: z.string(),
    period: z.string(),
    value: z.string().nullable(),
    expected: z.string().nullable(),
    words: z.string(),
    told: z.boolean().openapi({ description: 'False while the alert was snoozed' }),
    fired_at: z.string(),
    resolved_at: z.string().nullable(),
    acknowledged_at: z.string().nullable(),
    acknowledged_by: z.string().nullable(),
  })
  .openapi('MetricAlertEvent')

const number = z.number().nullable()
export const rehearsalSchema = z
  .object({
    does: z.string().openapi({ description: 'What the alert does, as a sentence' }),
    from: z.string(),
    to: z.string(),
    granularity: z.string(),
    unit: z.string(),
    currency: z.string().nullable(),
    would_have_fired: z.number().int(),
    unknown_periods: z.number().int(),
    waiting_for: z.string().nullable(),
    unknown_filter: z
      .string()
      .nullable()
      .openapi({ description: 'Why the filter leaves nothing; such an alert is not made' }),
    firings: z.array(
      z.object({
        period: z.string(),
        value: number,
        expected: number,
        change_percent: number,
        words: z.string(),
      }),
    ),
    series: z.array(
      z.object({
        period: z.string(),
        value: number,
        expected: number,
        low: number,
        high: number,
        holds: z.boolean().nullable(),
        fires: z.boolean(),
      }),
    ),
  })
  .openapi('AlertRehearsal')

export const wishSchema = z.strictObject({
  name: z.string().optional(),
  metric: z.string().optional(),
  filter: z.string().nullish().openapi({ description: '`dimension:value`' }),
  granularity: z.enum(['day', 'week', 'month']).optional(),
  kind: z.enum(['threshold', 'change', 'anomaly', 'quiet']),
  rule: ruleSchema.optional(),
  recipients: z.array(z.string()).optional(),
  status: z.enum(['active', 'paused']).optional(),
})

type AlertRow = Extract<Awaited<ReturnType<typeof readAlert>>, { ok: true }>['value']
type FiringRow = Extract<Awaited<ReturnType<typeof acknowledgeAlert>>, { ok: true }>['value']

export const alertJson = (row: AlertRow) => ({
  id: row.id,
  name: row.name,
  metric: row.metric,
  filter: row.filter,
  granularity: row.granularity,
  kind: row.kind,
  rule: row.rule,
  recipients: row.recipients,
  status: row.status,
  snoozed_until: row.snoozedUntil,
  judged_period: row.judgedPeriod,
  waiting_for: row.waitingFor,
  last_fired_at: row.lastFiredAt,
  version: row.version,
  created_by: row.createdBy,
  created_at: row.createdAt,
  updated_at: row.updatedAt,
})

export const firingJson = (row: FiringRow) => ({
  id: row.id,
  alert_id: row.alertId,
  period: row.period,
  value: row.value,
  expected: row.expected,
  words: row.words,
  told: row.told,
  fired_at: row.firedAt,
  resolved_at: row.resolvedAt,
  acknowledged_at: row.acknowledgedAt,
  acknowledged_by: row.acknowledgedBy,
})

export const rehearsalJson = (
  wish: z.infer<typeof wishSchema>,
  { does, from, to, reader, firings, verdicts, unknown, waitingFor, unknownFilter }: Rehearsal,
) => ({
  does,
  from,
  to,
  granularity: wish.kind === 'quiet' ? 'day' : (wish.granularity ?? 'day'),
  unit: reader.unit,
  currency: reader.currency,
  would_have_fired: firings.length,
  unknown_periods: unknown,
  waiting_for: waitingFor,
  unknown_filter: unknownFilter,
  firings: firings.map(({ period, value, expected, changePercent, words }) => ({
    period,
    value,
    expected,
    change_percent: changePercent,
    words,
  })),
  series: verdicts.map(({ period, value, expected, band, holds, fires }) => ({
    period,
    value,
    expected,
    low: band?.low ?? null,
    high: band?.high ?? null,
    holds,
    fires,
  })),
})
