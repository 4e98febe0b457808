/** What each kind of step does when a run comes to it. */

import { after, instantOf, nextOpening } from '../../../kit/calendar.ts'
import { type Condition, judge, valueAt } from '../../../kit/condition.ts'
import { dateFormat } from '../../../kit/format.ts'
import { branchesOf } from './definition.ts'
import type { Json, Step } from './definition-model.ts'
import type { Frame, Thread } from './run-model.ts'
import { renderCondition, renderValue, type Scope, scopeOf } from './run-scope.ts'
import type { Walk } from './run-walk.ts'
import { judgementWords } from './why.ts'

type Of<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>

/** A step at its place: who stands there, under which key, and what can be seen from it. */
interface At<Kind extends Step['kind']> {
  walk: Walk
  thread: Thread
  step: Of<Kind>
  key: string
  scope: Scope
}

export function beginStep(walk: Walk, thread: Thread, step: Step, key: string) {
  const at = { walk, thread, key, scope: scopeOf(walk.run, thread) }
  switch (step.kind) {
    case 'if':
      return beginIf({ ...at, step })
    case 'switch':
      return beginSwitch({ ...at, step })
    case 'each':
      return beginEach({ ...at, step })
    case 'parallel':
      return beginParallel({ ...at, step })
    case 'set':
      return beginSet({ ...at, step })
    case 'stop':
      return beginStop({ ...at, step })
    case 'wait':
      return beginWait({ ...at, step })
    case 'wait_event':
      return beginWaitEvent({ ...at, step })
    case 'approval':
      return beginApproval({ ...at, step })
    case 'action':
      return walk.perform(thread, step, key, at.scope, 1)
  }
}

/** The judgement, or in words why there can be none. */
function judged(walk: Walk, condition: Condition, scope: Scope) {
  const rendered = renderCondition(condition, scope, walk.render())
  return rendered.ok ? judge(rendered.value, scope, walk.settings) : rendered.error.detail
}

function beginIf({ walk, thread, step, key, scope }: At<'if'>) {
  const judgement = judged(walk, step.condition, scope)
  if (typeof judgement === 'string') return walk.failStep(step, key, judgement)
  const branch = judgement.holds ? 'yes' : 'no'
  walk.keep(key, { branch })
  walk.note(step, key, 'done', judgementWords(judgement), { output: { branch } })
  walk.enter(thread, step, branch)
}

function beginSwitch({ walk, thread, step, key, scope }: At<'switch'>) {
  const take = (branch: string, name: string, why: string) => {
    walk.keep(key, { branch: name })
    walk.note(step, key, 'done', why, { output: { branch: name } })
    walk.enter(thread, step, branch)
  }
  for (const [at, one] of step.cases.entries()) {
    const judgement = judged(walk, one.condition, scope)
    if (typeof judgement === 'string') return walk.failStep(step, key, judgement)
    if (judgement.holds) return take(`case.${at}`, one.name, `${one.name}: ${judgementWords(judgement)}`)
  }
  take('otherwise', 'otherwise', 'None of the cases holds.')
}

function beginEach({ walk, thread, step, key, scope }: At<'each'>) {
  const list = valueAt(scope, step.list)
  if (!Array.isArray(list)) return walk.failStep(step, key, `There is no list at ${step.list}.`)
  const items = list.slice(0, step.most) as Json[]
  const left = list.length - items.length
  walk.keep(key, { items, count: items.length })
  const rest = left > 0 ? `; ${left} more are left out, ${step.most} is the most` : ''
  const why = `${items.length} ${items.length === 1 ? 'element' : 'elements'}${rest}.`
  walk.note(step, key, 'done', why, { output: { count: items.length, left_out: left } })
  if (items.length === 0) return walk.next(thread)
  const round = { index: 0, of: items.length }
  thread.frames.push({ list: `${step.id}.steps`, at: 0, prefix: `${key}#0/`, round })
}

