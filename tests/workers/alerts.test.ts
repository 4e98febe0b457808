// Alerts on real figures: once a period, never on a day that is not whole, never on history; and over the API.
import { beforeEach, describe, expect, test } from 'vitest'
import { changeAlert, createAlert, snoozeAlert } from '../../src/modules/mini-foundry/actions/alerts.ts'
import { judgeAlerts } from '../../src/modules/mini-foundry/actions/alerts-judge.ts'
import { rehearseAlert } from '../../src/modules/mini-foundry/actions/alerts-rehearse.ts'
import type { Actor } from '../../src/platform/actor.ts'
import type { Result } from '../../src/platform/result.ts'
import { ask } from '../support/browser.ts'
import { breakAt, Killed } from '../support/faults.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { makeShop, saleOf, sell } from '../support/shop.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

let world: World
let owner: Actor

const DAY = 86_400_000
const below = (value: number, more: object = {}) => ({
  metric: 'revenue',
  kind: 'threshold',
  rule: { operator: 'below', value, ...more },
})

/** New York is five hours behind: noon is well within the day. */
beforeEach(async () => {
  world = await makeWorld('2026-03-10T12:00:00Z')
  owner = await makeShop(world, [
    saleOf('1', '2026-03-01', 500),
    saleOf('2', '2026-03-05', 500),
    saleOf('3', '2026-03-09', 500),
  ])
  await world.drain()
})

function made<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const create = async (input: unknown) => made(await createAlert(world.services, owner, input))

async function rows<T = Record<string, unknown>>(sql: string): Promise<T[]> {
  const { results } = await testEnv.DB.prepare(sql).bind(owner.tenantId).all<T>()
  return results
}
const firings = () =>
  rows<{ period: string; told: number; resolved_at: string | null; value: string; words: string }>(
    'SELECT * FROM metric_alert_events WHERE tenant_id = ?1 ORDER BY period',
  )
const events = () =>
  rows<{ type: string; payload: string }>(
    `SELECT type, payload FROM outbox WHERE tenant_id = ?1 AND type LIKE 'alert.%' ORDER BY created_at, type`,
  )
const alertRow = async () =>
  (
    await rows<{ waiting_for: string | null; judged_period: string }>(
      'SELECT waiting_for, judged_period FROM metric_alerts WHERE tenant_id = ?1',
    )
  )[0]

const moveTo = (at: number) => world.clock.advance(at - world.clock.now())

/** The clock moves on to noon, UTC, of a day, and alerts are judged. */
async function judgeOn(day: string, services = world.services) {
  moveTo(Date.parse(`${day}T12:00:00Z`))
  await judgeAlerts(services, owner)
}

async function connectShop(syncedUntil: number | null, status = 'ok') {
  const db = world.services.tenant(owner.tenantId)
  await db.write([
    db.statement(
      `INSERT INTO data_sources (tenant_id, id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
       VALUES (?1, 's2', 'shopify', 'Harbour shop', ?2, 1, '', '')`,
      status,
    ),
    db.statement(
      `INSERT INTO sync_streams (tenant_id, source_id, stream, mode, status, synced_until, updated_at)
       VALUES (?1, 's2', 'orders', 'incremental', 'waiting', ?2, '')`,
      syncedUntil,
    ),
  ])
}
const syncTo = (at: number) => {
  const db = world.services.tenant(owner.tenantId)
  return db.write([db.statement('UPDATE sync_streams SET synced_until = ?2 WHERE tenant_id = ?1', at)])
}

