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
  badgeOfSource,
  badgesOf,
  changeSource,
  connectStripe,
  DEMO_CHOICES,
  deleteSource,
  disconnectSource,
  dismissHook,
  dropOlderSecret,
  listSources,
  readDead,
  readDrift,
  readSource,
  readStreams,
  reconnectStripe,
  retryHook,
} from '../../modules/mini-foundry/index.ts'
import { SourceList } from '../../modules/mini-foundry/views/source-list.tsx'
import { deleteWords, disconnectWords, SourcePage } from '../../modules/mini-foundry/views/source-page.tsx'
import { NewStripe } from '../../modules/mini-foundry/views/source-stripe.tsx'
import { can } from '../../platform/actor.ts'
import { isoInstant } from '../../platform/clock.ts'
import type { Failure } from '../../platform/result.ts'

const section = 'foundry'
const base = '/foundry/sources'
const DEAD_SHOWN = 20
const read = requires('foundry:read')
const manage = requires('foundry:manage')

export const sourcePages = new Hono<AppEnv>()

sourcePages.get(base, read, async (c) => {
  const { actor, services } = c.var
  const sources = await listSources(services, actor)
  if (!sources.ok) return failurePage(c, sources.error)
  const body = (
    <SourceList
      sources={sources.value}
      badges={await badgesOf(services, actor)}
      demoChoices={DEMO_CHOICES}
      mayManage={can(actor, 'foundry:manage')}
      mayWrite={can(actor, 'foundry:write')}
      mayTakeAway={can(actor, 'workspace:export')}
      standIns={services.vendors.filter(({ kind }) => kind in services.config.standIns)}
      timeZone={actor.workspace.timeZone}
      locale={actor.workspace.locale}
    />
  )
  return page(c, { title: 'Data sources', section, body })
})

sourcePages.get(`${base}/stripe/new`, manage, async (c) => {
  const othersCount = await someSourceCounts(c)
  const body = (
    <NewStripe values={{ name: 'Stripe', countsAsSales: !othersCount }} othersCount={othersCount} />
  )
  return page(c, { title: 'Connect Stripe', section, body })
})

sourcePages.post(`${base}/stripe`, manage, async (c) => {
  const { name = '', counts_as_sales } = await formFields(c)
  const values = { name, countsAsSales: counts_as_sales === 'yes' }
  const made = await connectStripe(c.var.services, c.var.actor, values)
  if (made.ok)
    return goTo(c, `${base}/${made.value.id}`, {
      toast: 'The address is ready. Two steps at Stripe are left.',
    })
  if (made.error.kind !== 'invalid') return failurePage(c, made.error)
  const body = (
    <NewStripe values={values} othersCount={await someSourceCounts(c)} errors={made.error.errors} />
  )
  return page(c, { title: 'Connect Stripe', section, body, status: 422 })
})

sourcePages.get(`${base}/:id`, read, (c) => show(c, c.req.param('id')))

sourcePages.post(`${base}/:id`, manage, async (c) => {
  const id = c.req.param('id')
  const values = await formFields(c)
  const change = { name: values.name, countsAsSales: values.counts_as_sales === 'yes' }
  const done = await changeSource(c.var.services, c.var.actor, id, change)
  if (done.ok) return goTo(c, `${base}/${id}`, { toast: 'Saved. Numbers follow within seconds.' })
  return done.error.kind === 'invalid'
    ? show(c, id, { failure: done.error, values })
    : failurePage(c, done.error)
})

sourcePages.post(`${base}/:id/secret`, manage, async (c) => {
  const id = c.req.param('id')
  const { signing_secret = '' } = await formFields(c)
  const done = await addSigningSecret(c.var.services, c.var.actor, id, signing_secret)
  if (done.ok)
    return goTo(c, `${base}/${id}`, {
      toast: 'The secret is saved. Send a test event from Stripe to try it.',
    })
  return done.error.kind === 'invalid' ? show(c, id, { failure: done.error }) : failurePage(c, done.error)
})

sourcePages.post(`${base}/:id/secret/older-removal`, manage, async (c) => {
  const id = c.req.param('id')
  const done = await dropOlderSecret(c.var.services, c.var.actor, id)
  return done.ok
    ? goTo(c, `${base}/${id}`, { toast: 'Only the newest secret holds now.' })
    : failurePage(c, done.error)
})

