/**
 * The core of automations: what a run does next, given what has happened. Pure: no clock, no chance, no input or output.
 * A happening that the run does not wait for changes nothing, so everything may come twice and in any order.
 */
import type { ActionStep, Json } from './definition-model.ts'
import { DEFAULT_RETRY, retryPause } from './retry.ts'
import { beginStep } from './run-begin.ts'
import { type Happening, isAlive, type Open, type RunState, type Transition } from './run-model.ts'
import { scopeOf } from './run-scope.ts'
import { type Lists, type RunSettings, Walk } from './run-walk.ts'

export type { Lists, RunSettings } from './run-walk.ts'

/** A run at its first steps. */
export function startRun(lists: Lists, trigger: Json, settings: RunSettings): Transition {
  const run: RunState = {
    phase: 'running',
    trigger,
    vars: {},
    outputs: {},
    threads: [{ id: 0, frames: [{ list: '', at: 0, prefix: '' }] }],
    open: {},
    nextThread: 1,
    begun: 0,
    error: null,
  }
  const walk = new Walk(run, lists, settings, beginStep)
  walk.go()
  return walk
}

/** The run after something happened; `known` stays as it is. */
export function advanceRun(
  lists: Lists,
  known: RunState,
  happening: Happening,
  settings: RunSettings,
): Transition {
  const walk = new Walk(structuredClone(known), lists, settings, beginStep)
  take(walk, happening, settings)
  walk.go()
  return walk
}

function take(walk: Walk, happening: Happening, settings: RunSettings) {
  const { run } = walk
  switch (happening.kind) {
    case 'cancel':
      if (!isAlive(run.phase)) return
      walk.say(`Cancelled by ${happening.by}.`)
      return walk.end('cancelled', 'cancelled')
    case 'stop':
      if (!isAlive(run.phase)) return
      walk.say(happening.why)
      return walk.end('stopped', null)
    case 'pause':
      if (run.phase !== 'running') return
      run.phase = 'paused'
      return walk.say('Paused.')
    case 'resume':
      if (run.phase !== 'paused') return
      run.phase = 'running'
      return walk.say('Goes on.')
    case 'retry':
      // what failed is begun again where the run stands
      if (run.phase !== 'failed') return
      run.phase = 'running'
      run.error = null
      return walk.say('Tried again from where it failed.')
    default: {
      const open = run.open[happening.key]
      if (open) resolve(walk, open, happening, settings)
    }
  }
}

type Keyed = Extract<Happening, { key: string }>

function resolve(walk: Walk, open: Open, happening: Keyed, settings: RunSettings) {
  const thread = walk.threadOf(open.thread)
  const step = walk.stepAt(thread)
  if (!step) return
  const { key } = happening
  switch (happening.kind) {
    case 'done':
      if (open.kind !== 'effect' || open.attempt !== happening.attempt) return
      return walk.finish(thread, key, happening.output, happening.why ?? 'Done.', happening.attempt)
    case 'failed':
      if (open.kind !== 'effect' || open.attempt !== happening.attempt || step.kind !== 'action') return
      return failed(walk, open, step, happening, settings)
    case 'unknown': {
      if (open.kind !== 'effect' || open.attempt !== happening.attempt) return
      const { attempt, error } = happening
      walk.note(step, key, 'unknown', error, { attempt, error })
      walk.wait(key, { ...open, kind: 'unknown', error }, null)
      return
    }
    case 'settled':
      if (open.kind !== 'unknown' || step.kind !== 'action') return
      if (happening.choice === 'skip')
        return walk.finish(thread, key, null, 'A person chose to go on without it.', open.attempt)
      if (happening.choice === 'fail') {
        delete walk.run.open[key]
        return walk.failStep(step, key, open.error, open.attempt)
      }
      return walk.perform(thread, step, key, scopeOf(walk.run, thread), open.attempt + 1, true)
    case 'woke':
      return woke(walk, open, key, settings)
    case 'arrived':
      if (open.kind !== 'event') return
      walk.commands.push({ kind: 'drop', key })
      return walk.finish(thread, key, { arrived: true, event: happening.event }, 'It came.')
    case 'decided':
      if (open.kind !== 'approval' || step.kind !== 'approval') return
      walk.commands.push({ kind: 'drop', key })
      if (happening.verdict === 'approved') return walk.finish(thread, key, happening.output, 'Approved.')
      delete walk.run.open[key]
      walk.keep(key, happening.output)
      walk.note(step, key, 'done', 'Rejected.', { output: happening.output })
      return walk.enter(thread, step, 'rejected', true)
  }
}

function failed(
  walk: Walk,
  open: Extract<Open, { kind: 'effect' }>,
  step: ActionStep,
  { key, attempt, error, retry, afterMs }: Extract<Happening, { kind: 'failed' }>,
  { now, chance }: RunSettings,
) {
  const pause = retry ? retryPause(step.retry ?? DEFAULT_RETRY, attempt, { afterMs, chance }) : null
  if (pause !== null) {
    const at = now + pause
    walk.note(step, key, 'retrying', `${error} Tried again at ${new Date(at).toISOString()}.`, {
      attempt,
      error,
    })
    walk.wait(key, { ...open, kind: 'retry', at, error }, { kind: 'wake', key, at })
    return
  }
  delete walk.run.open[key]
  if (step.on_error === 'stop') return walk.failStep(step, key, error, attempt)
  const thread = walk.threadOf(open.thread)
  walk.note(step, key, 'failed', error, { attempt, error })
  walk.keep(key, { error })
  walk.enter(thread, step, 'failed')
}

function woke(walk: Walk, open: Open, key: string, { now }: RunSettings) {
  const thread = walk.threadOf(open.thread)
  const step = walk.stepAt(thread)
  // a timer that comes early belongs to something before
  if (!step || !('at' in open) || open.at === null || open.at > now) return
  switch (open.kind) {
    case 'sleep':
      return walk.finish(thread, key, { until: new Date(open.at).toISOString() }, 'The time has come.')
    case 'retry':
      if (step.kind === 'action') walk.perform(thread, step, key, scopeOf(walk.run, thread), open.attempt + 1)
      return
    case 'event':
      delete walk.run.open[key]
      walk.commands.push({ kind: 'drop', key })
      walk.keep(key, { arrived: false })
      walk.note(step, key, 'done', 'It did not come in time.', { output: { arrived: false } })
      return walk.enter(thread, step, 'timeout')
    case 'approval':
      return expired(walk, open, key)
  }
}

function expired(walk: Walk, open: Extract<Open, { kind: 'approval' }>, key: string) {
  const thread = walk.threadOf(open.thread)
  const step = walk.stepAt(thread)
  if (step?.kind !== 'approval') return
  walk.commands.push({ kind: 'drop', key })
  if (step.on_timeout === 'approve')
    return walk.finish(
      thread,
      key,
      { approved: true, expired: true },
      'Nobody decided in time: approved, as set.',
    )
  delete walk.run.open[key]
  walk.keep(key, { approved: false, expired: true })
  const branch = step.on_timeout === 'branch' ? 'expired' : 'rejected'
  walk.note(step, key, 'done', 'Nobody decided in time.', { output: { approved: false, expired: true } })
  walk.enter(thread, step, branch, true)
}
