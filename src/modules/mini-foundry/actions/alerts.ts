/** Makes, changes, pauses, snoozes and removes alerts; shows what they found. */
import { businessDay } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type AlertDraft, parseAlert } from '../domain/alert.ts'
import { lastOver } from '../domain/alert-period.ts'
import {
  type AlertRow,
  acknowledgeFiring,
  alertPage,
  alertRow,
  countAlerts,
  type FiringRow,
  firingById,
  firingsOf,
  insertAlert,
  removeAlert,
  updateAlert,
} from '../store/alerts.ts'
import { readGround } from './alerts-figures.ts'
import { questionOf } from './alerts-judge.ts'
import { nameOf, type Rehearsal, rehearse } from './alerts-rehearse.ts'

const MOST_ALERTS = 100
const MOST_SNOOZE_HOURS = 24 * 90
const HOUR_MS = 3_600_000

export async function listAlerts(
  services: Services,
  actor: Actor,
  page: { cursor?: string; limit?: number } = {},
): Promise<Result<{ data: AlertRow[]; nextCursor: string | null }>> {
  if (!can(actor, 'foundry:read')) return forbidden('see alerts')
  const db = services.tenant(actor.tenantId)
  const limit = page.limit ?? 50
  const rows = await db.get(alertPage(db, page.cursor ?? '', limit + 1))
  const data = rows.slice(0, limit)
  return ok({ data, nextCursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null })
}

export async function readAlert(services: Services, actor: Actor, id: string): Promise<Result<AlertRow>> {
  if (!can(actor, 'foundry:read')) return forbidden('see alerts')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(alertRow(db, id))
  return row ? ok(row) : notFound('alert')
}

