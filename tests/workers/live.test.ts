import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { describe, expect, test } from 'vitest'
import { ensureDefaultDashboard } from '../../src/modules/mini-foundry/actions/dashboards-warm.ts'
import type { Actor } from '../../src/platform/actor.ts'
import type { LiveSeat } from '../../src/platform/live.ts'
import { makeShop, saleOf, sell } from '../support/shop.ts'
import { makeWorld, testEnv } from '../support/world.ts'

const FAR = Date.parse('2100-01-01T00:00:00Z')

interface Listener {
  messages: string[]
  /** The next message, or one that already waits. */
  next(): Promise<string>
  closed: Promise<number>
}

const hubOf = (tenantId: string) => testEnv.LIVE_HUB.get(testEnv.LIVE_HUB.idFromName(tenantId))

async function listen(actor: Actor, dashboardId: string, more: Partial<LiveSeat> = {}): Promise<Listener> {
  const seat: LiveSeat = {
    tenantId: actor.tenantId,
    sessionId: 'session-1',
    personId: 'person-1',
    role: 'viewer',
    view: { kind: 'dashboard', id: dashboardId, query: {} },
    expiresAt: FAR,
    ...more,
  }
  const response = await hubOf(actor.tenantId).fetch('https://hub/', {
    headers: { Upgrade: 'websocket', 'x-live-seat': encodeURIComponent(JSON.stringify(seat)) },
  })
  const socket = response.webSocket
  if (!socket) throw new Error(`no socket: ${response.status}`)
  const messages: string[] = []
  const waiting: ((text: string) => void)[] = []
  let read = 0
  socket.addEventListener('message', (event) => {
    messages.push(String(event.data))
    waiting.shift()?.(String(event.data))
  })
  const closed = new Promise<number>((done) => socket.addEventListener('close', (event) => done(event.code)))
  socket.accept()
  return {
    messages,
    closed,
    next: () => {
      read += 1
      const known = messages[read - 1]
      return known !== undefined ? Promise.resolve(known) : new Promise((got) => waiting.push(got))
    },
  }
}

const targetsOf = (message: string): string[] =>
  Array.from(message.matchAll(/hx-target="([^"]+)"/g), ([, target]) => target ?? '')

async function setUp(now = new Date().toISOString()) {
  const world = await makeWorld(now)
  const today = now.slice(0, 10)
  const actor = await makeShop(world, [saleOf('1', today, 100)], { timeZone: 'UTC' })
  const dashboard = await ensureDefaultDashboard(world.services, actor)
  return { world, actor, today, dashboard, hub: hubOf(actor.tenantId) }
}

