/** The builder's changes of a draft, one at a time, each of which can be taken back. */
import { type Actor, can } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { fail, forbidden, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type Edit, editSteps } from '../domain/edit.ts'
import { type AutomationRow, updateAutomationRow } from '../store/automations.ts'
import { draftDepths, dropDraft, lastDraft, pushDraft } from '../store/drafts.ts'
import { stale } from './automation-faults.ts'
import { columnsOfRow, type DraftColumns, readAutomation, updateAutomation } from './automations.ts'

/** `version`: of the draft that the person saw. */
export async function editAutomation(
  services: Services,
  actor: Actor,
  id: string,
  change: Edit,
  version: number | null,
): Promise<Result<AutomationRow>> {
  if (!can(actor, 'ops:write')) return forbidden('change automations')
  const known = await readAutomation(services, actor, id)
  if (!known.ok) return known
  if (version !== null && version !== known.value.version) return stale()
  const steps = editSteps(known.value.actions, change)
  if (!steps.ok) return steps
  return updateAutomation(services, actor, id, { actions: steps.value }, known.value.version)
}

export interface Depths {
  undo: number
  redo: number
}

/** How far one can go back and forward. */
export async function editDepths(services: Services, actor: Actor, id: string): Promise<Depths> {
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(draftDepths(db, id))
  const depth = (stack: 'undo' | 'redo') => rows.find((row) => row.stack === stack)?.depth ?? 0
  return { undo: depth('undo'), redo: depth('redo') }
}

/** Takes the last change back, or makes it again. */
export async function turnDraft(
  services: Services,
  actor: Actor,
  id: string,
  way: 'undo' | 'redo',
): Promise<Result<AutomationRow>> {
  if (!can(actor, 'ops:write')) return forbidden('change automations')
  const known = await readAutomation(services, actor, id)
  if (!known.ok) return known
  const row = known.value
  const db = services.tenant(actor.tenantId)
  const [kept] = await db.get(lastDraft(db, id, way))
  if (!kept) return fail('conflict', 'nothing-to-undo', `There is nothing to ${way}.`)
  const columns = JSON.parse(kept.state) as DraftColumns
  const updatedAt = isoInstant(services.clock.now())
  const [changed = 0] = await db.write([
    updateAutomationRow(db, id, row.version, { ...columns, version: row.version + 1, updatedAt }),
    pushDraft(db, id, way === 'undo' ? 'redo' : 'undo', row.version, columnsOfRow(row)),
    dropDraft(db, id, way, kept.n),
  ])
  if (changed === 0) return stale()
  const after = await readAutomation(services, actor, id)
  return after.ok ? ok(after.value) : after
}
