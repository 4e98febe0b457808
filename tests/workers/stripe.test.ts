// Stripe by webhook, whole: the door, the facts, refunds told twice, rotation, history, replay, any order, any crash.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stripeHooks } from '../../src/compose.ts'
import type { CustomerFact, PaymentFact, SaleEventFact } from '../../src/modules/mini-foundry/domain/facts.ts'
import {
  addSigningSecret,
  dismissHook,
  dropOlderSecret,
  landFacts,
  processHook,
  queryMetrics,
  readSource,
  receiveHook,
  retryHook,
} from '../../src/modules/mini-foundry/index.ts'
import { ask } from '../support/browser.ts'
import { breakAt, untilDone } from '../support/faults.ts'
import {
  deliver,
  drainWith,
  receive,
  SECRET,
  type StripeSource,
  stateOf,
  stripeSource,
} from '../support/stripe-source.ts'
import { deliveryOf, forged, type StripeEvent, stripeAccount } from '../support/stripe-stand-in.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const NOW = '2026-11-22T18:00:00.000Z'
const AT = Date.parse(NOW) / 1000

const rows = async (source: StripeSource, sql: string) =>
  (await testEnv.DB.prepare(sql).bind(source.actor.tenantId).all<Record<string, unknown>>()).results

async function total(world: World, source: StripeSource, metric: string): Promise<unknown> {
  await world.drain()
  const query = { metrics: metric, from: '2026-11-01', to: '2026-11-30', granularity: 'month' }
  const answer = await queryMetrics(world.services, source.actor, query)
  if (!answer.ok) throw new Error(answer.error.detail)
  return answer.value.data[0]?.total
}

/** A day in the life of an account: every kind of object, changed and changed back, several within one second. */
function busyDay(): StripeEvent[] {
  const account = stripeAccount()
  const events = [
    account.customer('created', AT, 'cus_1', { name: 'Ava', email: 'ava@example.com' }),
    account.charged(AT, { id: 'ch_1', amount: 9_000, customer: 'cus_1', name: 'A. Va', country: 'US' }),
    account.updated(AT, 'ch_1', { description: 'Annual plan' }),
    ...account.refunded(AT + 60, 'ch_1', 2_000),
    ...account.refunded(AT + 60, 'ch_1', 1_000),
    account.customer('updated', AT + 61, 'cus_1', { name: 'Ava Alder' }),
    account.charged(AT + 100, { id: 'ch_2', amount: 5_000, email: 'Ben@example.com', name: 'Ben' }),
    account.charged(AT + 200, { id: 'ch_3', amount: 700, email: 'ben@example.com', name: 'Benjamin' }),
    account.authorised(AT + 300, { id: 'ch_4', amount: 4_000, customer: 'cus_2' }),
    account.captured(AT + 400, 'ch_4'),
    account.declined(AT + 500, { id: 'ch_5', amount: 100 }),
    account.invoice('created', AT, 'in_1', { total: 5_000, number: 'A-1' }),
    account.invoice('finalized', AT + 1, 'in_1', { status: 'open' }),
    account.invoice('paid', AT + 1, 'in_1', { status: 'paid', amount_paid: 5_000 }),
    account.subscription('created', AT, 'sub_1', [[2900, 'month']]),
    account.subscription('updated', AT + 9, 'sub_1', [[4900, 'month']]),
    account.subscription('deleted', AT + 9, 'sub_1', [[4900, 'month']]),
    account.payout('created', AT, 'po_1', 9_000),
    account.payout('paid', AT + 900, 'po_1', 9_000),
  ]
  const refund = [...account.objects.keys()].filter((id) => id.startsWith('re_'))[0] ?? ''
  const dispute = account.disputed(AT + 600, 'ch_2')
  return [
    ...events,
    account.refundFailed(AT + 1000, refund),
    dispute,
    account.disputeClosed(AT + 2000, String(dispute.data.object.id), 'lost'),
  ]
}

