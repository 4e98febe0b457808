// Mails of automations after they left: who clicked, who wrote back, who wants no more; and what scanners cannot do.
import { exports } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  clickThrough,
  createAutomation,
  lookAtUnsubscribe,
  noteOpen,
  runAutomation,
  unsubscribe,
} from '../../src/modules/ops-copilot/index.ts'
import { suppressed } from '../../src/modules/workspace/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { recordEvent } from '../../src/platform/event.ts'
import { uuidv7 } from '../../src/platform/ids.ts'
import { engineOf } from '../support/engine-world.ts'
import { joinedAs, okValue } from '../support/people.ts'
import { makeWorld, type World } from '../support/world.ts'

let world: World
let owner: Actor
let sent: { to: string; html: string; headers?: Record<string, string>; id: string }[]

beforeAll(async () => {
  world = await makeWorld('2026-11-23T12:00:00Z')
  world.services.engine = engineOf(world)
  const real = world.services.mail
  world.services.mail = {
    ...real,
    send: async (mail) => {
      const queued = await real.send(mail)
      sent.push({ ...mail, id: queued.id })
      return queued
    },
  }
  owner = await joinedAs(world, await world.workspace({ timeZone: 'UTC' }), 'owner')
})
beforeEach(() => {
  sent = []
})

