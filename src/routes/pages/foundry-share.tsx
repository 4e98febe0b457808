/** Sharing a dashboard: by link, by mail, on a screen, as a file. */
import { Hono } from 'hono'
import { attachment } from '../../http/attachment.ts'
import { requires } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { barePage, failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import { dashboardCsv } from '../../modules/mini-foundry/documents/dashboard-csv.ts'
import {
  dashboardLinks,
  endDashboardLink,
  getDashboard,
  listSchedules,
  openDashboard,
  printDashboard,
  type SharedDashboard,
  scheduleDashboard,
  shareDashboard,
  steerSchedule,
} from '../../modules/mini-foundry/index.ts'
import { ShareDashboard } from '../../modules/mini-foundry/views/dashboard-share.tsx'
import { DashboardScreen } from '../../modules/mini-foundry/views/dashboard-tv.tsx'
import { isoInstant } from '../../platform/clock.ts'
import type { Failure } from '../../platform/result.ts'

const base = '/foundry/dashboards'
const read = requires('foundry:read')
const write = requires('foundry:write')
const DAY_MS = 86_400_000

export const sharePages = new Hono<AppEnv>()

sharePages.get(`${base}/:id/tv`, read, async (c) => {
  const { tab = '', ...query } = c.req.query()
  const view = await openDashboard(c.var.services, c.var.actor, { id: c.req.param('id'), query })
  if (!view.ok) return failurePage(c, view.error)
  const body = <DashboardScreen view={view.value} reader={c.var.actor.workspace} tab={tab} live />
  return barePage(c, { title: view.value.dashboard.name, screen: true, body })
})

sharePages.get(`${base}/:id/export.csv`, read, async (c) => {
  const { widget = null, ...query } = c.req.query()
  const view = await openDashboard(c.var.services, c.var.actor, { id: c.req.param('id'), query })
  if (!view.ok) return failurePage(c, view.error)
  return c.body(dashboardCsv(view.value, widget), 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': attachment(`${view.value.dashboard.name} ${view.value.range.to}.csv`),
  })
})

sharePages.get(`${base}/:id/pdf`, read, async (c) => {
  const query = { ...c.req.query(), filter: c.req.queries('filter')?.filter(Boolean) }
  const printed = await printDashboard(c.var.services, c.var.actor, { id: c.req.param('id'), query })
  if (!printed.ok) return failurePage(c, printed.error)
  return c.body(new Uint8Array(printed.value.bytes), 200, {
    'Content-Type': 'application/pdf',
    'Content-Disposition': attachment(printed.value.name),
  })
})

sharePages.get(`${base}/:id/share`, write, (c) => showShare(c))

sharePages.post(`${base}/:id/share`, write, async (c) => {
  const { label = '', days = '', range, filter, sites = '' } = await formFields(c)
  const count = Number(days)
  const bounded = Number.isInteger(count) && count > 0 && count <= 3650
  if (days !== '' && !bounded) {
    const errors = [{ path: 'days', message: 'Write how many days, 1 to 3650, or nothing.' }]
    return showShare(c, {
      failure: { kind: 'invalid', slug: 'invalid', detail: 'Look at the days.', errors } as Failure,
    })
  }
  const expiresAt = days === '' ? null : isoInstant(c.var.services.clock.now() + count * DAY_MS)
  const allowedOrigins = sites.split(/[\s,;]+/).filter(Boolean)
  const wish = { label, query: { range, filter }, expiresAt, allowedOrigins }
  const made = await shareDashboard(c.var.services, c.var.actor, c.req.param('id'), wish)
  return showShare(c, made.ok ? { made: made.value } : { failure: made.error })
})

sharePages.post(`${base}/:id/share/:link/end`, write, async (c) => {
  const { id, link } = c.req.param()
  const ended = await endDashboardLink(c.var.services, c.var.actor, id, link)
  return ended.ok
    ? goTo(c, `${base}/${id}/share`, { toast: 'The link is ended.' })
    : failurePage(c, ended.error)
})

sharePages.post(`${base}/:id/schedules`, write, async (c) => {
  const fields = await formFields(c)
  const id = c.req.param('id')
  const [hour, minute] = (fields.time ?? '').split(':')
  const { every, weekday, monthDay } = fields
  const made = await scheduleDashboard(c.var.services, c.var.actor, id, {
    rhythm: {
      every,
      ...(every === 'week' && { weekday }),
      ...(every === 'month' && { monthDay }),
      hour,
      minute,
    },
    with_pdf: fields.with_pdf === 'on',
    recipients: (fields.recipients ?? '').split(/[\s,;]+/).filter(Boolean),
  })
  if (!made.ok) return showShare(c, { failure: made.error })
  const { asked } = made.value
  const toast = asked.length > 0 ? `Scheduled. ${asked.join(', ')} must say yes first.` : 'Scheduled.'
  return goTo(c, `${base}/${id}/share`, { toast })
})

for (const deed of ['send', 'pause', 'resume', 'remove'] as const) {
  sharePages.post(`${base}/:id/schedules/:schedule/${deed}`, write, async (c) => {
    const { id, schedule } = c.req.param()
    const done = await steerSchedule(c.var.services, c.var.actor, id, schedule, deed)
    const words = { send: 'It is on its way.', pause: 'Paused.', resume: 'Resumed.', remove: 'Removed.' }
    return done.ok ? goTo(c, `${base}/${id}/share`, { toast: words[deed] }) : failurePage(c, done.error)
  })
}

async function showShare(
  c: AppContext,
  { made, failure }: { made?: SharedDashboard; failure?: Failure } = {},
): Promise<Response> {
  const { services, actor } = c.var
  const id = c.req.param('id') ?? ''
  const known = await getDashboard(services, actor, id)
  if (!known.ok) return failurePage(c, known.error)
  if (failure && !['invalid', 'conflict', 'forbidden'].includes(failure.kind)) return failurePage(c, failure)
  const [links, schedules] = await Promise.all([
    dashboardLinks(services, actor, id),
    listSchedules(services, actor, id),
  ])
  if (!schedules.ok) return failurePage(c, schedules.error)
  const body = (
    <ShareDashboard
      dashboard={known.value}
      links={links.ok ? links.value : []}
      mayLink={links.ok}
      schedules={schedules.value}
      made={made}
      errors={failure && (failure.errors ?? [{ path: 'label', message: failure.detail }])}
    />
  )
  return page(c, {
    title: `Share ${known.value.name}`,
    section: 'foundry',
    body,
    status: failure && statusOf(failure.kind),
  })
}