describe('judging', () => {
  test('a period that is over goes off once, however often it is judged', async () => {
    await create(below(100))
    await judgeOn('2026-03-11')
    await judgeOn('2026-03-11')
    const found = await firings()
    expect(found.map(({ period, value, told }) => ({ period, value, told }))).toEqual([
      { period: '2026-03-10', value: '0.00', told: 1 },
    ])
    const told = await events()
    expect(told.map(({ type }) => type)).toEqual(['alert.fired'])
    expect(JSON.parse(told[0]?.payload ?? '')).toMatchObject({
      metric: 'revenue',
      period: '2026-03-10',
      value: '0.00',
      expected: '100.00',
      unit: 'money',
      currency: 'USD',
      change_percent: -100,
    })
  })

  test('what was over before the alert was made is never looked at', async () => {
    await create(below(1000))
    await judgeAlerts(world.services, owner)
    expect(await firings()).toEqual([])
  })

  test('the day that runs is not judged, in the zone of the workspace', async () => {
    await create(below(100))
    // 03:59 UTC on the 11th is 23:59 on the 10th in New York
    moveTo(Date.parse('2026-03-11T03:59:00Z'))
    await judgeAlerts(world.services, owner)
    expect(await firings()).toEqual([])
    moveTo(Date.parse('2026-03-11T04:01:00Z'))
    await judgeAlerts(world.services, owner)
    expect(await firings()).toHaveLength(1)
  })

  test('goes off again only after it has recovered, and says when it is over', async () => {
    await create(below(100))
    await judgeOn('2026-03-11')
    await judgeOn('2026-03-12')
    await sell(world, owner, [saleOf('4', '2026-03-12', 700)])
    await judgeOn('2026-03-13')
    await judgeOn('2026-03-14')
    const found = await firings()
    expect(found.map(({ period }) => period)).toEqual(['2026-03-10', '2026-03-13'])
    expect(found[0]?.resolved_at).not.toBeNull()
    expect(found[1]?.resolved_at).toBeNull()
    expect((await events()).map(({ type }) => type)).toEqual(['alert.fired', 'alert.resolved', 'alert.fired'])
  })

  test('old days that are loaded late set nothing off', async () => {
    await create({ metric: 'revenue', kind: 'threshold', rule: { operator: 'above', value: 5000 } })
    await judgeOn('2026-03-11')
    await sell(world, owner, [saleOf('old', '2026-03-02', 90_000), saleOf('older', '2025-11-02', 90_000)])
    await judgeOn('2026-03-11')
    await judgeOn('2026-03-12')
    expect(await firings()).toEqual([])
  })

  test('after a long silence only the last days are told, not the whole stretch', async () => {
    await create(below(100, { repeat: true }))
    await judgeOn('2026-05-20')
    expect((await firings()).length).toBeLessThanOrEqual(7)
  })
})

describe('completeness', () => {
  test('a half-read day never goes off: it waits, says why, and is judged when it is whole', async () => {
    const alert = await create(below(100))
    await connectShop(Date.parse('2026-03-10T20:00:00Z'))
    await judgeOn('2026-03-11')
    expect(await firings()).toEqual([])
    expect((await alertRow())?.waiting_for).toMatch(/Harbour shop has not been read/)
    expect(alert.judgedPeriod).toBe('2026-03-09')

    await sell(world, owner, [saleOf('late', '2026-03-10', 800)])
    await syncTo(Date.parse('2026-03-11T06:00:00Z'))
    await judgeOn('2026-03-11')
    expect(await firings()).toEqual([])
    expect(await alertRow()).toEqual({ waiting_for: null, judged_period: '2026-03-10' })
  })

  test('reading to one second before midnight is not the whole day', async () => {
    await create(below(100))
    await connectShop(Date.parse('2026-03-11T03:59:59Z'))
    await judgeOn('2026-03-11')
    expect(await firings()).toEqual([])
    await syncTo(Date.parse('2026-03-11T04:00:00Z'))
    await judgeOn('2026-03-11')
    expect(await firings()).toHaveLength(1)
  })

  test('a disconnected source is waited for, in words that say what to do', async () => {
    await create(below(100))
    await connectShop(Date.parse('2026-04-01T00:00:00Z'), 'disconnected')
    await judgeOn('2026-03-11')
    expect(await firings()).toEqual([])
    expect((await alertRow())?.waiting_for).toMatch(/disconnected.*Connect it again/)
  })

  test('days that are being added up are waited for', async () => {
    await create(below(100))
    const db = world.services.tenant(owner.tenantId)
    await db.write([db.statement(`INSERT INTO dirty_days (tenant_id, day) VALUES (?1, '2026-03-10')`)])
    await judgeOn('2026-03-11')
    expect(await firings()).toEqual([])
    expect((await alertRow())?.waiting_for).toMatch(/added up/)
  })
})

