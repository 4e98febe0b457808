/** One engine per workspace: its automations' runs, each written down before anything of it leaves. */
import { DurableObject } from 'cloudflare:workers'
import { compose } from '../compose.ts'
import type { Env } from '../env.ts'
import { EngineHost } from '../modules/ops-copilot/index.ts'
import { systemClock } from '../platform/clock.ts'
import type { ChangeAnswer, RunChange, RunDetail, RunStart, StartAnswer } from '../platform/engine-port.ts'
import type { Services } from '../platform/services.ts'

/** Services are made anew after so long: in development the clock moves under them. */
const FRESH_MS = 1_000

export class AutomationEngine extends DurableObject<Env> {
  #host: EngineHost | null = null
  #services: { made: number; services: Promise<Services> } | null = null

  async start(tenantId: string, start: RunStart): Promise<StartAnswer> {
    return this.#of(tenantId).start(start)
  }

  async change(tenantId: string, runId: string, change: RunChange): Promise<ChangeAnswer> {
    return this.#of(tenantId).change(runId, change)
  }

  async hear(tenantId: string, event: { id: string; type: string; payload: Record<string, unknown> }) {
    await this.#of(tenantId).hear(event)
  }

  async run(tenantId: string, runId: string): Promise<RunDetail | null> {
    return this.#of(tenantId).run(runId)
  }

  async flush(tenantId: string): Promise<void> {
    await this.#of(tenantId).flush()
  }

  async changed(tenantId: string): Promise<void> {
    await this.#of(tenantId).changed()
  }

  async holdRuns(tenantId: string, automationId: string, held: boolean): Promise<number> {
    return this.#of(tenantId).holdRuns(automationId, held)
  }

  async endRuns(tenantId: string, automationId: string, by: string): Promise<number> {
    return this.#of(tenantId).endRuns(automationId, by)
  }

  async nudge(tenantId: string): Promise<void> {
    this.#services = null
    await this.#of(tenantId).tick()
  }

  async forget(tenantId: string): Promise<void> {
    await this.#of(tenantId).forget()
    this.#host = null
  }

  override async alarm(): Promise<void> {
    const tenantId = await this.ctx.storage.get<string>('tenant')
    if (tenantId) await this.#of(tenantId).tick()
  }

  /** The object's name is the tenant, so it is the same at every call; an alarm has nothing else to go by. */
  #of(tenantId: string): EngineHost {
    if (!this.#host) {
      this.#host = new EngineHost(() => this.#fresh(), this.ctx.storage, tenantId)
      void this.ctx.storage.put('tenant', tenantId)
    }
    return this.#host
  }

  #fresh(): Promise<Services> {
    const now = systemClock.now()
    if (!this.#services || now - this.#services.made > FRESH_MS) {
      const later = (work: Promise<unknown>) => this.ctx.waitUntil(work)
      this.#services = { made: now, services: compose(this.env, { later, logFields: { door: 'engine' } }) }
    }
    return this.#services.services
  }
}
