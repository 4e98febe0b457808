/** A Durable Object's SQLite as the engine knows it. */
import type { Sql } from '../../engine/ports.ts'

/** What is used of `DurableObjectStorage`. */
export interface EngineStorage {
  sql: { exec(text: string, ...params: unknown[]): { toArray(): unknown[] } }
  transactionSync<T>(work: () => T): T
  setAlarm(at: number): Promise<void>
  getAlarm(): Promise<number | null>
  deleteAlarm(): Promise<void>
  deleteAll(): Promise<void>
}

export function sqlOf(storage: EngineStorage): Sql {
  let depth = 0
  return {
    all: <Row>(text: string, ...params: (string | number | null)[]) =>
      storage.sql.exec(text, ...params).toArray() as Row[],
    run: (text, ...params) => void storage.sql.exec(text, ...params),
    // inner ones belong to the outer
    transaction(work) {
      if (depth > 0) return work()
      depth += 1
      try {
        return storage.transactionSync(work)
      } finally {
        depth -= 1
      }
    },
  }
}
