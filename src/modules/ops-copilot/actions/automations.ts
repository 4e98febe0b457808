/** Makes, changes, removes and brings back automations: drafts until somebody publishes them. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { recordEvent } from '../../../platform/event.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { automationInput, draftOf } from '../domain/automation-input.ts'
import { type AutomationDraft, triggerTypeOf } from '../domain/automation-model.ts'
import {
  type AutomationFilter,
  type AutomationRow,
  automationById,
  automationPage,
  countAutomations,
  insertAutomation,
  updateAutomationRow,
} from '../store/automations.ts'
import { pushDraft, trimDrafts } from '../store/drafts.ts'
import { fieldErrors, stale } from './automation-faults.ts'
import { pauseAutomation, publishAutomation } from './automations-publish.ts'

export type AutomationView = AutomationRow

export const MOST_AUTOMATIONS = 500

export async function listAutomations(
  services: Services,
  actor: Actor,
  { limit = 50, ...filter }: AutomationFilter & { limit?: number } = {},
): Promise<Result<{ data: AutomationRow[]; next: string | null }>> {
  if (!can(actor, 'ops:read')) return forbidden('see automations')
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(automationPage(db, filter, limit + 1))
  const data = rows.slice(0, limit)
  return ok({ data, next: rows.length > limit ? (data.at(-1)?.id ?? null) : null })
}

export async function readAutomation(
  services: Services,
  actor: Actor,
  id: string,
  { removed = false }: { removed?: boolean } = {},
): Promise<Result<AutomationRow>> {
  if (!can(actor, 'ops:read')) return forbidden('see automations')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(automationById(db, id))
  return row && (removed || row.deletedAt === null) ? ok(row) : notFound('automation')
}

export interface NewAutomation {
  kind?: 'automation' | 'sequence'
  origin?: string | null
}

/** `input` is anything from outside. A draft, unless it asks for `status: active`: then it is published at once. */
export async function createAutomation(
  services: Services,
  actor: Actor,
  input: unknown,
  { kind = 'automation', origin = null }: NewAutomation = {},
): Promise<Result<AutomationRow>> {
  if (!can(actor, 'ops:write')) return forbidden('make automations')
  const parsed = automationInput.safeParse(input)
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const made = draftOf(parsed.data, actor.workspace.timeZone)
  if (!made.ok) return invalid(made.errors)
  const db = services.tenant(actor.tenantId)
  const [count] = await db.get(countAutomations(db))
  if ((count?.n ?? 0) >= MOST_AUTOMATIONS)
    return fail(
      'conflict',
      'too-many-automations',
      `A workspace has at most ${MOST_AUTOMATIONS} automations.`,
    )
  const now = services.clock.now()
  const at = isoInstant(now)
  const row: Omit<AutomationRow, 'tenantId'> = {
    ...columnsOf(made.draft),
    id: uuidv7(now),
    kind,
    status: 'draft',
    version: 1,
    publishedVersion: null,
    ownerId: null,
    pausedFor: null,
    origin,
    createdBy: actor.id,
    createdAt: at,
    updatedAt: at,
    lastRunAt: null,
    deletedAt: null,
  }
  await db.write([
    insertAutomation(db, row),
    recordAudit(db, now, actor, 'automation.created', row.id, { name: row.name }),
  ])
  if (parsed.data.status === 'active') {
    const published = await publishAutomation(services, actor, row.id)
    // what cannot go live is not left behind half made
    if (!published.ok) await db.write([updateAutomationRow(db, row.id, 1, { deletedAt: at })])
    return published
  }
  return readAutomation(services, actor, row.id)
}

