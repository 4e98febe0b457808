// Work behind the scenes: queues that keep going past a bad message, cron that finds what was lost, mails sent once.
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { describe, expect, test } from 'vitest'
import { daily } from '../../src/cron/daily.ts'
import { everyMinute } from '../../src/cron/every-minute.ts'
import { JOBS, scheduled } from '../../src/cron/scheduled.ts'
import { landFacts } from '../../src/modules/mini-foundry/index.ts'
import { isoInstant } from '../../src/platform/clock.ts'
import { recordEvent } from '../../src/platform/event.ts'
import type { Message } from '../../src/platform/message.ts'
import type { TenantDb } from '../../src/platform/tenant-db.ts'
import { consume } from '../../src/queues/consume.ts'
import wrangler from '../../wrangler.toml?raw'
import { begin, rowOf } from '../support/import-run.ts'
import { signInAs } from '../support/people.ts'
import { saleOf } from '../support/shop.ts'
import { receive, type StripeSource, stripeSource } from '../support/stripe-source.ts'
import { stripeAccount } from '../support/stripe-stand-in.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const NOW = '2026-11-22T18:00:00.000Z'
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

const first = <Row>(sql: string, ...values: (string | number)[]) =>
  testEnv.DB.prepare(sql)
    .bind(...values)
    .first<Row>()

interface Taken {
  ids: string[]
  /** Places of the messages that are done with. */
  forgotten: number[]
  /** Places of those that come again, and after how many seconds. */
  again: [place: number, seconds: number | undefined][]
}

/** Hands a batch to the consumer; each message was tried once more often than the one before it. */
async function take(
  bodies: unknown[],
  { queue = 'smb-command-sync', env = testEnv, ids = bodies.map(() => crypto.randomUUID()) } = {},
): Promise<Taken> {
  const taken: Taken = { ids, forgotten: [], again: [] }
  const messages = bodies.map((body, place) => ({
    id: ids[place] ?? '',
    timestamp: new Date(NOW),
    attempts: place + 1,
    body,
    ack: () => void taken.forgotten.push(place),
    retry: (options?: QueueRetryOptions) => void taken.again.push([place, options?.delaySeconds]),
  }))
  const batch = { queue, messages, metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } }
  const refuse = () => {
    throw new Error('messages are answered one by one')
  }
  const context = createExecutionContext()
  await consume({ ...batch, ackAll: refuse, retryAll: refuse } as unknown as MessageBatch, env, context)
  await waitOnExecutionContext(context)
  return taken
}

async function writeEvents(world: World, tenantId: string, ids: string[]): Promise<void> {
  const db = world.services.tenant(tenantId)
  await db.write(
    ids.map((id) => recordEvent(db, world.clock.now(), { id, type: 'order.created', payload: {} })),
  )
}

const sentEvents = async (tenantId: string): Promise<string[]> =>
  (
    await testEnv.DB.prepare('SELECT id FROM outbox WHERE tenant_id = ?1 AND sent_at IS NOT NULL ORDER BY id')
      .bind(tenantId)
      .all<{ id: string }>()
  ).results.map(({ id }) => id)

