/** Alerts by page: list, form with a rehearsal, detail, and what is done with one. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import {
  acknowledgeAlert,
  alertChoices,
  changeAlert,
  createAlert,
  deleteAlert,
  listAlerts,
  type Rehearsal,
  readAlert,
  rehearseAlert,
  snoozeAlert,
  suggestAlerts,
  viewAlert,
} from '../../modules/mini-foundry/index.ts'
import { type AlertFields, AlertFormPage } from '../../modules/mini-foundry/views/alert-form.tsx'
import { AlertListPage } from '../../modules/mini-foundry/views/alert-list.tsx'
import { AlertPage } from '../../modules/mini-foundry/views/alert-page.tsx'
import { can } from '../../platform/actor.ts'
import { isoInstant } from '../../platform/clock.ts'
import type { Failure } from '../../platform/result.ts'

const section = 'foundry'
const read = requires('foundry:read')
const write = requires('foundry:write')
const KINDS = ['threshold', 'change', 'anomaly', 'quiet'] as const

export const alertPages = new Hono<AppEnv>()
  .get('/foundry/alerts', read, async (c) => {
    const { services, actor } = c.var
    const cursor = c.req.query('cursor')
    const found = await listAlerts(services, actor, { cursor })
    if (!found.ok) return failurePage(c, found.error)
    const { data, nextCursor } = found.value
    const suggested = data.length === 0 && !cursor ? await suggestAlerts(services, actor) : null
    const suggestions = suggested?.ok ? suggested.value : []
    const body = (
      <AlertListPage
        alerts={data}
        next={nextCursor}
        suggestions={suggestions.map(({ input, ...words }) => ({ ...words, fields: fieldsOf(input) }))}
        mayWrite={can(actor, 'foundry:write')}
        nowIso={isoInstant(services.clock.now())}
        {...placeOf(c)}
      />
    )
    return page(c, { title: 'Alerts', section, body })
  })
  .get('/foundry/alerts/new', write, (c) =>
    showForm(c, null, c.req.query(), { rehearsed: 'kind' in c.req.query() && 'metric' in c.req.query() }),
  )
  .post('/foundry/alerts/rehearse', write, async (c) => {
    const fields = await formFields(c)
    return showForm(c, fields.id ?? null, fields, { rehearsed: true })
  })
  .post('/foundry/alerts', write, async (c) => {
    const fields = await formFields(c)
    const made = await createAlert(c.var.services, c.var.actor, inputOf(fields))
    if (!made.ok) return showForm(c, null, fields, { fault: made.error })
    return goTo(c, `/foundry/alerts/${made.value.id}`, { toast: 'The alert watches from now on.' })
  })
  .post('/foundry/alerts/events/:firing/acknowledge', write, async (c) => {
    const seen = await acknowledgeAlert(c.var.services, c.var.actor, c.req.param('firing'))
    return seen.ok ? goTo(c, `/foundry/alerts/${seen.value.alertId}`) : failurePage(c, seen.error)
  })
  .get('/foundry/alerts/:id', read, async (c) => {
    const { services, actor } = c.var
    const found = await viewAlert(services, actor, c.req.param('id'))
    if (!found.ok) return failurePage(c, found.error)
    const { alert, firings, rehearsal } = found.value
    const body = (
      <AlertPage
        alert={alert}
        firings={firings}
        rehearsal={rehearsal && { ...rehearsal, kind: alert.kind }}
        mayWrite={can(actor, 'foundry:write')}
        nowIso={isoInstant(services.clock.now())}
        {...placeOf(c)}
      />
    )
    return page(c, { title: alert.name, section, body })
  })
  .get('/foundry/alerts/:id/edit', write, async (c) => {
    const found = await readAlert(c.var.services, c.var.actor, c.req.param('id'))
    if (!found.ok) return failurePage(c, found.error)
    return showForm(c, found.value.id, fieldsOf(found.value), {})
  })
  .post('/foundry/alerts/:id', write, async (c) => {
    const id = c.req.param('id')
    const fields = await formFields(c)
    const changed = await changeAlert(c.var.services, c.var.actor, id, inputOf(fields))
    if (changed.ok) return goTo(c, `/foundry/alerts/${id}`, { toast: 'The alert is changed.' })
    if (changed.error.kind !== 'invalid') return failurePage(c, changed.error)
    return showForm(c, id, fields, { fault: changed.error })
  })
  .post('/foundry/alerts/:id/snooze', write, async (c) => {
    const id = c.req.param('id')
    const { hours } = await formFields(c)
    const snoozed = await snoozeAlert(c.var.services, c.var.actor, id, Number(hours ?? Number.NaN))
    return snoozed.ok ? goTo(c, `/foundry/alerts/${id}`) : failurePage(c, snoozed.error)
  })
  .post('/foundry/alerts/:id/status', write, async (c) => {
    const id = c.req.param('id')
    const { status } = await formFields(c)
    const changed = await changeAlert(c.var.services, c.var.actor, id, { status })
    return changed.ok ? goTo(c, `/foundry/alerts/${id}`) : failurePage(c, changed.error)
  })
  .post('/foundry/alerts/:id/delete', write, async (c) => {
    const id = c.req.param('id')
    const found = await readAlert(c.var.services, c.var.actor, id)
    if (!found.ok) return failurePage(c, found.error)
    const asks = await needsConfirmation(c, {
      title: `Remove “${found.value.name}”?`,
      text: 'Its history goes with it.',
      confirmLabel: 'Remove the alert',
      cancelHref: `/foundry/alerts/${id}`,
    })
    if (asks) return asks
    const removed = await deleteAlert(c.var.services, c.var.actor, id)
    return removed.ok
      ? goTo(c, '/foundry/alerts', { toast: 'The alert is removed.' })
      : failurePage(c, removed.error)
  })

async function showForm(
  c: AppContext,
  id: string | null,
  fields: AlertFields,
  { rehearsed = false, fault }: { rehearsed?: boolean; fault?: Failure },
): Promise<Response> {
  const { services, actor } = c.var
  const choices = await alertChoices(services, actor)
  if (!choices.ok) return failurePage(c, choices.error)
  const kind = KINDS.find((one) => one === fields.kind) ?? 'threshold'
  const tried = rehearsed ? await rehearseAlert(services, actor, inputOf({ ...fields, kind })) : null
  const failure = fault ?? (tried && !tried.ok ? tried.error : null)
  const rehearsal: Rehearsal | null = tried?.ok ? tried.value : null
  const body = (
    <AlertFormPage
      id={id}
      kind={kind}
      fields={fields}
      {...choices.value}
      currency={actor.workspace.currency}
      errors={failure ? (failure.errors ?? [{ path: 'name', message: failure.detail }]) : undefined}
      rehearsal={rehearsal && { ...rehearsal, kind }}
    />
  )
  const title = id ? 'Change the alert' : 'New alert'
  return page(c, { title, section, body, status: failure ? statusOf(failure.kind) : 200 })
}

/** What each kind of rule is made of, as fields of the form. */
const RULE_FIELDS = {
  threshold: ['operator', 'value'],
  change: ['direction', 'by', 'unit', 'against'],
  anomaly: ['sensitivity', 'direction'],
  quiet: ['source_id'],
} as const

