// Work behind the scenes: queues that keep going past a bad message, cron that finds what was lost, mails sent once.
import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { describe, expect, test } from 'vitest'
import wrangler from '../../wrangler.toml?raw'
import { createMailPort } from '../../src/connectors/mail/port.ts'
import type { MailProvider, OutgoingMail } from '../../src/connectors/mail/provider.ts'
import { daily } from '../../src/cron/daily.ts'
import { everyMinute } from '../../src/cron/every-minute.ts'
import { JOBS, scheduled } from '../../src/cron/scheduled.ts'
import { isoInstant } from '../../src/platform/clock.ts'
import { recordEvent } from '../../src/platform/event.ts'
import type { Message } from '../../src/platform/message.ts'
import { fail, ok } from '../../src/platform/result.ts'
import { consume } from '../../src/queues/consume.ts'
import { signInAs } from '../support/people.ts'
import { saleOf } from '../support/shop.ts'
import { receive, type StripeSource, stripeSource } from '../support/stripe-source.ts'
import { stripeAccount } from '../support/stripe-stand-in.ts'
import { landFacts } from '../../src/modules/mini-foundry/index.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const NOW = '2026-11-22T18:00:00.000Z'
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

const first = <Row>(sql: string, ...values: (string | number)[]) =>
  testEnv.DB.prepare(sql)
    .bind(...values)
    .first<Row>()

/** What the platform does with a batch: which messages it forgets, which it brings again and when. */
async function take(bodies: unknown[], options: { queue?: string; env?: typeof testEnv } = {}) {
  const messages = bodies.map((body, index) => ({
    id: `message-${crypto.randomUUID()}-${index}`,
    timestamp: new Date(NOW),
    attempts: index + 1,
    body,
  }))
  const context = createExecutionContext()
  const batch = createMessageBatch(options.queue ?? 'smb-command-sync', messages)
  await consume(batch, options.env ?? testEnv, context)
  const { explicitAcks, retryMessages } = await getQueueResult(batch, context)
  const places = (ids: string[]) => ids.map((id) => messages.findIndex((message) => message.id === id)).sort()
  return {
    ids: messages.map(({ id }) => id),
    forgotten: places(explicitAcks),
    again: retryMessages.map(({ msgId, delaySeconds }) => [places([msgId])[0], delaySeconds]),
  }
}

async function writeEvents(world: World, tenantId: string, ids: string[]): Promise<void> {
  const db = world.services.tenant(tenantId)
  await db.write(ids.map((id) => recordEvent(db, world.clock.now(), { id, type: 'order.created', payload: {} })))
}

const sentEvents = async (tenantId: string): Promise<string[]> =>
  (
    await testEnv.DB.prepare(
      'SELECT id FROM outbox WHERE tenant_id = ?1 AND sent_at IS NOT NULL ORDER BY id',
    )
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
    expect(taken.again.slice(0, 3)).toEqual([
      [1, 4],
      [3, 16],
      [4, 32],
    ])
    expect(taken.again.at(-1)).toEqual([12, 3600])
    const waiting = await first('SELECT status FROM webhook_events WHERE tenant_id = ?1', tenantId)
    expect(waiting).toEqual({ status: 'received' })
  })

  test('whose tries are spent is kept with its workspace, once however often it comes', async () => {
    const world = await makeWorld(NOW)
    const { tenantId } = await world.workspace()
    const context = createExecutionContext()
    const message = {
      id: crypto.randomUUID(),
      timestamp: new Date(NOW),
      attempts: 1,
      body: { kind: 'rollup', tenantId },
    }
    for (const _time of [1, 2]) {
      const batch = createMessageBatch('smb-command-dead', [message])
      await consume(batch, testEnv, context)
      expect(await getQueueResult(batch, context)).toMatchObject({
        explicitAcks: [message.id],
        retryMessages: [],
      })
    }
    const letters = await testEnv.DB.prepare('SELECT id, queue FROM dead_letters WHERE tenant_id = ?1')
      .bind(tenantId)
      .all()
    expect(letters.results).toEqual([{ id: message.id, queue: 'smb-command-dead' }])
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
