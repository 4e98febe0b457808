/** An automation going live, resting, being run by hand, looked back at; and its settings. */
import { Hono } from 'hono'
import { attachment } from '../../http/attachment.ts'
import { requires } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page, readForm } from '../../http/respond.tsx'
import {
  deleteAutomation,
  eventCatalogue,
  expectations,
  exportAutomation,
  listRuns,
  namesOf,
  openAutomationDesk,
  pauseAutomation,
  publishAutomation,
  readAutomation,
  resumeAutomation,
  runAutomation,
  runSubjects,
  saveSettings,
  scopeGroups,
} from '../../modules/ops-copilot/index.ts'
import { AutomationHead } from '../../modules/ops-copilot/views/automation-head.tsx'
import { PausePage, PublishPage } from '../../modules/ops-copilot/views/publish-page.tsx'
import { RunList } from '../../modules/ops-copilot/views/run-list.tsx'
import { RunStartPage } from '../../modules/ops-copilot/views/run-start.tsx'
import { AutomationSettingsPage } from '../../modules/ops-copilot/views/settings-form.tsx'
import { can } from '../../platform/actor.ts'
import { randomToken } from '../../platform/ids.ts'
import type { Failure } from '../../platform/result.ts'

const section = 'ops'
const base = '/ops/automations/:id'
const at = (id: string, more = '') => `/ops/automations/${id}${more}`
const read = requires('ops:read')
const write = requires('ops:write')

export const opsLivePages = new Hono<AppEnv>()
  .get(`${base}/publish`, write, async (c) => {
    const { services, actor } = c.var
    const desk = await openAutomationDesk(services, actor, c.req.param('id'))
    if (!desk.ok) return failurePage(c, desk.error)
    const { automation, problems } = desk.value
    const known = await expectations(services, actor, automation)
    const body = (
      <PublishPage automation={automation} names={namesOf(services)} problems={problems} {...known} />
    )
    return page(c, { title: `Publish ${automation.name}`, section, body })
  })
  .post(`${base}/publish`, write, async (c) => {
    const id = c.req.param('id')
    const done = await publishAutomation(c.var.services, c.var.actor, id)
    return done.ok ? goTo(c, at(id), { toast: 'It is live.' }) : failurePage(c, done.error)
  })
  .get(`${base}/pause`, write, async (c) => {
    const { services, actor } = c.var
    const known = await readAutomation(services, actor, c.req.param('id'))
    if (!known.ok) return failurePage(c, known.error)
    const { alive } = await expectations(services, actor, known.value)
    const body = <PausePage automation={known.value} names={namesOf(services)} alive={alive} />
    return page(c, { title: `Pause ${known.value.name}`, section, body })
  })
  .post(`${base}/pause`, write, async (c) => {
    const id = c.req.param('id')
    const { running } = await formFields(c)
    const wish = running === 'cancel' || running === 'hold' ? running : 'finish'
    const done = await pauseAutomation(c.var.services, c.var.actor, id, wish)
    return done.ok ? goTo(c, at(id), { toast: 'It is paused.' }) : failurePage(c, done.error)
  })
  .post(`${base}/resume`, write, async (c) => {
    const id = c.req.param('id')
    const done = await resumeAutomation(c.var.services, c.var.actor, id)
    return done.ok ? goTo(c, at(id), { toast: 'It is active again.' }) : failurePage(c, done.error)
  })
  .get(`${base}/run`, write, (c) => showStart(c, c.req.query()))
  .post(`${base}/run`, write, async (c) => {
    const id = c.req.param('id')
    const { key, subject, ...input } = await formFields(c)
    const started = await runAutomation(c.var.services, c.var.actor, id, {
      ...{ key, input },
      ...(subject ? { subject } : {}),
    })
    if (started.ok) return goTo(c, `/ops/runs/${started.value.runId}`)
    return showStart(c, { ...input, subject: subject ?? '' }, started.error)
  })
  .get(`${base}/runs`, read, async (c) => {
    const { services, actor } = c.var
    const id = c.req.param('id')
    const { state = '', before } = c.req.query()
    const [known, found] = await Promise.all([
      readAutomation(services, actor, id),
      listRuns(services, actor, { automationId: id, before, ...(state ? { state } : {}) }),
    ])
    if (!known.ok) return failurePage(c, known.error)
    if (!found.ok) return failurePage(c, found.error)
    const { timeZone, locale } = actor.workspace
    const runs = { runs: found.value.data, next: found.value.next, names: null }
    const body = (
      <>
        <AutomationHead
          automation={known.value}
          names={namesOf(services)}
          current="runs"
          mayWrite={can(actor, 'ops:write')}
        />
        <RunList {...runs} base={at(id, '/runs')} {...{ state, timeZone, locale }} />
      </>
    )
    return page(c, { title: `Runs of ${known.value.name}`, section, body })
  })
  .get(`${base}/settings`, write, (c) => showSettings(c))
  .post(`${base}/settings`, write, async (c) => {
    const id = c.req.param('id')
    const form = await readForm(c)
    const pairs = [...form.entries()].map(([name, value]): [string, string] => [name, String(value)])
    const saved = await saveSettings(c.var.services, c.var.actor, id, pairs)
    return saved.ok ? goTo(c, at(id), { toast: 'Saved.' }) : showSettings(c, saved.error)
  })
  .get(`${base}/export.json`, read, async (c) => {
    const made = await exportAutomation(c.var.services, c.var.actor, c.req.param('id'))
    if (!made.ok) return failurePage(c, made.error)
    return c.body(JSON.stringify(made.value, null, 2), 200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': attachment(`${made.value.name}.json`),
    })
  })
  .post(`${base}/delete`, write, async (c) => {
    const { services, actor } = c.var
    const id = c.req.param('id')
    const known = await readAutomation(services, actor, id)
    if (!known.ok) return failurePage(c, known.error)
    const asks = await needsConfirmation(c, {
      title: `Remove “${known.value.name}”?`,
      text: 'Runs that wait are cancelled. What it did stays in the history.',
      confirmLabel: 'Remove the automation',
      cancelHref: at(id, '/settings'),
    })
    if (asks) return asks
    const removed = await deleteAutomation(services, actor, id)
    return removed.ok
      ? goTo(c, '/ops', { toast: 'The automation is removed.' })
      : failurePage(c, removed.error)
  })

