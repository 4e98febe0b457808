// Mail that comes in, and what providers tell later: by hooks signed as they document it, and by reports as mails.

import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { createHmac } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { inboundMail } from '../../src/inbound-mail.ts'
import { addInbox, listInbound, listInboxes, listSuppressions } from '../../src/modules/workspace/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const SECRET = `whsec_${btoa('a secret of twenty-four bytes')}`
const env = {
  ...testEnv,
  INBOUND_DOMAIN: 'in.example',
  RESEND_WEBHOOK_SECRET: SECRET,
  POSTMARK_WEBHOOK_PASSWORD: 'hook-password',
}

let world: World
let owner: Actor

beforeEach(async () => {
  world = await makeWorld(new Date().toISOString())
  owner = await world.workspace()
  world.services.config.inboundDomain = 'in.example'
})

/** A mail of ours that the provider has taken under this id. */
async function sentMail(provider: string, providerId: string, to = 'ann@example.com'): Promise<string> {
  const { id } = await world.services.mail.send({
    kind: 'message',
    stream: 'workspace',
    to,
    subject: 'Your order',
    text: 'x',
    html: 'x',
    tenantId: owner.tenantId,
  })
  const at = new Date(world.clock.now()).toISOString()
  await world.services.directory.settleMail(id, { status: 'sent', at, detail: '', provider, providerId })
  return id
}

const statusOf = async (id: string) => (await world.services.directory.mail(id))?.status
const suppressed = async () => {
  const listed = await listSuppressions(world.services, owner)
  return listed.ok ? listed.value.items.map((row) => [row.address, row.reason]) : []
}
const eventTypes = async () => {
  const { results } = await testEnv.DB.prepare('SELECT type FROM outbox WHERE tenant_id = ?1')
    .bind(owner.tenantId)
    .all<{ type: string }>()
  return results.map((row) => row.type)
}

