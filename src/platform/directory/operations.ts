/** What operators look at: heartbeats, errors, use, what waits, and messages whose retries are spent. */

export interface Heartbeat {
  name: string
  at: number
  ok: number
  ms: number
  runs: number
  detail: string
}

export interface ErrorReport {
  fingerprint: string
  message: string
  stack: string
  place: string
  count: number
  firstAt: string
  lastAt: string
  requestId: string
  resolvedAt: string | null
}

export interface DeadLetter {
  id: string
  tenantId: string | null
  queue: string
  body: string
  error: string
  createdAt: string
  replayedAt: string | null
}

export interface Waiting {
  what: string
  count: number
  /** Milliseconds of the oldest, or null when nothing waits. */
  oldest: number | null
}

export function operationsDirectory(d1: D1Database) {
  return {
    async beat(beat: Omit<Heartbeat, 'runs'>): Promise<void> {
      await d1
        .prepare(
          `INSERT INTO heartbeats (name, at, ok, ms, detail) VALUES (?1, ?2, ?3, ?4, ?5)
           ON CONFLICT (name) DO UPDATE SET at = excluded.at, ok = excluded.ok, ms = excluded.ms, detail = excluded.detail,
             runs = runs + 1`,
        )
        .bind(beat.name, beat.at, beat.ok, beat.ms, beat.detail)
        .run()
    },
    async heartbeats(): Promise<Heartbeat[]> {
      return (await d1.prepare('SELECT * FROM heartbeats ORDER BY name').all<Heartbeat>()).results
    },

    /** The same error at the same place is one report; one that comes back is open again. */
    async reportError(
      report: Omit<ErrorReport, 'count' | 'firstAt' | 'lastAt' | 'resolvedAt'>,
      at: string,
    ): Promise<void> {
      await d1
        .prepare(
          `INSERT INTO error_reports (fingerprint, message, stack, place, count, first_at, last_at, request_id)
           VALUES (?1, ?2, ?3, ?4, 1, ?5, ?5, ?6)
           ON CONFLICT (fingerprint) DO UPDATE SET count = count + 1, last_at = excluded.last_at, message = excluded.message,
             stack = excluded.stack, request_id = excluded.request_id, resolved_at = NULL`,
        )
        .bind(report.fingerprint, report.message, report.stack, report.place, at, report.requestId)
        .run()
    },
    async errorReports(limit = 50): Promise<ErrorReport[]> {
      const { results } = await d1
        .prepare(
          `SELECT fingerprint, message, stack, place, count, first_at AS firstAt, last_at AS lastAt, request_id AS requestId,
             resolved_at AS resolvedAt FROM error_reports ORDER BY resolved_at IS NOT NULL, last_at DESC LIMIT ?1`,
        )
        .bind(limit)
        .all<ErrorReport>()
      return results
    },
    async resolveError(fingerprint: string, at: string): Promise<boolean> {
      const { meta } = await d1
        .prepare('UPDATE error_reports SET resolved_at = ?2 WHERE fingerprint = ?1 AND resolved_at IS NULL')
        .bind(fingerprint, at)
        .run()
      return meta.changes === 1
    },

    /** What was last said at a place; empty when nothing was. */
    async lastErrorAt(place: string): Promise<string> {
      const row = await d1
        .prepare('SELECT message FROM error_reports WHERE place = ?1 ORDER BY last_at DESC LIMIT 1')
        .bind(place)
        .first<{ message: string }>()
      return row?.message ?? ''
    },

    async deadLetters(limit = 100): Promise<DeadLetter[]> {
      const { results } = await d1
        .prepare(
          `SELECT id, tenant_id AS tenantId, queue, body, error, created_at AS createdAt, replayed_at AS replayedAt
           FROM dead_letters ORDER BY replayed_at IS NOT NULL, created_at DESC LIMIT ?1`,
        )
        .bind(limit)
        .all<DeadLetter>()
      return results
    },
    async deadLetter(id: string): Promise<DeadLetter | null> {
      return d1
        .prepare(
          `SELECT id, tenant_id AS tenantId, queue, body, error, created_at AS createdAt, replayed_at AS replayedAt
           FROM dead_letters WHERE id = ?1`,
        )
        .bind(id)
        .first<DeadLetter>()
    },
    /** Answers whether it was still waiting: of two people who press at once, one sends. */
    async claimDeadLetter(id: string, at: string): Promise<boolean> {
      const { meta } = await d1
        .prepare('UPDATE dead_letters SET replayed_at = ?2 WHERE id = ?1 AND replayed_at IS NULL')
        .bind(id, at)
        .run()
      return meta.changes === 1
    },
    async releaseDeadLetter(id: string): Promise<void> {
      await d1.prepare('UPDATE dead_letters SET replayed_at = NULL WHERE id = ?1').bind(id).run()
    },
    async dropDeadLetter(id: string): Promise<boolean> {
      const { meta } = await d1.prepare('DELETE FROM dead_letters WHERE id = ?1').bind(id).run()
      return meta.changes === 1
    },

    /** What is due and not done, by kind; `now` in milliseconds. */
    async waiting(now: number): Promise<Waiting[]> {
      const since = (column: string) => `CAST(1000 * min(unixepoch(${column})) AS INTEGER)`
      const answers = await d1.batch<Waiting>([
        d1
          .prepare(
            "SELECT 'due: ' || kind AS what, count(*) AS count, min(at) AS oldest FROM due WHERE at <= ?1 GROUP BY kind",
          )
          .bind(now),
        d1.prepare(
          "SELECT 'events not delivered' AS what, count(*) AS count, min(created_at) AS oldest FROM outbox WHERE sent_at IS NULL",
        ),
        d1.prepare(
          `SELECT 'mails not sent' AS what, count(*) AS count, ${since('created_at')} AS oldest FROM mails WHERE status = 'queued'`,
        ),
        d1.prepare(
          `SELECT 'webhook deliveries open' AS what, count(*) AS count, ${since('created_at')} AS oldest FROM webhook_deliveries
           WHERE status = 'pending'`,
        ),
        d1.prepare(
          `SELECT 'imports running' AS what, count(*) AS count, ${since('created_at')} AS oldest FROM imports
           WHERE status IN ('queued', 'running')`,
        ),
        d1.prepare("SELECT 'days to roll up' AS what, count(*) AS count, NULL AS oldest FROM dirty_days"),
      ])
      return answers.flatMap((answer) => answer.results)
    },

    async census(): Promise<{ workspaces: number; people: number; bytes: number }> {
      const answer = await d1
        .prepare(
          `SELECT (SELECT count(*) FROM workspaces WHERE sandbox_of IS NULL) AS workspaces, (SELECT count(*) FROM people) AS people`,
        )
        .all<{ workspaces: number; people: number }>()
      return { workspaces: 0, people: 0, ...answer.results[0], bytes: answer.meta.size_after ?? 0 }
    },

    async addUse(day: string, uses: Record<string, number>): Promise<void> {
      await d1
        .prepare(
          `INSERT INTO usage_counters (day, meter, value) SELECT ?1, key, value FROM json_each(?2) WHERE true
           ON CONFLICT (day, meter) DO UPDATE SET value = value + excluded.value`,
        )
        .bind(day, JSON.stringify(uses))
        .run()
    },
    /** Sums by meter from a day on (inclusive). */
    async useSince(day: string): Promise<Record<string, number>> {
      const { results } = await d1
        .prepare('SELECT meter, sum(value) AS value FROM usage_counters WHERE day >= ?1 GROUP BY meter')
        .bind(day)
        .all<{ meter: string; value: number }>()
      return Object.fromEntries(results.map((row) => [row.meter, row.value]))
    },
  }
}
