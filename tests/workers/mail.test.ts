// The one way a mail leaves: written down, queued, handed over once, and its history told honestly.
import { beforeEach, describe, expect, test } from 'vitest'
import { createMailPort, MailRefused } from '../../src/connectors/mail/port.ts'
import { type MailProvider, type OutgoingMail, outboxProvider } from '../../src/connectors/mail/provider.ts'
import {
  addSuppression,
  liftSuppression,
  listMails,
  listSuppressions,
  readMail,
  sendMail,
} from '../../src/modules/workspace/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { fail, ok } from '../../src/platform/result.ts'
import type { MailDraft, MailPort } from '../../src/platform/services.ts'
import { consume } from '../../src/queues/consume.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

let world: World
let owner: Actor
const draft = { kind: 'test', to: 'ava@example.com', subject: 'Hello', text: 'Hi', html: '<p>Hi</p>' }

beforeEach(async () => {
  world = await makeWorld('2026-11-22T18:00:00.000Z')
  owner = await world.workspace()
})

type Answer = () => ReturnType<MailProvider['send']>

/** A mail port whose provider answers what the test says, and remembers what it was given. */
function post(
  answer: Answer,
  idempotent = true,
  inboundDomain = '',
): { mail: MailPort; given: OutgoingMail[] } {
  const given: OutgoingMail[] = []
  const provider: MailProvider = {
    name: 'stand-in',
    idempotent,
    send(mail) {
      given.push(mail)
      return answer()
    },
  }
  const { directory, tenant, queue, clock, log } = world.services
  return {
    given,
    mail: createMailPort(provider, {
      directory,
      tenant,
      queue,
      clock,
      log,
      from: 'Shop <shop@example.com>',
      inboundDomain,
    }),
  }
}

const taken: Answer = async () => ok({ providerId: 'p-1' })
const status = (id: string) =>
  testEnv.DB.prepare('SELECT status, attempts, error, provider_id FROM mails WHERE id = ?1')
    .bind(id)
    .first<{ status: string; attempts: number; error: string | null; provider_id: string }>()
const timeline = async (id: string) =>
  (await world.services.directory.mailEvents(id)).map((event) => event.type)