describe('a batch of messages', () => {
  test('with some that mean nothing: they become dead letters, and the others are performed', async () => {
    const world = await makeWorld(NOW)
    const { tenantId } = await world.workspace()
    await writeEvents(world, tenantId, ['one', 'two'])
    const deliver = (eventId: string): Message => ({ kind: 'event.deliver', tenantId, eventId })
    const nonsense = [
      { kind: 'coffee.brew', tenantId },
      { ...deliver('one'), sql: 'DROP TABLE outbox' },
      'hello',
      null,
    ]
    const taken = await take([deliver('one'), ...nonsense, deliver('two')])
    expect(taken).toMatchObject({ forgotten: [0, 1, 2, 3, 4, 5], again: [] })
    expect(await sentEvents(tenantId)).toEqual(['one', 'two'])
    for (const [index, body] of nonsense.entries()) {
      const letter = await first(
        'SELECT queue, body FROM dead_letters WHERE id = ?1',
        taken.ids[index + 1] ?? '',
      )
      expect(letter).toEqual({ queue: 'smb-command-sync', body: JSON.stringify(body) })
    }
    expect(await first('SELECT id FROM dead_letters WHERE id = ?1', taken.ids[0] ?? '')).toBeNull()
  })

  test('of which one fails: it alone comes again, later with every try, and its neighbours are done', async () => {
    const world = await makeWorld(NOW)
    const source = await stripeSource(world)
    const { tenantId } = source.actor
    const event = stripeAccount().charged(Date.parse(NOW) / 1000, { amount: 100 })
    await receive(world.services, source, event)
    await writeEvents(world, tenantId, ['one', 'two'])
    const broken: Message = {
      kind: 'hook.process',
      tenantId,
      sourceId: source.sourceId,
      eventId: event.id,
    }
    const env = { ...testEnv, FILES: storeThatFails() }
    const batch = [
      { kind: 'event.deliver', tenantId, eventId: 'one' },
      broken,
      { kind: 'event.deliver', tenantId, eventId: 'two' },
      ...Array.from({ length: 10 }, () => broken),
    ]
    const taken = await take(batch, { env })
    expect(taken.forgotten).toEqual([0, 2])
    expect(await sentEvents(tenantId)).toEqual(['one', 'two'])
    expect(taken.again.map(([place]) => place)).toEqual([1, ...Array.from({ length: 10 }, (_, n) => n + 3)])
    expect(taken.again[0]).toEqual([1, 4])
    const delays = taken.again.map(([, seconds]) => seconds ?? 0)
    expect(
      delays.every((seconds, index) => index === 0 || seconds > (delays[index - 1] ?? 0) || seconds === 3600),
    ).toBe(true)
    expect(taken.again.at(-1)).toEqual([12, 3600])
    const waiting = await first('SELECT status FROM webhook_events WHERE tenant_id = ?1', tenantId)
    expect(waiting).toEqual({ status: 'received' })
  })

  test('whose tries are spent is kept with its workspace, once however often it comes', async () => {
    const world = await makeWorld(NOW)
    const { tenantId } = await world.workspace()
    const ids = [crypto.randomUUID()]
    for (const _time of [1, 2]) {
      const taken = await take([{ kind: 'rollup', tenantId }], { queue: 'smb-command-dead', ids })
      expect(taken).toEqual({ ids, forgotten: [0], again: [] })
    }
    const letters = await testEnv.DB.prepare('SELECT id, queue FROM dead_letters WHERE tenant_id = ?1')
      .bind(tenantId)
      .all()
    expect(letters.results).toEqual([{ id: ids[0], queue: 'smb-command-dead' }])
  })

  test('for a workspace that is gone, or of things that are gone, is done without a word', async () => {
    const world = await makeWorld(NOW)
    const { tenantId } = await world.workspace()
    const gone = crypto.randomUUID()
    const taken = await take([
      { kind: 'rollup', tenantId: gone },
      { kind: 'event.deliver', tenantId: gone, eventId: 'x' },
      { kind: 'mail.send', mailId: gone },
      { kind: 'import.continue', tenantId, importId: gone },
      { kind: 'import.undo', tenantId, importId: gone },
      { kind: 'hook.process', tenantId, sourceId: gone, eventId: gone },
      { kind: 'source.remove', tenantId, sourceId: gone },
      { kind: 'demo.remove', tenantId },
      { kind: 'event.deliver', tenantId, eventId: gone },
    ])
    expect(taken).toMatchObject({ forgotten: [0, 1, 2, 3, 4, 5, 6, 7, 8], again: [] })
  })
})

/** A file store whose connection breaks at every read. */
const storeThatFails = (): R2Bucket =>
  ({
    get: async () => {
      throw new Error('the store did not answer')
    },
  }) as unknown as R2Bucket

