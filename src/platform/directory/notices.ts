/** Who can be told in a workspace, and what of the telling is old enough to go. */
import type { Role } from '../actor.ts'
import { isoInstant } from '../clock.ts'

export interface Recipient {
  personId: string
  name: string
  email: string
  /** 1: the address was confirmed. Notices go to no other. */
  verified: number
  role: Role
}

const DAY_MS = 86_400_000
const AT_ONCE = 5000

export function noticeDirectory(d1: D1Database) {
  return {
    /** Members of the workspace; `ids` null: all of them. */
    async recipients(tenantId: string, ids: readonly string[] | null): Promise<Recipient[]> {
      const { results } = await d1
        .prepare(
          `SELECT p.id AS personId, p.name, p.email, p.email_verified_at IS NOT NULL AS verified, m.role
           FROM memberships m JOIN people p ON p.id = m.person_id
           WHERE m.tenant_id = ?1 AND (?2 IS NULL OR m.person_id IN (SELECT value FROM json_each(?2)))`,
        )
        .bind(tenantId, ids && JSON.stringify(ids))
        .all<Recipient>()
      return results
    },

    /** Notices and posts of more than 90 days, and what caps no longer count; a bounded piece at a time. */
    async sweepNotices(nowMs: number): Promise<void> {
      const before = isoInstant(nowMs - 90 * DAY_MS)
      const sweeps = [
        d1.prepare(sweep('notifications', 'id < ?1')).bind(oldestId(nowMs - 90 * DAY_MS)),
        d1.prepare(sweep('channel_posts', 'created_at < ?1')).bind(before),
        d1
          .prepare(sweep('notice_mails', 'sent_at IS NOT NULL AND claimed_at < ?1'))
          .bind(nowMs - 90 * DAY_MS),
      ]
      for (const statement of sweeps) {
        for (let round = 0; round < 20; round++) {
          const { meta } = await statement.run()
          if (meta.changes < AT_ONCE) break
        }
      }
    },
  }
}

const sweep = (table: string, old: string): string =>
  `DELETE FROM ${table} WHERE (tenant_id, id) IN (SELECT t.tenant_id, t.id FROM workspaces w
     JOIN ${table} t ON t.tenant_id = w.id WHERE t.${old} LIMIT ${AT_ONCE})`

/** Ids sort by time of birth (UUIDv7): every older one sorts before this text. */
function oldestId(ms: number): string {
  const hex = Math.floor(ms).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}
