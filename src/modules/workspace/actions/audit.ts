/** Reading and exporting the audit log; an export is itself an entry. */
import { addDays, dayStart, isDay } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { forbidden, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type AuditFilter, type AuditRow, auditPage } from '../store/audit.ts'

const EXPORT_ROWS = 10_000

export interface AuditEntries {
  entries: AuditRow[]
  nextCursor: string | null
}

/** Whose entries, of what kind (both parts of words), on which days of the workspace, and before which entry. */
export interface AuditQuestion {
  actor?: string
  action?: string
  from?: string
  to?: string
  before?: string
}

export async function readAudit(
  services: Services,
  actor: Actor,
  question: AuditQuestion,
  limit = 50,
): Promise<Result<AuditEntries>> {
  if (!can(actor, 'audit:read')) return forbidden('read the audit log')
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(auditPage(db, filterOf(question, actor.workspace.timeZone), limit + 1))
  const entries = rows.slice(0, limit)
  return ok({ entries, nextCursor: rows.length > limit ? (entries.at(-1)?.id ?? null) : null })
}

/** The newest entries that fit the filter, at most 10,000. */
export async function exportAudit(
  services: Services,
  actor: Actor,
  question: AuditQuestion,
): Promise<Result<AuditRow[]>> {
  if (!can(actor, 'audit:read')) return forbidden('export the audit log')
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(auditPage(db, filterOf(question, actor.workspace.timeZone), EXPORT_ROWS))
  await db.write([
    recordAudit(db, services.clock.now(), actor, 'audit.exported', actor.tenantId, { rows: rows.length }),
  ])
  return ok(rows)
}

/** Days become instants where the business is; what is no day is left out. */
function filterOf({ from, to, ...rest }: AuditQuestion, timeZone: string): AuditFilter {
  const start = (day: string) => isoInstant(dayStart(day, timeZone))
  return {
    ...rest,
    from: from && isDay(from) ? start(from) : undefined,
    until: to && isDay(to) ? start(addDays(to, 1)) : undefined,
  }
}