describe('the live hub', () => {
  test('sends everything on connecting, then what changed, also after it was evicted', async () => {
    const { world, actor, today, dashboard, hub } = await setUp()
    const page = await listen(actor, dashboard.id)
    const first = await page.next()
    expect(first).toContain('<hx-partial hx-target="#widget-revenue" hx-swap="outerMorph">')
    expect(first).toContain('$100.00')
    await sell(world, actor, [saleOf('2', today, 23.5)])
    await hub.changed(actor.tenantId)
    expect(await page.next()).toContain('$123.50')
    await evictDurableObject(hub)
    await sell(world, actor, [saleOf('3', today, 1)])
    await hub.changed(actor.tenantId)
    expect(await page.next()).toContain('$124.50')
  })

  test('a burst of changes becomes few messages, and the last state is among them', async () => {
    const { world, actor, today, dashboard, hub } = await setUp()
    const page = await listen(actor, dashboard.id)
    await page.next()
    for (let n = 0; n < 20; n++) await hub.changed(actor.tenantId)
    await sell(world, actor, [saleOf('2', today, 900)])
    await hub.changed(actor.tenantId)
    while (await runDurableObjectAlarm(hub));
    expect(page.messages.length).toBeLessThanOrEqual(5)
    expect(page.messages.at(-1)).toContain('$1,000.00')
  })

  test('only what changed is sent again, and nothing when nothing did', async () => {
    const { world, actor, today, dashboard, hub } = await setUp()
    const page = await listen(actor, dashboard.id)
    expect(targetsOf(await page.next())).toContain('#widget-customers')
    await hub.changed(actor.tenantId)
    while (await runDurableObjectAlarm(hub));
    expect(page.messages).toHaveLength(1)
    await sell(world, actor, [saleOf('2', today, 23.5)])
    await hub.changed(actor.tenantId)
    const second = targetsOf(await page.next())
    expect(second).toContain('#widget-revenue')
    expect(second).not.toContain('#widget-customers')
  })

  test('who comes later is sent everything, as it is by then', async () => {
    const { world, actor, today, dashboard, hub } = await setUp()
    const early = await listen(actor, dashboard.id)
    await early.next()
    await sell(world, actor, [saleOf('2', today, 23.5)])
    await hub.changed(actor.tenantId)
    await early.next()
    const late = await listen(actor, dashboard.id)
    const first = await late.next()
    expect(first).toContain('$123.50')
    expect(targetsOf(first)).toContain('#widget-customers')
    expect(early.messages).toHaveLength(2)
  })

  test('a thousand pages of two roles all end with the last state, each piece sent once', async () => {
    const { world, actor, today, dashboard, hub } = await setUp()
    const pages = await Promise.all(
      Array.from({ length: 1000 }, (_, n) =>
        listen(actor, dashboard.id, { role: n % 2 ? 'viewer' : 'owner', sessionId: `session-${n}` }),
      ),
    )
    await Promise.all(pages.map((page) => page.next()))
    await sell(world, actor, [saleOf('2', today, 900)])
    await hub.changed(actor.tenantId)
    const last = await Promise.all(pages.map((page) => page.next()))
    while (await runDurableObjectAlarm(hub));
    expect(last.filter((text) => text.includes('$1,000.00'))).toHaveLength(1000)
    expect(last.filter((text) => targetsOf(text).includes('#widget-customers'))).toEqual([])
    expect(pages.filter(({ messages }) => messages.length !== 2)).toEqual([])
    expect(new Set(last).size).toBeLessThanOrEqual(2)
  })

  test('what nobody looks at is not computed', async () => {
    const { actor, hub } = await setUp()
    await hub.changed(actor.tenantId)
    await hub.importMoved(actor.tenantId, 'import-1')
    expect(await runInDurableObject(hub, (_hub, state) => state.storage.getAlarm())).toBeNull()
  })

  test('a revoked session is cut off, others stay', async () => {
    const { world, actor, today, dashboard, hub } = await setUp()
    const gone = await listen(actor, dashboard.id, { sessionId: 'session-1' })
    const stays = await listen(actor, dashboard.id, { sessionId: 'session-2' })
    await Promise.all([gone.next(), stays.next()])
    await hub.disconnect('session-1')
    expect(await gone.closed).toBe(4401)
    await sell(world, actor, [saleOf('2', today, 5)])
    await hub.changed(actor.tenantId)
    expect(await stays.next()).toContain('widget-revenue')
    expect(gone.messages).toHaveLength(1)
  })

  test('an expired session is closed instead of told', async () => {
    const { actor, dashboard } = await setUp()
    const late = await listen(actor, dashboard.id, { expiresAt: 1 })
    expect(await late.closed).toBe(4401)
    expect(late.messages).toEqual([])
  })

  test('a dashboard of another workspace shows nothing', async () => {
    const mine = await setUp()
    const theirs = await setUp()
    const page = await listen(mine.actor, theirs.dashboard.id)
    const own = await listen(mine.actor, mine.dashboard.id)
    await own.next()
    await sell(mine.world, mine.actor, [saleOf('2', mine.today, 5)])
    await mine.hub.changed(mine.actor.tenantId)
    await own.next()
    expect(page.messages).toEqual([])
  })
})
