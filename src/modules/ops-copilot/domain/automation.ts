/** Reads automations from outside: what starts them, what stops them, how careful they are. */
import * as z from 'zod'
import { nextOccurrence } from '../../../kit/calendar.ts'
import { conditionSchema } from '../../../kit/condition.ts'
import { CARE, type Care, type InputField, MISSED, type StopRule, type Trigger } from './automation-model.ts'
import { stepsSchema } from './definition.ts'

const text = (most: number) => z.string().trim().max(most)
const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_]{0,59}$/
const EVENT_NAME = /^[a-z][a-z_]*\.[a-z_.]+$/

const inputField: z.ZodType<InputField> = z
  .strictObject({
    name: z.string().regex(FIELD_NAME, 'Letters, digits and underscores, beginning with a letter.'),
    label: text(120).min(1),
    kind: z.enum(['text', 'long_text', 'number', 'choice', 'yes_no', 'date', 'email']).default('text'),
    required: z.boolean().default(false),
    choices: z.array(text(120).min(1)).max(50).optional(),
  })
  .refine((field) => field.kind !== 'choice' || (field.choices?.length ?? 0) > 0, {
    message: 'Say what can be chosen.',
    path: ['choices'],
  })

const fields = z
  .array(inputField)
  .max(30)
  .default([])
  .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, {
    message: 'Two fields have the same name.',
  })

const event = z.string().regex(EVENT_NAME, 'Events are named like invoice.overdue.')
const zone = z.string().refine(isZone, 'There is no such time zone.')

const schedule = z
  .strictObject({
    kind: z.literal('schedule'),
    cron: text(120).min(1),
    time_zone: zone,
    business_days: z.enum(['skip', 'next']).optional(),
    missed: z.enum(MISSED).default('latest'),
  })
  .refine(({ cron, time_zone }) => comes(cron, time_zone), {
    message: 'This rhythm never comes. Five fields: minute, hour, day, month, weekday.',
    path: ['cron'],
  })

/** What starts an automation. */
export const triggerSchema: z.ZodType<Trigger> = z.union([
  schedule,
  z.strictObject({
    kind: z.literal('event'),
    event,
    condition: conditionSchema.default({ all: [] }),
    again_after_days: z.number().int().min(1).max(3650).nullable().default(null),
  }),
  z.strictObject({ kind: z.literal('manual'), fields, record: text(40).optional() }),
  z.strictObject({
    kind: z.literal('hook'),
    proof: z.enum(['address', 'signed']).default('address'),
    id_path: text(200).min(1).nullable().default(null),
  }),
  z.strictObject({
    kind: z.literal('form'),
    title: text(120).min(1),
    intro: text(2000).default(''),
    thanks: text(500).default('Thank you. We have received it.'),
    fields: fields.refine((list) => list.length > 0, 'A form asks for something.'),
  }),
])

export const stopRulesSchema: z.ZodType<StopRule[]> = z
  .array(z.strictObject({ event, match: conditionSchema.default({ all: [] }) }))
  .max(10)

export const careSchema: z.ZodType<Care> = z.strictObject({
  hold_first: z.number().int().min(0).max(1000).default(CARE.hold_first),
  undo_minutes: z.number().int().min(0).max(60).default(CARE.undo_minutes),
  brake_per_hour: z.number().int().min(1).max(100_000).nullable().default(CARE.brake_per_hour),
  at_once: z.number().int().min(1).max(1000).nullable().default(CARE.at_once),
})

/** A whole automation, as the gallery, the importer and the API give it. */
export const draftSchema = z.strictObject({
  name: text(120).min(1, 'Give it a name.'),
  description: text(2000).default(''),
  trigger: triggerSchema,
  stop_on: stopRulesSchema.default([]),
  steps: stepsSchema.default([]),
  care: careSchema.default(CARE),
})

function isZone(name: string): boolean {
  try {
    return nextOccurrence('0 0 * * *', name, '2026-01-01T00:00:00Z') !== null
  } catch {
    return false
  }
}

function comes(cron: string, timeZone: string): boolean {
  try {
    return nextOccurrence(cron, timeZone, '2026-01-01T00:00:00Z') !== null
  } catch {
    return false
  }
}