describe('the door', () => {
  test('takes what is signed once, refuses the rest in words, and says nothing about addresses it does not know', async () => {
    const world = await makeWorld(new Date().toISOString())
    const source = await stripeSource(world)
    const now = world.clock.now()
    const event = stripeAccount().charged(Math.floor(now / 1000), { amount: 1000 })
    const post = (delivery: { body: string; headers: Record<string, string> }, hookId = source.hookId) =>
      ask(`/hooks/stripe/${hookId}`, { method: 'POST', ...delivery })

    const first = await post(await deliveryOf(event, [SECRET], now))
    expect([first.status, await first.json()]).toEqual([200, { received: true }])
    const kept = await testEnv.FILES.get(
      `hooks/stripe/${source.actor.tenantId}/${source.sourceId}/${event.id}.json`,
    )
    expect(JSON.parse((await kept?.text()) ?? '')).toEqual(event)
    const again = await post(await deliveryOf(event, [SECRET], now))
    expect(again.status).toBe(200)
    expect(await rows(source, 'SELECT event_id FROM webhook_events WHERE tenant_id = ?1')).toHaveLength(1)

    const bad = await post(await forged({ ...event, id: 'evt_other' }, SECRET, now, 'changed-body'))
    expect([bad.status, bad.headers.get('Content-Type')]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ])
    expect(await bad.json()).toMatchObject({ type: '/problems/hook-signature' })
    const old = await post(await forged(event, SECRET, now, 'too-old'))
    expect([old.status, await old.json()]).toMatchObject([400, { type: '/problems/hook-too-old' }])
    const unsigned = await post({ body: '{}', headers: {} })
    expect(unsigned.status).toBe(400)
    const unknown = await post(await deliveryOf(event, [SECRET], now), 'nobody')
    expect(unknown.status).toBe(404)
    const huge = await post({ body: 'x'.repeat(256 * 1024 + 1), headers: {} })
    expect(huge.status).toBe(413)
    const bytes = await ask(`/hooks/stripe/${source.hookId}`, {
      method: 'POST',
      body: new Uint8Array([0xff, 0xfe]),
    })
    expect(bytes.status).toBe(400)
    expect(await rows(source, 'SELECT event_id FROM webhook_events WHERE tenant_id = ?1')).toHaveLength(1)
  })
})

test('a delivery that is refused leaves no trace: no row, no file, no message', async () => {
  const world = await makeWorld(NOW)
  const source = await stripeSource(world)
  const { services } = world
  const now = world.clock.now()
  const event = stripeAccount().charged(AT, { amount: 1_000 })
  const before = await stateOf(source)
  const forgeries = ['changed-body', 'other-secret', 'only-v0', 'no-timestamp', 'too-old'] as const
  const offer = (delivery: { body: string; headers: Record<string, string> }, hookId = source.hookId) =>
    receiveHook(services, stripeHooks, {
      kind: 'stripe',
      hookId,
      body: delivery.body,
      headers: new Headers(delivery.headers),
    })
  for (const how of [...forgeries, 'from-the-future'] as const) {
    const answer = await offer(await forged(event, SECRET, now, how))
    expect([how, answer]).toMatchObject([how, { error: { kind: 'malformed' } }])
  }
  expect(await offer(await deliveryOf(event, [SECRET], now), 'nobody')).toMatchObject({
    error: { kind: 'not_found' },
  })
  // signed with its own secret, but sent to another workspace's address
  const other = await stripeSource(world)
  await addSigningSecret(services, other.actor, other.sourceId, 'whsec_theirs000')
  await dropOlderSecret(services, other.actor, other.sourceId)
  expect(await offer(await deliveryOf(event, ['whsec_theirs000'], now))).toMatchObject({
    error: { slug: 'hook-signature' },
  })
  expect(await stateOf(source)).toEqual(before)
  expect(await services.files.list(`hooks/stripe/${source.actor.tenantId}/`)).toEqual([])
  expect(world.messages).toEqual([])
})

test('years of old sales, landed as history or delivered late, tell nobody and send no mail', {
  timeout: 60_000,
}, async () => {
  const world = await makeWorld(NOW)
  const source = await stripeSource(world)
  const { services } = world
  const account = stripeAccount()
  const old = Array.from({ length: 2_000 }, (_, n) => {
    const wish = { id: `ch_${n}`, amount: 100 + n, email: `buyer${n % 300}@example.com` }
    return account.charged(AT - 30 * 86_400 - n * 3_600, wish)
  })
  const batch: { events: SaleEventFact[]; payments: PaymentFact[]; customers: CustomerFact[] } = {
    events: [],
    payments: [],
    customers: [],
  }
  for (const event of old) {
    const read = stripeHooks.read(JSON.stringify(event), { timeZone: 'America/New_York' })?.batch
    batch.events.push(...(read?.events ?? []))
    batch.payments.push(...(read?.payments ?? []))
    batch.customers.push(...(read?.customers ?? []))
  }
  const landed = await landFacts(services, source.actor, {
    sourceId: source.sourceId,
    origin: 'history',
    batch,
  })
  expect(landed).toMatchObject({ ok: true })
  for (const event of old.slice(0, 20)) await deliver(services, source, { ...event, id: `late_${event.id}` })
  const kinds = new Set(world.messages.map(({ kind }) => kind))
  expect([...kinds].sort()).toEqual(['hook.process', 'rollup'])
  await world.drain()
  const count = async (sql: string) => (await rows(source, sql))[0]?.n
  expect(await count('SELECT count(*) AS n FROM payments WHERE tenant_id = ?1')).toBe(2_000)
  expect(await count(`SELECT count(*) AS n FROM payments WHERE tenant_id = ?1 AND origin = 'live'`)).toBe(0)
  expect(await count('SELECT count(*) AS n FROM outbox WHERE tenant_id = ?1')).toBe(0)
  expect(await count('SELECT count(*) AS n FROM mails WHERE tenant_id = ?1')).toBe(0)
})

