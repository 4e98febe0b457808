/** The builder of dashboards: each form is one step; every step can be taken back. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page, readForm } from '../../http/respond.tsx'
import {
  chooseMyDashboard,
  editDashboard,
  metricsToChoose,
  openDesk,
  turnBack,
} from '../../modules/mini-foundry/index.ts'
import { DashboardBuilder } from '../../modules/mini-foundry/views/dashboard-edit.tsx'
import { ConfigureWidget } from '../../modules/mini-foundry/views/dashboard-edit-configure.tsx'
import { randomToken } from '../../platform/ids.ts'
import { type Failure, notFound } from '../../platform/result.ts'

const section = 'foundry'
const base = '/foundry/dashboards'
const write = requires('foundry:write')

export const builderPages = new Hono<AppEnv>()

builderPages.get(`${base}/:id/edit`, write, (c) => showBuilder(c, c.req.query('tab') ?? ''))

builderPages.post(`${base}/:id/step`, write, async (c) => {
  const { version, on_tab: tab = '', ...fields } = await formFields(c)
  const id = c.req.param('id')
  const step = stepOf(fields)
  const result = await editDashboard(c.var.services, c.var.actor, id, step, versionOf(version))
  if (!result.ok) return showBuilder(c, tab, result.error)
  return goTo(c, builderAt(id, fields.step === 'add_tab' ? String(step.id) : tab))
})

for (const deed of ['undo', 'redo'] as const) {
  builderPages.post(`${base}/:id/${deed}`, write, async (c) => {
    const { version } = await formFields(c)
    const id = c.req.param('id')
    const result = await turnBack(c.var.services, c.var.actor, id, deed, versionOf(version))
    return result.ok ? goTo(c, builderAt(id, '')) : showBuilder(c, '', result.error)
  })
}

builderPages.get(`${base}/:id/widgets/:widget`, write, (c) => showConfigure(c))

builderPages.post(`${base}/:id/widgets/:widget`, write, async (c) => {
  const form = await readForm(c)
  const id = c.req.param('id')
  const text = (name: string) => String(form.get(name) ?? '').trim() || undefined
  const limit = text('limit')
  const widget = {
    id: c.req.param('widget'),
    kind: text('kind'),
    title: text('title') ?? '',
    metrics: form.getAll('metrics').map(String),
    group_by: text('group_by'),
    compare: text('compare'),
    limit: limit === undefined ? undefined : Number(limit),
    tab: text('tab'),
    text: text('text'),
    map: text('kind') === 'map' ? text('map') : undefined,
    filter: text('filter'),
  }
  const step = { step: 'configure', widget }
  const result = await editDashboard(c.var.services, c.var.actor, id, step, versionOf(text('version')))
  if (result.ok) return goTo(c, builderAt(id, widget.tab ?? ''), { toast: 'Saved.' })
  return showConfigure(c, result.error)
})

builderPages.post(`${base}/:id/mine`, requires('foundry:read'), async (c) => {
  const id = c.req.param('id')
  const wish = (await formFields(c)).mine === 'no' ? null : id
  const result = await chooseMyDashboard(c.var.services, c.var.actor, wish)
  if (!result.ok) return failurePage(c, result.error)
  const toast = wish
    ? 'You see this dashboard first from now on.'
    : 'You see the default of the workspace first.'
  return goTo(c, `${base}/${id}`, { toast })
})

async function showBuilder(c: AppContext, tab: string, failure?: Failure): Promise<Response> {
  const desk = await openDesk(c.var.services, c.var.actor, c.req.param('id') ?? '')
  if (!desk.ok) return failurePage(c, desk.error)
  const { dashboard, undo, redo } = desk.value
  const errors = failure && (failure.errors ?? [{ path: 'builder', message: failure.detail }])
  const body = <DashboardBuilder dashboard={dashboard} undo={undo} redo={redo} tab={tab} errors={errors} />
  return page(c, {
    title: `Build ${dashboard.name}`,
    section,
    body,
    status: failure && statusOf(failure.kind),
  })
}

async function showConfigure(c: AppContext, failure?: Failure): Promise<Response> {
  const { services, actor } = c.var
  const desk = await openDesk(services, actor, c.req.param('id') ?? '')
  if (!desk.ok) return failurePage(c, desk.error)
  const { dashboard } = desk.value
  const widget = dashboard.widgets.find(({ id }) => id === c.req.param('widget'))
  if (!widget) return failurePage(c, notFound('widget').error)
  const errors = failure && (failure.errors ?? [{ path: 'title', message: failure.detail }])
  const metrics = await metricsToChoose(services, actor)
  const body = <ConfigureWidget dashboard={dashboard} widget={widget} metrics={metrics} errors={errors} />
  const status = failure && statusOf(failure.kind)
  return page(c, { title: `Configure ${widget.title}`, section, body, status })
}

/** Fields of a form as a step; new things get an id here, as a page without scripts cannot make one. */
function stepOf(fields: Record<string, string>): Record<string, unknown> {
  const { layout, ...rest } = fields
  switch (fields.step) {
    case 'place':
      return { ...rest, layout: parseLayout(layout) }
    case 'add':
    case 'duplicate':
    case 'add_tab':
      return { ...rest, id: `w-${randomToken(12)}` }
    case 'opening': {
      const { step, ...query } = rest
      return { step, query: Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '')) }
    }
    default:
      return rest
  }
}

function parseLayout(text = ''): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const builderAt = (id: string, tab: string): string => `${base}/${id}/edit${tab ? `?tab=${tab}` : ''}`

const versionOf = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null
