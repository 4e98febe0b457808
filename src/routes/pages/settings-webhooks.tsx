/** Webhooks, by page: made, looked at, tested, replayed, ended; and the catalogue of events. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { barePage, failurePage, formFields, goTo, page, readForm } from '../../http/respond.tsx'
import { dayStart } from '../../kit/calendar/business-day.ts'
import {
  createWebhook,
  deleteWebhook,
  eventCatalogue,
  listDeliveries,
  listWebhooks,
  pauseWebhook,
  readDelivery,
  readWebhook,
  replayDelivery,
  replayRange,
  resumeWebhook,
  rotateWebhookSecret,
  testWebhook,
  updateWebhook,
} from '../../modules/workspace/index.ts'
import { EventReference } from '../../modules/workspace/views/event-reference.tsx'
import { WebhooksPage } from '../../modules/workspace/views/settings-webhooks.tsx'
import { DeliveryPage } from '../../modules/workspace/views/webhook-delivery.tsx'
import type { WebhookValues } from '../../modules/workspace/views/webhook-form.tsx'
import { WebhookPage } from '../../modules/workspace/views/webhook-page.tsx'
import { isoInstant } from '../../platform/clock.ts'
import type { Failure, Result } from '../../platform/result.ts'

const place = '/settings/webhooks'
const manage = requires('webhooks:manage')
const STATUSES = ['pending', 'delivered', 'failed'] as const

interface Shown {
  made?: { secret: string; oldUntil?: string }
  values?: WebhookValues
  failure?: Failure
}

export const webhookPages = new Hono<AppEnv>()
  .get('/docs/events', (c) => {
    const body = <EventReference events={eventCatalogue(c.var.services)} />
    const content = { title: 'Events', section: 'settings', body }
    return c.var.session ? page(c, content) : barePage(c, { ...content, wide: true })
  })
  .get(place, manage, (c) => showAll(c, {}))
  .post(place, manage, async (c) => {
    const values = await valuesOf(c)
    const made = await createWebhook(c.var.services, c.var.actor, values)
    if (!made.ok) return showAll(c, { values, failure: made.error })
    return showOne(c, made.value.webhook.id, { made: { secret: made.value.secret } })
  })
  .get(`${place}/:id`, manage, (c) => showOne(c, c.req.param('id'), {}))
  .post(`${place}/:id`, manage, async (c) => {
    const values = await valuesOf(c)
    const id = c.req.param('id')
    const saved = await updateWebhook(c.var.services, c.var.actor, id, values)
    if (!saved.ok) return showOne(c, id, { values, failure: saved.error })
    return goTo(c, `${place}/${id}`, { toast: 'Saved.' })
  })
  .post(`${place}/:id/pause`, manage, async (c) => {
    const id = c.req.param('id')
    return moved(c, id, await pauseWebhook(c.var.services, c.var.actor, id), 'Paused. Events wait for it.')
  })
  .post(`${place}/:id/resume`, manage, async (c) => {
    const id = c.req.param('id')
    return moved(
      c,
      id,
      await resumeWebhook(c.var.services, c.var.actor, id),
      'Resumed. What waited is sent now.',
    )
  })
  .post(`${place}/:id/rotation`, manage, async (c) => {
    const id = c.req.param('id')
    const ask = await needsConfirmation(c, {
      title: 'Rotate the signing secret?',
      text: 'You are shown a new one, once. Both sign for 24 hours, then only the new one.',
      confirmLabel: 'Rotate',
      cancelHref: `${place}/${id}`,
      tone: 'primary',
    })
    if (ask) return ask
    const made = await rotateWebhookSecret(c.var.services, c.var.actor, id)
    return made.ok ? showOne(c, id, { made: made.value }) : failurePage(c, made.error)
  })
  .post(`${place}/:id/removal`, manage, async (c) => {
    const id = c.req.param('id')
    const ask = await needsConfirmation(c, {
      title: 'Delete this webhook?',
      text: 'Nothing more is posted, and its log goes with it. This cannot be taken back.',
      confirmLabel: 'Delete the webhook',
      cancelHref: `${place}/${id}`,
    })
    if (ask) return ask
    const gone = await deleteWebhook(c.var.services, c.var.actor, id)
    return gone.ok ? goTo(c, place, { toast: 'The webhook is deleted.' }) : failurePage(c, gone.error)
  })
  .post(`${place}/:id/test`, manage, async (c) => {
    const id = c.req.param('id')
    const { type = '' } = await formFields(c)
    const done = await testWebhook(c.var.services, c.var.actor, id, type)
    if (!done.ok) return failurePage(c, done.error)
    const last = done.value.log.at(-1)
    const words = last?.status ? `The endpoint answered ${last.status}.` : 'The endpoint did not answer.'
    return goTo(c, `${place}/${id}/deliveries/${done.value.id}`, { toast: words })
  })
  .post(`${place}/:id/replay`, manage, async (c) => {
    const id = c.req.param('id')
    const { since = '', until = '' } = await formFields(c)
    const { timeZone } = c.var.actor.workspace
    const range = { since: startOf(since, 0, timeZone), until: startOf(until, 1, timeZone) }
    const done = await replayRange(c.var.services, c.var.actor, id, range)
    if (!done.ok) return showOne(c, id, { failure: done.error })
    return goTo(c, `${place}/${id}`, { toast: `${done.value.replayed} events will be sent once more.` })
  })
  .get(`${place}/:id/deliveries/:delivery`, manage, async (c) => {
    const { services, actor } = c.var
    const { id, delivery: which } = c.req.param()
    const webhook = await readWebhook(services, actor, id)
    if (!webhook.ok) return failurePage(c, webhook.error)
    const read = await readDelivery(services, actor, id, which)
    if (!read.ok) return failurePage(c, read.error)
    const { delivery, others } = read.value
    const next = delivery.status === 'pending' ? delivery.nextAttemptAt : null
    const body = (
      <DeliveryPage
        webhook={webhook.value}
        delivery={delivery}
        others={others}
        nextAttemptAt={next === null ? null : isoInstant(next)}
        timeZone={actor.workspace.timeZone}
        locale={actor.workspace.locale}
      />
    )
    return page(c, { title: delivery.eventType, section: 'settings', body })
  })
  .post(`${place}/:id/deliveries/:delivery/replay`, manage, async (c) => {
    const { id, delivery } = c.req.param()
    const made = await replayDelivery(c.var.services, c.var.actor, id, delivery)
    if (!made.ok) return failurePage(c, made.error)
    return goTo(c, `${place}/${id}/deliveries/${made.value.id}`, { toast: 'It is sent once more.' })
  })

async function valuesOf(c: AppContext): Promise<Required<WebhookValues>> {
  const form = await readForm(c)
  const text = (name: string) => String(form.get(name) ?? '')
  return { url: text('url'), description: text('description'), events: form.getAll('events').map(String) }
}

/** The first instant of a day of the workspace, or of the day after it; NaN for what is no day. */
function startOf(day: string, plusDays: number, timeZone: string): number {
  const noon = Date.parse(`${day}T12:00:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(noon)) return Number.NaN
  return dayStart(isoInstant(noon + plusDays * 86_400_000).slice(0, 10), timeZone)
}

const moved = (c: AppContext, id: string, done: Result<null>, toast: string) =>
  done.ok ? goTo(c, `${place}/${id}`, { toast }) : failurePage(c, done.error)

async function showAll(c: AppContext, { values, failure }: Shown): Promise<Response> {
  const { services, actor } = c.var
  const listed = await listWebhooks(services, actor)
  if (!listed.ok) return failurePage(c, listed.error)
  const body = (
    <WebhooksPage
      webhooks={listed.value}
      choices={eventCatalogue(services)}
      timeZone={actor.workspace.timeZone}
      locale={actor.workspace.locale}
      values={values}
      errors={failure?.errors}
      detail={failure?.detail}
    />
  )
  const status = failure ? statusOf(failure.kind) : 200
  return page(c, { title: 'Webhooks', section: 'settings', body, status })
}

async function showOne(c: AppContext, id: string, { made, values, failure }: Shown): Promise<Response> {
  const { services, actor } = c.var
  const { status = '', type = '', before } = c.req.query()
  const known = STATUSES.find((one) => one === status)
  const webhook = await readWebhook(services, actor, id)
  if (!webhook.ok) return failurePage(c, webhook.error)
  const log = await listDeliveries(services, actor, id, { status: known, type, before })
  if (!log.ok) return failurePage(c, log.error)
  const { deliveries, nextCursor } = log.value
  const href = (more: Record<string, string>) =>
    `${place}/${id}?${new URLSearchParams({ ...(known ? { status } : {}), ...(type ? { type } : {}), ...more })}`
  const body = (
    <WebhookPage
      webhook={webhook.value}
      choices={eventCatalogue(services)}
      deliveries={deliveries}
      filter={{ status: known, type }}
      next={nextCursor && href({ before: nextCursor })}
      first={before ? href({}) : null}
      timeZone={actor.workspace.timeZone}
      locale={actor.workspace.locale}
      made={made}
      values={values}
      errors={failure?.errors}
      detail={failure?.detail}
    />
  )
  const answer = failure ? statusOf(failure.kind) : 200
  return page(c, { title: 'Webhook', section: 'settings', body, status: answer })
}
