/** Says when a dashboard is mailed and to whom, and asks people outside before anything is sent to them. */

import { businessDay } from '../../../kit/calendar.ts'
import { escapeHtml } from '../../../kit/html-text.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { parseDashboardQuery } from '../domain/dashboard-query.ts'
import { newScheduleSchema, nextSending, rhythmSchema, type Schedule } from '../domain/dashboard-schedule.ts'
import {
  changeSchedule,
  insertSchedule,
  removeSchedule,
  scheduleRow,
  schedulesOf,
} from '../store/schedules.ts'
import { getDashboard } from './dashboards.ts'

/** A mail is still stopped by its link when it is found a year later. */
const LINK_SECONDS = 400 * 86_400

export async function listSchedules(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<Schedule[]>> {
  const known = await getDashboard(services, actor, id)
  if (!known.ok) return known
  const db = services.tenant(actor.tenantId)
  return ok(await db.get(schedulesOf(db, id)))
}

export async function scheduleDashboard(
  services: Services,
  actor: Actor,
  id: string,
  input: unknown,
): Promise<Result<{ id: string; asked: string[] }>> {
  if (!can(actor, 'foundry:write')) return forbidden('schedule mails')
  const known = await getDashboard(services, actor, id)
  if (!known.ok) return known
  const parsed = newScheduleSchema.safeParse(input)
  if (!parsed.success)
    return invalid(
      parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message })),
    )
  const query = parsed.data.query ?? known.value.settings.query ?? {}
  const now = services.clock.now()
  const read = parseDashboardQuery(query, businessDay(now, actor.workspace.timeZone))
  if (!read.ok) return read
  const recipients = [...new Set(parsed.data.recipients)]
  const members = await memberAddresses(services, actor)
  const asked = recipients.filter((address) => !members.has(address))
  const row = {
    id: uuidv7(now),
    dashboardId: id,
    rhythm: parsed.data.rhythm,
    recipients,
    outside: Object.fromEntries(asked.map((address) => [address, 'asked' as const])),
    query,
    withPdf: parsed.data.with_pdf ?? false,
    status: 'active' as const,
    nextAt: nextSending(parsed.data.rhythm, actor.workspace.timeZone, now),
    createdBy: actor.id,
  }
  const db = services.tenant(actor.tenantId)
  await db.write([
    insertSchedule(db, { ...row, at: isoInstant(now) }),
    recordAudit(db, now, actor, 'dashboard.scheduled', id, { schedule: row.id, recipients }),
  ])
  for (const address of asked) await askOutsider(services, actor, row.id, address, known.value.name)
  return ok({ id: row.id, asked })
}

/** Pauses, resumes (from now on: what was missed stays missed), removes, or sends at once. */
export async function steerSchedule(
  services: Services,
  actor: Actor,
  dashboardId: string,
  id: string,
  deed: 'pause' | 'resume' | 'remove' | 'send',
): Promise<Result<null>> {
  if (!can(actor, 'foundry:write')) return forbidden('schedule mails')
  const db = services.tenant(actor.tenantId)
  const known = await db.get(scheduleRow(db, id))
  if (known?.dashboardId !== dashboardId) return notFound('schedule')
  const now = services.clock.now()
  const updatedAt = isoInstant(now)
  const rhythm = rhythmSchema.parse(known.rhythm)
  if (deed === 'send' && known.status === 'paused')
    return fail('conflict', 'schedule-paused', 'These mails are paused. Resume them first.')
  const nextAt = {
    pause: null,
    remove: null,
    send: now,
    resume: nextSending(rhythm, actor.workspace.timeZone, now),
  }
  const statement =
    deed === 'remove'
      ? removeSchedule(db, id)
      : changeSchedule(db, id, {
          updatedAt,
          nextAt: nextAt[deed],
          status: deed === 'pause' ? 'paused' : 'active',
          ...(deed === 'resume' && { failures: 0, lastError: null }),
        })
  await db.write([
    statement,
    recordAudit(db, now, actor, `dashboard.schedule.${deed}`, dashboardId, { schedule: id }),
  ])
  if (deed === 'send')
    await services.queue.send({ kind: 'dashboard.send', tenantId: actor.tenantId, scheduleId: id })
  return ok(null)
}

/** What the link in a mail to somebody says: whose mails, and whether they have said yes. */
export async function readMailLink(
  services: Services,
  token: string,
): Promise<Result<{ tenantId: string; scheduleId: string; address: string; state: string }>> {
  const claims = await services.tokens.verify('dashboard-mail', token)
  const { tenant, schedule, address } = claims ?? {}
  if (typeof tenant !== 'string' || typeof schedule !== 'string' || typeof address !== 'string')
    return notFound('mail list')
  const db = services.tenant(tenant)
  const row = await db.get(scheduleRow(db, schedule))
  if (!row?.recipients.includes(address)) return notFound('mail list')
  return ok({ tenantId: tenant, scheduleId: schedule, address, state: row.outside[address] ?? 'confirmed' })
}

/** The person of the link says yes or no; it may be said again, the last word counts. */
export async function answerMailLink(services: Services, token: string, yes: boolean): Promise<Result<null>> {
  const read = await readMailLink(services, token)
  if (!read.ok) return read
  const { tenantId, scheduleId, address } = read.value
  const db = services.tenant(tenantId)
  await db.write([
    db.statement(
      `UPDATE dashboard_schedules SET outside = json_set(outside, '$."' || ?3 || '"', ?4), updated_at = ?5
       WHERE tenant_id = ?1 AND id = ?2`,
      scheduleId,
      address,
      yes ? 'confirmed' : 'stopped',
      isoInstant(services.clock.now()),
    ),
  ])
  return ok(null)
}

export const mailLink = async (
  services: Services,
  tenantId: string,
  scheduleId: string,
  address: string,
): Promise<string> => {
  const claims = { tenant: tenantId, schedule: scheduleId, address }
  const token = await services.tokens.sign('dashboard-mail', claims, LINK_SECONDS)
  return `${services.config.publicUrl}/p/mail/${token}`
}

export async function memberAddresses(services: Services, actor: Actor): Promise<Set<string>> {
  const members = await services.directory.membersOf(actor.tenantId)
  return new Set(members.map(({ email }) => email.toLowerCase()))
}

async function askOutsider(
  services: Services,
  actor: Actor,
  scheduleId: string,
  address: string,
  name: string,
): Promise<void> {
  const link = await mailLink(services, actor.tenantId, scheduleId, address)
  const text = `${actor.name} of ${actor.workspace.name} would like to send you the dashboard “${name}” by mail.\n\nSay yes or no here: ${link}\n\nWithout your yes nothing is sent.`
  await services.mail.send({
    kind: 'dashboard.ask',
    to: address,
    subject: `${actor.workspace.name} would like to send you a dashboard`,
    text,
    html: `<p>${escapeHtml(text).replaceAll('\n', '<br>')}</p>`,
    tenantId: actor.tenantId,
    stream: 'workspace',
    fromName: actor.workspace.name.replace(/[<>"\p{Cc}]/gu, ' '),
    dedupeKey: `dashboard-ask:${scheduleId}:${address}`,
  })
}
