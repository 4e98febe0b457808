/** The outbox as a log that API clients read. */
import type { TenantDb } from '../../../platform/tenant-db.ts'

export interface EventRow {
  id: string
  type: string
  payload: string
  created_at: number
}

export interface EventRange {
  /** Milliseconds, inclusive. */
  since: number
  /** Milliseconds, exclusive. */
  until: number
  /** After the event of this instant and id. */
  after?: { at: number; id: string }
  /** Only these types; empty: all. */
  types: readonly string[]
}

/** The oldest first. */
export const eventsPage = (db: TenantDb, { since, until, after, types }: EventRange, limit: number) =>
  db.sql<EventRow>(
    `SELECT id, type, payload, created_at FROM outbox
     WHERE tenant_id = ?1 AND created_at >= ?2 AND created_at < ?3 AND (created_at, id) > (?4, ?5)
       AND (?6 = '[]' OR type IN (SELECT value FROM json_each(?6)))
     ORDER BY created_at, id LIMIT ?7`,
    since,
    until,
    after?.at ?? -1,
    after?.id ?? '',
    JSON.stringify(types),
    limit,
  )