describe('a crash', () => {
  test('between any two effects loses nothing and tells nothing twice', async () => {
    await create(below(100))
    for (let at = 0; at < 6; at += 1) {
      for (const when of ['before', 'after'] as const) {
        const fault = breakAt(world.services, at, when)
        await judgeOn('2026-03-11', fault.services).catch((error) => {
          if (!(error instanceof Killed)) throw error
        })
      }
    }
    await judgeOn('2026-03-11')
    expect(await firings()).toHaveLength(1)
    expect((await events()).map(({ type }) => type)).toEqual(['alert.fired'])
  })

  test('two that judge at once tell it once', async () => {
    await signInAs(owner.tenantId, 'owner', world.clock.now())
    await create(below(100))
    moveTo(Date.parse('2026-03-11T12:00:00Z'))
    await Promise.all([judgeAlerts(world.services, owner), judgeAlerts(world.services, owner)])
    expect(await firings()).toHaveLength(1)
    expect(await events()).toHaveLength(1)
    expect(
      await rows(`SELECT * FROM notifications WHERE tenant_id = ?1 AND kind = 'alert.fired'`),
    ).toHaveLength(1)
  })
})

describe('a rehearsal', () => {
  test('says what judging then does, on the same figures', async () => {
    const input = { metric: 'revenue', kind: 'threshold', rule: { operator: 'below', value: 300 } }
    await create(input)
    for (let day = 11; day <= 20; day += 1) {
      await sell(world, owner, [saleOf(`r${day}`, `2026-03-${day - 1}`, day % 3 === 0 ? 50 : 400)])
      await judgeOn(`2026-03-${day}`)
    }
    const judged = (await firings()).map(({ period, words }) => ({ period, words }))
    const rehearsed = made(await rehearseAlert(world.services, owner, input))
    const same = rehearsed.firings.filter(({ period }) => period >= '2026-03-10')
    expect(same.map(({ period, words }) => ({ period, words }))).toEqual(judged)
    expect(judged.length).toBeGreaterThan(2)
  })

  test('does not take the time before the first sale for bad days', async () => {
    const rehearsed = made(await rehearseAlert(world.services, owner, below(100)))
    expect(rehearsed.firings.map(({ period }) => period)).toEqual(['2026-03-02', '2026-03-06'])
  })
})

describe('snooze, pause and quiet', () => {
  test('while it is snoozed nobody is told, but the history keeps it', async () => {
    const alert = await create(below(100))
    made(await snoozeAlert(world.services, owner, alert.id, 48))
    await judgeOn('2026-03-11')
    expect((await firings()).map(({ told }) => told)).toEqual([0])
    expect(await events()).toEqual([])
  })

  test('what went by while it was paused is history', async () => {
    const alert = await create(below(100))
    made(await changeAlert(world.services, owner, alert.id, { status: 'paused' }))
    await judgeOn('2026-03-12')
    made(await changeAlert(world.services, owner, alert.id, { status: 'active' }))
    await judgeOn('2026-03-12')
    expect(await firings()).toEqual([])
  })

  test('a source that goes quiet is noticed, and noticed again when it is back', async () => {
    const steady = Array.from({ length: 30 }, (_, index) =>
      saleOf(`q${index}`, new Date(Date.parse('2026-02-08') + index * DAY).toISOString().slice(0, 10), 10),
    )
    await sell(world, owner, steady)
    await create({ kind: 'quiet', rule: { source_id: 's1' } })
    await judgeOn('2026-03-12')
    const [found] = await firings()
    expect(found?.words).toMatch(/Nothing has come from Orders file for 2 days/)
    expect(await rows('SELECT quiet_since FROM data_sources WHERE tenant_id = ?1')).not.toEqual([
      { quiet_since: null },
    ])
    await sell(world, owner, [saleOf('back', '2026-03-12', 10)])
    await judgeOn('2026-03-13')
    expect((await events()).map(({ type }) => type)).toEqual(['alert.fired', 'alert.resolved'])
    expect(await rows('SELECT quiet_since FROM data_sources WHERE tenant_id = ?1')).toEqual([
      { quiet_since: null },
    ])
  })
})

