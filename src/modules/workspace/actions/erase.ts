/**
 * The end of a workspace: asked for by an owner, put off by two weeks in which any owner may call it back, then carried out
 * in pieces until nothing is left in the database, the objects and the file store. Repeating any piece is harmless.
 */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { fail, forbidden, invalid, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { erasureCalledBackMail, erasureDoneMail, erasurePlannedMail } from '../documents/erasure-mails.ts'
import { countRows, removeSome } from '../store/whole.ts'

export const GRACE_DAYS = 14
const DAY_MS = 86_400_000
const ROWS_AT_ONCE = 2_000
const BUDGET_MS = 15_000
const DUE = 'workspace.erase'

/** The name typed again is the second thought; `proved`: the password was proved just now. */
export async function planErasure(
  services: Services,
  actor: Actor,
  input: { name: string },
  proved: boolean,
): Promise<Result<{ eraseAt: number }>> {
  if (!can(actor, 'workspace:erase')) return forbidden('erase the workspace')
  if (actor.workspace.sandboxOf)
    return fail('conflict', 'test-data', 'Test data is erased with the workspace it belongs to.')
  if (!proved) return fail('unauthenticated', 'prove-again', 'Type your password once more first.')
  if (input.name.trim() !== actor.workspace.name)
    return invalid([{ path: 'name', message: `Type the name of the workspace: ${actor.workspace.name}` }])
  const now = services.clock.now()
  const eraseAt = now + GRACE_DAYS * DAY_MS
  const db = services.tenant(actor.tenantId)
  if (actor.workspace.eraseAt !== null) return ok({ eraseAt: actor.workspace.eraseAt })
  const detail = { at: isoInstant(eraseAt) }
  await services.directory.transact([
    services.directory.eraseAtStatement(actor.tenantId, eraseAt),
    recordAudit(db, now, actor, 'workspace.erasure_planned', actor.tenantId, detail, 'if-changed'),
    services.directory.dueStatement(DUE, actor.tenantId, actor.tenantId, eraseAt),
  ])
  const href = `${services.config.publicUrl}/settings/data`
  await tellOwners(
    services,
    actor.tenantId,
    erasurePlannedMail(actor.workspace.name, actor.name, isoInstant(eraseAt), href),
  )
  return ok({ eraseAt })
}

/** Any owner, until the hour has come. */
export async function callBackErasure(services: Services, actor: Actor): Promise<Result<null>> {
  if (!can(actor, 'workspace:erase')) return forbidden('keep the workspace')
  const now = services.clock.now()
  if (actor.workspace.eraseAt !== null && actor.workspace.eraseAt <= now)
    return fail('conflict', 'too-late', 'The erasure has begun and cannot be called back.')
  const db = services.tenant(actor.tenantId)
  const [changed] = await services.directory.transact([
    services.directory.eraseAtStatement(actor.tenantId, null),
    recordAudit(db, now, actor, 'workspace.erasure_called_back', actor.tenantId, {}, 'if-changed'),
  ])
  await services.directory.transact([
    services.directory.dueDoneStatement(DUE, actor.tenantId, actor.tenantId),
  ])
  if (changed !== 0)
    await tellOwners(services, actor.tenantId, erasureCalledBackMail(actor.workspace.name, actor.name))
  return ok(null)
}

/** Cron's half: workspaces whose hour has come. */
export async function sendDueErasures(services: Services): Promise<void> {
  for (const { tenantId } of await services.directory.dueWork(DUE, services.clock.now(), 5))
    await services.queue.send({ kind: 'workspace.erase', tenantId })
}

/** The queue's half: a piece of it; sends itself again until nothing is left. */
export async function eraseWorkspace(services: Services, actor: Actor): Promise<void> {
  const { eraseAt, name } = actor.workspace
  if (eraseAt === null || eraseAt > services.clock.now()) return
  const until = services.clock.now() + BUDGET_MS
  const twin = await services.directory.sandboxIdOf(actor.tenantId)
  for (const tenantId of twin ? [twin, actor.tenantId] : [actor.tenantId]) {
    if (!(await eraseTenant(services, tenantId, until))) {
      await services.queue.send({ kind: 'workspace.erase', tenantId: actor.tenantId })
      return
    }
    if (tenantId !== actor.tenantId) await endOf(services, tenantId)
  }
  const owners = await ownersOf(services, actor.tenantId)
  await endOf(services, actor.tenantId)
  services.log.info('workspace.erased', { workspace: actor.tenantId })
  for (const owner of owners)
    await services.mail.send({ kind: 'account', to: owner, ...erasureDoneMail(name) })
}

/** Files first, then what the objects hold, then rows; answers whether all of it is gone. */
async function eraseTenant(services: Services, tenantId: string, until: number): Promise<boolean> {
  const connectors = await connectorIds(services, tenantId)
  await eraseOutside(services, tenantId, connectors)
  if (!(await eraseRows(services, tenantId, until))) return false
  // once more for what was under way when this began
  await eraseOutside(services, tenantId, connectors)
  return true
}

/** What is not in the database: the storage of objects, and files. */
async function eraseOutside(services: Services, tenantId: string, connectors: string[]): Promise<void> {
  await services.live.forget(tenantId)
  await services.engine.forget(tenantId)
  for (const connectorId of connectors) await services.gate.forget(tenantId, connectorId)
  for (const area of new Set(
    services.wings.flatMap((wing) => [...wing.fileAreas, ...(wing.passingAreas ?? [])]),
  )) {
    const keys = await services.files.list(`${area}/${tenantId}/`)
    if (keys.length > 0) await services.files.remove(keys)
  }
}

async function eraseRows(services: Services, tenantId: string, until: number): Promise<boolean> {
  const db = services.tenant(tenantId)
  const shapes = await services.directory.tenantTables()
  // wings refer leftward, so the last one goes first
  const ordered = services.wings
    .toReversed()
    .flatMap((wing) => wing.tables.map((fact) => fact.table))
    .filter((table) => !KEPT_TO_THE_END.includes(table))
  for (const table of ordered) {
    const shape = shapes.get(table)
    if (!shape) continue
    for (;;) {
      const [removed] = await db.write([removeSome(db, table, shape, ROWS_AT_ONCE)])
      if (!removed) break
      if (services.clock.now() > until) return false
    }
  }
  // deleting facts marks their days as dirty again: those marks go last
  for (const table of ordered) {
    const shape = shapes.get(table)
    if (shape && (await db.get(countRows(db, table))) > 0)
      await db.write([removeSome(db, table, shape, ROWS_AT_ONCE)])
  }
  return true
}

/** Who may still call it back, and what finds the workspace again after a crash, go with the workspace's own row. */
const KEPT_TO_THE_END = ['memberships', 'due', 'sessions']

/** People who belong to nothing else, then the workspace itself with what still hangs on it. */
async function endOf(services: Services, tenantId: string): Promise<void> {
  await services.directory.transact([
    services.directory.soleMembersStatement(tenantId),
    services.directory.sessionsEndStatement(tenantId),
    services.directory.workspaceEndStatement(tenantId),
  ])
}

async function connectorIds(services: Services, tenantId: string): Promise<string[]> {
  const db = services.tenant(tenantId)
  const rows = await db.get(db.sql<{ id: string }>('SELECT id FROM connectors WHERE tenant_id = ?1'))
  return rows.map((row) => row.id)
}

async function ownersOf(services: Services, tenantId: string): Promise<string[]> {
  const members = await services.directory.membersOf(tenantId)
  return members.filter((member) => member.role === 'owner').map((member) => member.email)
}

async function tellOwners(
  services: Services,
  tenantId: string,
  mail: { subject: string; text: string; html: string },
): Promise<void> {
  for (const owner of await ownersOf(services, tenantId))
    await services.mail.send({ kind: 'account', to: owner, ...mail })
}
