/** Changes of a draft's steps, one at a time: what the builder does with each click and each drop. Pure. */
import { fail, ok, type Result } from '../../../platform/result.ts'
import { branchesOf, stepsSchema } from './definition.ts'
import type { Step } from './definition-model.ts'

export type Edit =
  /** A new step into a list (`''` is the automation's own, `check.yes` a branch) before the one at `at`. */
  | { edit: 'add'; list: string; at: number; step: unknown }
  | { edit: 'set'; step: unknown }
  | { edit: 'move'; id: string; list: string; at: number }
  | { edit: 'up' | 'down' | 'remove' | 'duplicate' | 'switch'; id: string }

/** The steps after the change; refused in words when it cannot be made. */
export function editSteps(steps: readonly Step[], change: Edit): Result<Step[]> {
  const draft = structuredClone(steps) as Step[]
  const fault = apply(draft, change)
  if (fault) return fail('invalid', 'edit-refused', fault)
  const parsed = stepsSchema.safeParse(draft)
  if (parsed.success) return ok(parsed.data)
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  return fail('invalid', 'invalid', errors[0]?.message ?? 'This does not fit.', { errors })
}

/** In words why not; null: done. */
function apply(draft: Step[], change: Edit): string | null {
  switch (change.edit) {
    case 'add':
      return add(draft, change.list, change.at, change.step as Step)
    case 'set':
      return set(draft, change.step as Step)
    case 'move':
      return move(draft, change.id, change.list, change.at)
    case 'up':
    case 'down':
      return shift(draft, change.id, change.edit)
    case 'remove':
      return take(draft, change.id) ? null : GONE
    case 'duplicate':
      return duplicate(draft, change.id)
    case 'switch':
      return flip(draft, change.id)
  }
}

const GONE = 'This step is no more. Load the page again.'
const NO_PLACE = 'The place it should go to is no more. Load the page again.'

interface Place {
  list: Step[]
  at: number
  step: Step
}

function find(list: Step[], id: string): Place | null {
  for (const [at, step] of list.entries()) {
    if (step.id === id) return { list, at, step }
    for (const branch of branchesOf(step)) {
      const below = find(branch.steps, id)
      if (below) return below
    }
  }
  return null
}

function listAt(draft: Step[], address: string): Step[] | null {
  if (address === '') return draft
  const dot = address.indexOf('.')
  const owner = find(draft, address.slice(0, dot))
  const name = address.slice(dot + 1)
  return (owner && openBranches(owner.step).find((one) => one.name === name)?.steps) ?? null
}

/** Also the branch of an action that has none yet. */
const openBranches = (step: Step) =>
  step.kind === 'action' ? [{ name: 'failed', steps: step.failed }] : branchesOf(step)

function add(draft: Step[], address: string, at: number, step: Step): string | null {
  const list = listAt(draft, address)
  if (!list) return NO_PLACE
  list.splice(bounded(at, list.length), 0, { ...step, id: freeId(draft, step) })
  return null
}

/** Its branches stay as they are; only what the form of the step shows is replaced. */
function set(draft: Step[], step: Step): string | null {
  const place = find(draft, step.id)
  if (!place) return GONE
  place.list[place.at] = { ...step, ...branchFields(place.step, step) } as Step
  return null
}

/** The lists of steps below a step that keeps its kind. */
function branchFields(before: Step, after: Step): Partial<Step> {
  if (before.kind !== after.kind) return {}
  switch (before.kind) {
    case 'if':
      return { yes: before.yes, no: before.no }
    case 'each':
      return { steps: before.steps }
    case 'wait_event':
      return { timeout: before.timeout }
    case 'approval':
      return { rejected: before.rejected, expired: before.expired }
    case 'action':
      return { failed: before.failed }
    // a case or branch brings its own steps: one that was taken out must not leave them to its neighbour
    case 'switch':
      return { otherwise: before.otherwise }
    default:
      return {}
  }
}

function move(draft: Step[], id: string, address: string, at: number): string | null {
  const from = find(draft, id)
  const to = listAt(draft, address)
  if (!from) return GONE
  if (!to) return NO_PLACE
  if (to !== from.list && holds(from.step, to)) return 'A step cannot go into itself.'
  from.list.splice(from.at, 1)
  to.splice(bounded(at, to.length), 0, from.step)
  return null
}

function shift(draft: Step[], id: string, way: 'up' | 'down'): string | null {
  const place = find(draft, id)
  if (!place) return GONE
  const to = place.at + (way === 'up' ? -1 : 1)
  if (to < 0 || to >= place.list.length) return null
  place.list.splice(place.at, 1)
  place.list.splice(to, 0, place.step)
  return null
}

function take(draft: Step[], id: string): Step | null {
  const place = find(draft, id)
  if (!place) return null
  place.list.splice(place.at, 1)
  return place.step
}

/** A copy behind it, with ids of its own all the way down. */
function duplicate(draft: Step[], id: string): string | null {
  const place = find(draft, id)
  if (!place) return GONE
  const taken = idsOf(draft)
  place.list.splice(place.at + 1, 0, renamed(structuredClone(place.step), taken))
  return null
}

function flip(draft: Step[], id: string): string | null {
  const place = find(draft, id)
  if (!place) return GONE
  const { off, ...step } = place.step
  place.list[place.at] = (off ? step : { ...step, off: true }) as Step
  return null
}

function renamed(step: Step, taken: Set<string>): Step {
  step.id = nextId(step.id.replace(/_\d+$/, ''), taken)
  taken.add(step.id)
  for (const { steps } of branchesOf(step)) for (const below of steps) renamed(below, taken)
  return step
}

const holds = (step: Step, list: Step[]): boolean =>
  openBranches(step).some(({ steps }) => steps === list || steps.some((below) => holds(below, list)))

function idsOf(steps: readonly Step[], ids = new Set<string>()): Set<string> {
  for (const step of steps) {
    ids.add(step.id)
    for (const branch of branchesOf(step)) idsOf(branch.steps, ids)
  }
  return ids
}

/** Named after what it does: `send`, `send_2`. */
function freeId(draft: readonly Step[], step: Step): string {
  const taken = idsOf(draft)
  if (step.id && !taken.has(step.id)) return step.id
  const root = step.kind === 'action' ? (step.action.split('.')[1] ?? 'step') : step.kind
  return nextId(root, taken)
}

function nextId(root: string, taken: ReadonlySet<string>): string {
  if (!taken.has(root)) return root
  let n = 2
  while (taken.has(`${root}_${n}`)) n += 1
  return `${root}_${n}`
}

const bounded = (at: number, length: number): number => Math.max(0, Math.min(Math.floor(at) || 0, length))
