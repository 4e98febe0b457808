/** A world whose engines run over real storage of Durable Objects, with the world's own clock and queues, and no alarms. */
import { runInDurableObject } from 'cloudflare:test'
import { EngineHost } from '../../src/modules/ops-copilot/index.ts'
import type { EnginePort } from '../../src/platform/engine-port.ts'
import { testEnv, type World } from './world.ts'

type Storage = ConstructorParameters<typeof EngineHost>[1]

/** Engines are lost (as in a crash) when `reboot` is called; what they wrote stays. */
export function engineOf(world: World): EnginePort & { reboot(): void } {
  let hosts = new Map<string, EngineHost>()
  const at = <T>(tenantId: string, work: (host: EngineHost) => Promise<T>): Promise<T> => {
    const stub = testEnv.AUTOMATION_ENGINE.get(testEnv.AUTOMATION_ENGINE.idFromName(tenantId))
    return runInDurableObject(stub, (_engine, state) => {
      const host =
        hosts.get(tenantId) ?? new EngineHost(async () => world.services, quiet(state.storage), tenantId)
      hosts.set(tenantId, host)
      return work(host)
    }) as Promise<T>
  }
  return {
    start: (tenantId, start) => at(tenantId, (host) => host.start(start)),
    change: (tenantId, runId, change) => at(tenantId, (host) => host.change(runId, change)),
    hear: (tenantId, event) => at(tenantId, (host) => host.hear(event)),
    run: (tenantId, runId) => at(tenantId, (host) => host.run(runId)),
    flush: (tenantId) => at(tenantId, (host) => host.flush()),
    changed: (tenantId) => at(tenantId, (host) => host.changed()),
    nudge: (tenantId) => at(tenantId, (host) => host.tick()),
    holdRuns: (tenantId, automationId, held) => at(tenantId, (host) => host.holdRuns(automationId, held)),
    endRuns: (tenantId, automationId, by) => at(tenantId, (host) => host.endRuns(automationId, by)),
    forget: (tenantId) => at(tenantId, (host) => host.forget()),
    reboot: () => {
      hosts = new Map()
    },
  }
}

/** Alarms would wake the object's own engine beside the one under test. */
const quiet = (storage: DurableObjectStorage): Storage => ({
  sql: storage.sql as Storage['sql'],
  transactionSync: (work) => storage.transactionSync(work),
  setAlarm: async () => {},
  getAlarm: async () => null,
  deleteAlarm: async () => {},
  deleteAll: () => storage.deleteAll(),
})
