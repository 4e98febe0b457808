/** Tries a draft without any effect: on one real record, or on what really happened in the last 30 days. */
import { nextOccurrence } from '../../../kit/calendar.ts'
import { judge } from '../../../kit/condition.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { fail, forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services, StepDefinition } from '../../../platform/services.ts'
import type { StepJson } from '../../../platform/step.ts'
import { eventsSince } from '../../workspace/index.ts'
import type { Trigger } from '../domain/automation-model.ts'
import { businessTimeOf, readCopilotSettings } from '../domain/copilot-settings.ts'
import { listsOf } from '../domain/definition.ts'
import type { ActionStep, Json, Step } from '../domain/definition-model.ts'
import { type Rehearsal, type RehearsedEffect, rehearse } from '../domain/rehearsal.ts'
import type { Scope } from '../domain/run-scope.ts'
import type { AutomationRow } from '../store/automations.ts'
import { settingsRow } from '../store/published.ts'
import { readAutomation } from './automations.ts'
import { stepCatalogue } from './catalogue.ts'
import { eventCatalogue } from './desk.ts'
import { triggerFacts, withWorkspace } from './engine/trigger-facts.ts'
import { recordOfSubject, runSubjects } from './subjects.ts'

const DAY_MS = 86_400_000
const LOOK_BACK_DAYS = 30
const MOST_EVENTS = 500
const MOST_REHEARSED = 60

export interface RehearsalAsk {
  /** `invoice:in_1`: the record that stands for what started it. */
  subject?: string
  decide?: 'approved' | 'rejected'
  comes?: boolean
  /** Values of what is asked for by hand or in a form. */
  input?: Record<string, StepJson>
}

export async function rehearseAutomation(
  services: Services,
  actor: Actor,
  id: string,
  ask: RehearsalAsk = {},
): Promise<Result<Rehearsal>> {
  const known = await readAutomation(services, actor, id)
  if (!known.ok) return known
  if (!can(actor, 'ops:write')) return forbidden('try automations')
  const facts = await factsFor(services, actor, known.value, ask)
  if (!facts.ok) return facts
  return ok(await rehearseOn(services, actor, known.value, facts.value, ask))
}

/** One step filled in for a record: what it would be given; steps that only look are done for real. */
export async function tryStep(
  services: Services,
  actor: Actor,
  id: string,
  stepId: string,
  ask: RehearsalAsk,
): Promise<Result<{ input: Json; output: Json; why: string; reached: boolean }>> {
  const done = await rehearseAutomation(services, actor, id, { ...ask, comes: true })
  if (!done.ok) return done
  const line = done.value.lines.findLast(({ step }) => step === stepId)
  if (!line) {
    const why = done.value.error ?? 'For this record the run does not come to this step.'
    return ok({ input: null, output: null, why, reached: false })
  }
  return ok({
    input: line.input ?? null,
    output: line.output ?? null,
    why: line.error ?? line.why,
    reached: true,
  })
}

interface Facts {
  trigger: Record<string, StepJson>
  subject: string | null
  contact: string | null
}

async function rehearseOn(
  services: Services,
  actor: Actor,
  row: Pick<AutomationRow, 'actions'>,
  facts: Facts,
  { decide = 'approved', comes = false }: RehearsalAsk,
): Promise<Rehearsal> {
  const settings = await services.tenant(actor.tenantId).get(settingsRow(services.tenant(actor.tenantId)))
  return rehearse({
    steps: row.actions as readonly Step[],
    ...facts,
    now: services.clock.now(),
    business: businessTimeOf(readCopilotSettings(settings?.settings), actor.workspace.timeZone),
    ...{ decide, comes },
    perform: (step, input, scope) => performer(services, actor, step, input, scope),
  })
}

/** Steps that only look are done for real; any other says what it would do, and gives what such a step gives. */
async function performer(
  services: Services,
  actor: Actor,
  step: ActionStep,
  input: Record<string, Json>,
  scope: Scope,
): Promise<RehearsedEffect | string> {
  const facts = stepCatalogue(services).find(({ action }) => action === step.action)
  if (!facts) return `Nobody here knows how to do ${step.action}.`
  const own = services.wings.flatMap((wing) => wing.steps ?? []).find((one) => one.action === step.action)
  if (own && own.effect === 'look') return look(services, actor, own, step, input, scope)
  const missing = facts.fields.find(
    ({ name, required, preset }) => required && preset === undefined && isEmpty(input[name]),
  )
  if (missing) return `${missing.label} is empty: for this record there is nothing to put there.`
  const output = Object.fromEntries(facts.outputs.map(({ name, sample }) => [name, sample]))
  return { output, why: `${facts.title}${inputWords(input)}`, leaves: facts.effect !== 'look' }
}