async function hook(provider: string, body: unknown, headers: Record<string, string>): Promise<Response> {
  const context = createExecutionContext()
  const request = new Request(`http://example.com/hooks/mail/${provider}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  const response = await app.fetch(request, env, context)
  await waitOnExecutionContext(context)
  return response
}

/** As Svix signs: base64 HMAC-SHA256 of `id.timestamp.body` with the decoded secret. */
function svix(
  body: unknown,
  { id = 'msg_1', at = Date.now(), secret = SECRET } = {},
): Record<string, string> {
  const time = Math.floor(at / 1000)
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const mac = createHmac('sha256', key)
    .update(`${id}.${time}.${JSON.stringify(body)}`)
    .digest('base64')
  return { 'svix-id': id, 'svix-timestamp': String(time), 'svix-signature': `v1,bm8= v1,${mac}` }
}

const resend = (type: string, id: string, bounce?: { type: string; message: string }) => ({
  type,
  created_at: new Date().toISOString(),
  data: { email_id: id, ...(bounce ? { bounce } : {}) },
})

describe('a hook of Resend', () => {
  test('moves the mail on, once however often it comes, and never back to something less grave', async () => {
    const id = await sentMail('resend', 're-1')
    const delivered = resend('email.delivered', 're-1')
    const bounced = resend('email.bounced', 're-1', { type: 'Permanent', message: '550 no such user' })
    for (const [body, key] of [
      [delivered, 'a'],
      [bounced, 'b'],
      [bounced, 'b'],
      [delivered, 'a'],
    ] as const)
      expect((await hook('resend', body, svix(body, { id: key }))).status).toBe(200)
    expect(await statusOf(id)).toBe('bounced')
    expect(await suppressed()).toEqual([['ann@example.com', 'bounce']])
    expect((await eventTypes()).filter((type) => type === 'mail.bounced')).toHaveLength(1)
    const types = (await world.services.directory.mailEvents(id)).map((event) => event.type)
    expect(types.filter((type) => type === 'bounced')).toHaveLength(1)
  })

  test('of a passing bounce puts the mail off and keeps the address', async () => {
    const id = await sentMail('resend', 're-2')
    const body = resend('email.bounced', 're-2', { type: 'Transient', message: 'mailbox full' })
    expect((await hook('resend', body, svix(body))).status).toBe(200)
    expect([await statusOf(id), await suppressed()]).toEqual(['sent', []])
  })

  test.each([
    ['another secret', (body: unknown) => svix(body, { secret: `whsec_${btoa('another')}` })],
    ['a time of ten minutes ago', (body: unknown) => svix(body, { at: Date.now() - 600_000 })],
    ['no signature', () => ({})],
    ['a signature of another body', () => svix({ other: 1 })],
  ])('with %s is refused and changes nothing', async (_name, sign) => {
    const id = await sentMail('resend', 're-3')
    const body = resend('email.complained', 're-3')
    expect((await hook('resend', body, sign(body) as Record<string, string>)).status).toBe(401)
    expect(await statusOf(id)).toBe('sent')
  })

  test('about a mail we do not know yet is asked for again while it is young, later not', async () => {
    const young = resend('email.delivered', 'unknown')
    expect((await hook('resend', young, svix(young))).status).toBe(503)
    const old = { ...young, created_at: new Date(Date.now() - 3_600_000).toISOString() }
    expect(await (await hook('resend', old, svix(old))).json()).toEqual({ taken: false })
  })

  test('of a kind that means nothing to us is taken quietly, nonsense is not', async () => {
    const opened = resend('email.opened', 're-4')
    expect((await hook('resend', opened, svix(opened))).status).toBe(200)
    expect((await hook('resend', { a: 1 }, svix({ a: 1 }))).status).toBe(400)
  })
})

describe('a hook of Postmark', () => {
  const basic = (password: string) => ({ Authorization: `Basic ${btoa(`postmark:${password}`)}` })

  test('of a complaint stops all mail to the address', async () => {
    const id = await sentMail('postmark', 'pm-1')
    const body = {
      RecordType: 'SpamComplaint',
      MessageID: 'pm-1',
      ID: 42,
      Type: 'SpamComplaint',
      BouncedAt: new Date().toISOString(),
    }
    expect((await hook('postmark', body, basic('hook-password'))).status).toBe(200)
    expect([await statusOf(id), await suppressed()]).toEqual([
      'complained',
      [['ann@example.com', 'complaint']],
    ])
  })

  test.each([
    ['HardBounce', 'bounced'],
    ['SoftBounce', 'sent'],
    ['Transient', 'sent'],
    ['Blocked', 'sent'],
  ])('of a %s leaves the mail %s', async (Type, status) => {
    const id = await sentMail('postmark', `pm-${Type}`)
    const body = {
      RecordType: 'Bounce',
      MessageID: `pm-${Type}`,
      ID: 1,
      Type,
      BouncedAt: new Date().toISOString(),
    }
    expect((await hook('postmark', body, basic('hook-password'))).status).toBe(200)
    expect(await statusOf(id)).toBe(status)
  })

  test('with a wrong or missing password is refused', async () => {
    const body = { RecordType: 'Delivery', MessageID: 'pm-9' }
    expect((await hook('postmark', body, basic('wrong'))).status).toBe(401)
    expect((await hook('postmark', body, {})).status).toBe(401)
  })
})

async function arrive(to: string, eml: string, size = eml.length): Promise<string | null> {
  let rejected: string | null = null
  const context = createExecutionContext()
  const raw = new Response(eml.replaceAll('\n', '\r\n')).body as ReadableStream<Uint8Array>
  const setReject = (why: string) => {
    rejected = why
  }
  const message = { to, raw, rawSize: size, setReject }
  await inboundMail(message, env, context)
  await waitOnExecutionContext(context)
  return rejected
}

const inbox = async () => {
  await addInbox(world.services, owner, 'Support desk')
  const listed = await listInboxes(world.services, owner)
  return (listed.ok && listed.value[0]?.address) || ''
}
const received = async () => {
  const listed = await listInbound(world.services, owner)
  return listed.ok ? listed.value.items : []
}

const hello = `From: "Ann Lee" <Ann@Example.com>
To: support@in.example
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
Message-ID: <abc@example.com>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Where is my order?
`

describe('a mail to an inbox', () => {
  test('is kept with its words and its raw form, once however often it is delivered', async () => {
    const to = await inbox()
    expect(to).toMatch(/^support-desk-[a-z0-9]{8}@in\.example$/)
    for (let time = 0; time < 2; time++) expect(await arrive(to.toUpperCase(), hello)).toBeNull()
    const mails = await received()
    expect(mails).toHaveLength(1)
    expect(mails[0]).toMatchObject({
      fromAddress: 'ann@example.com',
      fromName: 'Ann Lee',
      subject: 'Grüße',
      textBody: expect.stringContaining('Where is my order?'),
      verdict: 'human',
    })
    expect(await world.services.files.text(mails[0]?.rawKey ?? '')).toContain('Ann@Example.com')
    expect((await eventTypes()).filter((type) => type === 'mail.received')).toHaveLength(1)
  })

  test.each(['nobody@in.example', 'support@other.example', 'x'])(
    'to %s is refused to its sender',
    async (to) => {
      await inbox()
      expect(await arrive(to, hello)).toContain('550')
      expect(await received()).toEqual([])
    },
  )

  test('that is larger than it may be is refused, whatever size it declared', async () => {
    const to = await inbox()
    expect(await arrive(to, hello, 11 * 1024 * 1024)).toContain('552')
    expect(await arrive(to, `${hello}${'x'.repeat(10 * 1024 * 1024)}`, 100)).toContain('552')
    expect(await received()).toEqual([])
  })

  test('that is no mail at all is kept as it is, and breaks nothing', async () => {
    const to = await inbox()
    expect(await arrive(to, '\0\u0001 no mail')).toBeNull()
    expect(await received()).toHaveLength(1)
  })

  test('of a workspace that is to be erased is refused', async () => {
    const to = await inbox()
    await testEnv.DB.prepare('UPDATE workspaces SET erase_at = 1 WHERE id = ?1').bind(owner.tenantId).run()
    expect(await arrive(to, hello)).toContain('550')
  })

  test('from a machine is told apart from one by a person', async () => {
    const to = await inbox()
    await arrive(to, hello.replace('MIME-Version', 'Auto-Submitted: auto-replied\nMIME-Version'))
    expect((await received())[0]?.verdict).toBe('automatic')
  })
})

test('an answer to a mail of ours is kept beside it', async () => {
  const id = await sentMail('outbox', 'o-1')
  expect(await arrive(`reply+${id}@in.example`, hello)).toBeNull()
  expect((await received())[0]).toMatchObject({ inReplyTo: id, inboxId: null })
})

test('an answer by its references belongs to a mail of this workspace, never to a neighbour’s', async () => {
  const ours = await sentMail('outbox', 'o-2')
  const neighbour = await world.workspace()
  const { id: theirs } = await world.services.mail.send({
    kind: 'message',
    stream: 'workspace',
    to: 'ann@example.com',
    subject: 'x',
    text: 'x',
    html: 'x',
    tenantId: neighbour.tenantId,
  })
  const added = await addInbox(world.services, owner, 'Support')
  if (!added.ok) throw new Error('no inbox')
  const listed = await listInboxes(world.services, owner)
  const to = listed.ok ? (listed.value[0]?.address ?? '') : ''
  const naming = (id: string, n: number) =>
    hello
      .replace('MIME-Version', `References: <${id}@shop.example>\nMIME-Version`)
      .replace(/^Message-ID:.*$/im, `Message-ID: <n${n}@x.example>`)
  await arrive(to, naming(theirs, 1))
  await arrive(to, naming(ours, 2))
  expect((await received()).map(({ inReplyTo }) => inReplyTo).sort()).toEqual([null, ours].sort())
})

const report = (id: string, status: string) => `From: MAILER-DAEMON@mx.example
To: mail@shop.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <dsn-${status}@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It did not arrive.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; ann@example.com
Action: failed
Status: ${status}
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: text/rfc822-headers

Message-ID: <${id}@shop.example>
Subject: Your order

--b--
`

describe('a report that a mail did not arrive', () => {
  test.each([
    ['5.1.1', 'bounced', [['ann@example.com', 'bounce']]],
    ['4.2.2', 'sent', []],
  ])('with status %s leaves it %s', async (status, expected, stopped) => {
    const id = await sentMail('smtp', `smtp-${status}`)
    expect(await arrive('mail@shop.example', report(id, status))).toBeNull()
    expect([await statusOf(id), await suppressed()]).toEqual([expected, stopped])
  })

  test('about a mail that is not ours is no news', async () => {
    expect(
      await arrive('mail@shop.example', report('01a20669-9c44-775c-8f43-249046070000', '5.1.1')),
    ).toContain('550')
  })
})

test('a report of abuse (ARF) stops all mail to the address', async () => {
  const id = await sentMail('smtp', 'smtp-arf')
  const arf = report(id, '5.0.0')
    .replaceAll('delivery-status', 'feedback-report')
    .replace('Reporting-MTA: dns; mx.example', 'Feedback-Type: abuse\nVersion: 1')
  expect(await arrive('mail@shop.example', arf)).toBeNull()
  expect([await statusOf(id), await suppressed()]).toEqual(['complained', [['ann@example.com', 'complaint']]])
})
