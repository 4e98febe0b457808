/** Mails a dashboard when it is due: each recipient once for each due time, however often the message comes. */
import type { Actor } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { fail, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { notify } from '../../workspace/index.ts'
import { type DashboardMail, dashboardMail, dashboardPost } from '../documents/dashboard-mail.ts'
import type { DashboardView } from '../domain/dashboard-model.ts'
import { nextSending, rhythmSchema, type Schedule, willGet } from '../domain/dashboard-schedule.ts'
import { advanceSchedule, scheduleRow } from '../store/schedules.ts'
import { filesOf, wordsFor } from './dashboards-report.ts'
import { mailLink, memberAddresses } from './dashboards-schedule.ts'
import { viewDashboard } from './dashboards-view.ts'

const FAILURES_TO_PAUSE = 3

export async function sendDashboard(services: Services, actor: Actor, scheduleId: string): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const schedule = await db.get(scheduleRow(db, scheduleId))
  const now = services.clock.now()
  if (schedule?.status !== 'active' || schedule.nextAt === null || schedule.nextAt > now) return
  const sent = await sendTo(services, actor, schedule, schedule.nextAt)
  const updatedAt = isoInstant(now)
  const nextAt = nextSending(rhythmSchema.parse(schedule.rhythm), actor.workspace.timeZone, now)
  if (sent.ok) {
    const set = { updatedAt, nextAt, lastSentAt: updatedAt, lastError: null, failures: 0 }
    await db.write([advanceSchedule(db, scheduleId, schedule.nextAt, set)])
    return
  }
  const failures = schedule.failures + 1
  const paused = failures >= FAILURES_TO_PAUSE
  const [moved] = await db.write([
    advanceSchedule(db, scheduleId, schedule.nextAt, {
      updatedAt,
      nextAt: paused ? null : nextAt,
      status: paused ? 'paused' : 'active',
      failures,
      lastError: sent.error.detail,
    }),
  ])
  if (paused && moved === 1) await tellOfPause(services, actor, schedule, sent.error.detail)
}

async function sendTo(
  services: Services,
  actor: Actor,
  schedule: Schedule,
  due: number,
): Promise<Result<null>> {
  const members = await services.directory.membersOf(actor.tenantId)
  // nobody's figures go on being sent after who sent them has left
  if (!members.some(({ personId }) => personId === schedule.createdBy))
    return fail(
      'forbidden',
      'sender-left',
      'Who set this up is not in the workspace any more. Set it up again.',
    )
  const view = await viewDashboard(
    services,
    actor,
    { id: schedule.dashboardId, query: schedule.query },
    'now',
  )
  if (!view.ok) return view
  const inside = await memberAddresses(services, actor)
  const attachments = schedule.withPdf ? await filesOf(services, actor, view.value) : []
  for (const address of schedule.recipients.filter((one) => willGet(one, inside, schedule.outside))) {
    if (schedule.outside[address] === 'stopped') continue
    const mail = await write(services, actor, schedule, view.value, address)
    await services.mail.send({
      kind: 'dashboard.sent',
      to: address,
      ...mail,
      attachments,
      tenantId: actor.tenantId,
      stream: 'workspace',
      fromName: actor.workspace.name.replace(/[<>"\p{Cc}]/gu, ' '),
      dedupeKey: `dashboard:${schedule.id}:${due}:${address}`,
    })
  }
  await tellChannels(services, actor, schedule, view.value, due)
  return ok(null)
}

/** Slack and Teams channels that take such posts get the figures too, once for each due time. */
async function tellChannels(
  services: Services,
  actor: Actor,
  schedule: Schedule,
  view: DashboardView,
  due: number,
): Promise<void> {
  const words = wordsFor(actor, view)
  await notify(services, actor, {
    kind: 'dashboard.report',
    to: [],
    title: `${view.dashboard.name}: ${words.range}`,
    body: dashboardPost(view, words),
    href: `/foundry/dashboards/${schedule.dashboardId}`,
    dedupeKey: `dashboard:${schedule.id}:${due}`,
  })
}

async function write(
  services: Services,
  actor: Actor,
  schedule: Schedule,
  view: DashboardView,
  address: string,
): Promise<DashboardMail> {
  return dashboardMail(view, wordsFor(actor, view), {
    page: `${services.config.publicUrl}/foundry/dashboards/${schedule.dashboardId}`,
    stop: await mailLink(services, actor.tenantId, schedule.id, address),
  })
}

async function tellOfPause(services: Services, actor: Actor, schedule: Schedule, why: string): Promise<void> {
  await notify(services, actor, {
    kind: 'dashboard.paused',
    to: [schedule.createdBy],
    title: 'A dashboard is not sent any more',
    body: `It could not be sent three times: ${why}`,
    href: `/foundry/dashboards/${schedule.dashboardId}/share`,
    dedupeKey: `dashboard-paused:${schedule.id}:${schedule.nextAt}`,
  })
}