sourcePages.post(`${base}/:id/events/:event/retry`, manage, async (c) => {
  const id = c.req.param('id')
  const done = await retryHook(c.var.services, c.var.actor, id, c.req.param('event'))
  return done.ok
    ? goTo(c, `${base}/${id}`, { toast: 'The event is being processed again.' })
    : failurePage(c, done.error)
})

sourcePages.post(`${base}/:id/events/:event/dismissal`, manage, async (c) => {
  const id = c.req.param('id')
  const done = await dismissHook(c.var.services, c.var.actor, id, c.req.param('event'))
  return done.ok ? goTo(c, `${base}/${id}`, { toast: 'The event is left out.' }) : failurePage(c, done.error)
})

sourcePages.post(`${base}/:id/disconnection`, manage, async (c) => {
  const id = c.req.param('id')
  const known = await readSource(c.var.services, c.var.actor, id)
  if (!known.ok) return failurePage(c, known.error)
  const ask = await needsConfirmation(c, {
    ...words(disconnectWords(known.value.source)),
    cancelHref: `${base}/${id}`,
  })
  if (ask) return ask
  const done = await disconnectSource(c.var.services, c.var.actor, id)
  return done.ok ? goTo(c, `${base}/${id}`, { toast: 'Disconnected.' }) : failurePage(c, done.error)
})

sourcePages.post(`${base}/:id/reconnection`, manage, async (c) => {
  const id = c.req.param('id')
  const done = await reconnectStripe(c.var.services, c.var.actor, id)
  if (!done.ok) return failurePage(c, done.error)
  return goTo(c, `${base}/${id}`, {
    toast: 'There is a new address. Change it at Stripe, then save the secret.',
  })
})

sourcePages.post(`${base}/:id/deletion`, manage, async (c) => {
  const id = c.req.param('id')
  const { actor, services } = c.var
  const known = await readSource(services, actor, id)
  if (!known.ok) return failurePage(c, known.error)
  const { source } = known.value
  const ask = await needsConfirmation(c, {
    ...words(deleteWords(source, actor.workspace.locale)),
    cancelHref: `${base}/${id}`,
  })
  if (ask) return ask
  const gone = await deleteSource(services, actor, id)
  if (!gone.ok) return failurePage(c, gone.error)
  const toast = gone.value.done ? `${source.name} and its data are gone.` : `${source.name} is being removed.`
  return goTo(c, base, { toast })
})

/** The page that asks says the same as the dialog. */
const words = ({ title, text, confirmLabel }: ReturnType<typeof deleteWords>) => ({
  title,
  text: String(text),
  confirmLabel,
})

async function someSourceCounts(c: AppContext): Promise<boolean> {
  const sources = await listSources(c.var.services, c.var.actor)
  return sources.ok && sources.value.some(({ countsAsSales, isDemo }) => countsAsSales && !isDemo)
}

/** Also for the routes of `source-sync.tsx`: the page with what was refused. */
export async function show(
  c: AppContext,
  id: string,
  refused?: { failure: Failure; values?: Record<string, string> },
): Promise<Response> {
  const { actor, services } = c.var
  const detail = await readSource(services, actor, id)
  if (!detail.ok) return failurePage(c, detail.error)
  const reading = await readStreams(services, actor, id)
  if (!reading.ok) return failurePage(c, reading.error)
  const [badge, dead, drift] = await Promise.all([
    badgeOfSource(services, actor, id),
    readDead(services, actor, id, { status: 'open' }, DEAD_SHOWN),
    readDrift(services, actor, id),
  ])
  const body = (
    <SourcePage
      {...detail.value}
      reading={{
        ...reading.value,
        dead: dead.ok ? dead.value.rows : [],
        drift: drift.ok ? drift.value : [],
      }}
      badge={badge}
      eventTypes={stripeEventTypes}
      mayManage={can(actor, 'foundry:manage')}
      now={isoInstant(services.clock.now())}
      timeZone={actor.workspace.timeZone}
      locale={actor.workspace.locale}
      values={refused?.values}
      errors={refused?.failure.errors}
    />
  )
  const status = refused ? statusOf(refused.failure.kind) : 200
  return page(c, { title: detail.value.source.name, section, body, status })
}