async function mailed(
  to: string,
  body = 'Look: [the offer](https://shop.example/offer) or [the terms](https://shop.example/terms).',
) {
  const made = okValue(
    await createAutomation(world.services, owner, {
      name: 'Offer',
      status: 'active',
      trigger_type: 'manual',
      actions: [{ id: 'm', kind: 'action', action: 'mail.send', input: { to, subject: 'An offer', body } }],
    }),
  )
  okValue(await runAutomation(world.services, owner, made.id))
  await world.services.engine.nudge(owner.tenantId)
  await world.drain()
  const mail = sent.at(-1)
  if (!mail) throw new Error('nothing was sent')
  const token = /\/track\/([^/"]+)\/0"/.exec(mail.html)?.[1] ?? ''
  return { mail, token }
}

const PERSON = {
  method: 'GET',
  userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Firefox/140.0',
  prefetch: false,
}

async function hits(mailId: string) {
  const db = world.services.tenant(owner.tenantId)
  return db.get(
    db.sql<{ kind: string; verdict: string; link: number | null }>(
      'SELECT kind, verdict, link FROM mail_hits WHERE tenant_id = ?1 AND mail_id = ?2 ORDER BY id',
      mailId,
    ),
  )
}

async function told(type: string): Promise<string[]> {
  const db = world.services.tenant(owner.tenantId)
  const rows = await db.get(
    db.sql<{ payload: string }>('SELECT payload FROM outbox WHERE tenant_id = ?1 AND type = ?2', type),
  )
  return rows.map(({ payload }) => JSON.parse(payload).mail_id)
}

describe('a click', () => {
  test('of a person leads where the mail led when it was sent, and is told once it is surely one', async () => {
    const { mail, token } = await mailed('ann@example.com')
    world.clock.advance(3_600_000)
    expect(await clickThrough(world.services, token, 1, PERSON)).toBe('https://shop.example/terms')
    await world.settle()
    expect(await hits(mail.id)).toMatchObject([{ kind: 'click', verdict: 'human', link: 1 }])
    expect(await told('mail.clicked')).toEqual([mail.id])
  })

  test('of a program is kept as such and told to nobody: bots, heads, looks ahead, all links at once', async () => {
    const { mail, token } = await mailed('bot@example.com')
    world.clock.advance(3_600_000)
    const before = await told('mail.clicked')
    const visits = [
      { ...PERSON, userAgent: 'Googlebot/2.1 (+http://www.google.com/bot.html)' },
      { ...PERSON, method: 'HEAD' },
      { ...PERSON, prefetch: true },
    ]
    for (const visit of visits)
      expect(await clickThrough(world.services, token, 0, visit)).toBe('https://shop.example/offer')
    await world.settle()
    expect((await hits(mail.id)).map(({ verdict }) => verdict)).toEqual(['machine', 'machine', 'machine'])
    expect(await told('mail.clicked')).toEqual(before)
  })

  test('within seconds of sending is not taken for a person', async () => {
    const { mail, token } = await mailed('fast@example.com')
    await clickThrough(world.services, token, 0, PERSON)
    await world.settle()
    expect((await hits(mail.id)).map(({ verdict }) => verdict)).toEqual(['unknown'])
  })

  test('on a changed address, or on a link the mail never had, leads nowhere', async () => {
    const { token } = await mailed('cut@example.com')
    expect(await clickThrough(world.services, `${token}x`, 0, PERSON)).toBeNull()
    expect(await clickThrough(world.services, token, 99, PERSON)).toBeNull()
    const door = (
      exports as unknown as { default: { fetch(url: string, init?: RequestInit): Promise<Response> } }
    ).default
    const answer = await door.fetch(`https://shop.example/track/${token}/99?url=https://evil.example`, {
      redirect: 'manual',
    })
    expect([answer.status, answer.headers.get('Location')]).toEqual([404, null])
    await answer.text()
  })

  test('on an address that is no web address never happens: such links are not led through us', async () => {
    const { mail } = await mailed(
      'js@example.com',
      'A [trap](javascript:alert(1)) and a [call](tel:+1207555).',
    )
    expect(mail.html).not.toMatch(/href="\s*javascript/i)
    expect(mail.html).not.toContain('/track/undefined')
  })
})

describe('an open', () => {
  test('is a rough figure: kept, never told as what a person did', async () => {
    const { mail, token } = await mailed('open@example.com')
    world.clock.advance(60_000)
    await noteOpen(world.services, token, PERSON)
    expect(await hits(mail.id)).toMatchObject([{ kind: 'open', verdict: 'unknown' }])
    for (let more = 0; more < 300; more++) await noteOpen(world.services, token, PERSON)
    expect((await hits(mail.id)).length).toBeLessThanOrEqual(200)
  })
})

describe('a reply', () => {
  test('by a person is told once; an answering machine is not taken for one', async () => {
    const { mail } = await mailed('reply@example.com')
    const received = async (verdict: string) => {
      const db = world.services.tenant(owner.tenantId)
      const id = uuidv7(world.clock.now())
      const payload = {
        inbound_mail_id: id,
        from: 'reply@example.com',
        subject: 'Re',
        verdict,
        in_reply_to: mail.id,
      }
      await db.write([recordEvent(db, world.clock.now(), { id, type: 'mail.received', payload })])
      world.messages.push({ kind: 'event.deliver', tenantId: owner.tenantId, eventId: id })
      await world.drain()
    }
    await received('automatic')
    expect(await told('mail.replied')).toEqual([])
    await received('human')
    await received('human')
    expect(await told('mail.replied')).toEqual([mail.id])
  })
})

describe('unsubscribing', () => {
  const linkFor = (address: string) =>
    world.services.tokens.sign(
      'mail-unsubscribe',
      { tenant: owner.tenantId, address, track: 'none' },
      900_000_000,
    )

  test('takes one POST and no look: scanners that fetch the page change nothing', async () => {
    const token = await linkFor('tired@example.com')
    for (let visit = 0; visit < 3; visit++)
      expect(okValue(await lookAtUnsubscribe(world.services, token)).done).toBe(false)
    expect(await suppressed(world.services, owner, 'tired@example.com', 'marketing')).toBe(false)
    expect(okValue(await unsubscribe(world.services, token)).done).toBe(true)
    expect(okValue(await unsubscribe(world.services, token)).done).toBe(true)
    expect(await suppressed(world.services, owner, 'tired@example.com', 'marketing')).toBe(true)
    expect(await suppressed(world.services, owner, 'tired@example.com', 'workspace')).toBe(false)
    expect((await told('mail.unsubscribed')).length).toBe(1)
  })

  test('works by one click of the mail program: no cookie, no referrer, no redirect', async () => {
    const token = await linkFor('oneclick@example.com')
    const door = (
      exports as unknown as { default: { fetch(url: string, init?: RequestInit): Promise<Response> } }
    ).default
    const answer = await door.fetch(`https://shop.example/mail/unsubscribe/${token}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
      redirect: 'manual',
    })
    await answer.text()
    expect(answer.status).toBe(200)
    expect(answer.headers.get('Set-Cookie')).toBeNull()
  })
})
