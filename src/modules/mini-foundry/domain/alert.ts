/** Alerts as data: what people can ask for, and how what they sent is read. */
import * as z from 'zod'
import { readAmountText } from '../../../kit/amount-text.ts'
import { invalid, ok, type Result } from '../../../platform/result.ts'
import { DIMENSIONS } from './dashboard.ts'

export const ALERT_KINDS = ['threshold', 'change', 'anomaly', 'quiet'] as const
export type AlertKind = (typeof ALERT_KINDS)[number]
export const ALERT_GRANULARITIES = ['day', 'week', 'month'] as const
export type AlertGranularity = (typeof ALERT_GRANULARITIES)[number]
export const SENSITIVITIES = ['low', 'medium', 'high'] as const
export type Sensitivity = (typeof SENSITIVITIES)[number]
export const BASES = ['previous_period', 'same_weekday', 'previous_year'] as const
export type ChangeBase = (typeof BASES)[number]

/** Numbers come from forms and JSON alike; in major units of the workspace's currency, percent as 0-100. */
const amount = z
  .union([z.number(), z.string().trim().min(1, 'Write a number.')], 'Write a number.')
  .transform((value, context) => {
    const number = typeof value === 'number' ? value : numberIn(value)
    if (Number.isFinite(number) && Math.abs(number) < 1e13) return number
    context.addIssue({ code: 'custom', message: `"${value}" is no number; write it like 1200 or 0.5.` })
    return z.NEVER
  })
/** `$1,000` is a thousand here: nobody draws a line at three decimals. A lone decimal comma stays refused. */
function numberIn(text: string): number {
  const read = readAmountText(text)
  return read && read.reading !== 'by-comma' ? Number(read.plain) : Number.NaN
}

const direction = z.enum(['rise', 'drop', 'any'], 'Choose rise, drop or any.')
/** Whether it fires again for each period in which the condition goes on. */
const repeat = z.boolean().default(false)

const RULES = {
  threshold: z.strictObject({
    operator: z.enum(['above', 'below'], 'Choose above or below.'),
    value: amount,
    repeat,
  }),
  change: z.strictObject({
    direction: direction.default('any'),
    by: amount.refine((value) => value > 0, 'Write a number above 0.'),
    unit: z.enum(['percent', 'amount']).default('percent'),
    against: z.enum(BASES).default('previous_period'),
    repeat,
  }),
  anomaly: z.strictObject({
    sensitivity: z.enum(SENSITIVITIES).default('medium'),
    direction: direction.default('any'),
    repeat,
  }),
  quiet: z.strictObject({ source_id: z.string().min(1, 'Choose a source.').max(100) }),
} as const

export type ThresholdRule = z.infer<(typeof RULES)['threshold']>
export type ChangeRule = z.infer<(typeof RULES)['change']>
export type AnomalyRule = z.infer<(typeof RULES)['anomaly']>
export type QuietRule = z.infer<(typeof RULES)['quiet']>

/** The part of an alert that judging needs. */
export type AlertRule =
  | { kind: 'threshold'; rule: ThresholdRule }
  | { kind: 'change'; rule: ChangeRule }
  | { kind: 'anomaly'; rule: AnomalyRule }
  | { kind: 'quiet'; rule: QuietRule }

/** What an alert looks at, and how. */
export type AlertQuestion = AlertRule & {
  metric: string
  filter: string | null
  granularity: AlertGranularity
}

export type AlertDraft = AlertQuestion & {
  /** Empty: it is named after what it does. */
  name: string
  recipients: string[]
  status: 'active' | 'paused'
}

const draftSchema = z.strictObject({
  name: z.string().trim().max(120).default(''),
  metric: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,59}$/, 'This is no id of a metric.')
    .optional(),
  filter: z
    .string()
    .trim()
    .max(200)
    .nullish()
    .transform((text) => text || null)
    .refine(
      (text) =>
        text === null ||
        ((DIMENSIONS as readonly string[]).includes(text.split(':')[0] ?? '') && text.includes(':')),
      `Write dimension:value, the dimension one of ${DIMENSIONS.join(', ')}.`,
    ),
  granularity: z.enum(ALERT_GRANULARITIES).default('day'),
  kind: z.enum(ALERT_KINDS),
  rule: z.record(z.string(), z.unknown()).default({}),
  recipients: z.array(z.string().max(100)).max(50).default([]),
  status: z.enum(['active', 'paused']).default('active'),
})

/**
 * Reads an alert from outside. A quiet alert looks at the days of one source, whatever else was sent; comparing with
 * the same weekday is for days only.
 */
export function parseAlert(input: unknown): Result<AlertDraft> {
  const parsed = draftSchema.safeParse(input)
  if (!parsed.success) return invalid(issuesOf(parsed.error, []))
  const { kind, rule: sent, metric = kind === 'quiet' ? 'orders' : undefined, ...rest } = parsed.data
  if (!metric) return invalid([{ path: 'metric', message: 'Choose a metric.' }])
  const rule = RULES[kind].safeParse(sent)
  if (!rule.success) return invalid(issuesOf(rule.error, ['rule']))
  const known = { kind, rule: rule.data } as AlertRule
  if (known.kind === 'change' && known.rule.against === 'same_weekday' && rest.granularity !== 'day') {
    return invalid([
      {
        path: 'rule.against',
        message: 'Only days have a weekday; compare with the previous period instead.',
      },
    ])
  }
  if (known.kind === 'quiet') {
    return ok({ ...rest, ...known, metric, granularity: 'day', filter: `source:${known.rule.source_id}` })
  }
  return ok({ ...rest, ...known, metric })
}

/** The rule as it is stored, read back. */
export const ruleOf = (kind: AlertKind, rule: Record<string, unknown>): AlertRule =>
  ({ kind, rule: RULES[kind].parse(rule) }) as AlertRule

function issuesOf(error: z.ZodError, before: string[]) {
  return error.issues.map((issue) => {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
    const path = [...before, ...issue.path.map(String), ...keys].join('.')
    return { path: path || 'alert', message: issue.message }
  })
}
