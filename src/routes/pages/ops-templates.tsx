/** Mail templates by page. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page, readForm } from '../../http/respond.tsx'
import {
  createTemplate,
  deleteTemplate,
  listTemplates,
  previewTemplate,
  readTemplate,
  saveTemplateForm,
  sendTestMail,
  templateScope,
  templateSubjects,
} from '../../modules/ops-copilot/index.ts'
import {
  TemplateEditorPage,
  type TemplateEditorProps,
} from '../../modules/ops-copilot/views/template-editor.tsx'
import { TemplateListPage } from '../../modules/ops-copilot/views/template-list.tsx'
import { can } from '../../platform/actor.ts'
import type { Failure } from '../../platform/result.ts'

const section = 'ops'
const base = '/ops/templates'
const read = requires('ops:read')
const write = requires('ops:write')

export const opsTemplatePages = new Hono<AppEnv>()
  .get(base, read, async (c) => {
    const { services, actor } = c.var
    const found = await listTemplates(services, actor)
    if (!found.ok) return failurePage(c, found.error)
    const { timeZone, locale } = actor.workspace
    const body = (
      <TemplateListPage
        templates={found.value}
        mayWrite={can(actor, 'ops:write')}
        {...{ timeZone, locale }}
      />
    )
    return page(c, { title: 'Mail templates', section, body })
  })
  .post(base, write, async (c) => {
    const { gallery } = await formFields(c)
    const wish = gallery
      ? { gallery }
      : { name: 'New template', subject: 'A subject', blocks: [{ kind: 'text', text: 'Hello,' }] }
    const made = await createTemplate(c.var.services, c.var.actor, wish)
    return made.ok ? goTo(c, `${base}/${made.value.id}`) : failurePage(c, made.error)
  })
  .get(`${base}/:id`, read, (c) => show(c))
  .post(`${base}/:id`, write, async (c) => {
    const id = c.req.param('id')
    const form = await readForm(c)
    const pairs = [...form.entries()].map(([name, value]): [string, string] => [name, String(value)])
    const saved = await saveTemplateForm(c.var.services, c.var.actor, id, pairs)
    if (!saved.ok) return show(c, saved.error)
    return goTo(c, `${base}/${id}`, form.get('deed') ? {} : { toast: 'Saved.' })
  })
  .post(`${base}/:id/test`, write, async (c) => {
    const id = c.req.param('id')
    const { about } = await formFields(c)
    const sent = await sendTestMail(c.var.services, c.var.actor, id, about || undefined)
    if (!sent.ok) return failurePage(c, sent.error)
    return goTo(c, `${base}/${id}`, { toast: `Sent to ${sent.value.to}.` })
  })
  .post(`${base}/:id/delete`, write, async (c) => {
    const { services, actor } = c.var
    const id = c.req.param('id')
    const known = await readTemplate(services, actor, id)
    if (!known.ok) return failurePage(c, known.error)
    const asks = await needsConfirmation(c, {
      title: `Remove “${known.value.name}”?`,
      text: 'Automations that use it go on with it; it can be chosen no more.',
      confirmLabel: 'Remove the template',
      cancelHref: `${base}/${id}`,
    })
    if (asks) return asks
    const removed = await deleteTemplate(services, actor, id)
    return removed.ok ? goTo(c, base, { toast: 'The template is removed.' }) : failurePage(c, removed.error)
  })
  .get('/preview/templates/:id', read, async (c) => {
    const made = await previewTemplate(c.var.services, c.var.actor, c.req.param('id'), c.req.query('about'))
    return made.ok ? c.html(made.value.page.html) : failurePage(c, made.error)
  })

async function show(c: AppContext, failure?: Failure): Promise<Response> {
  const { services, actor } = c.var
  const id = c.req.param('id') ?? ''
  const about = c.req.query('about') ?? ''
  const known = await readTemplate(services, actor, id)
  if (!known.ok) return failurePage(c, known.error)
  const [made, subjects, groups] = await Promise.all([
    previewTemplate(services, actor, id, about || undefined),
    templateSubjects(services, actor),
    templateScope(services, actor),
  ])
  const body = (
    <TemplateEditorPage
      template={known.value as unknown as TemplateEditorProps['template']}
      lacking={made.ok ? made.value.lacking : null}
      failure={made.ok ? null : made.error.detail}
      text={made.ok ? made.value.page.text : ''}
      mayWrite={can(actor, 'ops:write')}
      errors={failure && (failure.errors ?? [{ path: 'name', message: failure.detail }])}
      {...{ subjects, about, groups }}
    />
  )
  return page(c, { title: known.value.name, section, body, status: failure ? statusOf(failure.kind) : 200 })
}
