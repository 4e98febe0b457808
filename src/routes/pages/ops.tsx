/** Ops Copilot: the list of automations, and a new one. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppEnv } from '../../http/context.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import {
  galleryItem,
  listAutomations,
  listRuns,
  namesOf,
  newAutomation,
  opsWaiting,
  restoreAutomation,
} from '../../modules/ops-copilot/index.ts'
import { AutomationListPage } from '../../modules/ops-copilot/views/automation-list.tsx'
import { NewAutomationPage } from '../../modules/ops-copilot/views/automation-new.tsx'
import { GalleryItemPage } from '../../modules/ops-copilot/views/gallery-item.tsx'
import { RunListPage } from '../../modules/ops-copilot/views/run-list-page.tsx'
import { can } from '../../platform/actor.ts'
import { notFound } from '../../platform/result.ts'

const section = 'ops'
const read = requires('ops:read')
const write = requires('ops:write')

export const opsPages = new Hono<AppEnv>()
  .get('/ops', read, async (c) => {
    const { services, actor } = c.var
    const found = await listAutomations(services, actor, { after: c.req.query('cursor') })
    if (!found.ok) return failurePage(c, found.error)
    const { timeZone, locale } = actor.workspace
    const body = (
      <AutomationListPage
        automations={found.value.data}
        next={found.value.next}
        names={namesOf(services)}
        mayWrite={can(actor, 'ops:write')}
        waiting={await opsWaiting(services, actor)}
        {...{ timeZone, locale }}
      />
    )
    return page(c, { title: 'Automations', section, body })
  })
  .get('/ops/new', write, (c) => {
    const body = <NewAutomationPage names={namesOf(c.var.services)} />
    return page(c, { title: 'New automation', section, body })
  })
  .post('/ops/new', write, async (c) => {
    const { kind = 'manual', gallery } = await formFields(c)
    const made = await newAutomation(c.var.services, c.var.actor, gallery ? { gallery } : { kind })
    if (!made.ok) return failurePage(c, made.error)
    const toast = gallery ? 'A draft of your own: look through it, try it, then publish it.' : undefined
    return goTo(c, `/ops/automations/${made.value.id}`, { toast })
  })
  .get('/ops/gallery/:key', write, (c) => {
    const { services, actor } = c.var
    const body = galleryItem(c.req.param('key'), actor.workspace.timeZone)
    if (!body) return failurePage(c, notFound('automation of the gallery').error)
    return page(c, {
      title: body.title,
      section,
      body: <GalleryItemPage item={body} names={namesOf(services)} />,
    })
  })
  .get('/ops/runs', read, async (c) => {
    const { services, actor } = c.var
    const { state = '', before } = c.req.query()
    const [found, automations] = await Promise.all([
      listRuns(services, actor, { before, ...(state ? { state } : {}) }),
      listAutomations(services, actor, { limit: 500 }),
    ])
    if (!found.ok) return failurePage(c, found.error)
    const names = new Map(automations.ok ? automations.value.data.map(({ id, name }) => [id, name]) : [])
    const { timeZone, locale } = actor.workspace
    const body = (
      <RunListPage
        runs={found.value.data}
        next={found.value.next}
        base="/ops/runs"
        {...{ names, state, timeZone, locale }}
      />
    )
    return page(c, { title: 'Runs', section, body })
  })
  .post('/ops/automations/:id/restore', write, async (c) => {
    const back = await restoreAutomation(c.var.services, c.var.actor, c.req.param('id'))
    if (!back.ok) return failurePage(c, back.error)
    return goTo(c, `/ops/automations/${back.value.id}`, { toast: 'It is back, at rest.' })
  })
  .post('/ops/automations/:id/duplicate', write, async (c) => {
    const { services, actor } = c.var
    const made = await newAutomation(services, actor, { copyOf: c.req.param('id') })
    if (!made.ok) return failurePage(c, made.error)
    return goTo(c, `/ops/automations/${made.value.id}`, { toast: 'This is the copy, a draft.' })
  })
