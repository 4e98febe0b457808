/** What is other between two drafts, as sentences: steps that came, went, moved, and what changed in them. */
import type { AutomationDraft } from './automation-model.ts'
import { branchesOf } from './definition.ts'
import type { Json, Step } from './definition-model.ts'

export interface DiffNames {
  /** What people call a step. */
  step(step: Step): string
  /** The trigger in words. */
  trigger(draft: Pick<AutomationDraft, 'trigger'>): string
}

type Compared = Pick<AutomationDraft, 'name' | 'trigger' | 'steps' | 'stop_on' | 'care'>

/** Nothing: they are alike. */
export function draftDiff(before: Compared, after: Compared, names: DiffNames): string[] {
  return [
    ...(before.name === after.name ? [] : [`It is called “${after.name}”; it was “${before.name}”.`]),
    ...(same(before.trigger, after.trigger)
      ? []
      : [`It starts: ${names.trigger(after)}. Before: ${names.trigger(before)}.`]),
    ...stepLines(before.steps, after.steps, names),
    ...(same(before.stop_on, after.stop_on) ? [] : ['What ends a run early is other.']),
    ...careLines(before, after),
  ]
}

interface Placed {
  step: Step
  /** Address of its list. */
  list: string
  at: number
}

function stepLines(before: readonly Step[], after: readonly Step[], names: DiffNames): string[] {
  const [old, now] = [placed(before), placed(after)]
  const title = (step: Step) => `“${names.step(step)}”`
  const gone = [...old.values()].filter(({ step }) => !now.has(step.id))
  const come = [...now.values()].filter(({ step }) => !old.has(step.id))
  const kept = [...now.values()].flatMap((place) => {
    const was = old.get(place.step.id)
    return was ? [{ was, place }] : []
  })
  return [
    ...gone.map(({ step }) => `${title(step)} is gone.`),
    ...come.map(({ step }) => `${title(step)} is new.`),
    ...movedOf(kept).map(({ step }) => `${title(step)} stands somewhere else.`),
    ...kept.flatMap(({ was, place }) =>
      changesOf(was.step, place.step).map((what) => `${title(place.step)}: ${what}`),
    ),
  ]
}

function placed(steps: readonly Step[], list = '', found = new Map<string, Placed>()): Map<string, Placed> {
  for (const [at, step] of steps.entries()) {
    found.set(step.id, { step, list, at })
    for (const branch of branchesOf(step)) placed(branch.steps, `${step.id}.${branch.name}`, found)
  }
  return found
}

/** In another list, or in another order among those that stayed. */
function movedOf(kept: readonly { was: Placed; place: Placed }[]): { step: Step }[] {
  const elsewhere = kept.filter(({ was, place }) => was.list !== place.list)
  const lists = new Set(kept.map(({ place }) => place.list))
  const shuffled = [...lists].flatMap((list) => {
    const here = kept.filter(({ was, place }) => place.list === list && was.list === list)
    const order = [...here].sort((a, b) => a.was.at - b.was.at).map(({ place }) => place.step.id)
    const first = here.find(({ place }, at) => order[at] !== place.step.id)
    return first ? [first] : []
  })
  return [...elsewhere, ...shuffled].map(({ place }) => ({ step: place.step }))
}

const BRANCHES = new Set([
  'id',
  'yes',
  'no',
  'steps',
  'timeout',
  'rejected',
  'expired',
  'failed',
  'otherwise',
])

function changesOf(before: Step, after: Step): string[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)]
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((name) => !same(old[name], now[name]))
    .map((name) => {
      const words = name.replaceAll('_', ' ')
      if (old[name] === undefined) return `${words} is ${shown(now[name])}.`
      return now[name] === undefined
        ? `${words} is no more.`
        : `${words} is ${shown(now[name])}; it was ${shown(old[name])}.`
    })
}

/** Its own fields; what an action is given, each by itself; never the steps below. */
function fieldsOf(step: Step): Record<string, Json | undefined> {
  const { input, cases, branches, ...rest } = step as unknown as Record<string, Json>
  const own = Object.fromEntries(Object.entries(rest).filter(([name]) => !BRANCHES.has(name)))
  const named = (list: Json | undefined) =>
    Array.isArray(list)
      ? list.map((one) => {
          const { steps: _steps, ...kept } = one as Record<string, Json>
          return kept
        })
      : undefined
  return {
    ...own,
    ...(input as Record<string, Json> | undefined),
    cases: named(cases),
    branches: named(branches),
  }
}

function careLines(before: Compared, after: Compared): string[] {
  return (Object.keys(after.care) as (keyof Compared['care'])[])
    .filter((name) => before.care[name] !== after.care[name])
    .map(
      (name) =>
        `${name.replaceAll('_', ' ')}: ${after.care[name] ?? 'none'}; it was ${before.care[name] ?? 'none'}.`,
    )
}

const shown = (value: Json | undefined): string => {
  const text = typeof value === 'string' ? `“${value}”` : JSON.stringify(value)
  return text.length > 100 ? `${text.slice(0, 97)}…` : text
}

/** Alike as JSON, whatever the order of their names. */
const same = (a: unknown, b: unknown): boolean => sorted(a) === sorted(b)

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, held: unknown) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  ) ?? ''