describe('over the API', () => {
  const BASE = '/modules/mini-foundry/alerts'
  async function call(
    method: string,
    path: string,
    body?: unknown,
    scopes = ['foundry:read', 'foundry:write'],
  ) {
    const { authorization } = await keyFor(owner.tenantId, scopes, world.clock.now())
    const answer = await ask(path, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const text = await answer.text()
    return { status: answer.status, json: text ? JSON.parse(text) : null }
  }

  test('an alert is made, read, changed, snoozed and removed', async () => {
    const { status, json } = await call('POST', BASE, below(100))
    expect(status).toBe(201)
    expect(json).toMatchObject({ name: 'Revenue of a day is below $100', granularity: 'day', version: 1 })
    expect((await call('GET', BASE)).json.data).toHaveLength(1)
    const changed = await call('PUT', `${BASE}/${json.id}`, { rule: { operator: 'below', value: 50 } })
    expect(changed.json).toMatchObject({ rule: { value: 50 }, version: 2 })
    expect((await call('POST', `${BASE}/${json.id}/snooze`, { hours: 24 })).json.snoozed_until).not.toBeNull()
    expect((await call('GET', `${BASE}/${json.id}/events`)).json.data).toEqual([])
    expect((await call('DELETE', `${BASE}/${json.id}`)).status).toBe(204)
    expect((await call('GET', `${BASE}/${json.id}`)).status).toBe(404)
  })

  test('a firing is acknowledged once, by the first who does', async () => {
    await create(below(100))
    await judgeOn('2026-03-11')
    const [row] = await rows<{ id: string }>('SELECT id FROM metric_alert_events WHERE tenant_id = ?1')
    const first = await call('POST', `${BASE}/events/${row?.id}/acknowledge`)
    const second = await call('POST', `${BASE}/events/${row?.id}/acknowledge`)
    expect(first.json.acknowledged_by).not.toBeNull()
    expect(second.json.acknowledged_by).toBe(first.json.acknowledged_by)
  })

  test.each([
    [{ metric: 'revenues', kind: 'anomaly' }, 'metric'],
    [{ metric: 'customers', kind: 'anomaly', filter: 'campaign:x' }, 'filter'],
    [{ kind: 'quiet', rule: { source_id: 'nowhere' } }, 'rule.source_id'],
    [{ metric: 'revenue', kind: 'threshold', rule: { operator: 'below', value: 'much' } }, 'rule.value'],
  ])('%j is refused with the path of what is wrong', async (input, path) => {
    for (const at of [BASE, `${BASE}/rehearse`]) {
      const { status, json } = await call('POST', at, input)
      expect(status).toBe(422)
      expect(json.errors[0].path).toBe(path)
    }
  })

  test('whoever may only read may rehearse, but not make', async () => {
    expect((await call('POST', `${BASE}/rehearse`, below(100), ['foundry:read'])).status).toBe(200)
    expect((await call('POST', BASE, below(100), ['foundry:read'])).status).toBe(403)
  })

  test('another workspace sees nothing of it', async () => {
    const alert = await create(below(100))
    owner = await world.workspace()
    expect((await call('GET', `${BASE}/${alert.id}`)).status).toBe(404)
    expect((await call('PUT', `${BASE}/${alert.id}`, { name: 'Mine' })).status).toBe(404)
    expect((await call('GET', BASE)).json.data).toEqual([])
  })
})

describe('an alert on a part of the business', () => {
  beforeEach(() => sell(world, owner, [saleOf('web', '2026-03-08', 200, { channel: 'web' })]))

  test('is named with that part, and its form offers what the data knows', async () => {
    const alert = await create({ ...below(100), filter: 'channel:web' })
    expect(alert.name).toBe('Revenue (channel web) of a day is below $100')
    const { cookie } = await signInAs(owner.tenantId, 'owner', Date.now())
    const page = await ask('/foundry/alerts/new', { headers: { cookie } })
    expect(await page.text()).toContain('<option value="channel:web">Channel: web</option>')
  })

  test('is refused when nothing in the data is called so, with what there is', async () => {
    const wish = { ...below(100), filter: 'channel:wbe' }
    const rehearsed = made(await rehearseAlert(world.services, owner, wish))
    expect(rehearsed.unknownFilter).toBe('There is no channel “wbe” in your data; did you mean web?')
    const refused = await createAlert(world.services, owner, { ...wish, filter: 'channel:Atlantis' })
    expect(!refused.ok && refused.error.errors).toEqual([
      { path: 'filter', message: 'There is no channel “Atlantis” in your data; there are web.' },
    ])
  })

  test('can still be paused when its value has gone from the data', async () => {
    const alert = await create({ ...below(100), filter: 'channel:web' })
    await testEnv.DB.prepare(`UPDATE metric_alerts SET filter = 'channel:gone' WHERE tenant_id = ?1`)
      .bind(owner.tenantId)
      .run()
    expect(made(await changeAlert(world.services, owner, alert.id, { status: 'paused' })).status).toBe(
      'paused',
    )
  })
})
