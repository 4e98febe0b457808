/** Reads definitions from outside, and finds their lists of steps by address. */
import * as z from 'zod'
import { conditionSchema } from '../../../kit/condition.ts'
import { DURATION_UNITS, type Json, type Step } from './definition-model.ts'

export const MAX_STEPS = 200
const MAX_DEPTH = 8

const duration = z.strictObject({
  amount: z.number().int().min(1).max(10_000),
  unit: z.enum(DURATION_UNITS),
})
const text = (most: number) => z.string().max(most)
const json: z.ZodType<Json> = z.lazy(() =>
  z.union([
    text(100_000),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(json).max(500),
    z.record(text(100), json),
  ]),
)
const base = {
  id: z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, 'Ids are letters, digits and underscores.'),
  name: text(120).optional(),
  off: z.boolean().optional(),
}
const list: z.ZodType<Step[]> = z.lazy(() => z.array(stepSchema).max(MAX_STEPS))
const branches = list.default([])
const names = /^[A-Za-z][A-Za-z0-9_]{0,59}$/

const field = z.strictObject({
  name: z.string().regex(names),
  label: text(120),
  kind: z.enum(['text', 'number', 'choice', 'yes_no']),
  required: z.boolean().default(false),
  choices: z.array(text(120)).max(50).optional(),
})

const once = z.discriminatedUnion('scope', [
  z.strictObject({ scope: z.literal('run') }),
  z.strictObject({ scope: z.literal('subject') }),
  z.strictObject({ scope: z.literal('contact') }),
  z.strictObject({ scope: z.literal('custom'), key: text(500).min(1) }),
])

const stepSchema: z.ZodType<Step> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      ...base,
      kind: z.literal('if'),
      condition: conditionSchema,
      yes: branches,
      no: branches,
    }),
    z.strictObject({
      ...base,
      kind: z.literal('switch'),
      cases: z
        .array(z.strictObject({ name: text(120), condition: conditionSchema, steps: branches }))
        .min(1)
        .max(20),
      otherwise: branches,
    }),
    z.strictObject({
      ...base,
      kind: z.literal('each'),
      list: text(200).min(1),
      most: z.number().int().min(1).max(500).default(100),
      steps: branches,
    }),
    z.strictObject({
      ...base,
      kind: z.literal('parallel'),
      branches: z
        .array(z.strictObject({ name: text(120), steps: branches }))
        .min(1)
        .max(10),
    }),
    z
      .strictObject({
        ...base,
        kind: z.literal('wait'),
        for: duration.optional(),
        until: text(500).min(1).optional(),
        hours: z.enum(['any', 'business']).default('any'),
      })
      .refine((step) => (step.for === undefined) !== (step.until === undefined), {
        message: 'Say either how long to wait or until when.',
      }),
    z.strictObject({
      ...base,
      kind: z.literal('wait_event'),
      event: text(100).min(1),
      match: conditionSchema.default({ all: [] }),
      within: duration,
      timeout: branches,
    }),
    z.strictObject({
      ...base,
      kind: z.literal('approval'),
      title: text(300).min(1),
      body: text(10_000).default(''),
      approvers: z.array(text(200).min(1)).min(1).max(50),
      needed: z.number().int().min(1).max(20).default(1),
      self: z.boolean().default(false),
      fields: z.array(field).max(20).default([]),
      within: duration.optional(),
      remind: duration.optional(),
      on_timeout: z.enum(['reject', 'approve', 'branch']).default('reject'),
      rejected: branches,
      expired: branches,
    }),
    z.strictObject({ ...base, kind: z.literal('set'), values: z.record(z.string().regex(names), json) }),
    z.strictObject({
      ...base,
      kind: z.literal('stop'),
      outcome: z.enum(['completed', 'failed']).default('completed'),
      message: text(500).default(''),
    }),
    z.strictObject({
      ...base,
      kind: z.literal('action'),
      action: z.string().regex(/^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/),
      connection: text(60).optional(),
      input: z.record(text(100), json).default({}),
      once: once.optional(),
      retry: z
        .strictObject({ tries: z.number().int().min(1).max(20), schedule: z.enum(['quick', 'long']) })
        .optional(),
      timeout_seconds: z.number().int().min(1).max(600).optional(),
      on_error: z.enum(['stop', 'continue', 'branch']).default('stop'),
      failed: branches,
    }),
  ]),
)

