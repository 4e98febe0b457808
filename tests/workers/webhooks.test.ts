// Webhooks we send, up to the consumer's own verification: signing, retries, ends, losses and replays.
import { Webhook } from 'standardwebhooks'
import { beforeEach, describe, expect, test } from 'vitest'
import { compose } from '../../src/compose.ts'
import { daily } from '../../src/cron/daily.ts'
import { everyMinute } from '../../src/cron/every-minute.ts'
import {
  createWebhook,
  deleteWebhook,
  listDeliveries,
  listEvents,
  listWebhooks,
  pauseWebhook,
  readWebhook,
  replayDelivery,
  replayRange,
  resumeWebhook,
  rotateWebhookSecret,
  testWebhook,
  updateWebhook,
} from '../../src/modules/workspace/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { recordEvent } from '../../src/platform/event.ts'
import { uuidv7 } from '../../src/platform/ids.ts'
import { fail, ok, type Result } from '../../src/platform/result.ts'
import type { PostPort } from '../../src/platform/services.ts'
import { ask, ownForm } from '../support/browser.ts'
import { signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const URL_OF_CONSUMER = 'https://hooks.example.com/in?token=hidden'

interface Received {
  url: string
  body: string
  headers: Record<string, string>
}

let world: World
let shop: Actor
let received: Received[]
/** Answers of the consumer in order; 200 when there is none left. */
let answers: (number | 'unreachable')[]

beforeEach(async () => {
  world = await makeWorld()
  shop = await world.workspace()
  received = []
  answers = []
  const real = (await compose(testEnv, { later: () => undefined })).post
  const post: PostPort = {
    ...real,
    async post(url, body, headers) {
      received.push({ url, body, headers })
      const answer = answers.shift() ?? 200
      if (answer === 'unreachable')
        return fail('unavailable', 'unreachable', 'The address did not answer in time.')
      return ok({
        status: answer,
        text: `got ${headers['webhook-signature']}`,
        ms: 12,
        headers: new Headers(),
      })
    },
  }
  Object.assign(world.services, { post })
})

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.slug}: ${JSON.stringify(result.error)}`)
  return result.value
}

const make = async (events: string[] = ['*']) => {
  const made = value(await createWebhook(world.services, shop, { url: URL_OF_CONSUMER, events }))
  return { id: made.webhook.id, secret: made.secret }
}

/** Something happens in the workspace. */
async function happen(type = 'payment.received', payload: Record<string, unknown> = { payment_id: 'ch_1' }) {
  const id = uuidv7(world.clock.now())
  const db = world.services.tenant(shop.tenantId)
  await db.write([recordEvent(db, world.clock.now(), { id, type, payload })])
  await world.services.queue.send({ kind: 'event.deliver', tenantId: shop.tenantId, eventId: id })
  await world.drain()
  return id
}

/** Time passes, cron looks, the queue works: what a delayed message does too. */
async function pass(ms: number) {
  world.clock.advance(ms)
  await everyMinute(world.services)
  await world.drain()
}

const deliveriesOf = async (id: string) => value(await listDeliveries(world.services, shop, id)).deliveries

/** As a consumer verifies; throws when it does not hold. Its own clock is not ours, so the age is not looked at. */
function verify({ body, headers }: Received, secret: string): unknown {
  const consumer = new Webhook(secret)
  const at = new Date(Number(headers['webhook-timestamp']) * 1000)
  const expected = consumer.sign(headers['webhook-id'] ?? '', at, body)
  if (!headers['webhook-signature']?.split(' ').includes(expected)) throw new Error('no matching signature')
  return JSON.parse(body)
}

describe('an event', () => {
  test('reaches the endpoint that asks for it, and the consumer can verify it', async () => {
    const { id, secret } = await make(['payment.received'])
    const eventId = await happen('payment.received', { payment_id: 'ch_7', amount: '12.00' })
    expect(received).toHaveLength(1)
    const [message] = received as [Received]
    expect(verify(message, secret)).toEqual({
      type: 'payment.received',
      timestamp: '2026-11-22T12:00:00.000Z',
      data: { payment_id: 'ch_7', amount: '12.00' },
      id: eventId,
      workspace_id: shop.tenantId,
    })
    expect(message.headers['webhook-id']).toBe(eventId)
    expect(message.headers['webhook-timestamp']).toBe(String(world.clock.now() / 1000))
    expect(() => verify(message, `whsec_${btoa('x'.repeat(32))}`)).toThrow()
    expect(() => verify({ ...message, body: `${message.body} ` }, secret)).toThrow()
    expect(await deliveriesOf(id)).toMatchObject([{ status: 'delivered', attempts: 1, nextAttemptAt: null }])
  })

  test('that is not asked for, or of another workspace, is not posted', async () => {
    await make(['order.created'])
    await happen('payment.received')
    const neighbour = await world.workspace({ name: 'Next door' })
    value(await createWebhook(world.services, neighbour, { url: URL_OF_CONSUMER, events: ['*'] }))
    await happen('payment.failed')
    expect(received).toEqual([])
  })

  test('that is heard twice, or whose message comes twice, is posted once', async () => {
    const { id } = await make()
    const eventId = await happen()
    await testEnv.DB.batch([
      testEnv.DB.prepare('UPDATE outbox SET sent_at = NULL WHERE id = ?1').bind(eventId),
      testEnv.DB.prepare('DELETE FROM event_receipts WHERE event_id = ?1').bind(eventId),
    ])
    world.messages.push({ kind: 'event.deliver', tenantId: shop.tenantId, eventId })
    await world.drain()
    const [delivery] = await deliveriesOf(id)
    world.messages.push({ kind: 'webhook.deliver', tenantId: shop.tenantId, deliveryId: delivery?.id ?? '' })
    await world.drain()
    await pass(5 * MINUTE)
    expect(received).toHaveLength(1)
    expect(await deliveriesOf(id)).toHaveLength(1)
  })

  test('whose message was lost is posted by cron', async () => {
    await make()
    const send = world.services.queue.send
    const services = world.services as { queue: typeof world.services.queue }
    services.queue = {
      send: async (message) => (message.kind === 'webhook.deliver' ? undefined : send(message)),
    }
    await happen()
    services.queue = { send }
    expect(received).toEqual([])
    await pass(2 * MINUTE)
    expect(received).toHaveLength(1)
  })

  test('is posted again under the same id when the worker died between the post and its note', async () => {
    const { id, secret } = await make()
    const good = world.services.post
    Object.assign(world.services, {
      post: {
        ...good,
        post: async (...args: Parameters<typeof good.post>) => {
          await good.post(...args)
          throw new Error('the worker dies here')
        },
      },
    })
    await expect(happen()).rejects.toThrow('dies here')
    Object.assign(world.services, { post: good })
    await pass(20_000)
    expect(received, 'the lease still holds').toHaveLength(1)
    await pass(2 * MINUTE)
    expect(received).toHaveLength(2)
    const [first, second] = received as [Received, Received]
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id'])
    expect(second.body).toBe(first.body)
    verify(second, secret)
    expect(await deliveriesOf(id)).toMatchObject([{ status: 'delivered' }])
  })
})

describe('a delivery that fails', () => {
  test('is tried again, later and later, with the same id and a new time, until it is taken', async () => {
    answers = [500, 'unreachable', 302, 200]
    const { id, secret } = await make()
    await happen()
    await pass(3_000)
    await world.drain()
    expect(received, 'not before five seconds').toHaveLength(1)
    await pass(70_000)
    expect(received).toHaveLength(2)
    await pass(4 * MINUTE)
    expect(received, 'not before five minutes').toHaveLength(2)
    await pass(4 * MINUTE)
    expect(received).toHaveLength(3)
    await pass(40 * MINUTE)
    expect(received).toHaveLength(4)
    for (const message of received) verify(message, secret)
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(4)
    const [delivery] = await deliveriesOf(id)
    expect(delivery).toMatchObject({ status: 'delivered', attempts: 4 })
    expect(delivery?.log.map((attempt) => attempt.status)).toEqual([500, null, 302, 200])
  })

  test('ends after ten attempts in about three days', async () => {
    answers = Array(20).fill(503)
    const { id } = await make()
    await happen()
    for (let hour = 0; hour < 5 * 24; hour++) await pass(60 * MINUTE)
    expect(received).toHaveLength(10)
    expect(await deliveriesOf(id)).toMatchObject([{ status: 'failed', attempts: 10 }])
    const { results } = await testEnv.DB.prepare(
      `SELECT * FROM due WHERE kind = 'webhook' AND tenant_id = ?1`,
    )
      .bind(shop.tenantId)
      .all()
    expect(results).toEqual([])
  })

  test('with 410 pauses the endpoint, once, and tells the admins of it', async () => {
    const admin = await signInAs(shop.tenantId, 'admin', world.clock.now())
    await signInAs(shop.tenantId, 'member', world.clock.now())
    answers = [410]
    const { id } = await make(['payment.received'])
    await happen()
    expect(value(await readWebhook(world.services, shop, id)).status).toBe('paused')
    expect(await deliveriesOf(id)).toMatchObject([{ status: 'failed' }])
    await happen()
    await pass(DAY)
    expect(received).toHaveLength(1)
    expect(await told()).toMatchObject([
      { endpoint_id: id, reason: 'gone', url: 'https://hooks.example.com/in?…' },
    ])
    const { results } = await testEnv.DB.prepare(
      `SELECT person_id, href FROM notifications WHERE tenant_id = ?1 AND kind = 'webhook.failing'`,
    )
      .bind(shop.tenantId)
      .all()
    expect(results).toEqual([{ person_id: admin.personId, href: `/settings/webhooks/${id}` }])
  })

  test('for five days stops the endpoint, and resuming it sends what waited', async () => {
    answers = Array(100).fill(500)
    const { id } = await make(['payment.received'])
    for (let day = 0; day <= 5; day++) {
      await happen()
      await pass(DAY)
    }
    const stopped = value(await readWebhook(world.services, shop, id))
    expect(stopped.status).toBe('failing')
    expect(await told()).toMatchObject([{ endpoint_id: id, reason: 'failing' }])
    const before = received.length
    const eventId = await happen('payment.received', { payment_id: 'while it was down' })
    await pass(DAY)
    expect(received).toHaveLength(before)
    answers = []
    value(await resumeWebhook(world.services, shop, id))
    await world.drain()
    expect(received.slice(before).map(({ headers }) => headers['webhook-id'])).toContain(eventId)
    expect(value(await readWebhook(world.services, shop, id))).toMatchObject({
      status: 'active',
      failingSince: null,
    })
    expect((await deliveriesOf(id)).filter((one) => one.status === 'pending')).toEqual([])
  })
})

async function told(): Promise<unknown[]> {
  const { results } = await testEnv.DB.prepare(
    `SELECT payload FROM outbox WHERE tenant_id = ?1 AND type = 'webhook.failing'`,
  )
    .bind(shop.tenantId)
    .all<{ payload: string }>()
  return results.map((row) => JSON.parse(row.payload))
}

describe('a paused endpoint', () => {
  test('gets nothing until it is resumed, then all that waited in the order it happened', async () => {
    const { id } = await make()
    value(await pauseWebhook(world.services, shop, id))
    const first = await happen()
    await pass(2 * MINUTE)
    const second = await happen()
    await pass(60 * MINUTE)
    expect(received).toEqual([])
    value(await resumeWebhook(world.services, shop, id))
    await world.drain()
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([first, second])
  })
})

describe('the signing secret', () => {
  test('has 32 random bytes and is neither kept readable, nor listed, nor in the audit log or a kept answer', async () => {
    const { id, secret } = await make()
    expect(atob(secret.replace('whsec_', ''))).toHaveLength(32)
    await happen()
    const listed = JSON.stringify([value(await listWebhooks(world.services, shop)), await deliveriesOf(id)])
    const kept = await testEnv.DB.batch([
      testEnv.DB.prepare('SELECT * FROM webhook_endpoints'),
      testEnv.DB.prepare('SELECT * FROM webhook_deliveries'),
      testEnv.DB.prepare('SELECT * FROM audit_log'),
    ])
    const everything = listed + JSON.stringify(kept.map((part) => part.results))
    expect(everything).not.toContain(secret.slice('whsec_'.length))
    expect(everything, 'signatures that an answer repeats').not.toMatch(/v1,[\w+/=]{20,}/)
    const audit = JSON.stringify(kept[2]?.results)
    expect(audit).toContain('webhook.created')
    expect(audit, 'what stands behind the question mark').not.toContain('token=hidden')
  })

  test('signs beside its successor for 24 hours after a rotation', async () => {
    const { id, secret: old } = await make()
    const { secret } = value(await rotateWebhookSecret(world.services, shop, id))
    await happen()
    const [during] = received as [Received]
    expect(verify(during, old)).toEqual(verify(during, secret))
    expect(during.headers['webhook-signature']?.split(' ')).toHaveLength(2)
    world.clock.advance(DAY + 1)
    await happen()
    const after = received.at(-1) as Received
    verify(after, secret)
    expect(() => verify(after, old)).toThrow()
  })

  test('verifies with the consumer library as it stands', async () => {
    world = await makeWorld(new Date().toISOString())
    shop = await world.workspace()
    const seen: Received[] = []
    Object.assign(world.services, {
      post: {
        refuse: () => null,
        post: async (url: string, body: string, headers: Record<string, string>) => {
          seen.push({ url, body, headers })
          return ok({ status: 204, text: '', ms: 1, headers: new Headers() })
        },
      },
    })
    const { secret } = await make()
    await happen('customer.created', { customer_id: 'cus_1' })
    const [message] = seen as [Received]
    expect(new Webhook(secret).verify(message.body, message.headers)).toMatchObject({
      data: { customer_id: 'cus_1' },
    })
  })
})

describe('a replay', () => {
  test('of one delivery sends the same message once more', async () => {
    const { id, secret } = await make()
    await happen()
    const [delivery] = await deliveriesOf(id)
    value(await replayDelivery(world.services, shop, id, delivery?.id ?? ''))
    await world.drain()
    const [first, again] = received as [Received, Received]
    expect(again.body).toBe(first.body)
    expect(again.headers['webhook-id']).toBe(first.headers['webhook-id'])
    verify(again, secret)
    expect(await deliveriesOf(id)).toHaveLength(2)
  })

  test('of a time sends what the endpoint asks for, also from before it was made', async () => {
    const wanted = await happen('order.created', { order_id: '1' })
    await happen('payment.failed')
    world.clock.advance(60 * MINUTE)
    await happen('order.created', { order_id: 'too late' })
    const { id } = await make(['order.created'])
    const since = world.clock.now() - 2 * 60 * MINUTE
    const range = { since, until: world.clock.now() }
    expect(value(await replayRange(world.services, shop, id, range))).toEqual({ replayed: 1 })
    await world.drain()
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([wanted])
    expect(await replayRange(world.services, shop, id, { since, until: since })).toMatchObject({
      error: { errors: [{ path: 'until' }] },
    })
    expect(
      await replayRange(world.services, shop, id, { since: since - 100 * DAY, until: since }),
    ).toMatchObject({
      error: { errors: [{ path: 'since' }] },
    })
  })

  test('of many events is carried on by cron', async () => {
    const db = world.services.tenant(shop.tenantId)
    const now = world.clock.now()
    const many = Array.from({ length: 120 }, (_, i) => ({
      id: `many-${i}`,
      type: 'order.created',
      payload: { order_id: `${i}` },
    }))
    await db.write(many.map((event, i) => recordEvent(db, now + i, event)))
    world.clock.advance(MINUTE)
    const { id } = await make()
    value(await replayRange(world.services, shop, id, { since: now, until: world.clock.now() }))
    for (let minute = 0; minute < 3; minute++) await pass(MINUTE)
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(120)
  }, 60_000)
})

describe('a test', () => {
  test('posts the sample at once, says that it is one, and leaves the health alone', async () => {
    answers = [500]
    const { id, secret } = await make(['order.created'])
    const done = value(await testWebhook(world.services, shop, id, 'order.created'))
    expect(done).toMatchObject({ status: 'failed', attempts: 1, log: [{ status: 500 }] })
    expect(verify(received[0] as Received, secret)).toMatchObject({ type: 'order.created', test: true })
    await pass(DAY)
    expect(received).toHaveLength(1)
    expect(value(await readWebhook(world.services, shop, id)).failingSince).toBeNull()
    expect(await testWebhook(world.services, shop, id, 'payment.failed')).toMatchObject({
      error: { kind: 'invalid' },
    })
  })
})

describe('an endpoint', () => {
  test.each([
    'http://127.0.0.1/in',
    'https://10.0.0.8/in',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/in',
    'https://[::1]/in',
    'https://user:password@hooks.example.com/',
    'https://hooks.example.com:8443/',
    'ftp://hooks.example.com/',
    'hooks',
  ])('at %s is refused', async (url) => {
    const made = await createWebhook(world.services, shop, { url, events: ['*'] })
    expect(made).toMatchObject({ ok: false, error: { kind: 'invalid', errors: [{ path: 'url' }] } })
  })

  test('at a plain http address is refused in production', async () => {
    const input = { url: 'http://hooks.example.com/in', events: ['*'] }
    const config = { ...world.services.config, environment: 'production' as const }
    const services = { ...world.services, config }
    expect(await createWebhook(services, shop, input)).toMatchObject({ error: { errors: [{ path: 'url' }] } })
  })

  test('cannot ask for an event that does not exist, or for none', async () => {
    for (const events of [['order.exploded'], []])
      expect(await createWebhook(world.services, shop, { url: URL_OF_CONSUMER, events })).toMatchObject({
        error: { errors: [{ path: 'events' }] },
      })
  })

  test('is changed by the version one has seen, and by nobody else', async () => {
    const { id } = await make()
    const change = { description: 'Ledger', events: ['order.created'] }
    expect(value(await updateWebhook(world.services, shop, id, change, 1))).toMatchObject({
      ...change,
      version: 2,
    })
    expect(await updateWebhook(world.services, shop, id, change, 1)).toMatchObject({
      error: { kind: 'stale' },
    })
    const neighbour = await world.workspace({ name: 'Next door' })
    expect(await updateWebhook(world.services, neighbour, id, change)).toMatchObject({
      error: { kind: 'not_found' },
    })
    for (const role of ['viewer', 'member'] as const)
      expect(await listWebhooks(world.services, world.as(shop, role))).toMatchObject({
        error: { kind: 'forbidden' },
      })
  })

  test('that is deleted gets nothing more', async () => {
    answers = [500]
    const { id } = await make()
    await happen()
    value(await deleteWebhook(world.services, shop, id))
    await pass(DAY)
    expect(received).toHaveLength(1)
    expect(await deleteWebhook(world.services, shop, id)).toMatchObject({ error: { kind: 'not_found' } })
  })

  test('is one of at most twenty', async () => {
    for (let i = 0; i < 20; i++) await make()
    const more = await createWebhook(world.services, shop, { url: URL_OF_CONSUMER, events: ['*'] })
    expect(more).toMatchObject({ error: { slug: 'too-many-webhooks' } })
  })
})

describe('the log of events', () => {
  test('is read page by page, the oldest first, whole also when several have one instant', async () => {
    const db = world.services.tenant(shop.tenantId)
    const now = world.clock.now()
    const ids = ['b', 'a', 'd', 'c', 'e']
    for (const id of ids)
      await db.write([recordEvent(db, now, { id, type: 'order.created', payload: { order_id: id } })])
    expect(value(await listEvents(world.services, shop, {})).events, 'not before they are settled').toEqual(
      [],
    )
    world.clock.advance(MINUTE)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = value(await listEvents(world.services, shop, { cursor, types: ['order.created'] }, 2))
      seen.push(...page.events.map((event) => event.id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(await listEvents(world.services, shop, { cursor: 'nonsense' })).toMatchObject({
      error: { kind: 'invalid' },
    })
  })

  test('is let go of after 90 days, deliveries after 30', async () => {
    const { id } = await make()
    await happen()
    world.clock.advance(31 * DAY)
    await daily(world.services)
    expect(await deliveriesOf(id)).toEqual([])
    expect(value(await listEvents(world.services, shop, {})).events).toHaveLength(1)
    world.clock.advance(60 * DAY)
    await daily(world.services)
    expect(value(await listEvents(world.services, shop, { since: 0 })).events).toEqual([])
  })
})

describe('the pages', () => {
  const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString()

  test('add a webhook, show its secret once, and lead through its log', async () => {
    const { cookie } = await signInAs(shop.tenantId, 'admin', world.clock.now())
    const get = async (path: string) => (await ask(path, { headers: { Cookie: cookie } })).text()
    const post = (path: string, fields: Record<string, string>) =>
      ask(path, { method: 'POST', headers: ownForm(cookie), body: form(fields) })
    const wish = { url: 'https://hooks.example.com/in', description: 'Ledger', events: 'order.created' }
    const made = await (await post('/settings/webhooks', wish)).text()
    const [secret = ''] = /whsec_[\w+/]+=*/.exec(made) ?? []
    expect(atob(secret.slice('whsec_'.length))).toHaveLength(32)
    const [line] = value(await listWebhooks(world.services, shop))
    const at = `/settings/webhooks/${line?.id}`
    for (const path of ['/settings/webhooks', at]) {
      const html = await get(path)
      expect(html).toContain('Ledger')
      expect(html).not.toContain(secret.slice('whsec_'.length))
    }
    await happen('order.created', { order_id: 'ord_42' })
    const log = await get(`${at}?status=delivered`)
    const [delivery] = await deliveriesOf(line?.id ?? '')
    expect(log).toContain(`${at}/deliveries/${delivery?.id}`)
    const one = await get(`${at}/deliveries/${delivery?.id}`)
    expect(one).toContain('ord_42')
    expect(one).toContain('200')
    // the app's own queue would post in earnest: a paused endpoint holds the replay back
    value(await pauseWebhook(world.services, shop, line?.id ?? ''))
    const replayed = await post(`${at}/deliveries/${delivery?.id}/replay`, {})
    await replayed.text()
    expect(replayed.status).toBe(303)
    expect(await deliveriesOf(line?.id ?? '')).toHaveLength(2)
  })

  test('keep what was typed when something is wrong, and say what', async () => {
    const { cookie } = await signInAs(shop.tenantId, 'owner', world.clock.now())
    const body = form({ url: 'https://localhost/in', description: 'Kept words', events: '*' })
    const response = await ask('/settings/webhooks', { method: 'POST', headers: ownForm(cookie), body })
    const html = await response.text()
    expect(response.status).toBe(422)
    expect(html).toContain('This address is not on the public internet.')
    expect(html).toContain('Kept words')
    expect(await listWebhooks(world.services, shop)).toEqual({ ok: true, value: [] })
  })
})