describe('every minute', () => {
  test('what was written down but whose message was lost is sent again, and nothing that is on its way', async () => {
    const world = await makeWorld(NOW)
    const source = await stripeSource(world)
    const { services, messages } = world
    /** What a tick sends; the mails of other tests aside. */
    const tick = async () => {
      messages.length = 0
      await everyMinute(services)
      return messages.filter(
        (message) => JSON.stringify(message).includes(source.actor.tenantId) || isMail(message),
      )
    }
    const { tenantId } = source.actor
    const lost = await loseEverything(world, source, 'old')
    expect(await tick()).toEqual([{ kind: 'rollup', tenantId }])

    world.clock.advance(3 * MINUTE_MS)
    await loseEverything(world, source, 'new')
    expect(await tick()).toEqual([
      { kind: 'event.deliver', tenantId, eventId: 'old' },
      { kind: 'rollup', tenantId },
      { kind: 'import.continue', tenantId, importId: lost.importId },
      { kind: 'hook.process', tenantId, sourceId: source.sourceId, eventId: 'evt_old' },
      { kind: 'mail.send', mailId: 'mail-old' },
    ])

    await world.drain()
    expect(await rowOf(world, source.actor, lost.importId)).toMatchObject({
      status: 'completed',
      rowsLanded: 1,
    })
    const mail = await first('SELECT status FROM mails WHERE id = ?1', 'mail-old')
    expect(mail).toEqual({ status: 'sent' })
    world.clock.advance(3 * MINUTE_MS)
    expect(await tick()).toHaveLength(4)
    await world.drain()
    world.clock.advance(3 * MINUTE_MS)
    expect(await tick()).toEqual([])
  })

  test('an undo that stands still goes on; imports that wait for a person do not', async () => {
    const world = await makeWorld(NOW)
    const { tenantId } = await world.workspace()
    const db = world.services.tenant(tenantId)
    await db.write([
      csvSource(db),
      importAt(db, 'landing', 'running', 'landing'),
      importAt(db, 'undoing', 'completed', 'undoing'),
      importAt(db, 'mapping', 'queued', 'mapping'),
      importAt(db, 'done', 'completed', 'done'),
    ])
    world.clock.advance(3 * MINUTE_MS)
    await everyMinute(world.services)
    const woken = world.messages.filter((message) => 'importId' in message && message.tenantId === tenantId)
    expect(woken.map((message) => 'importId' in message && message.importId).sort()).toEqual([
      'landing',
      'undoing',
    ])
  })

  test('every cron of the configuration has its job, and no other is taken', async () => {
    const crons = /^crons = \[(.*)\]$/m.exec(wrangler)?.[1] ?? ''
    expect(crons.split(',').map((cron) => cron.trim().slice(1, -1))).toEqual(Object.keys(JOBS))
    const tick = (cron: string) => {
      const controller = { cron, scheduledTime: 0, type: 'scheduled', noRetry: () => {} } as const
      return scheduled(controller, testEnv, createExecutionContext())
    }
    await expect(tick('0 0 * * *')).rejects.toThrow('no job for cron 0 0 * * *')
    await expect(tick('17 3 * * *')).resolves.toBeUndefined()
  })
})

const isMail = (message: Message): boolean =>
  message.kind === 'mail.send' && message.mailId.startsWith('mail-')

/** Leaves one of each kind of work written down without anybody knowing of it. */
async function loseEverything(
  world: World,
  source: StripeSource,
  name: string,
): Promise<{ importId: string }> {
  const { services } = world
  const { tenantId } = source.actor
  const at = Math.floor(world.clock.now() / 1000)
  await writeEvents(world, tenantId, [name])
  await receive(services, source, { ...stripeAccount().charged(at, { amount: 100 }), id: `evt_${name}` })
  const sale = saleOf(name, '2026-11-20', 5)
  await landFacts(services, source.actor, {
    sourceId: source.sourceId,
    origin: 'history',
    batch: { events: [sale] },
  })
  await testEnv.DB.prepare(
    `INSERT INTO mails (id, kind, recipient, subject, text_body, html_body, status, created_at)
     VALUES (?1, 'test', 'a@example.com', 'Hello', '', '', 'queued', ?2)`,
  )
    .bind(`mail-${name}`, isoInstant(world.clock.now()))
    .run()
  const file = `Order ID,Date,Product,Line Total\n${name},2026-11-20,Tray,10\n`
  return { importId: await begin(world, source.actor, file) }
}

const csvSource = (db: TenantDb) =>
  db.statement(
    `INSERT OR IGNORE INTO data_sources (tenant_id, id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
     VALUES (?1, 'file', 'csv', 'Orders file', 'ok', 1, '', '')`,
  )

