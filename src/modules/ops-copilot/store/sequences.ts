/** Who is in a sequence. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'

export const aliveOfSequence = (db: TenantDb, sequence: string, contact: string): Query<{ id: string }[]> =>
  db.sql(
    `SELECT id FROM automation_runs WHERE tenant_id = ?1 AND automation_id = ?2 AND contact = ?3 AND status = 'running' LIMIT 20`,
    sequence,
    contact,
  )
