/** Automations as the API gives and takes them: the specification's columns, and what goes beyond them. */
import * as z from 'zod'
import type { FieldError } from '../../../platform/result.ts'
import { careSchema, stopRulesSchema, triggerSchema } from './automation.ts'
import { type AutomationDraft, CARE, TRIGGER_TYPES, type Trigger, triggerTypeOf } from './automation-model.ts'
import { stepsSchema } from './definition.ts'

const text = (most: number) => z.string().trim().max(most, `At most ${most} characters.`)

/** What a client may send. `trigger_config.kind` may be left out where `trigger_type` says it. */
export const automationInput = z.strictObject({
  name: text(120).min(1, 'Give it a name.'),
  description: text(2000).default(''),
  status: z.enum(['active', 'paused', 'draft']).optional(),
  trigger_type: z.enum(TRIGGER_TYPES).optional(),
  trigger_config: z.record(z.string(), z.unknown()).default({}),
  actions: z.array(z.unknown()).default([]),
  stop_on: z.array(z.unknown()).default([]),
  care: z.record(z.string(), z.unknown()).default({}),
})
export type AutomationInput = z.infer<typeof automationInput>

/** The draft that the input means, or every field that needs another look. */
export function draftOf(
  input: AutomationInput,
  timeZone: string,
): { ok: true; draft: AutomationDraft } | { ok: false; errors: FieldError[] } {
  const trigger = triggerSchema.safeParse(triggerInput(input, timeZone))
  const steps = stepsSchema.safeParse(input.actions)
  const stopOn = stopRulesSchema.safeParse(input.stop_on)
  const care = careSchema.safeParse({ ...CARE, ...input.care })
  const errors = [
    ...faults('trigger_config', trigger),
    ...faults('actions', steps),
    ...faults('stop_on', stopOn),
    ...faults('care', care),
    ...typeMistake(input, trigger.data),
  ]
  if (!trigger.success || !steps.success || !stopOn.success || !care.success || errors.length > 0)
    return { ok: false, errors }
  const { name, description } = input
  return {
    ok: true,
    draft: {
      name,
      description,
      trigger: trigger.data,
      steps: steps.data,
      stop_on: stopOn.data,
      care: care.data,
    },
  }
}

/** `trigger_type: schedule` needs no kind; an event may be given as `{ event }` alone. */
function triggerInput(
  { trigger_type, trigger_config }: AutomationInput,
  timeZone: string,
): Record<string, unknown> {
  const kind = trigger_config.kind ?? trigger_type ?? 'manual'
  const zone = kind === 'schedule' ? { time_zone: timeZone } : {}
  return { ...zone, ...trigger_config, kind }
}

function typeMistake({ trigger_type }: AutomationInput, trigger: Trigger | undefined): FieldError[] {
  if (!trigger || trigger_type === undefined || triggerTypeOf(trigger) === trigger_type) return []
  return [
    {
      path: 'trigger_type',
      message: `A trigger of the kind ${trigger.kind} is of the type ${triggerTypeOf(trigger)}.`,
    },
  ]
}

function faults(root: string, parsed: { success: boolean; error?: z.ZodError }): FieldError[] {
  if (parsed.success) return []
  return (parsed.error?.issues ?? []).slice(0, 20).map((issue) => ({
    path: [root, ...issue.path.map(String)].join('.'),
    message: issue.message,
  }))
}
