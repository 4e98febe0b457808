/** What the engine reads of automations: the published version of each, and how the business works. */
import { eq } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { Care, StopRule, Trigger } from '../domain/automation-model.ts'
import type { Step } from '../domain/definition-model.ts'
import { copilotSettings } from './schema.ts'

export interface Published {
  id: string
  kind: 'automation' | 'sequence'
  name: string
  status: 'active' | 'paused' | 'draft'
  ownerId: string | null
  version: number
  hash: string
  trigger: Trigger
  stopOn: StopRule[]
  care: Care
  steps: Step[]
}

export function publishedAutomations(db: TenantDb): Query<Published[]> {
  const query = db.sql<Record<string, string | number | null>>(
    `SELECT a.id, a.kind, a.name, a.status, a.owner_id, v.version, v.hash, v.trigger_config, v.stop_on, v.care, v.actions
     FROM automations a JOIN automation_versions v
       ON v.tenant_id = ?1 AND v.automation_id = a.id AND v.version = a.published_version
     WHERE a.tenant_id = ?1 AND a.deleted_at IS NULL`,
  )
  return { statement: query.statement, map: (rows) => query.map(rows as never).map(published) }
}

const published = (row: Record<string, string | number | null>): Published => ({
  id: String(row.id),
  kind: row.kind as Published['kind'],
  name: String(row.name),
  status: row.status as Published['status'],
  ownerId: row.owner_id === null ? null : String(row.owner_id),
  version: Number(row.version),
  hash: String(row.hash),
  trigger: JSON.parse(String(row.trigger_config)) as Trigger,
  stopOn: JSON.parse(String(row.stop_on)) as StopRule[],
  care: JSON.parse(String(row.care)) as Care,
  steps: JSON.parse(String(row.actions)) as Step[],
})

export const settingsRow = (db: TenantDb) =>
  db.row(copilotSettings, eq(copilotSettings.tenantId, db.tenantId))

/** Whether anything here could care for an event at all. */
export const anyPublished = (db: TenantDb): Query<{ n: number }[]> =>
  db.sql('SELECT 1 AS n FROM automations WHERE tenant_id = ?1 AND published_version IS NOT NULL LIMIT 1')

export const saveSettingsRow = (db: TenantDb, settings: object, at: string) =>
  db.statement(
    `INSERT INTO copilot_settings (tenant_id, settings, updated_at) VALUES (?1, ?2, ?3)
     ON CONFLICT (tenant_id) DO UPDATE SET settings = ?2, updated_at = ?3`,
    JSON.stringify(settings),
    at,
  )

export interface LiveRow {
  id: string
  name: string
  ownerId: string | null
  trigger: Trigger
  lately: number
  before: number
  lastAt: string | null
  liveSince: string
}

/** Live automations with how often they ran since `recent`, and between `early` and then (ISO instants). */
export function liveAutomations(db: TenantDb, recent: string, early: string): Query<LiveRow[]> {
  const query = db.sql<Record<string, string | number | null>>(
    `SELECT a.id, a.name, a.owner_id, v.trigger_config, v.published_at,
       (SELECT count(*) FROM automation_runs r WHERE r.tenant_id = ?1 AND r.automation_id = a.id AND r.started_at >= ?2) AS lately,
       (SELECT count(*) FROM automation_runs r WHERE r.tenant_id = ?1 AND r.automation_id = a.id AND r.started_at >= ?3
         AND r.started_at < ?2) AS before,
       (SELECT max(r.started_at) FROM automation_runs r WHERE r.tenant_id = ?1 AND r.automation_id = a.id) AS last_at
     FROM automations a JOIN automation_versions v
       ON v.tenant_id = ?1 AND v.automation_id = a.id AND v.version = a.published_version
     WHERE a.tenant_id = ?1 AND a.status = 'active' AND a.deleted_at IS NULL`,
    recent,
    early,
  )
  return { statement: query.statement, map: (rows) => query.map(rows as never).map(live) }
}

const live = (row: Record<string, string | number | null>): LiveRow => ({
  id: String(row.id),
  name: String(row.name),
  ownerId: row.owner_id === null ? null : String(row.owner_id),
  trigger: JSON.parse(String(row.trigger_config)) as Trigger,
  lately: Number(row.lately),
  before: Number(row.before),
  lastAt: row.last_at === null ? null : String(row.last_at),
  liveSince: String(row.published_at),
})