function beginParallel({ walk, thread, step, key }: At<'parallel'>) {
  const { run } = walk
  const branches = branchesOf(step)
  const prefix = thread.frames.at(-1)?.prefix ?? ''
  const around = [...(thread.around ?? []), ...thread.frames.filter(({ round }) => round !== undefined)]
  run.open[key] = { kind: 'join', thread: thread.id, step: step.id, left: branches.length }
  walk.note(step, key, 'waiting', `${branches.length} branches go on at once.`)
  for (const { name } of branches) {
    const frame: Frame = { list: `${step.id}.${name}`, at: 0, prefix }
    run.threads.push({ id: run.nextThread, frames: [frame], joins: key, around })
    run.nextThread += 1
  }
}

function beginSet({ walk, thread, step, key, scope }: At<'set'>) {
  const values = renderValue(step.values, scope, walk.render())
  if (!values.ok) return walk.failStep(step, key, values.error.detail)
  Object.assign(walk.run.vars, values.value)
  walk.finish(thread, key, values.value, `Set ${Object.keys(step.values).join(', ')}.`)
}

function beginStop({ walk, step, key, scope }: At<'stop'>) {
  const message = renderValue(step.message, scope, walk.render())
  const words = message.ok ? String(message.value ?? '') : message.error.detail
  walk.note(step, key, 'done', words || 'The run ends here.')
  walk.end(step.outcome, step.outcome === 'failed' ? words || 'stopped' : null)
}

function beginWait(at: At<'wait'>) {
  const { walk, thread, step, key } = at
  const { now, business } = walk.settings
  let until = step.for ? after(now, step.for, business) : untilOf(at)
  if (typeof until === 'string') return walk.failStep(step, key, until)
  if (step.hours === 'business') until = nextOpening(Math.max(until, now), business)
  const iso = new Date(until).toISOString()
  if (until <= now) return walk.finish(thread, key, { until: iso }, 'That moment has passed already.')
  walk.note(step, key, 'waiting', `Waits until ${momentWords(until, business.timeZone)}.`)
  const open = { kind: 'sleep' as const, thread: thread.id, step: step.id, at: until }
  walk.wait(key, open, { kind: 'wake', key, at: until })
}

/** The instant that the step names, or in words why it names none. */
function untilOf({ walk, step, scope }: At<'wait'>): number | string {
  const text = renderValue(step.until ?? '', scope, walk.render())
  if (!text.ok) return text.error.detail
  const words = String(text.value ?? '')
  return instantOf(words, walk.settings.business.timeZone) ?? `"${words}" is no day and no instant.`
}

function beginWaitEvent({ walk, thread, step, key, scope }: At<'wait_event'>) {
  const match = renderCondition(step.match, scope, walk.render())
  if (!match.ok) return walk.failStep(step, key, match.error.detail)
  const until = after(walk.settings.now, step.within, walk.settings.business)
  walk.note(step, key, 'waiting', `Waits for ${step.event} until ${new Date(until).toISOString()}.`)
  const open = { kind: 'event' as const, thread: thread.id, step: step.id, at: until }
  walk.wait(key, open, { kind: 'listen', key, event: step.event, match: match.value, until })
}

function beginApproval({ walk, thread, step, key, scope }: At<'approval'>) {
  const { now, business } = walk.settings
  const { title, body, approvers } = step
  const words = renderValue({ title, body, approvers }, scope, walk.render())
  if (!words.ok) return walk.failStep(step, key, words.error.detail)
  const asked = words.value as { title: Json; body: Json; approvers: Json[] }
  const people = asked.approvers.flat().map(String)
  const until = step.within ? after(now, step.within, business) : null
  const remindAt = step.remind ? after(now, step.remind, business) : null
  walk.note(step, key, 'waiting', `Asks ${step.needed} of ${people.length} to approve.`)
  const text = { title: String(asked.title), body: String(asked.body), approvers: people }
  walk.wait(
    key,
    { kind: 'approval', thread: thread.id, step: step.id, at: until },
    { kind: 'ask', key, step, ...text, until, remindAt },
  )
}

/** `Tue 24 Nov 2026, 09:00`, in the zone of the business. */
const momentWords = (at: number, timeZone: string): string =>
  dateFormat('en-GB', {
    ...{ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', timeZone },
  }).format(at)
