/** Mini Foundry's pages: dashboards. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import {
  changeDashboard,
  createDashboard,
  deleteDashboard,
  duplicateDashboard,
  ensureDefaultDashboard,
  getDashboard,
  listDashboards,
  openDashboard,
} from '../../modules/mini-foundry/index.ts'
import { deleteWords, EditDashboard } from '../../modules/mini-foundry/views/dashboard-forms.tsx'
import { DashboardGallery } from '../../modules/mini-foundry/views/dashboard-gallery.tsx'
import { DashboardList } from '../../modules/mini-foundry/views/dashboard-list.tsx'
import { DashboardPage } from '../../modules/mini-foundry/views/dashboard-page.tsx'
import { can } from '../../platform/actor.ts'
import { ConfirmPage } from '../../views/confirm.tsx'

const section = 'foundry'
const base = '/foundry/dashboards'
const read = requires('foundry:read')
const write = requires('foundry:write')

export const foundryPages = new Hono<AppEnv>()

foundryPages.get('/foundry', read, (c) => showDashboard(c, null))

foundryPages.get(base, read, async (c) => {
  const result = await listDashboards(c.var.services, c.var.actor, { cursor: c.req.query('cursor') })
  if (!result.ok) return failurePage(c, result.error)
  const { data, nextCursor } = result.value
  const nextHref = nextCursor && `${base}?cursor=${nextCursor}`
  return page(c, {
    title: 'Dashboards',
    section,
    body: <DashboardList dashboards={data} nextHref={nextHref} mayWrite={mayWrite(c)} />,
  })
})

foundryPages.get(`${base}/new`, write, (c) =>
  page(c, { title: 'New dashboard', section, body: <DashboardGallery /> }),
)

foundryPages.post(base, write, async (c) => {
  const values = await formFields(c)
  const isEmpty = values.type === 'empty'
  const result = await createDashboard(c.var.services, c.var.actor, {
    name: values.name ?? '',
    ...(isEmpty ? { widgets: [] } : { type: values.type || undefined }),
  })
  if (result.ok)
    return goTo(c, `${base}/${result.value.id}${isEmpty ? '/edit' : ''}`, {
      toast: `${result.value.name} is ready.`,
    })
  if (result.error.kind !== 'invalid') return failurePage(c, result.error)
  return page(c, {
    title: 'New dashboard',
    section,
    status: 422,
    body: <DashboardGallery errors={result.error.errors} />,
  })
})

foundryPages.get(`${base}/:id`, read, (c) => showDashboard(c, c.req.param('id')))

foundryPages.get(`${base}/:id/settings`, write, async (c) => {
  const result = await getDashboard(c.var.services, c.var.actor, c.req.param('id'))
  if (!result.ok) return failurePage(c, result.error)
  return page(c, {
    title: `Change ${result.value.name}`,
    section,
    body: <EditDashboard dashboard={result.value} />,
  })
})

foundryPages.post(`${base}/:id/settings`, write, async (c) => {
  const values = await formFields(c)
  const id = c.req.param('id')
  const version = /^\d+$/.test(values.version ?? '') ? Number(values.version) : null
  const result = await changeDashboard(c.var.services, c.var.actor, id, { name: values.name ?? '' }, version)
  if (result.ok) return goTo(c, `${base}/${id}`, { toast: 'Saved.' })
  const known = await getDashboard(c.var.services, c.var.actor, id)
  if (!known.ok || (result.error.kind !== 'invalid' && result.error.kind !== 'stale'))
    return failurePage(c, result.error)
  const errors = result.error.errors ?? [{ path: 'name', message: result.error.detail }]
  const fresh = { ...values, version: String(known.value.version) }
  const status = result.error.kind === 'stale' ? 412 : 422
  return page(c, {
    title: 'Change dashboard',
    section,
    status,
    body: <EditDashboard dashboard={known.value} values={fresh} errors={errors} />,
  })
})

foundryPages.post(`${base}/:id/default`, write, async (c) => {
  const result = await changeDashboard(c.var.services, c.var.actor, c.req.param('id'), { is_default: true })
  return result.ok
    ? goTo(c, `${base}/${result.value.id}`, { toast: 'This is the default now.' })
    : failurePage(c, result.error)
})

foundryPages.post(`${base}/:id/duplicate`, write, async (c) => {
  const result = await duplicateDashboard(c.var.services, c.var.actor, c.req.param('id'))
  return result.ok
    ? goTo(c, `${base}/${result.value.id}/edit`, { toast: 'Here is the copy.' })
    : failurePage(c, result.error)
})

foundryPages.post(`${base}/:id/delete`, write, async (c) => {
  const id = c.req.param('id')
  const known = await getDashboard(c.var.services, c.var.actor, id)
  if (!known.ok) return failurePage(c, known.error)
  if (!(await formFields(c)).confirmed) {
    const body = <ConfirmPage {...deleteWords(known.value)} cancelHref={`${base}/${id}/settings`} />
    return page(c, { title: 'Delete dashboard', section, body })
  }
  const result = await deleteDashboard(c.var.services, c.var.actor, id)
  return result.ok
    ? goTo(c, base, { toast: `${known.value.name} is deleted.` })
    : failurePage(c, result.error)
})

/** Null: the default one, made at the first look of all. */
async function showDashboard(c: AppContext, id: string | null): Promise<Response> {
  const { services, actor } = c.var
  const { tab = '', ...asked } = c.req.query()
  const query = { ...asked, filter: c.req.queries('filter')?.filter(Boolean) }
  let result = await openDashboard(services, actor, { id, query })
  if (!result.ok && result.error.kind === 'not_found' && id === null) {
    await ensureDefaultDashboard(services, actor)
    result = await openDashboard(services, actor, { id, query })
  }
  if (!result.ok) return failurePage(c, result.error)
  const body = <DashboardPage view={result.value} reader={actor.workspace} mayWrite={mayWrite(c)} tab={tab} />
  return page(c, { title: result.value.dashboard.name, section, body })
}

const mayWrite = (c: AppContext): boolean => can(c.var.actor, 'foundry:write')
