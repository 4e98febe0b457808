/** Data sources, by page. */
import { Hono } from 'hono'
import { stripeEventTypes } from '../../compose.ts'
import { requires } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import {
  addSigningSecret,
  changeSource,
  connectStripe,
  deleteSource,
  disconnectSource,
  listSources,
  readSource,
  retryHook,
} from '../../modules/mini-foundry/index.ts'
import { SourceList } from '../../modules/mini-foundry/views/source-list.tsx'
import { NewStripe, SourcePage } from '../../modules/mini-foundry/views/source-page.tsx'
import { can } from '../../platform/actor.ts'
import type { Failure } from '../../platform/result.ts'

const section = 'foundry'
const manage = requires('foundry:manage')

export const sourcePages = new Hono<AppEnv>()
  .get('/foundry/sources', requires('foundry:read'), async (c) => {
    const { actor, services } = c.var
    const sources = await listSources(services, actor)
    if (!sources.ok) return failurePage(c, sources.error)
    const { timeZone, locale } = actor.workspace
    const body = (
      <SourceList sources={sources.value} mayManage={can(actor, 'foundry:manage')} timeZone={timeZone} locale={locale} />
    )
    return page(c, { title: 'Data sources', section, body })
  })
  .get('/foundry/sources/stripe/new', manage, (c) =>
    page(c, { title: 'Connect Stripe', section, body: <NewStripe name="Stripe" /> }),
  )
  .post('/foundry/sources/stripe', manage, async (c) => {
    const { name = '' } = await formFields(c)
    const made = await connectStripe(c.var.services, c.var.actor, { name })
    if (made.ok) return goTo(c, `/foundry/sources/${made.value.id}`, { toast: 'The address is ready. Two steps at Stripe are left.' })
    const body = <NewStripe name={name} errors={made.error.errors} />
    return page(c, { title: 'Connect Stripe', section, body, status: statusOf(made.error.kind) })
  })
  .get('/foundry/sources/:id', requires('foundry:read'), (c) => show(c, c.req.param('id')))
  .post('/foundry/sources/:id', manage, async (c) => {
    const fields = await formFields(c)
    const done = await changeSource(c.var.services, c.var.actor, c.req.param('id'), { countsAsSales: fields.counts_as_sales === 'yes' })
    return done.ok ? goTo(c, c.req.path, { toast: 'Saved. Numbers follow within seconds.' }) : failurePage(c, done.error)
  })
  .post('/foundry/sources/:id/secret', manage, async (c) => {
    const { signing_secret = '' } = await formFields(c)
    const id = c.req.param('id')
    const done = await addSigningSecret(c.var.services, c.var.actor, id, signing_secret)
    if (done.ok) return goTo(c, `/foundry/sources/${id}`, { toast: 'The secret is saved. Send a test event from Stripe to try it.' })
    return done.error.kind === 'not_found' ? failurePage(c, done.error) : show(c, id, done.error)
  })
  .post('/foundry/sources/:id/events/:event/retry', manage, async (c) => {
    const id = c.req.param('id')
    const done = await retryHook(c.var.services, c.var.actor, id, c.req.param('event'))
    return done.ok ? goTo(c, `/foundry/sources/${id}`, { toast: 'The event is being processed again.' }) : failurePage(c, done.error)
  })
  .post('/foundry/sources/:id/disconnection', manage, async (c) => {
    const id = c.req.param('id')
    const known = await readSource(c.var.services, c.var.actor, id)
    if (!known.ok) return failurePage(c, known.error)
    const ask = await needsConfirmation(c, { title: 'Disconnect this source?', text: 'No new events are taken. What came stays.', confirmLabel: 'Disconnect', cancelHref: `/foundry/sources/${id}` })
    if (ask) return ask
    const done = await disconnectSource(c.var.services, c.var.actor, id)
    return done.ok ? goTo(c, `/foundry/sources/${id}`, { toast: 'Disconnected.' }) : failurePage(c, done.error)
  })
  .post('/foundry/sources/:id/deletion', manage, async (c) => {
    const id = c.req.param('id')
    const known = await readSource(c.var.services, c.var.actor, id)
    if (!known.ok) return failurePage(c, known.error)
    const ask = await needsConfirmation(c, { title: `Delete ${known.value.source.name} with all its data?`, text: `${known.value.source.recordCount} records go. This cannot be taken back.`, confirmLabel: 'Delete all of it', cancelHref: `/foundry/sources/${id}` })
    if (ask) return ask
    const done = await deleteSource(c.var.services, c.var.actor, id)
    return done.ok ? goTo(c, '/foundry/sources', { toast: 'The source and its data are gone.' }) : failurePage(c, done.error)
  })

async function show(c: AppContext, id: string, failure?: Failure): Promise<Response> {
  const { actor, services } = c.var
  const detail = await readSource(services, actor, id)
  if (!detail.ok) return failurePage(c, detail.error)
  const body = (
    <SourcePage
      {...detail.value}
      eventTypes={stripeEventTypes}
      mayManage={can(actor, 'foundry:manage')}
      timeZone={actor.workspace.timeZone}
      locale={actor.workspace.locale}
      errors={failure?.errors}
    />
  )
  return page(c, { title: detail.value.source.name, section, body, status: failure ? statusOf(failure.kind) : 200 })
}
