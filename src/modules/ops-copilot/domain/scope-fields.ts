/** What a step can use: fields of what started the run, outputs of the steps before it, the round of its loop. */
import type { StepOutput } from '../../../platform/step.ts'
import type { Trigger } from './automation-model.ts'
import { branchesOf } from './definition.ts'
import type { Json, Step } from './definition-model.ts'

export interface ScopeField {
  /** `trigger.invoice.total`. */
  path: string
  label: string
  sample: Json
}

export interface ScopeGroup {
  title: string
  fields: ScopeField[]
}

/** What is known of events, records and actions. */
export interface ScopeWorld {
  event(type: string): { title: string; sample: Record<string, unknown> } | null
  records: readonly { kind: string; title: string; fields: readonly StepOutput[] }[]
  action(action: string): { title: string; outputs: readonly StepOutput[] } | null
}

/** `stepId` null: at the very end. Groups without a field are left out. */
export function fieldsBefore(
  trigger: Trigger,
  steps: readonly Step[],
  stepId: string | null,
  world: ScopeWorld,
): ScopeGroup[] {
  const before: Step[] = []
  const loops: Step[] = []
  walk(steps, stepId, before, loops)
  const groups = [
    ...triggerGroups(trigger, world),
    ...loops.map((step) => loopGroup(step)),
    ...before.map((step) => stepGroup(step, world)),
    { title: 'The business', fields: WORKSPACE },
  ]
  return groups.filter(({ fields }) => fields.length > 0)
}

const WORKSPACE: ScopeField[] = [
  { path: 'workspace.name', label: 'Name of the business', sample: 'Harbour Goods' },
  { path: 'workspace.currency', label: 'Currency', sample: 'USD' },
]

/** True when the step was found below; then nothing after it counts. */
function walk(list: readonly Step[], stepId: string | null, before: Step[], loops: Step[]): boolean {
  for (const step of list) {
    if (step.id === stepId) return true
    for (const branch of branchesOf(step)) {
      const mark = before.length
      if (step.kind === 'each') loops.push(step)
      const inside: Step[] = ownOutputs(step) && step.kind !== 'each' ? [step] : []
      before.push(...inside)
      if (walk(branch.steps, stepId, before, loops)) return true
      if (step.kind === 'each') loops.pop()
      before.length = mark
    }
    if (ownOutputs(step)) before.push(step)
  }
  return false
}

const ownOutputs = (step: Step): boolean =>
  ['action', 'set', 'approval', 'wait_event', 'each'].includes(step.kind)

function triggerGroups(trigger: Trigger, world: ScopeWorld): ScopeGroup[] {
  switch (trigger.kind) {
    case 'event': {
      const event = world.event(trigger.event)
      const own = Object.entries(event?.sample ?? {}).map(([name, sample]) =>
        field(`trigger.${name}`, labelOf(name), sample as Json),
      )
      return [
        { title: event?.title ?? trigger.event, fields: own },
        ...recordGroups(trigger.event, own, world),
      ]
    }
    case 'schedule':
      return [
        {
          title: 'The moment',
          fields: [field('trigger.scheduled_for', 'When it was due', '2026-12-01T08:00:00.000Z')],
        },
      ]
    case 'manual': {
      const own = trigger.fields.map(({ name, label }) => field(`trigger.${name}`, label, ''))
      const kinds = trigger.record ? [trigger.record, 'contact'] : []
      return [{ title: 'What is asked for', fields: own }, ...groupsOf(kinds, world)]
    }
    case 'form': {
      const own = trigger.fields.map(({ name, label }) => field(`trigger.${name}`, label, ''))
      return [{ title: trigger.title, fields: own }, ...groupsOf(['contact'], world)]
    }
    case 'hook':
      return [{ title: 'What is sent', fields: [field('trigger.body', 'The whole body', {})] }]
  }
}

/** Records that the event names, and whoever it is about. */
function recordGroups(event: string, own: readonly ScopeField[], world: ScopeWorld): ScopeGroup[] {
  const object = event.split('.')[0] ?? ''
  const named = world.records
    .map(({ kind }) => kind)
    .filter((kind) => kind === object || own.some(({ path }) => path === `trigger.${kind}_id`))
  return groupsOf([...new Set([...named, 'contact'])], world)
}

const groupsOf = (kinds: readonly string[], world: ScopeWorld): ScopeGroup[] =>
  kinds.flatMap((kind) => {
    const record = world.records.find((one) => one.kind === kind)
    if (!record) return []
    const fields = record.fields.map(({ name, label, sample }) =>
      field(`trigger.${kind}.${name}`, label, sample),
    )
    return [{ title: record.title, fields }]
  })

const loopGroup = (step: Step): ScopeGroup => ({
  title: `Each round of “${step.name ?? step.id}”`,
  fields: [field('item', 'The element', {}), field('index', 'How many before it', 0)],
})

function stepGroup(step: Step, world: ScopeWorld): ScopeGroup {
  const base = `steps.${step.id}`
  switch (step.kind) {
    case 'action': {
      const facts = world.action(step.action)
      const title = step.name ?? facts?.title ?? step.action
      return {
        title,
        fields: (facts?.outputs ?? []).map(({ name, label, sample }) =>
          field(`${base}.${name}`, label, sample),
        ),
      }
    }
    case 'set':
      return {
        title: step.name ?? 'Kept values',
        fields: Object.entries(step.values).map(([name, value]) =>
          field(`vars.${name}`, labelOf(name), value),
        ),
      }
    case 'approval':
      return {
        title: step.name ?? step.title,
        fields: [
          field(`${base}.approved`, 'It was approved', true),
          ...step.fields.map(({ name, label }) => field(`${base}.values.${name}`, label, '')),
        ],
      }
    case 'wait_event':
      return { title: step.name ?? `What came: ${step.event}`, fields: [field(base, 'The event', {})] }
    case 'each':
      return { title: step.name ?? 'The loop', fields: [field(`${base}.items`, 'Its elements', [])] }
    default:
      return { title: '', fields: [] }
  }
}

const field = (path: string, label: string, sample: Json): ScopeField => ({ path, label, sample })

const labelOf = (name: string): string => {
  const words = name.replaceAll('_', ' ')
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