/** The steps of an automation: at most 200, nested at most eight deep, ids unique. */
export const stepsSchema: z.ZodType<Step[]> = z.array(stepSchema).superRefine((steps, context) => {
  const seen = new Set<string>()
  let count = 0
  const visit = (list: readonly Step[], depth: number, path: (string | number)[]): void => {
    if (depth > MAX_DEPTH) {
      context.addIssue({ code: 'custom', path, message: `Steps nest at most ${MAX_DEPTH} deep.` })
      return
    }
    for (const [at, step] of list.entries()) {
      count += 1
      if (seen.has(step.id))
        context.addIssue({
          code: 'custom',
          path: [...path, at, 'id'],
          message: `Two steps are called ${step.id}.`,
        })
      seen.add(step.id)
      for (const below of branchesOf(step)) visit(below.steps, depth + 1, [...path, at, ...below.path])
    }
  }
  visit(steps, 1, [])
  if (count > MAX_STEPS)
    context.addIssue({ code: 'custom', message: `An automation holds at most ${MAX_STEPS} steps.` })
})

export interface Branch {
  /** Its name within the step: `yes`, `case.0`, `branch.1`. */
  name: string
  /** What people read: `yes`, the name of a case. */
  label: string
  /** Where it stands in the JSON of the step. */
  path: (string | number)[]
  steps: Step[]
}

/** The lists of steps below a step, in the order people see them. */
export function branchesOf(step: Step): Branch[] {
  const one = (name: string, label: string, steps: Step[]): Branch => ({ name, label, path: [name], steps })
  switch (step.kind) {
    case 'if':
      return [one('yes', 'yes', step.yes), one('no', 'no', step.no)]
    case 'switch':
      return [
        ...step.cases.map(({ name, steps }, at) => ({
          ...{ name: `case.${at}`, label: name, path: ['cases', at, 'steps'], steps },
        })),
        one('otherwise', 'otherwise', step.otherwise),
      ]
    case 'each':
      return [one('steps', 'for each', step.steps)]
    case 'parallel':
      return step.branches.map(({ name, steps }, at) => ({
        ...{ name: `branch.${at}`, label: name, path: ['branches', at, 'steps'], steps },
      }))
    case 'wait_event':
      return [one('timeout', 'not in time', step.timeout)]
    case 'approval':
      return [one('rejected', 'rejected', step.rejected), one('expired', 'not in time', step.expired)]
    case 'action':
      return step.on_error === 'branch' || step.failed.length > 0
        ? [one('failed', 'failed', step.failed)]
        : []
    default:
      return []
  }
}

/** Every list of steps by its address: `''` is the automation's own, `check.yes` a branch. */
export function listsOf(steps: readonly Step[]): Map<string, readonly Step[]> {
  const lists = new Map<string, readonly Step[]>()
  const visit = (address: string, list: readonly Step[]): void => {
    lists.set(address, list)
    for (const step of list)
      for (const branch of branchesOf(step)) visit(`${step.id}.${branch.name}`, branch.steps)
  }
  visit('', steps)
  return lists
}

/** What comes after a step, in its own list and then in those around it; never the branches of the step itself. */
export function stepsAfter(steps: readonly Step[], id: string): Step[] {
  const lists = listsOf(steps)
  const after: Step[] = []
  let wanted: string | null = id
  while (wanted !== null) {
    const here: string = wanted
    const found: [string, readonly Step[]] | undefined = [...lists].find(([, list]) =>
      list.some((step) => step.id === here),
    )
    if (!found) return after
    const [address, list] = found
    after.push(...list.slice(list.findIndex((step) => step.id === here) + 1))
    wanted = address === '' ? null : address.slice(0, address.indexOf('.'))
  }
  return after
}