async function look(
  services: Services,
  actor: Actor,
  own: StepDefinition,
  step: ActionStep,
  input: Record<string, Json>,
  scope: Scope,
): Promise<RehearsedEffect | string> {
  if (!can(actor, own.permission)) return 'You may not see this, and so neither may the automation.'
  const done = await own.perform(services, actor, {
    ...{ input, connection: step.connection ?? null, key: 'rehearsal', runId: 'rehearsal' },
    ...{ automationId: 'rehearsal', automationName: 'rehearsal', subject: null, contact: null },
    data: () => scope,
  })
  if (done.ok) return { output: done.output, why: done.why ?? 'Looked.', leaves: false }
  return 'error' in done ? done.error : done.why
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === ''

function inputWords(input: Record<string, Json>): string {
  const words = Object.entries(input)
    .filter(([, value]) => !isEmpty(value))
    .slice(0, 3)
    .map(([name, value]) => `${name.replaceAll('_', ' ')} “${short(value)}”`)
  return words.length > 0 ? `: ${words.join(', ')}` : ''
}

const short = (value: Json): string => {
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replace(/\s+/g, ' ')
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}

/** What would have started it: the record that was chosen, else the newest real event, else the catalogue's sample. */
async function factsFor(
  services: Services,
  actor: Actor,
  row: Pick<AutomationRow, 'triggerConfig'>,
  { subject, input = {} }: RehearsalAsk,
): Promise<Result<Facts>> {
  const trigger = row.triggerConfig as Trigger
  if (subject) {
    const found = await recordOfSubject(services, actor, subject)
    if (!found) return notFound('record')
    const [kind = ''] = subject.split(':')
    const event = trigger.kind === 'event' ? trigger.event : 'manual'
    const own = { ...input, [`${kind}_id`]: found.id as StepJson }
    const facts = await triggerFacts(services, actor, { type: event, payload: own })
    return ok({ ...facts, subject })
  }
  if (trigger.kind === 'event') {
    const newest = (await recentEvents(services, actor, trigger.event)).at(-1)
    const [first] = newest ? [] : await runSubjects(services, actor, { triggerConfig: trigger })
    if (first) return factsFor(services, actor, row, { subject: first.value, input })
    const sample = eventCatalogue(services).find(({ type }) => type === trigger.event)?.sample
    const payload = newest?.payload ?? sample
    if (!payload) return fail('invalid', 'unknown-event', 'Nobody here knows this event.')
    return ok(await triggerFacts(services, actor, { type: trigger.event, payload }))
  }
  const own: Record<string, StepJson> = { ...input, input, event: trigger.kind }
  if (trigger.kind === 'hook') own.body = input
  if (trigger.kind === 'schedule') own.scheduled_for = isoInstant(services.clock.now())
  return ok({ trigger: withWorkspace(actor, own), subject: null, contact: null })
}

const recentEvents = (services: Services, actor: Actor, type: string) =>
  eventsSince(services, actor, type, services.clock.now() - LOOK_BACK_DAYS * DAY_MS, MOST_EVENTS)

export interface LookBack {
  /** How often it would have been started. */
  starts: number
  /** Events that came and did not meet its condition. */
  passed: number
  /** More happened than was looked at. */
  more: boolean
  /** What would have left, by action: how often, and to whom. */
  effects: { action: string; times: number; to: string[] }[]
  /** Runs that were gone through for that. */
  rehearsed: number
  /** Runs that would have failed, with the reason of the first. */
  failed: number
  failure: string | null
}

/** What the last 30 days would have been. */
export async function lookBack(
  services: Services,
  actor: Actor,
  row: Pick<AutomationRow, 'triggerConfig' | 'actions'>,
): Promise<LookBack> {
  const trigger = row.triggerConfig as Trigger
  const back: LookBack = {
    ...{ starts: 0, passed: 0, more: false, effects: [], rehearsed: 0, failed: 0, failure: null },
  }
  if (trigger.kind === 'schedule') {
    back.starts = occurrences(trigger, services.clock.now() - LOOK_BACK_DAYS * DAY_MS, services.clock.now())
    const at = withWorkspace(actor, { scheduled_for: isoInstant(services.clock.now()), event: 'schedule' })
    await addRun(services, actor, row, { trigger: at, subject: null, contact: null }, back, back.starts)
    return back
  }
  if (trigger.kind !== 'event') return back
  const events = await recentEvents(services, actor, trigger.event)
  back.more = events.length === MOST_EVENTS
  const seen = new Map<string, number>()
  for (const event of events) {
    const facts = await triggerFacts(services, actor, event)
    const known = { trigger: facts.trigger, ...facts.trigger }
    const about = facts.subject ?? facts.contact
    const again = trigger.again_after_days
    const last = about ? seen.get(about) : undefined
    const tooSoon = again !== null && last !== undefined && event.at < last + again * DAY_MS
    if (tooSoon || !judge(trigger.condition, known, { now: event.at }).holds) {
      back.passed += 1
      continue
    }
    if (about) seen.set(about, event.at)
    back.starts += 1
    if (back.rehearsed < MOST_REHEARSED) await addRun(services, actor, row, facts, back, 1)
  }
  return back
}

async function addRun(
  services: Services,
  actor: Actor,
  row: Pick<AutomationRow, 'actions'>,
  facts: Facts,
  back: LookBack,
  times: number,
): Promise<void> {
  const done = await rehearseOn(services, actor, row, facts, {})
  back.rehearsed += times
  if (done.phase === 'failed') {
    back.failed += times
    back.failure ??= done.error
  }
  const actions = new Map(actionsOf(row.actions).map((step) => [step.id, step.action]))
  for (const { step, state, why, input } of done.lines) {
    const action = actions.get(step)
    if (!action || state !== 'done' || !why.startsWith('Would: ')) continue
    const known = back.effects.find((one) => one.action === action)
    const effect = known ?? { action, times: 0, to: [] }
    if (!known) back.effects.push(effect)
    effect.times += times
    const to = (input as Record<string, Json> | undefined)?.to
    if (typeof to === 'string' && to && !effect.to.includes(to)) effect.to.push(to)
  }
}

const actionsOf = (steps: readonly Step[]): ActionStep[] =>
  [...listsOf(steps).values()].flat().filter((step): step is ActionStep => step.kind === 'action')

function occurrences(trigger: Extract<Trigger, { kind: 'schedule' }>, from: number, to: number): number {
  let count = 0
  let after = isoInstant(from)
  while (count < 2000) {
    const next = nextOccurrence(trigger.cron, trigger.time_zone, after)
    if (!next || Date.parse(next) > to) return count
    count += 1
    after = next
  }
  return count
}
