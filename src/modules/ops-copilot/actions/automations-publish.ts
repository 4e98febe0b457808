/** Puts automations live, at rest, and back: runs keep to the version they began with. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { sha256Hex } from '../../../platform/crypto/digest.ts'
import { recordEvent } from '../../../platform/event.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import {
  type AutomationRow,
  automationById,
  insertVersion,
  updateAutomationRow,
} from '../store/automations.ts'
import { stale } from './automation-faults.ts'
import { publishProblems } from './automations-check.ts'
import { ownerFor } from './owner.ts'

/** The draft becomes what runs; whoever publishes lends it their rights. Refused while something is missing in it. */
export async function publishAutomation(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<AutomationRow>> {
  if (!can(actor, 'ops:write')) return forbidden('publish automations')
  const known = await knownRow(services, actor, id)
  if (!known.ok) return known
  const row = known.value
  const problems = await publishProblems(services, actor, row)
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0)
    return invalid(
      errors.map(({ path, message, fix }) => ({ path, message: fix ? `${message} ${fix}` : message })),
      'Something is missing before it can go live.',
    )
  const now = services.clock.now()
  const at = isoInstant(now)
  const db = services.tenant(actor.tenantId)
  const { name, version, triggerConfig, actions, stopOn, care } = row
  const eventId = uuidv7(now)
  const [, changed = 0] = await db.write([
    insertVersion(db, {
      ...{ automationId: id, version, name, triggerConfig, actions, stopOn, care },
      hash: await sha256Hex(JSON.stringify(actions)),
      publishedBy: actor.id,
      publishedByName: actor.name,
      publishedAt: at,
    }),
    updateAutomationRow(db, id, version, {
      ...{ status: 'active', publishedVersion: version, pausedFor: null, updatedAt: at },
      ownerId: await ownerFor(services, actor),
    }),
    recordAudit(db, now, actor, 'automation.published', id, { name, version }, 'if-changed'),
    recordEvent(
      db,
      now,
      { id: eventId, type: 'automation.published', payload: { automation_id: id, name, version } },
      'if-changed',
    ),
  ])
  if (changed === 0) return stale()
  await services.engine.changed(actor.tenantId)
  await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId })
  return knownRow(services, actor, id)
}

export type AtRest = 'finish' | 'hold' | 'cancel'

/** Nothing new begins. What runs goes on to its end (`finish`), stops where it is (`hold`) or is cancelled. */
export async function pauseAutomation(
  services: Services,
  actor: Actor,
  id: string,
  running: AtRest = 'finish',
): Promise<Result<AutomationRow>> {
  if (!can(actor, 'ops:write')) return forbidden('pause automations')
  const known = await knownRow(services, actor, id)
  if (!known.ok) return known
  const moved = await setStatus(services, actor, known.value, 'paused', 'automation.paused')
  if (!moved.ok) return moved
  if (running === 'cancel') await services.engine.endRuns(actor.tenantId, id, actor.name)
  if (running === 'hold') await services.engine.holdRuns(actor.tenantId, id, true)
  return moved
}

/** Goes on with what was published last, and with runs that were held; one that never was is published now. */
export async function resumeAutomation(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<AutomationRow>> {
  if (!can(actor, 'ops:write')) return forbidden('start automations')
  const known = await knownRow(services, actor, id)
  if (!known.ok) return known
  if (known.value.publishedVersion === null) return publishAutomation(services, actor, id)
  const moved = await setStatus(services, actor, known.value, 'active', 'automation.published')
  if (moved.ok) await services.engine.holdRuns(actor.tenantId, id, false)
  return moved
}

async function setStatus(
  services: Services,
  actor: Actor,
  row: AutomationRow,
  status: 'active' | 'paused',
  type: 'automation.published' | 'automation.paused',
): Promise<Result<AutomationRow>> {
  if (row.status === status) return ok(row)
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const { id, name, version } = row
  const eventId = uuidv7(now)
  const more = type === 'automation.published' ? { version: row.publishedVersion ?? version } : {}
  const [changed = 0] = await db.write([
    updateAutomationRow(db, id, version, { status, pausedFor: null, updatedAt: isoInstant(now) }),
    recordAudit(
      db,
      now,
      actor,
      status === 'active' ? 'automation.resumed' : 'automation.paused',
      id,
      { name },
      'if-changed',
    ),
    recordEvent(db, now, { id: eventId, type, payload: { automation_id: id, name, ...more } }, 'if-changed'),
  ])
  if (changed === 0) return stale()
  await services.engine.changed(actor.tenantId)
  await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId })
  return knownRow(services, actor, id)
}

async function knownRow(services: Services, actor: Actor, id: string): Promise<Result<AutomationRow>> {
  const db = services.tenant(actor.tenantId)
  const row = await db.get(automationById(db, id))
  return row && row.deletedAt === null ? ok(row) : notFound('automation')
}
