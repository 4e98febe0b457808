/** Stored answers of API calls that carried an Idempotency-Key. */

interface Claim {
  tenantId: string
  key: string
  route: string
  requestHash: string
  now: number
  since: number
}

export interface EarlierAnswer {
  requestHash: string
  /** Null while the first request still runs. */
  status: number | null
  body: string | null
  /** JSON, or null in rows of before. */
  headers: string | null
}

export function idempotencyDirectory(d1: D1Database) {
  return {
    /** Claims the key; answers the earlier claim when there is one that has not expired. */
    async claimIdempotencyKey(claim: Claim): Promise<EarlierAnswer | null> {
      await d1
        .prepare(
          'DELETE FROM idempotency_keys WHERE tenant_id = ?1 AND key = ?2 AND route = ?3 AND created_at < ?4',
        )
        .bind(claim.tenantId, claim.key, claim.route, claim.since)
        .run()
      const { meta } = await d1
        .prepare(
          `INSERT OR IGNORE INTO idempotency_keys (tenant_id, key, route, request_hash, created_at)
           VALUES (?1, ?2, ?3, ?4, ?5)`,
        )
        .bind(claim.tenantId, claim.key, claim.route, claim.requestHash, claim.now)
        .run()
      if (meta.changes === 1) return null
      return d1
        .prepare(
          `SELECT request_hash AS requestHash, status, body, headers FROM idempotency_keys
           WHERE tenant_id = ?1 AND key = ?2 AND route = ?3`,
        )
        .bind(claim.tenantId, claim.key, claim.route)
        .first()
    },

    /** Keeps the answer, or frees the key when there is none worth keeping. */
    async settleIdempotencyKey(
      claim: Claim,
      answer: { status: number; body: string; headers: Record<string, string> } | null,
    ): Promise<void> {
      const statement = answer
        ? d1
            .prepare(
              'UPDATE idempotency_keys SET status = ?4, body = ?5, headers = ?6 WHERE tenant_id = ?1 AND key = ?2 AND route = ?3',
            )
            .bind(
              claim.tenantId,
              claim.key,
              claim.route,
              answer.status,
              answer.body,
              JSON.stringify(answer.headers),
            )
        : d1
            .prepare('DELETE FROM idempotency_keys WHERE tenant_id = ?1 AND key = ?2 AND route = ?3')
            .bind(claim.tenantId, claim.key, claim.route)
      await statement.run()
    },
  }
}
