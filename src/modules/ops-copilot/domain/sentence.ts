/** A sentence as a draft, by rules alone: what starts it, what is asked, what is done, and which words nobody understood. */
import { fail, ok, type Result } from '../../../platform/result.ts'
import { draftSchema } from './automation.ts'
import { type AutomationDraft, CARE, type StopRule } from './automation-model.ts'
import type { Duration, IfStep, Step } from './definition-model.ts'
import { durationOf } from './sentence/amounts.ts'
import { amountLine, lookAgain, paidRule, readCondition } from './sentence/conditions.ts'
import type { Made, SentenceWorld, Setting } from './sentence/making.ts'
import { SentenceReader } from './sentence/reader.ts'
import { readStep } from './sentence/steps.ts'
import { readStart } from './sentence/triggers.ts'

export type { SentenceWorld } from './sentence/making.ts'

export interface FromSentence {
  draft: AutomationDraft
  /** Words that had no meaning here, as they were written. */
  unread: string[]
  /** What is still to be chosen. */
  choose: string[]
  /** Nothing was said of when; it is started by hand. */
  byHand: boolean
}

const MOST = 2000

/** “when an invoice is 7 days overdue, email the customer, wait 3 days, and if still unpaid create a task for me”. */
export function draftFromSentence(sentence: string, world: SentenceWorld): Result<FromSentence> {
  const text = sentence.trim().replace(/\s+/g, ' ').replace(/[‘’]/g, "'")
  if (text === '') return refused('Say what should happen, and when.')
  if (text.length > MOST) return refused(`At most ${MOST} characters.`)
  const first = new Reading(new SentenceReader(text), world)
  first.readAll()
  // “email the customer when an invoice is late”: what it is about was known only at the end
  const reading = first.isLate ? new Reading(new SentenceReader(text), world, first) : first
  if (reading !== first) reading.readAll()
  if (reading.steps.length === 0)
    return refused(
      'Nothing in it could be understood as something to do. Try: “When an invoice is overdue, email the customer.”',
    )
  const draft = draftSchema.safeParse({
    ...{ name: nameOf(text), description: text, trigger: reading.trigger ?? { kind: 'manual', fields: [] } },
    ...{ stop_on: reading.stops, steps: reading.steps, care: CARE },
  })
  if (!draft.success) return refused('That is more than an automation holds. Say it in parts.')
  const { reader, choose, trigger } = reading
  return ok({ draft: draft.data, unread: reader.unread(), choose, byHand: trigger === null })
}

const refused = (detail: string) => fail('invalid', 'sentence', detail)

const nameOf = (text: string): string => {
  const name = text.slice(0, 1).toUpperCase() + text.slice(1).replace(/[.!?]+$/, '')
  return name.length > 80 ? `${name.slice(0, 77)}…` : name
}

/** The step that a decision reads. */
const isLook = (step: Step | undefined, { condition }: IfStep): boolean =>
  step !== undefined && JSON.stringify(condition).includes(`"steps.${step.id}.`)

class Reading {
  readonly steps: Step[] = []
  readonly stops: StopRule[] = []
  readonly choose: string[] = []
  trigger: AutomationDraft['trigger'] | null = null
  private list: Step[] = this.steps
  private decision: IfStep | null = null
  private setting: Setting
  private readonly ids = new Set<string>()
  readonly reader: SentenceReader

  /** What starts it was said after what is to be done. */
  isLate = false

  constructor(reader: SentenceReader, world: SentenceWorld, known?: Reading) {
    this.reader = reader
    this.setting = known?.setting ?? { world, about: '', event: null, type: null }
  }

  readAll(): void {
    while (!this.reader.isDone) {
      if (this.reader.takeEnd()) this.leave()
      else if (!this.readCondition() && !this.readStart() && !this.readStep()) this.reader.skip()
    }
    this.leave()
  }