describe('a mail', () => {
  test('is written down, then queued by its id alone, and handed over once however often it is delivered', async () => {
    const { mail, given } = post(taken)
    const { id } = await mail.send(draft)
    expect(world.messages).toEqual([{ kind: 'mail.send', mailId: id }])
    expect(given).toEqual([])
    await mail.deliver(id)
    await mail.deliver(id)
    expect(given).toHaveLength(1)
    expect(given[0]).toMatchObject({
      id,
      from: 'Shop <shop@example.com>',
      to: 'ava@example.com',
      headers: {},
    })
    expect(await status(id)).toMatchObject({ status: 'sent', attempts: 1, error: null, provider_id: 'p-1' })
    expect((await timeline(id)).sort()).toEqual(['attempted', 'queued', 'sent'])
  })

  test('of the same key of the same workspace is one mail, in another workspace another', async () => {
    const { mail } = post(taken)
    const once: MailDraft = { ...draft, tenantId: owner.tenantId, dedupeKey: 'digest:7' }
    const [first, second] = await Promise.all([mail.send(once), mail.send(once)])
    const elsewhere = await mail.send({ ...once, tenantId: (await world.workspace()).tenantId })
    expect(first.id).toBe(second.id)
    expect(elsewhere.id).not.toBe(first.id)
    expect(world.messages).toHaveLength(2)
  })

  test('waits while the provider is away, and is given up when it is refused', async () => {
    let answer: Awaited<ReturnType<Answer>> = fail('unavailable', 'mail-provider', 'It answered 503.')
    const { mail, given } = post(async () => answer)
    const { id } = await mail.send(draft)
    await expect(mail.deliver(id)).rejects.toThrow('answered 503')
    expect(await status(id)).toMatchObject({ status: 'queued' })
    answer = fail('invalid', 'mail-refused', 'It answered 422.')
    await mail.deliver(id)
    await mail.deliver(id)
    expect(await status(id)).toMatchObject({ status: 'failed', error: 'It answered 422.', attempts: 2 })
    expect((await timeline(id)).filter((type) => type === 'deferred')).toHaveLength(1)
    expect(given).toHaveLength(2)
  })

  test('whose retries are spent is failed, and says so', async () => {
    const { mail } = post(taken)
    const { id } = await mail.send(draft)
    const dead = {
      id: 'm',
      timestamp: new Date(),
      attempts: 9,
      body: { kind: 'mail.send', mailId: id },
      ack() {},
    }
    const context = { waitUntil() {}, passThroughOnException() {}, props: {} }
    await consume({ queue: 'smb-command-dead', messages: [dead] } as never, testEnv, context as never)
    expect(await status(id)).toMatchObject({ status: 'failed' })
  })

  test.each([
    { idempotent: true, says: '' },
    { idempotent: false, says: 'may have arrived twice' },
  ])(
    'that broke off between provider and note ($idempotent idempotent) says honestly "$says"',
    async ({ idempotent, says }) => {
      let dies = true
      const { mail, given } = post(async () => {
        if (!dies) return ok({ providerId: 'p-2' })
        dies = false
        throw new Error('the isolate was evicted')
      }, idempotent)
      const { id } = await mail.send(draft)
      await expect(mail.deliver(id)).rejects.toThrow('evicted')
      // nobody else may know that the first attempt is dead until its time is over
      await mail.deliver(id)
      expect(given).toHaveLength(1)
      expect(world.messages.at(-1)).toEqual({ kind: 'mail.send', mailId: id })
      world.clock.advance(130_000)
      await mail.deliver(id)
      expect(given.map((one) => one.id)).toEqual([id, id])
      const last = (await world.services.directory.mailEvents(id)).find((event) => event.type === 'sent')
      expect(last?.detail ?? '').toContain(says)
      if (!says) expect(last?.detail).toBe('')
    },
  )

  test('delivered by two consumers at once goes out once', async () => {
    const { mail, given } = post(taken, false)
    const { id } = await mail.send(draft)
    await Promise.all([mail.deliver(id), mail.deliver(id), mail.deliver(id)])
    expect(given).toHaveLength(1)
    expect(await status(id)).toMatchObject({ status: 'sent', attempts: 1, error: null })
  })

  test('whose message was lost is found again, and one that the queue will try again by itself is left to it', async () => {
    let answer: Awaited<ReturnType<Answer>> = fail('unavailable', 'mail-provider', 'It answered 503.')
    const { mail } = post(async () => answer)
    const lost = await mail.send(draft)
    const tried = await mail.send({ ...draft, to: 'bob@example.com' })
    await expect(mail.deliver(tried.id)).rejects.toThrow('503')
    const stalled = async () => {
      const found = await world.services.directory.stalledMails(world.clock.now() - 120_000)
      return found.filter((id) => id === lost.id || id === tried.id)
    }
    expect(await stalled()).toEqual([])
    world.clock.advance(180_000)
    expect(await stalled()).toEqual([lost.id])
    world.clock.advance(2 * 3_600_000)
    expect((await stalled()).sort()).toEqual([lost.id, tried.id].sort())
    answer = ok({ providerId: 'p-9' })
    await mail.deliver(tried.id)
    expect(await stalled()).toEqual([lost.id])
  })

  test('of a workspace is answered to an address that leads back to it, where mail is taken in', async () => {
    const { mail, given } = post(taken, true, 'in.example')
    const mails: MailDraft[] = [
      { ...draft, tenantId: owner.tenantId, stream: 'workspace' },
      { ...draft, tenantId: owner.tenantId, stream: 'workspace', replyTo: 'shop@example.com' },
      { ...draft, tenantId: owner.tenantId, stream: 'notice' },
      draft,
    ]
    const ids: string[] = []
    for (const one of mails) {
      const { id } = await mail.send(one)
      await mail.deliver(id)
      ids.push(id)
    }
    expect(given.map(({ replyTo }) => replyTo)).toEqual([
      `reply+${ids[0]}@in.example`,
      'shop@example.com',
      '',
      '',
    ])
  })

  test('of test data never leaves', async () => {
    const twin = await world.workspace()
    await testEnv.DB.prepare('UPDATE workspaces SET sandbox_of = ?2 WHERE id = ?1')
      .bind(twin.tenantId, owner.tenantId)
      .run()
    const { mail, given } = post(taken)
    const { id } = await mail.send({ ...draft, tenantId: twin.tenantId, stream: 'workspace' })
    await mail.deliver(id)
    expect(given).toEqual([])
    expect(await status(id)).toMatchObject({ status: 'sent', provider_id: id })
    const end = (await world.services.directory.mailEvents(id)).find(({ type }) => type === 'sent')
    expect(end?.detail).toContain('never sent')
  })

  test.each([
    { to: 'ava@example.com\r\nBcc: all@example.com' },
    { to: 'ava@example.com, bob@example.com' },
    { subject: 'Hello\nX-Evil: 1' },
    { subject: 'Hello\u2028Cc: b@example.com' },
    { fromName: 'Shop\r\nBcc: x@example.com' },
    { replyTo: 'a@example.com\nBcc: b@example.com' },
    { headers: { 'X-A': 'x\r\nBcc: b@example.com' } },
    { headers: { 'X-A\r\nBcc': 'b@example.com' } },
    { headers: { Bcc: 'b@example.com' } },
    { headers: { 'reply-to': 'b@example.com' } },
  ])('with %o in its head is refused, not mended, and nothing is queued', async (bad) => {
    const { mail } = post(taken)
    await expect(mail.send({ ...draft, ...bad } as MailDraft)).rejects.toBeInstanceOf(MailRefused)
    expect(world.messages).toEqual([])
  })
})

