/** The audit entry of a change: a statement for the same batch, so neither stands without the other. */
import type { Actor } from './actor.ts'
import { isoInstant } from './clock.ts'
import { uuidv7 } from './ids.ts'
import type { TenantDb } from './tenant-db.ts'

/**
 * `action` is `object.verb_past`, `target` the id of what changed; `detail` holds no secrets. With `if-changed` the entry
 * is written only when the statement before it in the batch changed a row: a guarded change and its entry stay together.
 */
export function recordAudit(
  db: TenantDb,
  nowMs: number,
  actor: Actor,
  action: string,
  target: string,
  detail: Record<string, unknown> = {},
  when: 'always' | 'if-changed' = 'always',
): D1PreparedStatement {
  return db.statement(
    `INSERT INTO audit_log (tenant_id, id, at, actor_kind, actor_id, actor_name, action, target, detail, request_id, ip_prefix)
     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11 WHERE ?12 = 'always' OR changes() > 0`,
    uuidv7(nowMs),
    isoInstant(nowMs),
    actor.kind,
    actor.id,
    actor.name,
    action,
    target,
    JSON.stringify(detail),
    actor.requestId,
    actor.ipPrefix,
    when,
  )
}
