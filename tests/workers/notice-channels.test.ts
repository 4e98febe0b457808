// Slack and Teams by incoming webhook, against stand-ins that refuse what the vendors document.
import { beforeEach, describe, expect, test } from 'vitest'
import { everyMinute } from '../../src/cron/every-minute.ts'
import {
  addChannel,
  changeChannel,
  listChannels,
  notifyAll,
  pauseChannel,
  postNotices,
  removeChannel,
  resumeChannel,
  testChannel,
} from '../../src/modules/workspace/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { fail, ok } from '../../src/platform/result.ts'
import type { Services } from '../../src/platform/services.ts'
import { perform } from '../../src/queues/consume.ts'
import { signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const MINUTE = 60_000
const SLACK_URL = 'https://hooks.slack.com/services/T000/B000/secretpart'
const TEAMS_URL =
  'https://prod-12.westeurope.logic.azure.com:443/workflows/abc/triggers/manual/paths/invoke?sig=s3cret'

interface Posted {
  url: string
  body: Record<string, unknown>
}

let world: World
let services: Services
let shop: Actor
let posted: Posted[]
/** What the service answers next; once empty it takes every post that it can read. */
let answers: { status: number; text?: string; headers?: Record<string, string> }[]

beforeEach(async () => {
  world = await makeWorld('2026-11-23T12:00:00Z')
  posted = []
  answers = []
  services = {
    ...world.services,
    post: {
      ...world.services.post,
      post: async (url, body) => {
        const next = answers.shift() ?? readAs(url, body)
        if (next.status === 0)
          return fail('unavailable', 'unreachable', 'The address did not answer in time.')
        if (next.status < 300) posted.push({ url, body: JSON.parse(body) })
        return ok({ status: next.status, text: next.text ?? '', ms: 1, headers: new Headers(next.headers) })
      },
    },
  }
  shop = await world.workspace({ name: 'Harbour & Sons', timeZone: 'UTC' })
})

/** Slack: `invalid_payload` without text, 3,000 characters a section, 50 blocks. Workflows: a message with one card, 28 KB. */
function readAs(
  url: string,
  body: string,
): { status: number; text?: string; headers?: Record<string, string> } {
  const payload = JSON.parse(body)
  if (url.includes('slack')) {
    const blocks: { text?: { text: string } }[] = payload.blocks ?? []
    const readable =
      typeof payload.text === 'string' &&
      payload.text.length > 0 &&
      blocks.length <= 50 &&
      blocks.every((block) => (block.text?.text.length ?? 1) <= 3000)
    return readable ? { status: 200, text: 'ok' } : { status: 400, text: 'invalid_payload' }
  }
  const [card] = payload.attachments ?? []
  const readable =
    payload.type === 'message' &&
    card?.contentType === 'application/vnd.microsoft.card.adaptive' &&
    card.content.type === 'AdaptiveCard' &&
    body.length < 28_000
  return readable ? { status: 202 } : { status: 400 }
}

async function drain(): Promise<void> {
  for (let message = world.messages.shift(); message; message = world.messages.shift())
    if (message.kind !== 'mail.send') await perform(services, message)
}

async function tick(ms = MINUTE): Promise<void> {
  world.clock.advance(ms)
  await everyMinute(services)
  await drain()
}

async function add(type: 'slack' | 'teams' = 'slack', more = {}): Promise<string> {
  const url = type === 'slack' ? SLACK_URL : TEAMS_URL
  const input = { type, name: '#alerts', url, kinds: ['payment.disputed'], ...more }
  const added = await addChannel(services, shop, input)
  if (!added.ok) throw new Error(JSON.stringify(added.error))
  return added.value.id
}

const tell = (from: number, until: number, more = {}) =>
  notifyAll(
    services,
    shop,
    Array.from({ length: until - from }, (_, index) => ({
      kind: 'payment.disputed',
      to: 'admins' as const,
      title: `Dispute ${from + index}`,
      href: '/foundry',
      dedupeKey: `dispute ${from + index}`,
      ...more,
    })),
  )

const channel = async () => {
  const list = await listChannels(services, shop)
  if (!list.ok || !list.value[0]) throw new Error('no channel')
  return list.value[0]
}

const states = async () => {
  const { results } = await testEnv.DB.prepare(
    'SELECT status, count(*) AS n FROM channel_posts WHERE tenant_id = ?1 GROUP BY status',
  )
    .bind(shop.tenantId)
    .all<{ status: string; n: number }>()
  return Object.fromEntries(results.map((row) => [row.status, row.n]))
}

describe('a channel', () => {
  test('of Slack gets a post with a link, and no text of ours can mention or link anything', async () => {
    await add()
    await tell(0, 1, { title: 'A <!channel> & <https://evil.example|b>', body: 'x < y & z' })
    await drain()
    const [post] = posted
    expect(post?.url).toBe(SLACK_URL)
    expect(post?.body.text).toBe('A &lt;!channel&gt; &amp; &lt;https://evil.example|b&gt;')
    const text = JSON.stringify(post?.body.blocks)
    expect(text).toContain(`<${services.config.publicUrl}/foundry|A &lt;!channel&gt; &amp;`)
    expect(text).toContain('x &lt; y &amp; z')
    expect(text).toContain('Harbour &amp; Sons')
  })

  test('of Teams gets an adaptive card with a button', async () => {
    await add('teams')
    await tell(0, 1)
    await drain()
    const card = JSON.stringify(posted[0]?.body)
    expect(card).toContain('"type":"AdaptiveCard"')
    expect(card).toContain('Dispute 0')
    expect(card).toContain(`"url":"${services.config.publicUrl}/foundry"`)
  })

  test('hears only of the kinds it listens to, in order, and of nothing twice', async () => {
    await add('slack', { kinds: ['member.joined'] })
    await tell(0, 2)
    await drain()
    expect(posted).toEqual([])
    const id = (await channel()).id
    expect((await changeChannel(services, shop, id, { kinds: ['payment.disputed'] })).ok).toBe(true)
    await tell(2, 6)
    await tell(2, 6)
    await drain()
    await tick()
    expect(posted.map((post) => post.body.text)).toEqual(['Dispute 2', 'Dispute 3', 'Dispute 4', 'Dispute 5'])
  })

  test('keeps its address sealed: it is in no row and no answer', async () => {
    await add()
    const { results } = await testEnv.DB.prepare('SELECT * FROM notice_channels WHERE tenant_id = ?1')
      .bind(shop.tenantId)
      .all()
    expect(JSON.stringify(results)).not.toContain('secretpart')
    expect(JSON.stringify(await listChannels(services, shop))).not.toContain('url')
  })

  test.each([
    ['slack', 'https://example.com/services/T/B/x'],
    ['slack', 'http://hooks.slack.com/services/T/B/x'],
    ['slack', 'https://hooks.slack.com/triggers/T/1/x'],
    ['slack', 'https://hooks.slack.com.evil.example/services/T/B/x'],
    ['slack', 'https://user:pw@hooks.slack.com/services/T/B/x'],
    ['slack', 'http://169.254.169.254/latest/meta-data'],
    ['slack', 'no address'],
    ['teams', 'https://evillogic.azure.com/workflows/x'],
    ['teams', 'https://hooks.slack.com/services/T/B/x'],
    ['teams', 'https://localhost/workflows/x'],
    ['teams', 'https://prod-1.westus.logic.azure.com/'],
  ])('of %s at %s is not added', async (type, url) => {
    const added = await addChannel(services, shop, { type, name: 'x', url, kinds: ['member.joined'] })
    expect(added).toMatchObject({ error: { kind: 'invalid', errors: [{ path: 'url' }] } })
  })

  test('is managed by admins only, and of another workspace not at all', async () => {
    const id = await add()
    const member = world.as(shop, 'member')
    const other = await world.workspace({ name: 'Other' })
    for (const act of [pauseChannel, resumeChannel, removeChannel, testChannel]) {
      expect(await act(services, member, id)).toMatchObject({ error: { kind: 'forbidden' } })
      expect(await act(services, other, id)).toMatchObject({ error: { kind: 'not_found' } })
    }
    expect(await addChannel(services, member, {})).toMatchObject({ error: { kind: 'forbidden' } })
    expect(posted).toEqual([])
  })
})

describe('a service that', () => {
  test('says 429 is asked again when it said, and nothing is lost', async () => {
    await add()
    answers = [{ status: 429, text: 'rate_limited', headers: { 'Retry-After': '90' } }]
    await tell(0, 3)
    await drain()
    expect(posted).toEqual([])
    await tick()
    expect(posted).toEqual([])
    await tick()
    expect(posted.map((post) => post.body.text)).toEqual(['Dispute 0', 'Dispute 1', 'Dispute 2'])
    expect((await channel()).status).toBe('active')
  })

  test('answers 500 or not at all is asked again with growing patience, then counts as failing', async () => {
    const { personId } = await signInAs(shop.tenantId, 'admin', world.clock.now())
    await add()
    answers = Array.from({ length: 8 }, (_, index) => ({ status: index % 2 ? 503 : 0 }))
    await tell(0, 1)
    await drain()
    for (let round = 0; round < 200 && answers.length > 0; round++) await tick()
    expect(answers).toEqual([])
    expect(await states()).toEqual({ failed: 1 })
    expect(await channel()).toMatchObject({ status: 'failing', lastError: 'Slack answered 503.' })
    const { results } = await testEnv.DB.prepare(
      `SELECT kind FROM notifications WHERE tenant_id = ?1 AND person_id = ?2 AND kind = 'channel.failing'`,
    )
      .bind(shop.tenantId, personId)
      .all()
    expect(results).toHaveLength(1)
  })

  test.each([
    [404, 'no_service', 'removed there'],
    [403, 'action_prohibited', 'admin of the Slack workspace'],
    [410, 'channel_is_archived', 'archived'],
    [404, 'channel_not_found', 'gone'],
    [400, 'user_not_found', 'does not know the person'],
  ])(
    'answers %i %s fails the channel in words, and a post that works again heals it',
    async (status, text, words) => {
      await add()
      answers = [{ status, text }]
      await tell(0, 3)
      await drain()
      expect(await states()).toEqual({ failed: 3 })
      const failing = await channel()
      expect(failing.status).toBe('failing')
      expect(failing.lastError).toContain(words)
      await tell(3, 4)
      await drain()
      expect(await channel()).toMatchObject({ status: 'active', lastError: null })
    },
  )

  test('cannot read one post gets the next ones', async () => {
    await add()
    answers = [{ status: 400, text: 'invalid_payload' }]
    await tell(0, 2)
    await drain()
    expect(await states()).toEqual({ failed: 1, sent: 1 })
  })

  test('takes the longest notice there can be', async () => {
    await add()
    await add('teams')
    await tell(0, 1, { title: '&'.repeat(5000), body: '<'.repeat(5000) })
    await drain()
    expect(await states()).toEqual({ sent: 2 })
  })
})

describe('the cap', () => {
  test('lets so many posts an hour go, the last of which tells of all the rest', async () => {
    await add('slack', { postsPerHour: 5 })
    await tell(0, 10_000)
    await drain()
    expect(posted.map((post) => post.body.text)).toEqual([
      'Dispute 0',
      'Dispute 1',
      'Dispute 2',
      'Dispute 3',
      '9996 more notifications',
    ])
    expect(await states()).toEqual({ sent: 5, capped: 9996 })
    await tell(10_000, 10_003)
    await drain()
    await tick(30 * MINUTE)
    expect(posted).toHaveLength(5)
    await tick(31 * MINUTE)
    expect(posted.slice(5).map((post) => post.body.text)).toEqual([
      'Dispute 10000',
      'Dispute 10001',
      'Dispute 10002',
    ])
  })
})

describe('posting', () => {
  test('is done by one worker at a time', async () => {
    const id = await add()
    await tell(0, 4)
    await Promise.all([1, 2, 3, 4].map(() => postNotices(services, shop, id)))
    await drain()
    expect(posted).toHaveLength(4)
  })

  test('that crashed goes on when its lease is over, with nothing lost', async () => {
    const id = await add()
    await tell(0, 3)
    let calls = 0
    const dying: Services = {
      ...services,
      post: {
        ...services.post,
        post: async (...args) => {
          calls += 1
          if (calls === 2) throw new Error('the worker died')
          return services.post.post(...args)
        },
      },
    }
    await expect(postNotices(dying, shop, id)).rejects.toThrow('the worker died')
    world.messages.length = 0
    await tick()
    expect(posted).toHaveLength(1)
    for (let minute = 0; minute < 12; minute++) await tick()
    expect(posted.map((post) => post.body.text)).toEqual(['Dispute 0', 'Dispute 1', 'Dispute 2'])
  })

  test('that lost its message is found by the sweep', async () => {
    await add()
    await tell(0, 1)
    world.messages.length = 0
    await tick()
    expect(posted).toHaveLength(1)
  })

  test('stops while the channel is paused, and what waited then is not told late', async () => {
    const id = await add()
    await tell(0, 1)
    await pauseChannel(services, shop, id)
    await drain()
    await tell(1, 2)
    await tick()
    expect(posted).toEqual([])
    await resumeChannel(services, shop, id)
    await tell(2, 3)
    await drain()
    expect(posted.map((post) => post.body.text)).toEqual(['Dispute 2'])
  })

  test('a test says at once what the service answered', async () => {
    const id = await add()
    expect((await testChannel(services, shop, id)).ok).toBe(true)
    expect(posted[0]?.body.text).toBe('This channel is connected')
    answers = [{ status: 404, text: 'no_service' }]
    expect(await testChannel(services, shop, id)).toMatchObject({
      error: { slug: 'channel-refused', detail: expect.stringContaining('removed there') },
    })
    expect((await channel()).status).toBe('failing')
  })

  test('ends with the channel', async () => {
    const id = await add()
    await tell(0, 2)
    expect((await removeChannel(services, shop, id)).ok).toBe(true)
    await drain()
    await tick()
    expect(posted).toEqual([])
    expect(await states()).toEqual({})
    const { results } = await testEnv.DB.prepare(`SELECT * FROM due WHERE tenant_id = ?1`)
      .bind(shop.tenantId)
      .all()
    expect(results).toEqual([])
  })
})
