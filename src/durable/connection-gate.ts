/** One gate a connection: its token is refreshed once for all who ask, and its calls keep to the vendor's pace. */
import { DurableObject } from 'cloudflare:workers'
import type { Env } from '../env.ts'
import { fail, type Result } from '../platform/result.ts'
import type { Credentials } from '../platform/vendor.ts'

export class ConnectionGate extends DurableObject<Env> {
  async credentials(_tenantId: string, _connectorId: string): Promise<Result<Credentials>> {
    return fail('unavailable', 'gate-closed', 'This connection cannot be used right now.')
  }
  async renewed(tenantId: string, connectorId: string, _failed: string): Promise<Result<Credentials>> {
    return this.credentials(tenantId, connectorId)
  }
  async take(_tenantId: string, _connectorId: string, _cost: number): Promise<number> {
    return 0
  }
  async hold(_forMs: number): Promise<void> {}
  async forget(): Promise<void> {
    await this.ctx.storage.deleteAll()
  }
}
