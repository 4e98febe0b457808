/** What cron looks for: work whose message was lost, and rows whose time is over. */
import { isoInstant } from '../clock.ts'
import type { MailRow } from './mails.ts'

const SWEPT_ROWS = 5_000
/** The queue tries again after an hour at the latest. */
const LONGEST_RETRY_MS = 3_600_000

export interface StalledHook {
  tenantId: string
  sourceId: string
  eventId: string
}

export function upkeepDirectory(d1: D1Database) {
  return {
    /** Running imports that have not moved since `beforeMs`. */
    async stalledImports(beforeMs: number, limit = 50): Promise<{ tenantId: string; importId: string }[]> {
      const { results } = await d1
        .prepare(
          `SELECT tenant_id AS tenantId, id AS importId FROM imports
           WHERE (stage = 'undoing' OR status IN ('queued', 'running') AND stage IN ('waiting', 'profiling', 'landing'))
             AND coalesce(moved_at, created_at) < ?1 LIMIT ?2`,
        )
        .bind(isoInstant(beforeMs), limit)
        .all<{ tenantId: string; importId: string }>()
      return results
    },

    /** Deliveries taken in since `sinceMs` that nobody has processed by `beforeMs`. */
    async stalledHooks(sinceMs: number, beforeMs: number, limit = 100): Promise<StalledHook[]> {
      const { results } = await d1
        .prepare(
          `SELECT tenant_id AS tenantId, source_id AS sourceId, event_id AS eventId FROM webhook_events INDEXED BY webhook_events_waiting
           WHERE status = 'received' AND received_at >= ?1 AND received_at < ?2 LIMIT ?3`,
        )
        .bind(isoInstant(sinceMs), isoInstant(beforeMs), limit)
        .all<StalledHook>()
      return results
    },

    /**
     * Mails whose message was lost: never tried since `beforeMs`, or last tried so long ago that the queue's own next
     * try (an hour at most) should have come.
     */
    async stalledMails(beforeMs: number, limit = 100): Promise<string[]> {
      const { results } = await d1
        .prepare(
          `SELECT id FROM mails WHERE status = 'queued'
             AND (attempts = 0 AND created_at < ?1 OR attempts > 0 AND lease_until < ?2) LIMIT ?3`,
        )
        .bind(isoInstant(beforeMs), beforeMs - LONGEST_RETRY_MS, limit)
        .all<{ id: string }>()
      return results.map((row) => row.id)
    },

    /** Sources that read from a connected system and are in order: what is checked at night. */
    async sourcesToCheck(limit = 20_000): Promise<{ tenantId: string; sourceId: string }[]> {
      const { results } = await d1
        .prepare(
          `SELECT tenant_id AS tenantId, id AS sourceId FROM data_sources
           WHERE connector_id IS NOT NULL AND sync_status IN ('ok', 'syncing', 'delayed') LIMIT ?1`,
        )
        .bind(limit)
        .all<{ tenantId: string; sourceId: string }>()
      return results
    },

    /** For the development outbox. */
    async latestMails(limit: number): Promise<MailRow[]> {
      const { results } = await d1
        .prepare('SELECT * FROM mails ORDER BY created_at DESC, id DESC LIMIT ?1')
        .bind(limit)
        .all<MailRow>()
      return results
    },
    async keepFxRates(rates: { day: string; currency: string; perEuro: string }[]): Promise<void> {
      if (rates.length === 0) return
      await d1
        .prepare(
          `INSERT INTO fx_rates (currency, day, per_euro, origin)
           SELECT value ->> 'currency', value ->> 'day', value ->> 'perEuro', 'reference' FROM json_each(?1) WHERE true
           ON CONFLICT (currency, day) DO UPDATE SET per_euro = excluded.per_euro WHERE per_euro IS NOT excluded.per_euro`,
        )
        .bind(JSON.stringify(rates))
        .run()
    },

    /** Events that were told 90 days ago and webhook deliveries of 30 days ago, so many rows at a time. */
    async sweepEventLog(nowMs: number): Promise<void> {
      const sweeps: [string, string, string | number][] = [
        ['webhook_deliveries', 'created_at < ?1', isoInstant(nowMs - 30 * 86_400_000)],
        ['event_receipts', 'at < ?1', nowMs - 90 * 86_400_000],
        ['outbox', 'created_at < ?1 AND sent_at IS NOT NULL', nowMs - 90 * 86_400_000],
      ]
      for (const [table, old, before] of sweeps) {
        const key = table === 'event_receipts' ? 'tenant_id, event_id, listener' : 'tenant_id, id'
        const text = `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE ${old} LIMIT ${SWEPT_ROWS})`
        for (let gone = SWEPT_ROWS; gone === SWEPT_ROWS; )
          gone = (await d1.prepare(text).bind(before).run()).meta.changes
      }
    },

    /** Sessions, links, idempotency keys and old mails that are of no more use. */
    async sweepExpired(nowMs: number): Promise<void> {
      const monthAgo = isoInstant(nowMs - 30 * 86_400_000)
      await d1.batch([
        d1.prepare('DELETE FROM sessions WHERE idle_expires_at < ?1 OR absolute_expires_at < ?1').bind(nowMs),
        d1.prepare('DELETE FROM person_tokens WHERE expires_at < ?1').bind(nowMs),
        d1.prepare('DELETE FROM spent_tickets WHERE expires_at < ?1').bind(nowMs),
        d1.prepare('DELETE FROM ownership_offers WHERE expires_at < ?1').bind(nowMs),
        d1.prepare('DELETE FROM idempotency_keys WHERE created_at < ?1').bind(nowMs - 86_400_000),
        d1.prepare(`DELETE FROM mails WHERE status <> 'queued' AND created_at < ?1`).bind(monthAgo),
      ])
    },
  }
}
