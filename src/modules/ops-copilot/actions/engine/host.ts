/** A tenant's engine with the services around it: what its Durable Object performs. */

import { judge } from '../../../../kit/condition.ts'
import { type Actor, systemActor } from '../../../../platform/actor.ts'
import { isoInstant, systemClock } from '../../../../platform/clock.ts'
import type {
  ChangeAnswer,
  RunChange,
  RunDetail,
  RunStart,
  StartAnswer,
} from '../../../../platform/engine-port.ts'
import { uuidv7 } from '../../../../platform/ids.ts'
import { errorText } from '../../../../platform/log.ts'
import type { Services } from '../../../../platform/services.ts'
import { Engine } from '../../engine/engine.ts'
import { View } from '../../engine/view.ts'
import type { Published } from '../../store/published.ts'
import { type Doing, executorOf } from './executors.ts'
import { flushDirty } from './flush.ts'
import { type Ground, readGround, rest } from './ground.ts'
import { holdOf } from './holds.ts'
import { Rhythm } from './rhythm.ts'
import { type EngineStorage, sqlOf } from './sql.ts'
import { atDoor, refuseAtDoor, type Startable, startAtMoment, startOf } from './starts.ts'
import { triggerFacts } from './trigger-facts.ts'

/** So soon after something has failed the engine looks again, whatever else it waits for. */
const WATCHDOG_MS = 60_000
const HOUR_MS = 3_600_000

export class EngineHost {
  readonly #servicesOf: () => Promise<Services>
  readonly #storage: EngineStorage
  readonly #tenantId: string
  readonly #engine: Engine
  readonly #view: View
  readonly #rhythm: Rhythm
  #ground: Ground | null = null
  #flushing: Promise<void> = Promise.resolve()
  #wake: number | null | undefined

