/** Services that die at the n-th thing they do to the world, just before or just after it is done. */
import type { Services } from '../../src/platform/services.ts'

export class Killed extends Error {}

export interface Fault {
  at: number
  when: 'before' | 'after'
}

export interface FaultyServices {
  services: Services
  /** Effects so far: transactions, files and messages. */
  effects(): number
}

export function dyingServices(services: Services, fault: Fault | null): FaultyServices {
  let effects = 0
  const effect = async <T>(work: () => Promise<T>): Promise<T> => {
    effects += 1
    const fatal = effects === fault?.at
    if (fatal && fault?.when === 'before') throw new Killed(`killed before effect ${effects}`)
    const result = await work()
    if (fatal) throw new Killed(`killed after effect ${effects}`)
    return result
  }
  const faulty: Services = {
    ...services,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    tenant: (tenantId) => {
      const db = services.tenant(tenantId)
      return new Proxy(db, {
        get(target, name) {
          if (name === 'write')
            return (statements: D1PreparedStatement[]) => effect(() => target.write(statements))
          const value: unknown = Reflect.get(target, name, target)
          return typeof value === 'function' ? value.bind(target) : value
        },
      })
    },
    files: { ...services.files, put: (...args) => effect(() => services.files.put(...args)) },
    queue: { send: (message, delay) => effect(() => services.queue.send(message, delay)) },
  }
  return { services: faulty, effects: () => effects }
}
