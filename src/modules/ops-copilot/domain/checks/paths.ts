/** Fields that templates, conditions and loops read: whether there will be something, and what was probably meant. */
import { linesOf } from '../../../../kit/condition.ts'
import { templateVariables } from '../../../../kit/template.ts'
import type { AutomationDraft } from '../automation-model.ts'
import type { Json, Step } from '../definition-model.ts'
import { fieldsBefore, type ScopeField } from '../scope-fields.ts'
import { type CheckWorld, type DraftIssue, liveSteps } from './model.ts'
import { nearest } from './nearest.ts'

type Draft = Pick<AutomationDraft, 'trigger' | 'steps'>

export function pathIssues(draft: Draft, world: CheckWorld): DraftIssue[] {
  const all = liveSteps(draft.steps)
  const ids = new Set(all.map(({ step }) => step.id))
  return all.flatMap(({ step }) => {
    const paths = pathsOf(step)
    if (paths.length === 0) return []
    const fields = fieldsBefore(draft.trigger, draft.steps, step.id, world).flatMap((group) => group.fields)
    return paths.flatMap(({ path, field }) => {
      const issue = judgePath(path, { draft, fields, ids })
      return issue ? [{ ...issue, step: step.id, ...(field ? { field } : {}) }] : []
    })
  })
}

interface Read {
  path: string
  field?: string
}

/** Every path that a step itself reads, each once a field. */
function pathsOf(step: Step): Read[] {
  switch (step.kind) {
    case 'action':
      return Object.entries(step.input).flatMap(([field, value]) => readBy(value, field))
    case 'set':
      return Object.entries(step.values).flatMap(([field, value]) => readBy(value, field))
    case 'if':
      return linesOf(step.condition).flatMap(({ field, value }) => [
        { path: field, field: 'condition' },
        ...readBy((value ?? null) as Json, 'condition'),
      ])
    case 'switch':
      return step.cases.flatMap(({ condition }) =>
        linesOf(condition).map(({ field }) => ({ path: field, field: 'cases' })),
      )
    case 'each':
      return [{ path: step.list, field: 'list' }]
    case 'wait':
      return readBy(step.until ?? null, 'until')
    case 'approval':
      return [
        ...readBy(step.title, 'title'),
        ...readBy(step.body, 'body'),
        ...readBy(step.approvers, 'approvers'),
      ]
    case 'wait_event':
      return linesOf(step.match).flatMap(({ value }) => readBy((value ?? null) as Json, 'match'))
    default:
      return []
  }
}

function readBy(value: Json, field: string): Read[] {
  if (typeof value === 'string')
    return value.includes('{') ? templateVariables(value).map((path) => ({ path, field })) : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap((one) => readBy(one, field))
}

interface Seen {
  draft: Draft
  fields: readonly ScopeField[]
  ids: ReadonlySet<string>
}

/** Null: something will be there, or nobody can tell beforehand. */
function judgePath(written: string, { draft, fields, ids }: Seen): Omit<DraftIssue, 'step'> | null {
  const path = written.replace(/\[(\d+)\]/g, '.$1').replace(/\["([^"]+)"\]/g, '.$1')
  const [root = '', second = ''] = path.split('.')
  if (isOpen(path, draft) || fields.some((field) => reaches(field, path))) return null
  if (root === 'steps') return stepIssue(path, second, ids, fields)
  if ((root === 'item' || root === 'index') && !fields.some((field) => field.path === root))
    return {
      severity: 'error',
      message: `${path} is known only inside a loop.`,
      fix: 'Move the step into it.',
    }
  const meant = nearest(
    path,
    fields.map((field) => field.path),
  )
  return {
    ...{ severity: 'warning', message: `Nothing here is called ${path}: it will be empty.` },
    fix: meant ? `Did you mean ${meant}?` : 'Choose a field from the list.',
  }
}

function stepIssue(
  path: string,
  id: string,
  ids: ReadonlySet<string>,
  fields: readonly ScopeField[],
): Omit<DraftIssue, 'step'> {
  if (!ids.has(id)) {
    const meant = nearest(id, [...ids])
    const fix = meant ? `Did you mean steps.${meant}?` : 'Choose a field from the list.'
    return { severity: 'error', message: `${path}: there is no step called ${id}.`, fix }
  }
  const own = fields.filter((field) => field.path.startsWith(`steps.${id}.`)).map((field) => field.path)
  if (own.length > 0) {
    const meant = nearest(path, own)
    const fix = meant ? `Did you mean ${meant}?` : `It gives ${own.join(', ')}.`
    return { severity: 'warning', message: `${id} gives nothing that is called ${path}.`, fix }
  }
  return {
    ...{
      severity: 'warning',
      message: `${path} may be empty here: that step is on another way, or comes later.`,
    },
    fix: 'Move one of the two, or give it something to fall back on: | default: "…".',
  }
}

/** What outside systems send, and what every run carries. */
const isOpen = (path: string, { trigger }: Draft): boolean =>
  trigger.kind === 'hook'
    ? path.startsWith('trigger.') || path === 'trigger'
    : /^trigger(\.(event|input|body|workspace)\b|$)/.test(path) || /^(vars|steps|workspace)$/.test(path)

/** The field itself, something around it, or something inside a value whose inside is not listed. */
function reaches({ path, sample }: ScopeField, asked: string): boolean {
  if (path === asked || path.startsWith(`${asked}.`)) return true
  const inside = asked.startsWith(`${path}.`)
  return inside && (sample === null || typeof sample === 'object' || /\.(size|first|last)$/.test(asked))
}