const importAt = (db: TenantDb, id: string, status: string, stage: string) =>
  db.statement(
    `INSERT INTO imports (tenant_id, id, source_id, kind, status, stage, file_name, file_key, file_bytes, mapping, options, notes, created_by, created_at)
     VALUES (?1, ?2, 'file', 'orders', ?3, ?4, 'a.csv', 'none', 0, '{}', '{}', '[]', 'test', ?5)`,
    id,
    status,
    stage,
    NOW,
  )

describe('every night', () => {
  test('rates are kept as they are told last, and what has expired goes', async () => {
    const world = await makeWorld(NOW)
    const now = world.clock.now()
    const { tenantId } = await world.workspace()
    const { personId } = await signInAs(tenantId, 'owner', now)
    const stay = { session: 'live', link: 'link-live', key: 'key-live' }
    await expireAround(tenantId, personId, now)
    const asked: string[] = []
    const withRates = (perEuro: string) => ({
      ...world.services,
      fx: {
        rates: async (from: string) => {
          asked.push(from)
          return [{ day: '2026-11-20', currency: 'USD', perEuro }]
        },
      },
    })
    await daily(withRates('1.15'))
    await daily(withRates('1.16'))
    expect(asked).toEqual(['2026-11-12', '2026-11-12'])
    expect(await first('SELECT per_euro FROM fx_rates WHERE currency = ?1', 'USD')).toEqual({
      per_euro: '1.16',
    })
    const ids = async (sql: string) =>
      (await testEnv.DB.prepare(sql).all<{ id: string }>()).results.map(({ id }) => id)
    expect(await ids(`SELECT id FROM sessions WHERE agent = 'Night' ORDER BY id`)).toEqual([stay.session])
    expect(await ids(`SELECT id FROM person_tokens ORDER BY id`)).toEqual([stay.link])
    expect(await ids(`SELECT key AS id FROM idempotency_keys ORDER BY key`)).toEqual([stay.key])
    expect(await ids(`SELECT id FROM mails WHERE kind = 'night' ORDER BY id`)).toEqual([
      'queued-old',
      'sent-new',
    ])
  })
})

/** Of everything that expires, one whose time is over and one whose time is not. */
async function expireAround(tenantId: string, personId: string, now: number): Promise<void> {
  const session = (id: string, idle: number, absolute: number) =>
    testEnv.DB.prepare(
      `INSERT INTO sessions (id, secret_hash, person_id, tenant_id, created_at, last_seen_at, idle_expires_at,
         absolute_expires_at, proved_at, agent, ip_prefix) VALUES (?1, 'x', ?2, ?3, 0, 0, ?4, ?5, 0, 'Night', '')`,
    ).bind(id, personId, tenantId, idle, absolute)
  const link = (id: string, at: number) =>
    testEnv.DB.prepare(
      `INSERT INTO person_tokens (id, person_id, purpose, expires_at) VALUES (?1, ?2, 'reset', ?3)`,
    ).bind(id, personId, at)
  const key = (id: string, at: number) =>
    testEnv.DB.prepare(
      `INSERT INTO idempotency_keys (tenant_id, key, route, request_hash, created_at) VALUES (?1, ?2, 'r', 'h', ?3)`,
    ).bind(tenantId, id, at)
  const mail = (id: string, status: string, at: number) =>
    testEnv.DB.prepare(
      `INSERT INTO mails (id, kind, recipient, subject, text_body, html_body, status, created_at)
       VALUES (?1, 'night', 'a@example.com', 'Hello', '', '', ?2, ?3)`,
    ).bind(id, status, isoInstant(at))
  await testEnv.DB.batch([
    session('live', now + 1, now + 1),
    session('idle-over', now - 1, now + DAY_MS),
    session('absolute-over', now + DAY_MS, now - 1),
    link('link-live', now + 1),
    link('link-over', now - 1),
    key('key-live', now - DAY_MS + 1),
    key('key-over', now - DAY_MS - 1),
    mail('sent-new', 'sent', now - 29 * DAY_MS),
    mail('sent-old', 'sent', now - 31 * DAY_MS),
    mail('failed-old', 'failed', now - 31 * DAY_MS),
    mail('queued-old', 'queued', now - 31 * DAY_MS),
  ])
}