  /** What starts it may stand at the end too: “send me the report every Monday”. */
  private readStart(): boolean {
    if (this.trigger) return false
    const start = readStart(this.reader, this.setting.world.timeZone)
    if (!start) return false
    const { trigger, about, since, amount } = start
    this.trigger = trigger
    this.isLate = this.steps.length > 0
    if (trigger.kind === 'event') {
      const { event } = trigger
      const known = this.setting.world.events.find(({ type }) => type === event)
      if (!known) this.choose.push(`what starts it (nothing here tells of ${event})`)
      this.setting = { ...this.setting, about, type: event, event: known?.title ?? event }
      if (since) this.waitSince(durationOf(...since))
      if (trigger.event === 'invoice.overdue') this.stops.push(paidRule)
      if (!amount) return true
      const line = amountLine(...amount, about)
      if (this.hasElse()) this.decide(line)
      else trigger.condition = { all: [line] }
    }
    return true
  }

  /** It is told on the first day after it was due, so one of the days that people mean has passed. */
  private waitSince({ amount, unit }: Duration): void {
    const days = unit === 'weeks' ? amount * 7 : amount
    const left =
      unit === 'weeks' || unit === 'days' ? { amount: days - 1, unit: 'days' as const } : { amount, unit }
    if (left.amount > 0) this.steps.unshift({ id: this.idFor('wait'), kind: 'wait', for: left, hours: 'any' })
  }

  private readCondition(): boolean {
    // before anything else, “if” is what starts it
    const before = this.reader.at
    const read = this.trigger || this.steps.length > 0 ? readCondition(this.reader, this.setting.about) : null
    if (!read) return false
    if (read.kind === 'else') {
      if (this.decision) this.list = this.decision.no
      else this.reader.at = before
      return this.decision !== null
    }
    if (read.kind === 'stop') {
      const known = new Set(this.stops.map(({ event }) => event))
      this.stops.push(...read.rules.filter(({ event }) => !known.has(event)))
      return true
    }
    if (
      read.kind === 'line' &&
      this.steps.length === 0 &&
      this.trigger?.kind === 'event' &&
      !this.hasElse()
    ) {
      const { condition } = this.trigger
      this.trigger.condition =
        'all' in condition ? { all: [...condition.all, read.line] } : { all: [condition, read.line] }
      return true
    }
    if (read.kind === 'unpaid') {
      const look = this.idFor('look')
      this.list.push(lookAgain(look))
      this.decide({ field: `steps.${look}.record.status`, operator: 'equals', value: 'open' })
    } else this.decide(read.line)
    return true
  }

  private hasElse(): boolean {
    return /\b(otherwise|or else|if not)\b/i.test(this.reader.text.slice(this.reader.at))
  }

  private decide(line: IfStep['condition']): void {
    // a condition within the first way of another; deeper ones stand beside it
    if (this.decision && this.list === this.decision.no) this.leave()
    const step: IfStep = { id: this.idFor('check'), kind: 'if', condition: { all: [line] }, yes: [], no: [] }
    this.list.push(step)
    this.decision = step
    this.list = step.yes
  }

  /** A full stop ends what a condition concerned; one that stands last concerns the step before it. */
  private leave(): void {
    const { decision, steps } = this
    const at = decision ? steps.indexOf(decision) : -1
    if (decision && at > 0 && decision.yes.length === 0 && decision.no.length === 0) {
      const looks = at > 1 && isLook(steps[at - 1], decision)
      const [done] = steps.splice(looks ? at - 2 : at - 1, 1)
      if (done) decision.yes.push(done)
    }
    this.decision = null
    this.list = this.steps
  }

  private readStep(): boolean {
    const made: Made | null = readStep(this.reader, this.setting)
    if (!made) return false
    const { step, choose } = made
    const name = step.kind === 'action' ? (step.action.split('.')[0] ?? 'step') : step.kind
    this.list.push({ ...step, id: this.idFor(name) })
    if (choose && !this.choose.includes(choose)) this.choose.push(choose)
    return true
  }

  private idFor(root: string): string {
    let id = root
    for (let n = 2; this.ids.has(id); n++) id = `${root}_${n}`
    this.ids.add(id)
    return id
  }
}