  constructor(servicesOf: () => Promise<Services>, storage: EngineStorage, tenantId: string) {
    this.#servicesOf = servicesOf
    this.#storage = storage
    this.#tenantId = tenantId
    const sql = sqlOf(storage)
    this.#engine = new Engine(
      {
        sql,
        executor: (action) => executorOf(this.#doing(), action),
        hold: (request) =>
          holdOf(sql, request, this.#at.published.get(request.automationId) ?? null, this.#now()),
        now: () => this.#now(),
        chance,
        newId: () => uuidv7(this.#ground ? this.#now() : systemClock.now()),
      },
      () => this.#at.business,
    )
    this.#view = new View(sql)
    this.#rhythm = new Rhythm(sql)
  }

  async start(start: RunStart): Promise<StartAnswer> {
    await this.#ready()
    const automation = await this.#known(start.automationId)
    if (start.door && automation?.trigger.kind !== 'hook') return { ok: false, why: 'unknown' }
    const refusal = start.door && automation ? refuseAtDoor(start.door, automation) : null
    if (refusal) return { ok: false, why: refusal }
    const draft = start.draft && ({ ...start.draft, id: start.automationId } as Startable)
    const made = draft ? startOf(start, draft) : automation && startOf(atDoor(start, automation), automation)
    if (!made) return { ok: false, why: 'unknown' }
    if (!start.draft && automation?.status !== 'active') return { ok: false, why: 'not-active' }
    const braked = automation ? await this.#brake(automation) : false
    const answer = this.#engine.start(braked ? { ...made, atOnce: 0 } : made)
    await this.#settle()
    return { ok: true, ...answer }
  }

  async change(runId: string, change: RunChange): Promise<ChangeAnswer> {
    await this.#ready()
    if (!this.#view.sight(runId)) return { ok: false, why: 'unknown' }
    const answer = this.#change(runId, change)
    if (answer.ok) await this.#settle()
    return answer
  }

  #change(runId: string, change: RunChange): ChangeAnswer {
    if (change.kind === 'release') return said(this.#engine.release(runId, change.key))
    if (change.kind !== 'retry') return said(this.#engine.happen(runId, change))
    if (change.version === 'newest') {
      const row = this.#view.sight(runId)?.row
      const newest = row && this.#at.published.get(row.automation)
      if (!newest || !this.#engine.repin(runId, newest.hash, newest.steps, newest.version))
        return { ok: false, why: 'steps-differ' }
    }
    return said(this.#engine.happen(runId, { kind: 'retry' }))
  }

  /** Safe to repeat: the event's id is the cause of what it starts. */
  async hear(event: { id: string; type: string; payload: Record<string, unknown> }): Promise<void> {
    await this.#ready()
    this.#engine.hear(event.type, event.payload as never)
    const waiting = [...this.#at.published.values()].filter(
      ({ status, trigger }) =>
        status === 'active' && trigger.kind === 'event' && trigger.event === event.type,
    )
    if (waiting.length > 0) {
      const facts = await triggerFacts(this.#at.services, this.#actor(), event)
      for (const automation of waiting) await this.#hearOne(automation, event.id, facts)
    }
    await this.#settle()
  }

  async #hearOne(automation: Published, eventId: string, facts: Awaited<ReturnType<typeof triggerFacts>>) {
    const { trigger } = automation
    if (trigger.kind !== 'event') return
    const judged = judge(
      trigger.condition,
      { trigger: facts.trigger, ...facts.trigger },
      { now: this.#now() },
    )
    if (!judged.holds) return
    const start: RunStart = {
      ...{ automationId: automation.id, trigger: facts.trigger, by: null, words: `event ${trigger.event}` },
      ...{ subject: facts.subject, contact: facts.contact },
      cause: { source: `event ${automation.id}`, key: eventId },
    }
    const braked = await this.#brake(automation)
    const made = startOf(start, automation)
    this.#engine.start(braked ? { ...made, atOnce: 0 } : made)
  }

  async run(runId: string): Promise<RunDetail | null> {
    await this.#ready()
    return this.#view.detail(runId)
  }

  async flush(): Promise<void> {
    await this.#ready()
    await this.#flush()
  }

  /** What was published, paused or removed; what a brake kept back goes on when its automation is active again. */
  async changed(): Promise<void> {
    await this.#ready('anew')
    for (const automation of this.#at.published.values())
      if (automation.status === 'active') this.#engine.drain(automation.id, automation.care.at_once)
    await this.#settle()
  }

  async holdRuns(automationId: string, held: boolean): Promise<number> {
    await this.#ready()
    const moved = this.#view
      .aliveOf(automationId)
      .filter((id) => this.#engine.happen(id, { kind: held ? 'pause' : 'resume' }))
    await this.#settle()
    return moved.length
  }

  async endRuns(automationId: string, by: string): Promise<number> {
    await this.#ready()
    const alive = this.#view.aliveOf(automationId)
    for (const id of alive) this.#engine.happen(id, { kind: 'cancel', by })
    await this.#settle()
    return alive.length
  }

  /** Does what is due. Never throws: an alarm that fails too often would not come again. */
  async tick(): Promise<void> {
    await this.#storage.setAlarm(systemClock.now() + WATCHDOG_MS)
    try {
      await this.#ready('anew')
      this.#startDue()
      await this.#engine.tick()
      await this.#flush()
      await this.#arm()
    } catch (error) {
      this.#ground?.services.log.error('engine.failed', { tenantId: this.#tenantId, error: errorText(error) })
    }
  }

  async forget(): Promise<void> {
    const services = await this.#servicesOf()
    await this.#storage.deleteAlarm()
    await this.#storage.deleteAll()
    await services.directory.forgetEngine(this.#tenantId)
  }

  #startDue() {
    const { business, published, workspace } = this.#at
    for (const { automation, at } of this.#rhythm.takeDue(published, this.#now(), business)) {
      const known = published.get(automation)
      if (!known) continue
      const start = startAtMoment(systemActor(workspace, 'engine'), automation, isoInstant(at))
      this.#engine.start(startOf(start, known))
    }
  }

  /** After a change: what is due is done by the alarm at once, and lists know of it. */
  async #settle(): Promise<void> {
    await this.#arm()
    await this.#flush()
  }

  async #arm(): Promise<void> {
    const { business, published, services } = this.#at
    this.#rhythm.keep(published, this.#now(), business)
    const dues = [this.#engine.nextDue(), this.#rhythm.nextDue()].filter((due) => due !== null)
    const due = dues.length > 0 ? Math.min(...dues) : null
    // by real time: an alarm knows nothing of a clock that was moved
    if (due !== null) await this.#storage.setAlarm(systemClock.now() + Math.max(0, due - this.#now()))
    else await this.#storage.deleteAlarm()
    const wake = due === null ? null : Math.max(due, this.#now())
    if (this.#wake !== undefined && this.#wake === wake) return
    this.#wake = wake
    await services.directory.setEngineWake(this.#tenantId, wake)
  }

  #flush(): Promise<void> {
    const { services, workspace, published } = this.#at
    const showing = {
      services,
      workspace,
      view: this.#view,
      automation: (id: string) => published.get(id) ?? null,
    }
    this.#flushing = this.#flushing.catch(() => {}).then(() => flushDirty(showing))
    return this.#flushing
  }

  /** More runs in an hour than it may have: it rests, what comes meanwhile waits, and its owner is told. */
  async #brake(automation: Published): Promise<boolean> {
    const most = automation.care.brake_per_hour
    if (most === null || this.#engine.startedThisHour(automation.id) < most) return false
    const why = `It was started more than ${most} times within an hour. Look whether that is right, then let it go on.`
    await this.#rest(automation, why, `brake:${automation.id}:${Math.floor(this.#now() / HOUR_MS)}`)
    return true
  }

  async #rest(automation: Published, why: string, dedupeKey: string): Promise<void> {
    await rest(this.#at.services, this.#actor(), automation, { why, dedupeKey, at: this.#now() })
  }

  #doing(): Doing {
    const { services, workspace, published } = this.#at
    return {
      services,
      workspace,
      automation: (id) => published.get(id) ?? null,
      lostRights: (id, why) => {
        const known = published.get(id)
        if (known?.status === 'active') services.later(this.#rest(known, why, `rights:${id}:${why}`))
      },
    }
  }

  async #known(id: string): Promise<Published | null> {
    const known = this.#at.published.get(id)
    if (known?.status === 'active') return known
    // it may have been published a moment ago
    await this.#ready('anew')
    return this.#at.published.get(id) ?? null
  }

  async #ready(how: 'known' | 'anew' = 'known'): Promise<void> {
    const services = await this.#servicesOf()
    if (this.#ground && how === 'known') {
      this.#ground.services = services
      return
    }
    this.#ground = await readGround(services, this.#tenantId)
  }

  get #at(): Ground {
    if (!this.#ground) throw new Error('the engine is not ready')
    return this.#ground
  }

  #now = (): number => this.#at.services.clock.now()
  #actor = (): Actor => systemActor(this.#at.workspace, 'engine')
}

const chance = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32

const said = (moved: boolean): ChangeAnswer => (moved ? { ok: true } : { ok: false, why: 'not-now' })