async function showStart(
  c: AppContext,
  values: Record<string, string>,
  failure?: Failure,
): Promise<Response> {
  const { services, actor } = c.var
  const known = await readAutomation(services, actor, c.req.param('id') ?? '')
  if (!known.ok) return failurePage(c, known.error)
  const trigger = known.value.triggerConfig
  const asks = trigger.kind === 'manual' || trigger.kind === 'form'
  const body = (
    <RunStartPage
      automation={known.value}
      names={namesOf(services)}
      fields={asks ? trigger.fields : []}
      subjects={await runSubjects(services, actor, known.value)}
      values={values}
      key={randomToken(12)}
      errors={failure && (failure.errors ?? [{ path: 'subject', message: failure.detail }])}
    />
  )
  return page(c, {
    title: `Run ${known.value.name}`,
    section,
    body,
    status: failure ? statusOf(failure.kind) : 200,
  })
}

async function showSettings(c: AppContext, failure?: Failure): Promise<Response> {
  const { services, actor } = c.var
  const known = await readAutomation(services, actor, c.req.param('id') ?? '')
  if (!known.ok) return failurePage(c, known.error)
  const { ownerId } = known.value
  const [owner] = ownerId ? await services.directory.recipients(actor.tenantId, [ownerId]) : []
  const body = (
    <AutomationSettingsPage
      automation={known.value}
      events={eventCatalogue(services).map(({ type, title }) => ({ value: type, label: title }))}
      groups={await scopeGroups(services, actor, known.value, null)}
      names={namesOf(services)}
      owner={owner?.name ?? null}
      errors={failure && (failure.errors ?? [{ path: 'name', message: failure.detail }])}
    />
  )
  return page(c, {
    title: `Settings of ${known.value.name}`,
    section,
    body,
    status: failure ? statusOf(failure.kind) : 200,
  })
}
