/** Services that break off at a chosen effect: a transaction, a stored file or a sent message. */
import type { Services } from '../../src/platform/services.ts'

export class Killed extends Error {}

export interface Fault {
  services: Services
  /** How many effects were begun. */
  effects(): number
  /** Something else that is to be counted as an effect, e.g. the storage of an object. */
  effect<T>(work: () => Promise<T>): Promise<T>
}

/**
 * Dies once, right before effect `at` (counted from 0) has any effect, or right after it. Effects go on working
 * afterwards, as for the next attempt of a process that was started anew.
 */
export function breakAt(services: Services, at: number, when: 'before' | 'after'): Fault {
  let begun = 0
  async function effect<T>(work: () => Promise<T>): Promise<T> {
    const mine = begun++
    if (mine === at && when === 'before') throw new Killed(`before effect ${at}`)
    const result = await work()
    if (mine === at && when === 'after') throw new Killed(`after effect ${at}`)
    return result
  }
  return {
    effects: () => begun,
    effect,
    services: {
      ...services,
      tenant(id) {
        const db = services.tenant(id)
        const write = db.write.bind(db)
        db.write = (statements) => effect(() => write(statements))
        return db
      },
      files: {
        ...services.files,
        put: (...args) => effect(() => services.files.put(...args)),
        remove: (...args) => effect(() => services.files.remove(...args)),
      },
      directory: {
        ...services.directory,
        transact: (statements) => effect(() => services.directory.transact(statements)),
      },
      queue: { send: (...args) => effect(() => services.queue.send(...args)) },
    },
  }
}

/** Tries until it works; a death is swallowed, anything else is thrown. */
export async function untilDone<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Killed)) throw error
    }
  }
}
