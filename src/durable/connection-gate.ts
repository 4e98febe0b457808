/** One gate a connection: its token is refreshed once for all who ask, and its calls keep to the vendor's pace. */
import { DurableObject } from 'cloudflare:workers'
import { compose } from '../compose.ts'
import type { Env } from '../env.ts'
import { createGate, type Gate } from '../modules/connections/index.ts'
import type { Result } from '../platform/result.ts'
import type { Services } from '../platform/services.ts'
import type { Credentials } from '../platform/vendor.ts'

export class ConnectionGate extends DurableObject<Env> {
  #gate: Gate | null = null

  async credentials(tenantId: string, connectorId: string): Promise<Result<Credentials>> {
    return this.#of(tenantId, connectorId).credentials()
  }

  async renewed(tenantId: string, connectorId: string, failed: string): Promise<Result<Credentials>> {
    return this.#of(tenantId, connectorId).renewed(failed)
  }

  async take(tenantId: string, connectorId: string, cost: number): Promise<number> {
    return this.#of(tenantId, connectorId).take(cost)
  }

  async hold(tenantId: string, connectorId: string, forMs: number): Promise<void> {
    await this.#of(tenantId, connectorId).hold(forMs)
  }

  async forget(): Promise<void> {
    this.#gate = null
    await this.ctx.storage.deleteAll()
  }

  /** The object's name is made of both, so they are the same at every call. */
  #of(tenantId: string, connectorId: string): Gate {
    this.#gate ??= createGate(() => this.#services(), this.ctx.storage, tenantId, connectorId)
    return this.#gate
  }

  #services(): Promise<Services> {
    return compose(this.env, { later: (work) => this.ctx.waitUntil(work), logFields: { door: 'gate' } })
  }
}
