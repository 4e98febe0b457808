/** Metrics of one's own and targets, by page. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import {
  alertChoices,
  archiveCustomMetric,
  type CustomMetricView,
  changeCustomMetric,
  createCustomMetric,
  formulaNames,
  listCustomMetrics,
  previewFormula,
  readCustomMetric,
  readTargets,
  restoreCustomMetric,
  setTarget,
} from '../../modules/mini-foundry/index.ts'
import type { MetricDetail } from '../../modules/mini-foundry/views/custom-metric-detail.tsx'
import { CustomMetricListPage, TargetsPage } from '../../modules/mini-foundry/views/custom-metric-list.tsx'
import {
  type CustomMetricFormProps,
  CustomMetricPage,
} from '../../modules/mini-foundry/views/custom-metric-page.tsx'
import { can } from '../../platform/actor.ts'
import type { Failure } from '../../platform/result.ts'

const section = 'foundry'
const read = requires('foundry:read')
const write = requires('foundry:write')
const BASE = '/foundry/metrics/custom'

type Fields = CustomMetricFormProps['fields']

const BLANK: Fields = { name: '', formula: '', description: '', lessIsBetter: false, percent: false }

export const customMetricPages = new Hono<AppEnv>()
  .get('/foundry/targets', read, (c) => showTargets(c, { metric: c.req.query('metric') || 'revenue' }, null))
  .post('/foundry/targets', write, async (c) => {
    const fields = await formFields(c)
    const { metric, granularity, period } = fields
    const value = fields.remove === 'yes' ? null : (fields.value ?? '')
    const wish = { metric, granularity, period: period || null, value }
    const set = await setTarget(c.var.services, c.var.actor, wish)
    return set.ok ? goTo(c, '/foundry/targets') : showTargets(c, fields, set.error)
  })
  .get(BASE, read, async (c) => {
    const found = await listCustomMetrics(c.var.services, c.var.actor)
    if (!found.ok) return failurePage(c, found.error)
    const body = <CustomMetricListPage metrics={found.value} mayWrite={can(c.var.actor, 'foundry:write')} />
    return page(c, { title: 'Your own metrics', section, body })
  })
  .get(`${BASE}/new`, write, (c) => showEditor(c, null, BLANK, {}))
  .post(`${BASE}/preview`, write, async (c) => {
    const sent = await formFields(c)
    const view = sent.id ? await readCustomMetric(c.var.services, c.var.actor, sent.id) : null
    if (view && !view.ok) return failurePage(c, view.error)
    return showEditor(c, view?.value ?? null, fieldsOf(sent), { previews: true })
  })
  .post(BASE, write, async (c) => {
    const fields = fieldsOf(await formFields(c))
    const made = await createCustomMetric(c.var.services, c.var.actor, inputOf(fields))
    if (!made.ok) return showEditor(c, null, fields, { fault: made.error })
    return goTo(c, `${BASE}/${made.value.id}`, { toast: 'The metric can be used everywhere now.' })
  })
  .get(`${BASE}/:id`, read, async (c) => {
    const view = await readCustomMetric(c.var.services, c.var.actor, c.req.param('id'))
    if (!view.ok) return failurePage(c, view.error)
    const { name, formula, description, lessIsBetter, unit } = view.value.metric
    const fields = { name, formula, description, lessIsBetter, percent: unit === 'percent' }
    return showEditor(c, view.value, fields, { previews: view.value.problem === null })
  })
  .post(`${BASE}/:id`, write, async (c) => {
    const { services, actor } = c.var
    const id = c.req.param('id')
    const view = await readCustomMetric(services, actor, id)
    if (!view.ok) return failurePage(c, view.error)
    const fields = fieldsOf(await formFields(c))
    const changed = await changeCustomMetric(services, actor, id, inputOf(fields))
    if (!changed.ok) return showEditor(c, view.value, fields, { fault: changed.error })
    return goTo(c, `${BASE}/${id}`, { toast: 'The metric is changed.' })
  })
  .post(`${BASE}/:id/restore`, write, async (c) => {
    const id = c.req.param('id')
    const { version } = await formFields(c)
    const restored = await restoreCustomMetric(c.var.services, c.var.actor, id, Number(version))
    return restored.ok ? goTo(c, `${BASE}/${id}`) : failurePage(c, restored.error)
  })
  .post(`${BASE}/:id/archive`, write, async (c) => {
    const { services, actor } = c.var
    const id = c.req.param('id')
    const view = await readCustomMetric(services, actor, id)
    if (!view.ok) return failurePage(c, view.error)
    const asks = await needsConfirmation(c, {
      title: `Archive “${view.value.metric.name}”?`,
      text: 'It can be brought back with all its versions.',
      confirmLabel: 'Archive the metric',
      cancelHref: `${BASE}/${id}`,
    })
    if (asks) return asks
    const archived = await archiveCustomMetric(services, actor, id)
    return archived.ok ? goTo(c, BASE, { toast: 'The metric is archived.' }) : failurePage(c, archived.error)
  })

async function showTargets(c: AppContext, fields: Record<string, string>, fault: Failure | null) {
  const { services, actor } = c.var
  const targets = await readTargets(services, actor)
  const choices = await alertChoices(services, actor)
  if (!targets.ok) return failurePage(c, targets.error)
  if (!choices.ok) return failurePage(c, choices.error)
  const { currency, locale } = actor.workspace
  const body = (
    <TargetsPage
      targets={targets.value}
      metrics={choices.value.metrics}
      fields={fields}
      errors={fault ? (fault.errors ?? [{ path: 'value', message: fault.detail }]) : undefined}
      mayWrite={can(actor, 'foundry:write')}
      currency={currency}
      locale={locale}
    />
  )
  return page(c, { title: 'Targets', section, body, status: fault ? statusOf(fault.kind) : 200 })
}

async function showEditor(
  c: AppContext,
  view: CustomMetricView | null,
  fields: Fields,
  { previews = false, fault }: { previews?: boolean; fault?: Failure },
): Promise<Response> {
  const { services, actor } = c.var
  const names = await formulaNames(services, actor)
  if (!names.ok) return failurePage(c, names.error)
  const key = view?.metric.key ?? null
  const tried = previews ? await previewFormula(services, actor, inputOf(fields), key) : null
  const failure = fault ?? (tried && !tried.ok ? tried.error : null)
  const body = (
    <CustomMetricPage
      id={view?.metric.id ?? null}
      fields={fields}
      errors={failure ? (failure.errors ?? [{ path: 'name', message: failure.detail }]) : undefined}
      preview={tried?.ok ? { answer: tried.value.answer, words: tried.value.program.words } : null}
      names={names.value}
      detail={view && detailOf(view)}
      mayWrite={can(actor, 'foundry:write')}
      timeZone={actor.workspace.timeZone}
      locale={actor.workspace.locale}
    />
  )
  const title = view?.metric.name ?? 'New metric'
  // a preview of something half typed is no mistake
  return page(c, { title, section, body, status: failure && !previews ? statusOf(failure.kind) : 200 })
}

const detailOf = ({ metric, versions, uses, problem }: CustomMetricView): MetricDetail => {
  const { key, name, version, archivedAt } = metric
  return { key, name, version, archivedAt, versions, uses, problem }
}

const fieldsOf = (sent: Record<string, string>): Fields => ({
  name: sent.name ?? '',
  formula: sent.formula ?? '',
  description: sent.description ?? '',
  lessIsBetter: sent.less === 'yes',
  percent: sent.percent === 'yes',
})

const inputOf = ({ name, formula, description, lessIsBetter, percent }: Fields) => ({
  name,
  formula,
  description,
  less_is_better: lessIsBetter,
  unit: percent ? 'percent' : null,
})