describe('a delivery', () => {
  test('becomes facts, numbers and events; the same again queues and writes nothing', async () => {
    const world = await makeWorld(NOW)
    const source = await stripeSource(world)
    const account = stripeAccount()
    const wish = { id: 'ch_1', amount: 9_000, customer: 'cus_1', email: 'ava@example.com', country: 'US' }
    const charge = account.charged(AT, wish)
    await receive(world.services, source, charge)
    expect(await total(world, source, 'revenue')).toBe('90.00')
    for (const event of account.refunded(AT + 60, 'ch_1', 2_500)) await receive(world.services, source, event)
    expect(await total(world, source, 'net_revenue')).toBe('65.00')
    expect(await total(world, source, 'customers')).toBe(1)
    expect(await rows(source, 'SELECT ext_id, status, net FROM orders WHERE tenant_id = ?1')).toEqual([
      { ext_id: 'ch_1', status: 'paid', net: 900_000 },
    ])
    expect(
      await rows(
        source,
        `SELECT DISTINCT country, customer_ext_id FROM sale_events WHERE tenant_id = ?1 AND kind = 'refund'`,
      ),
    ).toEqual([{ country: 'US', customer_ext_id: 'cus_1' }])
    expect(
      (await rows(source, 'SELECT type FROM outbox WHERE tenant_id = ?1 ORDER BY type')).map(
        ({ type }) => type,
      ),
    ).toEqual(['order.created', 'payment.received', 'refund.created'])
    const before = await stateOf(source)
    const { meter } = world.services.tenant(source.actor.tenantId)
    const written = meter.rowsWritten
    const again = await receive(world.services, source, charge)
    expect(again).toEqual({ ok: true, value: { received: false } })
    expect(world.messages).toEqual([])
    const input = { sourceId: source.sourceId, eventId: charge.id }
    await processHook(world.services, source.actor, stripeHooks, input)
    expect(meter.rowsWritten - written).toBe(0)
    expect(await stateOf(source)).toEqual(before)
  })

  test('of a refund that only its charge tells of counts, and not twice when the refund itself arrives', async () => {
    const world = await makeWorld(NOW)
    const source = await stripeSource(world)
    const account = stripeAccount()
    await deliver(world.services, source, account.charged(AT, { id: 'ch_1', amount: 9_000 }))
    const [refund, charge] = account.refunded(AT + 60, 'ch_1', 2_500) as [StripeEvent, StripeEvent]
    await deliver(world.services, source, charge)
    expect(await total(world, source, 'refunds')).toBe('25.00')
    await deliver(world.services, source, refund)
    expect(await total(world, source, 'refunds')).toBe('25.00')
    const [, second] = account.refunded(AT + 120, 'ch_1', 500) as [StripeEvent, StripeEvent]
    await deliver(world.services, source, second)
    expect(await total(world, source, 'refunds')).toBe('30.00')
  })

  test('of what happened before the source was connected, or a day ago, triggers nothing', async () => {
    const world = await makeWorld(NOW)
    const source = await stripeSource(world)
    const account = stripeAccount()
    await deliver(world.services, source, account.charged(AT - 60, { id: 'ch_1', amount: 100 }))
    world.clock.advance(26 * 3_600_000)
    await deliver(world.services, source, account.charged(AT + 60, { id: 'ch_2', amount: 100 }))
    await deliver(world.services, source, account.charged(AT + 25 * 3600, { id: 'ch_3', amount: 100 }))
    expect(
      await rows(source, 'SELECT ext_id, origin FROM payments WHERE tenant_id = ?1 ORDER BY ext_id'),
    ).toEqual([
      { ext_id: 'ch_1', origin: 'history' },
      { ext_id: 'ch_2', origin: 'history' },
      { ext_id: 'ch_3', origin: 'live' },
    ])
    const told = await rows(source, 'SELECT payload FROM outbox WHERE tenant_id = ?1')
    expect(told.map(({ payload }) => JSON.parse(String(payload)).payment_id)).toEqual(['ch_3', 'ch_3'])
  })

  test('that cannot be read is kept with the reason and processed again when asked', async () => {
    const world = await makeWorld(NOW)
    const source = await stripeSource(world)
    const { services } = world
    const event = stripeAccount().charged(AT, { id: 'ch_1', amount: 100 })
    const broken = { ...event, id: 'evt_broken', data: { object: { ...event.data.object, amount: 'a lot' } } }
    await deliver(services, source, broken)
    const seen = await readSource(services, source.actor, source.sourceId)
    if (!seen.ok) throw new Error(seen.error.detail)
    expect(seen.value.hooks).toMatchObject([{ eventId: 'evt_broken', status: 'failed' }])
    expect(seen.value.hooks[0]?.error).toContain('amount')
    expect(seen.value.source).toMatchObject({
      syncStatus: 'failed',
      lastError: expect.stringContaining('charge.succeeded'),
    })
    const member = world.as(source.actor, 'member')
    expect(await retryHook(services, member, source.sourceId, 'evt_broken')).toMatchObject({ ok: false })

    await testEnv.FILES.put(
      seen.value.hooks[0]?.payloadKey ?? '',
      JSON.stringify({ ...event, id: 'evt_broken' }),
    )
    expect(await retryHook(services, source.actor, source.sourceId, 'evt_broken')).toEqual({
      ok: true,
      value: null,
    })
    expect(await total(world, source, 'revenue')).toBe('1.00')
    const mended = await readSource(services, source.actor, source.sourceId)
    expect(mended).toMatchObject({
      value: { source: { lastError: null }, hooks: [{ status: 'processed', error: null }] },
    })
  })

  test('that failed keeps its source from being in order until it is mended or left out', async () => {
    const world = await makeWorld(NOW)
    const source = await stripeSource(world)
    const { services } = world
    const account = stripeAccount()
    const event = account.charged(AT, { id: 'ch_1', amount: 100 })
    await deliver(services, source, { ...event, id: 'evt_broken', data: { object: { object: 'charge' } } })
    await deliver(services, source, event)
    const state = async () =>
      rows(source, 'SELECT sync_status, last_error IS NULL AS fine FROM data_sources WHERE tenant_id = ?1')
    expect(await state()).toEqual([{ sync_status: 'failed', fine: 0 }])
    const leaveOut = (eventId: string) => dismissHook(services, source.actor, source.sourceId, eventId)
    expect(await leaveOut(event.id)).toMatchObject({ error: { kind: 'not_found' } })
    expect(await leaveOut('evt_broken')).toEqual({ ok: true, value: null })
    expect(await state()).toEqual([{ sync_status: 'ok', fine: 1 }])
  })

  test('of a type that nobody needs is acknowledged and left aside', async () => {
    const world = await makeWorld(NOW)
    const source = await stripeSource(world)
    await deliver(world.services, source, stripeAccount().other(AT, 'product.created', 'product'))
    expect(await rows(source, 'SELECT status FROM webhook_events WHERE tenant_id = ?1')).toEqual([
      { status: 'ignored' },
    ])
  })
})