/** With the last year as judging sees it. */
export async function viewAlert(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<{ alert: AlertRow; firings: FiringRow[]; rehearsal: Rehearsal | null }>> {
  const found = await readAlert(services, actor, id)
  if (!found.ok) return found
  const db = services.tenant(actor.tenantId)
  const [firings, ground] = await Promise.all([db.get(firingsOf(db, id, 100)), readGround(services, actor)])
  const past = await rehearse(services, actor, questionOf(found.value), ground)
  return ok({ alert: found.value, firings, rehearsal: past.ok ? past.value : null })
}

/** `input` is anything from outside; see `parseAlert`. It judges from the next period on: never what is over already. */
export async function createAlert(
  services: Services,
  actor: Actor,
  input: unknown,
): Promise<Result<AlertRow>> {
  if (!can(actor, 'foundry:write')) return forbidden('make alerts')
  const draft = await checkedDraft(services, actor, input)
  if (!draft.ok) return draft
  const db = services.tenant(actor.tenantId)
  const [count] = await db.get(countAlerts(db))
  if ((count?.n ?? 0) >= MOST_ALERTS) {
    return fail(
      'conflict',
      'too-many-alerts',
      `A workspace has at most ${MOST_ALERTS} alerts. Remove one first.`,
    )
  }
  const now = services.clock.now()
  const at = isoInstant(now)
  const row: AlertRow = {
    ...draft.value,
    id: uuidv7(now),
    snoozedUntil: null,
    judgedPeriod: judgedUntilNow(actor, now, draft.value),
    waitingFor: null,
    lastFiredAt: null,
    version: 1,
    createdBy: actor.id,
    createdAt: at,
    updatedAt: at,
  }
  await db.write([
    insertAlert(db, row),
    recordAudit(db, now, actor, 'alert.created', row.id, { name: row.name }),
  ])
  return ok(row)
}

/** What is left out stays. `ifVersion` (from If-Match) refuses to overwrite what the caller has not seen. */
export async function changeAlert(
  services: Services,
  actor: Actor,
  id: string,
  input: Record<string, unknown>,
  ifVersion: number | null = null,
): Promise<Result<AlertRow>> {
  if (!can(actor, 'foundry:write')) return forbidden('change alerts')
  const known = await readAlert(services, actor, id)
  if (!known.ok) return known
  const row = known.value
  if (ifVersion !== null && ifVersion !== row.version) return stale()
  const { name, metric, filter, granularity, kind, rule, recipients, status } = row
  const keepsKind = input.kind === undefined || input.kind === kind
  const draft = await checkedDraft(
    services,
    actor,
    {
      name,
      metric,
      filter,
      granularity,
      kind,
      recipients,
      status,
      ...input,
      rule: input.rule ?? (keepsKind ? rule : {}),
    },
    row,
  )
  if (!draft.ok) return draft
  const now = services.clock.now()
  // another rule, or a rest: what went by meanwhile is history
  const asksAnew =
    JSON.stringify([metric, filter, granularity, kind, rule]) !==
    JSON.stringify([
      draft.value.metric,
      draft.value.filter,
      draft.value.granularity,
      draft.value.kind,
      draft.value.rule,
    ])
  const begins = asksAnew || (status === 'paused' && draft.value.status === 'active')
  const next: AlertRow = {
    ...row,
    ...draft.value,
    judgedPeriod: begins ? judgedUntilNow(actor, now, draft.value) : row.judgedPeriod,
    waitingFor: begins ? null : row.waitingFor,
    updatedAt: isoInstant(now),
  }
  return save(services, actor, next, 'alert.changed')
}

/** Nobody is told for `hours`; 0 ends it. What happens meanwhile is kept in the history. */
export async function snoozeAlert(
  services: Services,
  actor: Actor,
  id: string,
  hours: number,
): Promise<Result<AlertRow>> {
  if (!can(actor, 'foundry:write')) return forbidden('snooze alerts')
  if (!Number.isFinite(hours) || hours < 0 || hours > MOST_SNOOZE_HOURS) {
    return invalid([{ path: 'hours', message: 'Give 0 to 2160 hours (90 days).' }])
  }
  const known = await readAlert(services, actor, id)
  if (!known.ok) return known
  const now = services.clock.now()
  const snoozedUntil = hours === 0 ? null : isoInstant(now + hours * HOUR_MS)
  return save(services, actor, { ...known.value, snoozedUntil, updatedAt: isoInstant(now) }, 'alert.snoozed')
}

export async function deleteAlert(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  if (!can(actor, 'foundry:write')) return forbidden('remove alerts')
  const known = await readAlert(services, actor, id)
  if (!known.ok) return known
  const db = services.tenant(actor.tenantId)
  await db.write([
    ...removeAlert(db, id),
    recordAudit(db, services.clock.now(), actor, 'alert.deleted', id, { name: known.value.name }),
  ])
  return ok(null)
}

/** The newest first. */
export async function readFirings(
  services: Services,
  actor: Actor,
  alertId: string,
): Promise<Result<FiringRow[]>> {
  const known = await readAlert(services, actor, alertId)
  if (!known.ok) return known
  const db = services.tenant(actor.tenantId)
  return ok(await db.get(firingsOf(db, alertId, 200)))
}

/** Somebody has seen it. The first who does is kept. */
export async function acknowledgeAlert(
  services: Services,
  actor: Actor,
  firingId: string,
): Promise<Result<FiringRow>> {
  if (!can(actor, 'foundry:write')) return forbidden('acknowledge alerts')
  const db = services.tenant(actor.tenantId)
  const known = await db.get(firingById(db, firingId))
  if (!known) return notFound('alert event')
  const now = services.clock.now()
  await db.write([
    acknowledgeFiring(db, firingId, actor.id, isoInstant(now)),
    recordAudit(db, now, actor, 'alert.acknowledged', known.alertId, { period: known.period }, 'if-changed'),
  ])
  const read = await db.get(firingById(db, firingId))
  return read ? ok(read) : notFound('alert event')
}

/** Read, and tried on the figures: an alert that could never be judged is not kept. */
async function checkedDraft(
  services: Services,
  actor: Actor,
  input: unknown,
  known: AlertRow | null = null,
): Promise<Result<AlertDraft>> {
  const draft = parseAlert(input)
  if (!draft.ok) return draft
  const tried = await rehearse(services, actor, draft.value, await readGround(services, actor))
  if (!tried.ok) return tried
  const { unknownFilter } = tried.value
  // one that was right when it was made may lose its value later, and can still be paused
  if (unknownFilter && draft.value.filter !== known?.filter) {
    return invalid([{ path: 'filter', message: unknownFilter }])
  }
  return ok({ ...draft.value, name: nameOf(draft.value, tried.value) })
}

const judgedUntilNow = (actor: Actor, now: number, { granularity }: AlertDraft): string =>
  lastOver(businessDay(now, actor.workspace.timeZone), granularity, actor.workspace)

async function save(
  services: Services,
  actor: Actor,
  next: AlertRow,
  action: string,
): Promise<Result<AlertRow>> {
  const db = services.tenant(actor.tenantId)
  const [changed] = await db.write([
    updateAlert(db, next),
    recordAudit(db, services.clock.now(), actor, action, next.id, { name: next.name }, 'if-changed'),
  ])
  return changed === 0 ? stale() : ok({ ...next, version: next.version + 1 })
}

const stale = () =>
  fail(
    'stale',
    'alert-changed',
    'Someone else has changed this alert since you opened it. Reload it and try again.',
  )
