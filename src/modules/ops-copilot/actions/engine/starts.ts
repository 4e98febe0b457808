/** How an automation's run is begun: pinned to what was published, as careful as its automation. */
import { valueAt } from '../../../../kit/condition.ts'
import type { Actor } from '../../../../platform/actor.ts'
import type { HookDoor, RunStart } from '../../../../platform/engine-port.ts'
import type { Care, StopRule, Trigger } from '../../domain/automation-model.ts'
import type { Step } from '../../domain/definition-model.ts'
import type { Start } from '../../engine/engine.ts'
import { withWorkspace } from './trigger-facts.ts'

const DAY_MS = 86_400_000

export interface Startable {
  id: string
  version: number
  hash: string
  steps: readonly Step[]
  stopOn: readonly StopRule[]
  care: Care
  trigger?: Trigger
}

export function startOf(
  start: RunStart,
  { id, version, hash, steps, stopOn, care, trigger }: Startable,
): Start {
  const { words, by, subject, contact, cause } = start
  return {
    ...{ automationId: id, hash, steps, trigger: start.trigger, subject, contact, cause, stopOn },
    facts: { version, cause: words, by },
    atOnce: care.at_once,
    ...againOf(trigger, start),
  }
}

/** Not again for the same record too soon. */
function againOf(trigger: Trigger | undefined, { subject, contact }: RunStart): Pick<Start, 'again'> {
  const about = subject ?? contact
  if (trigger?.kind !== 'event' || trigger.again_after_days === null || about === null) return {}
  return { again: { key: about, afterMs: trigger.again_after_days * DAY_MS } }
}

/** A moment of its rhythm has come. The same moment starts it once. `instant`: ISO. */
export function startAtMoment(actor: Actor, automationId: string, instant: string): RunStart {
  return {
    automationId,
    trigger: withWorkspace(actor, { scheduled_for: instant, event: 'schedule' }),
    cause: { source: `cron ${automationId}`, key: instant },
    words: 'schedule',
    by: null,
    subject: null,
    contact: null,
  }
}

/** Why a call at the automation's own address is not taken; null: it is. */
export function refuseAtDoor(
  { signed }: HookDoor,
  { trigger }: Pick<Startable, 'trigger'>,
): 'not-signed' | null {
  return trigger?.kind === 'hook' && trigger.proof === 'signed' && !signed ? 'not-signed' : null
}

/** The cause of a call: what the automation says tells repeated ones, else what the caller says, else each is one. */
export function atDoor(start: RunStart, { trigger }: Pick<Startable, 'trigger'>): RunStart {
  if (!start.door || trigger?.kind !== 'hook') return start
  const named = trigger.id_path ? valueAt(start.trigger.body, trigger.id_path) : null
  const key = typeof named === 'string' || typeof named === 'number' ? String(named) : start.door.callId
  return key ? { ...start, cause: { source: `hook ${start.automationId}`, key } } : start
}