/** What is left out stays. Changes touch the draft only; `status` publishes, pauses or takes up again. */
export async function updateAutomation(
  services: Services,
  actor: Actor,
  id: string,
  input: Record<string, unknown>,
  ifVersion: number | null = null,
): Promise<Result<AutomationRow>> {
  if (!can(actor, 'ops:write')) return forbidden('change automations')
  const known = await readAutomation(services, actor, id)
  if (!known.ok) return known
  const row = known.value
  if (ifVersion !== null && ifVersion !== row.version) return stale()
  const parsed = automationInput.safeParse({ ...inputOf(row), ...withoutOldType(row, input) })
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const made = draftOf(parsed.data, actor.workspace.timeZone)
  if (!made.ok) return invalid(made.errors)
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const columns = columnsOf(made.draft)
  if (differs(row, columns)) {
    const set = { ...columns, version: row.version + 1, updatedAt: isoInstant(now) }
    const [changed = 0] = await db.write([
      updateAutomationRow(db, id, row.version, set),
      pushDraft(db, id, 'undo', row.version, columnsOfRow(row)),
      recordAudit(db, now, actor, 'automation.changed', id, { name: columns.name }, 'if-changed'),
      ...trimDrafts(db, id, row.version),
    ])
    if (changed === 0) return stale()
  }
  const status = input.status === undefined ? null : parsed.data.status
  if (status === 'active') return publishAutomation(services, actor, id)
  if (status && status !== row.status) return pauseAutomation(services, actor, id)
  return ok((await db.get(automationById(db, id))) ?? row)
}

export async function deleteAutomation(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  if (!can(actor, 'ops:write')) return forbidden('remove automations')
  const known = await readAutomation(services, actor, id)
  if (!known.ok) return known
  const { version, name, status } = known.value
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const eventId = uuidv7(now)
  const at = isoInstant(now)
  const rest = status === 'active' ? ('paused' as const) : status
  await db.write([
    updateAutomationRow(db, id, version, { deletedAt: at, updatedAt: at, status: rest }),
    recordAudit(db, now, actor, 'automation.removed', id, { name }, 'if-changed'),
    recordEvent(
      db,
      now,
      { id: eventId, type: 'automation.removed', payload: { automation_id: id, name } },
      'if-changed',
    ),
  ])
  await services.engine.changed(actor.tenantId)
  await services.engine.endRuns(actor.tenantId, id, actor.name)
  await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId })
  return ok(null)
}

/** It comes back as it was, at rest. */
export async function restoreAutomation(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<AutomationRow>> {
  if (!can(actor, 'ops:write')) return forbidden('bring automations back')
  const known = await readAutomation(services, actor, id, { removed: true })
  if (!known.ok) return known
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  await db.write([
    updateAutomationRow(db, id, known.value.version, { deletedAt: null, updatedAt: isoInstant(now) }),
    recordAudit(db, now, actor, 'automation.restored', id, { name: known.value.name }, 'if-changed'),
  ])
  return readAutomation(services, actor, id)
}

export type DraftColumns = Pick<
  AutomationRow,
  'name' | 'description' | 'triggerType' | 'triggerConfig' | 'actions' | 'stopOn' | 'care'
>

const columnsOf = (draft: AutomationDraft): DraftColumns => ({
  name: draft.name,
  description: draft.description,
  triggerType: triggerTypeOf(draft.trigger),
  triggerConfig: draft.trigger,
  actions: draft.steps,
  stopOn: draft.stop_on,
  care: draft.care,
})

/** What of a row is the draft. */
export const columnsOfRow = (row: AutomationRow): DraftColumns => ({
  ...{ name: row.name, description: row.description, triggerType: row.triggerType },
  ...{ triggerConfig: row.triggerConfig, actions: row.actions, stopOn: row.stopOn, care: row.care },
})

const inputOf = (row: AutomationRow) => ({
  name: row.name,
  description: row.description,
  trigger_type: row.triggerType,
  trigger_config: { ...row.triggerConfig },
  actions: row.actions,
  stop_on: row.stopOn,
  care: { ...row.care },
})

/** Another kind of trigger brings its own type, and another type its own settings. */
function withoutOldType(row: AutomationRow, input: Record<string, unknown>): Record<string, unknown> {
  const { trigger_type, trigger_config } = input
  if (trigger_config !== undefined && trigger_type === undefined) return { ...input, trigger_type: undefined }
  if (trigger_type !== undefined && trigger_type !== row.triggerType && trigger_config === undefined)
    return { ...input, trigger_config: {} }
  return input
}

const differs = (row: AutomationRow, columns: DraftColumns): boolean =>
  (Object.keys(columns) as (keyof DraftColumns)[]).some(
    (name) => JSON.stringify(row[name]) !== JSON.stringify(columns[name]),
  )