function inputOf(fields: AlertFields): Record<string, unknown> {
  const kind = KINDS.find((one) => one === fields.kind) ?? 'threshold'
  const rule: Record<string, unknown> = Object.fromEntries(
    RULE_FIELDS[kind].flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])),
  )
  if (kind !== 'quiet') rule.repeat = fields.repeat === 'yes'
  const { name = '', metric, granularity, filter } = fields
  return kind === 'quiet' ? { kind, name, rule } : { kind, name, metric, granularity, filter, rule }
}

function fieldsOf(input: {
  kind: (typeof KINDS)[number]
  name?: string
  metric?: string
  granularity?: string
  filter?: string | null
  rule: Record<string, unknown>
}): Record<string, string> {
  const { rule, ...rest } = input
  const { kind, name, metric, granularity, filter } = rest
  const own = Object.entries({ ...rule, repeat: rule.repeat === true ? 'yes' : undefined })
  const all = [...Object.entries({ kind, name, metric, granularity, filter }), ...own]
  return Object.fromEntries(
    all.flatMap(([key, value]) => (value === undefined || value === null ? [] : [[key, String(value)]])),
  )
}

const placeOf = (c: AppContext) => {
  const { timeZone, locale } = c.var.actor.workspace
  return { timeZone, locale }
}