describe('an address that is not written to', () => {
  const send = async (stream: MailDraft['stream'], headers?: Record<string, string>) => {
    const { mail, given } = post(taken)
    const { id } = await mail.send({ ...draft, tenantId: owner.tenantId, stream, headers })
    await mail.deliver(id)
    return { given: given.length, ...(await status(id)) }
  }
  const unsubscribe = { 'List-Unsubscribe': '<https://shop.example/u/1>' }

  test.each([
    ['all', 'workspace', 0],
    ['all', 'notice', 0],
    ['all', 'marketing', 0],
    ['all', 'account', 1],
    ['marketing', 'workspace', 1],
    ['marketing', 'notice', 1],
    ['marketing', 'marketing', 0],
    ['marketing', 'account', 1],
  ] as const)('for %s gets %i... mail of the stream %s', async (scope, stream, count) => {
    await addSuppression(world.services, owner, { address: 'AVA@example.com', scope })
    const sent = await send(stream, unsubscribe)
    expect([sent.given, sent.status]).toEqual([count, count === 0 ? 'suppressed' : 'sent'])
  })

  test('is decided when the mail goes out, not when it was written', async () => {
    const { mail, given } = post(taken)
    const { id } = await mail.send({ ...draft, tenantId: owner.tenantId, stream: 'workspace' })
    await addSuppression(world.services, owner, { address: draft.to })
    await mail.deliver(id)
    expect(given).toEqual([])
  })

  test('of many is listed page by page without losing a line, and lifted by its exact name', async () => {
    const names = Array.from({ length: 12 }, (_, n) => `a${n}-bob@example.com`)
    for (const address of [...names, 'bob@example.com'])
      for (const scope of ['all', 'marketing'] as const)
        await addSuppression(world.services, owner, { address, scope })
    const seen: string[] = []
    for (let after: string | null = ''; after !== null; ) {
      const page = await listSuppressions(world.services, owner, { after }, 5)
      if (!page.ok) throw new Error('no page')
      seen.push(...page.value.items.map(({ address, scope }) => `${address} ${scope}`))
      after = page.value.next
    }
    expect([seen.length, new Set(seen).size]).toEqual([26, 26])
    expect((await liftSuppression(world.services, owner, 'Bob@example.com', 'marketing')).ok).toBe(true)
    const left = await listSuppressions(world.services, owner, { text: 'bob@example.com' })
    expect(left.ok && left.value.items).toHaveLength(25)
  })

  test('is of one workspace only', async () => {
    const neighbour = await world.workspace()
    await addSuppression(world.services, neighbour, { address: draft.to })
    expect((await send('workspace')).status).toBe('sent')
  })

  test('can be lifted, but not a complaint', async () => {
    await addSuppression(world.services, owner, { address: draft.to })
    expect((await liftSuppression(world.services, owner, draft.to, 'all')).ok).toBe(true)
    await testEnv.DB.prepare(
      `INSERT INTO mail_suppressions (tenant_id, address, scope, reason, created_at) VALUES (?1, ?2, 'all', 'complaint', '2026')`,
    )
      .bind(owner.tenantId, draft.to)
      .run()
    expect(await liftSuppression(world.services, owner, draft.to, 'all')).toMatchObject({
      error: { slug: 'complained' },
    })
    await addSuppression(world.services, owner, { address: draft.to })
    const listed = await listSuppressions(world.services, owner)
    expect(listed.ok && listed.value.items.map((row) => row.reason)).toEqual(['complaint'])
  })

  test('marketing that does not say how to unsubscribe does not go out', async () => {
    expect(await send('marketing')).toMatchObject({ given: 0, status: 'failed' })
  })
})

describe('what people see', () => {
  test('is their own mail with its history, never a link that lets somebody in', async () => {
    const { mail } = post(async () => outboxProvider.send({ id: 'x' } as OutgoingMail))
    const secret = await mail.send({
      ...draft,
      tenantId: owner.tenantId,
      stream: 'account',
      subject: 'Reset',
    })
    const sent = await sendMail(world.services, owner, {
      to: 'bob@example.com',
      subject: 'Hi <b>',
      text: 'a < b\nc',
    })
    const listed = await listMails(world.services, owner, {})
    expect(listed.ok && listed.value.items.map((row) => row.recipient)).toEqual(['bob@example.com'])
    expect(await readMail(world.services, owner, secret.id)).toMatchObject({ error: { kind: 'not_found' } })
    const read = sent.ok ? await readMail(world.services, owner, sent.value.id) : null
    expect(read?.ok && read.value.mail.html_body).toBe('<p>a &#60; b<br>c</p>')
    expect(read?.ok && read.value.mail.from_name).toBe('Test shop')
  })

  test('is the words beside the field that does not fit', async () => {
    expect(await sendMail(world.services, owner, { to: 'no', subject: '', text: '' })).toMatchObject({
      error: { kind: 'invalid', errors: [{ path: 'to' }, { path: 'subject' }, { path: 'text' }] },
    })
    expect(await sendMail(world.services, world.as(owner, 'member'), {})).toMatchObject({
      error: { kind: 'forbidden' },
    })
  })
})