describe('signing secrets', () => {
  test('roll: the old one holds for a day, or until it is ended, and never more than two hold', async () => {
    const world = await makeWorld(NOW)
    const source = await stripeSource(world)
    const { services } = world
    const account = stripeAccount()
    const takes = async (secret: string) =>
      (await receive(services, source, account.charged(AT, { amount: 100 }), secret)).ok
    const save = (secret: string) => addSigningSecret(services, source.actor, source.sourceId, secret)

    expect(await save('not a secret')).toMatchObject({ error: { errors: [{ path: 'signing_secret' }] } })
    await save('whsec_second00')
    expect([await takes(SECRET), await takes('whsec_second00')]).toEqual([true, true])
    world.clock.advance(24 * 3_600_000)
    expect([await takes(SECRET), await takes('whsec_second00')]).toEqual([false, true])
    await save('whsec_third000')
    await save('whsec_fourth00')
    expect([await takes('whsec_second00'), await takes('whsec_third000')]).toEqual([false, true])
    await dropOlderSecret(services, source.actor, source.sourceId)
    expect([await takes('whsec_third000'), await takes('whsec_fourth00')]).toEqual([false, true])
    const [connector] = await rows(source, 'SELECT credentials FROM connectors WHERE tenant_id = ?1')
    expect(String(connector?.credentials)).not.toContain('whsec')
    const audit = await rows(source, 'SELECT action, detail FROM audit_log WHERE tenant_id = ?1')
    expect(audit.map(({ action }) => action)).toContain('connector.credentials_changed')
    expect(JSON.stringify(audit)).not.toContain('whsec')
  })
})

