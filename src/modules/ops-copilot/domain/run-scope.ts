/** What a step can see: the trigger, values that were set, outputs of steps before it, the round of its loop. */

import type { Condition } from '../../../kit/condition.ts'
import { valueAt } from '../../../kit/condition.ts'
import { renderTemplate } from '../../../kit/template.ts'
import { fail, ok, type Result } from '../../../platform/result.ts'
import type { Json } from './definition-model.ts'
import type { Frame, RunState, Thread } from './run-model.ts'

export type Scope = Record<string, Json>

/** `steps` holds outputs by id: those of the round that the thread is in, and of everything around it. */
export function scopeOf(run: RunState, thread: Thread): Scope {
  const frame = thread.frames.at(-1)
  const steps: Record<string, Json> = {}
  for (const prefix of prefixesOf(frame?.prefix ?? '')) {
    for (const [key, output] of Object.entries(run.outputs)) {
      if (key.startsWith(prefix) && !key.slice(prefix.length).includes('/'))
        steps[key.slice(prefix.length)] = output
    }
  }
  const workspace = valueAt(run.trigger, 'workspace') as Json | undefined
  return { trigger: run.trigger, vars: run.vars, steps, workspace: workspace ?? {}, ...roundOf(run, thread) }
}

/** `a#1/b#0/` is inside `a#1/`, which is inside the whole. */
function prefixesOf(prefix: string): string[] {
  const parts = prefix.split('/').filter(Boolean)
  return ['', ...parts.map((_, at) => `${parts.slice(0, at + 1).join('/')}/`)]
}

function roundOf(run: RunState, { frames, around = [] }: Thread): Record<string, Json> {
  const frame = [...around, ...frames].findLast(
    (one): one is Frame & { round: NonNullable<Frame['round']> } => one.round !== undefined,
  )
  if (!frame) return {}
  const items = valueAt(run.outputs[loopKey(frame.prefix)], 'items')
  const item = Array.isArray(items) ? (items[frame.round.index] as Json | undefined) : undefined
  return { item: item ?? null, index: frame.round.index }
}

/** The key of the loop that a prefix ends with. */
export const loopKey = (prefix: string): string => prefix.replace(/#\d+\/$/, '')

/** A path alone, as `{{ trigger.lines }}`. */
const ALONE = /^\{\{-?\s*([A-Za-z_][\w]*(?:\.[\w-]+)*)\s*-?\}\}$/

export interface RenderSettings {
  now: number
  timeZone: string
}

/** Every text of `value` rendered; a path alone gives the value itself, with its type. */
export function renderValue(value: Json, scope: Scope, settings: RenderSettings): Result<Json> {
  if (typeof value === 'string') return renderText(value, scope, settings)
  if (Array.isArray(value)) return renderAll(value, scope, settings)
  if (typeof value !== 'object' || value === null) return ok(value)
  const values = renderAll(Object.values(value), scope, settings)
  if (!values.ok) return values
  return ok(Object.fromEntries(Object.keys(value).map((key, at) => [key, values.value[at] as Json])))
}

function renderAll(values: Json[], scope: Scope, settings: RenderSettings): Result<Json[]> {
  const rendered: Json[] = []
  for (const value of values) {
    const one = renderValue(value, scope, settings)
    if (!one.ok) return one
    rendered.push(one.value)
  }
  return ok(rendered)
}

function renderText(text: string, scope: Scope, settings: RenderSettings): Result<Json> {
  if (!text.includes('{{') && !text.includes('{%')) return ok(text)
  const path = ALONE.exec(text.trim())?.[1]
  if (path !== undefined) return ok((valueAt(scope, path) as Json | undefined) ?? null)
  return renderTemplate(text, scope, settings)
}

/** The condition with the templates among its values filled in. */
export function renderCondition(
  condition: Condition,
  scope: Scope,
  settings: RenderSettings,
): Result<Condition> {
  const rendered = renderValue(condition as unknown as Json, scope, settings)
  if (!rendered.ok) return fail('invalid', 'condition', rendered.error.detail)
  return ok(rendered.value as unknown as Condition)
}
