// Notices from the telling to the inbox and the mail: caps, quiet hours, digests, repeats and crashes.
import { beforeEach, describe, expect, test } from 'vitest'
import { everyMinute } from '../../src/cron/every-minute.ts'
import {
  mailNotices,
  notify,
  notifyAll,
  readInbox,
  readNotice,
  readNoticeChoices,
  updateNoticeChoices,
} from '../../src/modules/workspace/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import type { NoticeKind } from '../../src/platform/manifest.ts'
import type { Services } from '../../src/platform/services.ts'
import { perform } from '../../src/queues/consume.ts'
import { signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const HOUR = 3_600_000
const KINDS: NoticeKind[] = [
  { kind: 'test.instant', title: 'Instant things', description: 'x', mail: 'instant' },
  { kind: 'test.daily', title: 'Daily things', description: 'x', mail: 'daily' },
  { kind: 'test.urgent', title: 'Urgent things', description: 'x', mail: 'instant', urgent: true },
  { kind: 'test.quiet', title: 'Quiet things', description: 'x', mail: 'off' },
]

let world: World
let services: Services
let shop: Actor

beforeEach(async () => {
  world = await makeWorld('2026-11-23T12:00:00Z')
  const [first, ...rest] = world.services.wings
  if (!first) throw new Error('no wings')
  services = { ...world.services, wings: [{ ...first, notices: [...first.notices, ...KINDS] }, ...rest] }
  shop = await world.workspace({ name: 'Harbour', timeZone: 'UTC' })
})

async function join(role: 'owner' | 'admin' | 'member' | 'viewer' = 'member'): Promise<Actor> {
  const { personId } = await signInAs(shop.tenantId, role, world.clock.now())
  return { ...shop, kind: 'person', id: personId, role }
}

/** Performs what is queued with the kinds of this file; mails are written down and not sent on. */
async function drain(): Promise<void> {
  for (let message = world.messages.shift(); message; message = world.messages.shift())
    if (message.kind !== 'mail.send') await perform(services, message)
}

/** The minute's sweep and all that follows from it. */
async function tick(ms = 60_000): Promise<void> {
  world.clock.advance(ms)
  await everyMinute(services)
  await drain()
}

interface MailRow {
  id: string
  kind: string
  recipient: string
  subject: string
  text_body: string
  created_at: string
}

async function mails(): Promise<MailRow[]> {
  const { results } = await testEnv.DB.prepare(
    'SELECT * FROM mails WHERE tenant_id = ?1 ORDER BY created_at, id',
  )
    .bind(shop.tenantId)
    .all<MailRow>()
  return results
}

const rows = async (sql: string) =>
  (await testEnv.DB.prepare(sql).bind(shop.tenantId).all<Record<string, unknown>>()).results

const tell = (to: string[] | 'admins' | 'everyone', kind: string, key: string, more = {}) =>
  notify(services, shop, { kind, to, title: `About ${key}`, href: '/foundry', dedupeKey: key, ...more })

describe('telling', () => {
  test('puts a notice into the inbox, mails it once and tells open pages', async () => {
    const ada = await join()
    await tell([ada.id], 'test.instant', 'one', { body: 'Look <here>' })
    expect(world.live).toContain(`noticed ${shop.tenantId} 1`)
    await drain()
    const inbox = await readInbox(services, ada)
    expect(inbox).toMatchObject({ ok: true, value: { unread: 1 } })
    const [mail, ...more] = await mails()
    expect(more).toEqual([])
    expect(mail?.subject).toBe('About one')
    const id = inbox.ok ? inbox.value.notices[0]?.id : ''
    expect(mail?.text_body).toContain(`/notifications/${id}/open`)
  })

  test('the same again tells nobody twice, however often the call and the message come', async () => {
    const ada = await join()
    await tell([ada.id, ada.id], 'test.instant', 'one')
    await tell([ada.id], 'test.instant', 'one')
    const message = world.messages.find((one) => one.kind === 'notice.mail')
    await drain()
    if (message) {
      await perform(services, message)
      await Promise.all([perform(services, message), perform(services, message)])
    }
    await tick()
    expect(await mails()).toHaveLength(1)
    expect(await readInbox(services, ada)).toMatchObject({ value: { unread: 1 } })
  })

  test('reaches admins, everyone or those named, and nobody of another workspace', async () => {
    const [owner, admin, member] = [await join('owner'), await join('admin'), await join('member')]
    const elsewhere = await world.workspace({ name: 'Elsewhere' })
    const stranger = await signInAs(elsewhere.tenantId, 'owner', world.clock.now())
    await tell('admins', 'test.quiet', 'admins')
    await tell('everyone', 'test.quiet', 'everyone')
    await tell([member.id, stranger.personId], 'test.quiet', 'named')
    const heard = await rows('SELECT person_id, dedupe_key FROM notifications WHERE tenant_id = ?1')
    const of = (key: string) => heard.filter((row) => row.dedupe_key === key).map((row) => row.person_id)
    expect(of('admins').sort()).toEqual([owner.id, admin.id].sort())
    expect(of('everyone')).toHaveLength(3)
    expect(of('named')).toEqual([member.id])
    const other = { ...shop, tenantId: elsewhere.tenantId, kind: 'person' as const, id: owner.id }
    expect(await readInbox(services, other)).toMatchObject({ value: { notices: [], unread: 0 } })
  })

  test('of a kind that no manifest knows is a bug and is said so', async () => {
    const ada = await join()
    await expect(tell([ada.id], 'no.such', 'x')).rejects.toThrow('no.such')
  })

  test('an address that was never confirmed gets no mail, only the inbox', async () => {
    const ada = await join()
    await testEnv.DB.prepare('UPDATE people SET email_verified_at = NULL WHERE id = ?1').bind(ada.id).run()
    await tell([ada.id], 'test.instant', 'one')
    await tick()
    expect(await mails()).toEqual([])
    expect(await readInbox(services, ada)).toMatchObject({ value: { unread: 1 } })
  })

  test('changes that come along are written with it', async () => {
    const ada = await join()
    const db = services.tenant(shop.tenantId)
    const statement = db.statement(
      'UPDATE memberships SET role = ?2 WHERE tenant_id = ?1 AND person_id = ?3',
      'viewer',
      ada.id,
    )
    await tell([ada.id], 'test.quiet', 'role', { statements: [statement] })
    expect(await rows('SELECT role FROM memberships WHERE tenant_id = ?1')).toEqual([{ role: 'viewer' }])
  })
})

describe('caps', () => {
  test('10,000 notices to one person: at most ten mails in any hour, all in the inbox, all in a mail', async () => {
    const ada = await join()
    for (let piece = 0; piece < 12; piece++) {
      const size = piece === 11 ? 10_000 - 11 * 100 : 100
      await notifyAll(
        services,
        shop,
        Array.from({ length: size }, (_, index) => ({
          kind: 'test.instant',
          to: [ada.id],
          title: `Order ${piece}-${index}`,
          dedupeKey: `order ${piece}-${index}`,
        })),
      )
      await drain()
      await tick()
    }
    for (let round = 0; round < 8; round++) await tick(10 * 60_000)
    const sent = (await mails()).map((mail) => Date.parse(mail.created_at))
    expect(sent.length).toBeGreaterThan(1)
    for (const at of sent)
      expect(sent.filter((one) => one > at - HOUR && one <= at).length).toBeLessThanOrEqual(10)
    const [counts] = await rows(
      `SELECT count(*) AS notices, sum(in_app) AS shown, sum(mail_state = 'sent' AND mail_id IS NOT NULL) AS mailed
       FROM notifications WHERE tenant_id = ?1`,
    )
    expect(counts).toEqual({ notices: 10_000, shown: 10_000, mailed: 10_000 })
    const told = (await mails()).map((mail) => Number(/^(\d+) notifications/.exec(mail.subject)?.[1] ?? 1))
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(10_000)
    expect(await rows(`SELECT * FROM due WHERE tenant_id = ?1 AND kind = 'notice'`)).toEqual([])
  })

  test('200 people with 50 notices each are told in one call, and each gets one mail', async () => {
    await testEnv.DB.batch(
      Array.from({ length: 200 }, (_, index) => [
        testEnv.DB.prepare(
          `INSERT INTO people (id, email, name, password_hash, email_verified_at, created_at) VALUES (?1, ?2, 'P', 'none', 'x', 'x')`,
        ).bind(`${shop.tenantId}-${index}`, `p${index}@${shop.tenantId}.example`),
        testEnv.DB.prepare(
          `INSERT INTO memberships (tenant_id, person_id, role, created_at) VALUES (?1, ?2, 'member', 'x')`,
        ).bind(shop.tenantId, `${shop.tenantId}-${index}`),
      ]).flat(),
    )
    const before = { ...services.meter }
    await notifyAll(
      services,
      shop,
      Array.from({ length: 50 }, (_, index) => ({
        kind: 'test.instant',
        to: 'everyone' as const,
        title: `Thing ${index}`,
        dedupeKey: `thing ${index}`,
      })),
    )
    expect(services.meter.batches - before.batches).toBeLessThan(10)
    expect(services.meter.rowsRead - before.rowsRead).toBeLessThan(20_000)
    await drain()
    await tick()
    const sent = await mails()
    expect(sent).toHaveLength(200)
    expect(new Set(sent.map((mail) => mail.recipient)).size).toBe(200)
    expect(sent.every((mail) => mail.subject === '50 notifications from Harbour')).toBe(true)
    const [first] = await rows('SELECT count(*) AS n FROM notifications WHERE tenant_id = ?1')
    expect(first).toEqual({ n: 10_000 })
  })

  test('what is urgent goes out although the cap is reached', async () => {
    const ada = await join()
    await updateNoticeChoices(services, ada, { settings: { mailsPerHour: 1 } })
    await tell([ada.id], 'test.instant', 'one')
    await drain()
    world.clock.advance(1000)
    await tell([ada.id], 'test.instant', 'two')
    await tell([ada.id], 'test.urgent', 'three')
    await drain()
    expect((await mails()).map((mail) => mail.subject)).toEqual(['About one', 'About three'])
    await tick(HOUR)
    expect((await mails()).map((mail) => mail.subject)).toEqual(['About one', 'About three', 'About two'])
  })
})

describe('times', () => {
  test('in quiet hours mail waits for their end and comes as one, urgent mail does not wait', async () => {
    const ada = await join()
    await updateNoticeChoices(services, ada, {
      settings: { timeZone: 'Europe/Berlin', quietFrom: 12 * 60, quietUntil: 15 * 60 },
    })
    for (const key of ['one', 'two', 'three']) await tell([ada.id], 'test.instant', key)
    await tell([ada.id], 'test.urgent', 'fire')
    await drain()
    await tick()
    expect((await mails()).map((mail) => mail.subject)).toEqual(['About fire'])
    expect(await readInbox(services, ada)).toMatchObject({ value: { unread: 4 } })
    // 15:00 in Berlin is 14:00 UTC
    await tick(2 * HOUR - 120_000)
    expect(await mails()).toHaveLength(1)
    await tick(60_000)
    expect((await mails())[1]?.subject).toBe('3 notifications from Harbour')
  })

  test('quiet hours that begin after the telling hold the mail back too', async () => {
    const ada = await join()
    await tell([ada.id], 'test.instant', 'one')
    await updateNoticeChoices(services, ada, { settings: { quietFrom: 11 * 60, quietUntil: 13 * 60 } })
    await drain()
    expect(await mails()).toEqual([])
    await tick(HOUR)
    expect(await mails()).toHaveLength(1)
  })

  test('a daily kind comes as one digest at the chosen hour', async () => {
    const ada = await join()
    await updateNoticeChoices(services, ada, { settings: { digestHour: 18 } })
    for (const key of ['one', 'two']) await tell([ada.id], 'test.daily', key)
    await tick()
    expect(await mails()).toEqual([])
    await tick(6 * HOUR)
    const [digest, ...more] = await mails()
    expect(more).toEqual([])
    expect(digest?.subject).toBe('2 notifications from Harbour')
    expect(digest?.text_body).toContain('Daily things (2)')
    expect(digest?.text_body).toContain('• About two')
  })

  test('mail that waits follows a changed mind', async () => {
    const ada = await join()
    await tell([ada.id], 'test.daily', 'one')
    await updateNoticeChoices(services, ada, { kinds: { 'test.daily': { mail: 'off' } } })
    await tick(48 * HOUR)
    expect(await mails()).toEqual([])
    await tell([ada.id], 'test.daily', 'two')
    await updateNoticeChoices(services, ada, { kinds: { 'test.daily': { mail: 'instant' } } })
    await tell([ada.id], 'test.daily', 'three')
    await tick()
    expect((await mails()).map((mail) => mail.subject)).toEqual(['About three'])
  })

  test('a kind that is out of the app and by mail only stays out of the inbox', async () => {
    const ada = await join()
    await updateNoticeChoices(services, ada, { kinds: { 'test.instant': { inApp: false } } })
    await tell([ada.id], 'test.instant', 'one')
    await drain()
    expect(await mails()).toHaveLength(1)
    expect(await readInbox(services, ada)).toMatchObject({ value: { notices: [], unread: 0 } })
  })
})

describe('a crash', () => {
  test('between the mail and its mark mails the same mail once', async () => {
    const ada = await join()
    await tell([ada.id], 'test.instant', 'one')
    const { send } = services.mail
    const dying: Services = {
      ...services,
      mail: {
        ...services.mail,
        send: async (draft) => {
          await send(draft)
          throw new Error('the worker died')
        },
      },
    }
    await expect(mailNotices(dying, shop, ada.id)).rejects.toThrow('the worker died')
    expect(await mails()).toHaveLength(1)
    await mailNotices(services, shop, ada.id)
    await tick(10 * 60_000)
    expect(await mails()).toHaveLength(1)
    expect(await rows('SELECT sent_at IS NOT NULL AS sent FROM notice_mails WHERE tenant_id = ?1')).toEqual([
      { sent: 1 },
    ])
  })

  test('between the claim and the mail is finished by the sweep, with nothing that came later', async () => {
    const ada = await join()
    await tell([ada.id], 'test.instant', 'one')
    const dying: Services = {
      ...services,
      mail: {
        ...services.mail,
        send: async () => {
          throw new Error('the worker died')
        },
      },
    }
    await expect(mailNotices(dying, shop, ada.id)).rejects.toThrow('the worker died')
    world.messages.length = 0
    await tell([ada.id], 'test.instant', 'two')
    world.messages.length = 0
    await tick()
    expect((await mails()).map((mail) => mail.subject).sort()).toEqual(['About one', 'About two'])
  })

  test('that loses the message is found by the sweep', async () => {
    const ada = await join()
    await tell([ada.id], 'test.instant', 'one')
    world.messages.length = 0
    await tick()
    expect(await mails()).toHaveLength(1)
  })
})

describe('the inbox', () => {
  test('is read page by page without gap or repeat, and what is read stays read', async () => {
    const ada = await join()
    await notifyAll(
      services,
      shop,
      Array.from({ length: 25 }, (_, index) => ({
        kind: 'test.quiet',
        to: [ada.id],
        title: `Thing ${index}`,
        dedupeKey: `thing ${index}`,
      })),
    )
    const seen: string[] = []
    let before: string | undefined
    do {
      const page = await readInbox(services, ada, { before }, 10)
      if (!page.ok) throw new Error(page.error.detail)
      seen.push(...page.value.notices.map((notice) => notice.title))
      before = page.value.nextCursor ?? undefined
    } while (before)
    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => `Thing ${24 - index}`))
    const first = await readInbox(services, ada)
    const id = first.ok ? (first.value.notices[0]?.id ?? '') : ''
    const bob = await join()
    expect(await readNotice(services, bob, id)).toMatchObject({ error: { kind: 'not_found' } })
    expect((await readNotice(services, ada, id)).ok).toBe(true)
    expect(await readInbox(services, ada, { unread: true })).toMatchObject({ value: { unread: 24 } })
  })

  test('forgets what is older than 90 days', async () => {
    const ada = await join()
    await tell([ada.id], 'test.quiet', 'old')
    world.clock.advance(80 * 24 * HOUR)
    await tell([ada.id], 'test.quiet', 'younger')
    world.clock.advance(11 * 24 * HOUR)
    await services.directory.sweepNotices(world.clock.now())
    const left = await rows('SELECT dedupe_key FROM notifications WHERE tenant_id = ?1')
    expect(left).toEqual([{ dedupe_key: 'younger' }])
  })
})

describe('choices', () => {
  test('are refused in words when they cannot be', async () => {
    const ada = await join()
    const refused = await updateNoticeChoices(services, ada, {
      kinds: { 'no.such': { mail: 'off' }, 'test.daily': { mail: 'hourly' } },
      settings: { timeZone: 'Atlantis/Capital', digestHour: 24, mailsPerHour: 0, quietFrom: -1 },
    })
    const paths = refused.ok ? [] : refused.error.errors?.map((error) => error.path)
    expect(paths?.sort()).toEqual(
      [
        'digestHour',
        'kinds.no.such',
        'kinds.test.daily.mail',
        'mailsPerHour',
        'quietFrom',
        'timeZone',
      ].sort(),
    )
    const choices = await readNoticeChoices(services, ada)
    expect(choices).toMatchObject({ value: { settings: { timeZone: 'UTC', mailsPerHour: 10 } } })
  })

  test('belong to people: a key has neither inbox nor choices', async () => {
    const key: Actor = { ...shop, kind: 'key' }
    expect(await readInbox(services, key)).toMatchObject({ error: { kind: 'forbidden' } })
    expect(await readNoticeChoices(services, key)).toMatchObject({ error: { kind: 'forbidden' } })
  })
})