/** What the order of arrival may not change: the numbers given to customers and the times of processing aside. */
async function factsOf(world: World, source: StripeSource) {
  await world.drain()
  const tables = ['sale_events', 'orders', 'payments', 'invoices', 'subscriptions', 'payouts']
  const facts: Record<string, unknown> = {}
  for (const table of tables) {
    const all = await rows(source, `SELECT * FROM ${table} WHERE tenant_id = ?1 ORDER BY ext_id`)
    // a header follows from its entries; which of them it last followed from is no part of it
    facts[table] = all.map(({ tenant_id, source_id, src_updated_at, ...rest }) => rest)
  }
  const people =
    'SELECT ext_id, src_updated_at, name, email, country, first_order_day, created_day FROM customers'
  facts.customers = await rows(source, `${people} WHERE tenant_id = ?1 ORDER BY ext_id`)
  const sums = 'day, dimension, value, orders, revenue, refunds, new_customers, length(customers) AS listed'
  facts.rollups = (
    await rows(
      source,
      `SELECT book, ${sums} FROM rollup_days WHERE tenant_id = ?1 AND dimension <> 'source' ORDER BY 1, 2, 3, 4`,
    )
  ).map((row) => JSON.stringify(row))
  const [{ record_count }] = (await rows(
    source,
    'SELECT record_count FROM data_sources WHERE tenant_id = ?1',
  )) as [{ record_count: number }]
  return { ...facts, record_count }
}

test('any order of deliveries, each any number of times, ends in the same state', {
  timeout: 120_000,
}, async () => {
  const events = busyDay()
  const world = await makeWorld(NOW)
  const straight = await stripeSource(world)
  for (const event of events) await deliver(world.services, straight, event)
  const expected = await factsOf(world, straight)
  expect(expected).toHaveProperty('sale_events.length', 8)
  // each at least once, some of them twice
  const positions = [...events.keys(), ...[...events.keys()].filter((position) => position % 3 === 0)]
  const shuffled = fc.shuffledSubarray(positions, { minLength: positions.length })
  await fc.assert(
    fc.asyncProperty(shuffled, async (order) => {
      const source = await stripeSource(world)
      for (const position of order) await deliver(world.services, source, events[position] as StripeEvent)
      expect(await factsOf(world, source)).toEqual(expected)
    }),
    { numRuns: 5 },
  )
})

test('killed at any effect and tried again, it ends in the same state', { timeout: 240_000 }, async () => {
  const account = stripeAccount()
  const charge = account.charged(AT, { id: 'ch_1', amount: 9_000, customer: 'cus_1', email: 'a@example.com' })
  const story = [charge, ...account.refunded(AT + 60, 'ch_1', 1_000).slice(0, 1)]
  async function tell(at: number, when: 'before' | 'after') {
    const world = await makeWorld(NOW)
    const source = await stripeSource(world)
    const fault = breakAt(world.services, at, when)
    for (const event of story) {
      // Stripe sends again what was not answered
      await untilDone(async () => {
        const taken = await receive(fault.services, source, event)
        if (!taken.ok) throw new Error(taken.error.detail)
      })
    }
    await drainWith(fault.services, world, untilDone)
    return { state: await stateOf(source), effects: fault.effects() }
  }
  const clean = await tell(-1, 'before')
  expect(clean.effects).toBeGreaterThan(12)
  // a message lost between a commit and its send is found by cron: it alone may leave an event unsent
  const settled = ({ outbox = [], event_receipts: _heard, ...state }: Record<string, string[]>) => ({
    ...state,
    outbox: outbox.map((row) => row.replace(/"sent_at":(null|\d+)/, '')),
  })
  for (let at = 0; at < clean.effects; at++) {
    for (const when of ['before', 'after'] as const) {
      const { state } = await tell(at, when)
      expect({ at, when, ...settled(state) }).toEqual({ at, when, ...settled(clean.state) })
    }
  }
})
