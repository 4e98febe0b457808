// Building, sharing and mailing dashboards: what can be taken back, who sees what, and that each mail goes once.
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  answerMailLink,
  createDashboard,
  deleteDashboard,
  editDashboard,
  endDashboardLink,
  getDashboard,
  openDesk,
  readMailLink,
  scheduleDashboard,
  sendDashboard,
  shareDashboard,
  steerSchedule,
  turnBack,
} from '../../src/modules/mini-foundry/index.ts'
import { lookAtLink } from '../../src/modules/workspace/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { isoInstant } from '../../src/platform/clock.ts'
import { ask } from '../support/browser.ts'
import { signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const DAY = 86_400_000
let world: World
let shop: Actor
let owner: { actor: Actor; email: string }

beforeAll(async () => {
  world = await makeWorld(new Date().toISOString())
  shop = await world.workspace()
  owner = await memberOf(shop)
})
beforeEach(() => {
  world.messages.length = 0
})

const moveTo = (ms: number) => world.clock.advance(ms - world.services.clock.now())

/** Somebody who is in the workspace, as the one who acts. */
async function memberOf(workspace: Actor) {
  const signed = await signInAs(workspace.tenantId, 'owner', world.services.clock.now())
  const members = await world.services.directory.membersOf(workspace.tenantId)
  const me = members.find(({ personId }) => personId === signed.personId) ?? members[0]
  if (!me) throw new Error('nobody is in the workspace')
  return {
    actor: { ...workspace, kind: 'person' as const, role: 'owner' as const, id: me.personId },
    email: me.email,
  }
}

async function made(name = 'Shop') {
  const result = await createDashboard(world.services, shop, { name, widgets: [], layout: [] })
  if (!result.ok) throw new Error(result.error.detail)
  return result.value
}

const add = async (id: string, widget: string, version: number | null = null) =>
  editDashboard(world.services, shop, id, { step: 'add', id: widget, kind: 'number' }, version)
const widgetsOf = async (id: string) => {
  const known = await getDashboard(world.services, shop, id)
  return known.ok ? known.value.widgets.map((widget) => widget.id) : null
}

describe('steps', () => {
  test('are taken back one by one and made again, and a new step ends what could be made again', async () => {
    const { id } = await made()
    await add(id, 'a')
    await add(id, 'b')
    await turnBack(world.services, shop, id, 'undo')
    expect(await widgetsOf(id)).toEqual(['a'])
    await turnBack(world.services, shop, id, 'undo')
    expect(await widgetsOf(id)).toEqual([])
    expect(await turnBack(world.services, shop, id, 'undo')).toMatchObject({
      error: { slug: 'nothing-to-undo' },
    })
    await turnBack(world.services, shop, id, 'redo')
    await turnBack(world.services, shop, id, 'redo')
    expect(await widgetsOf(id)).toEqual(['a', 'b'])
    await turnBack(world.services, shop, id, 'undo')
    await add(id, 'c')
    expect(await openDesk(world.services, shop, id)).toMatchObject({ value: { undo: 2, redo: 0 } })
  })

  test('on an old version are refused and overwrite nothing', async () => {
    const { id, version } = await made()
    expect((await add(id, 'a', version)).ok).toBe(true)
    expect(await add(id, 'b', version)).toMatchObject({ ok: false, error: { kind: 'stale' } })
    expect(await widgetsOf(id)).toEqual(['a'])
  })

  test('of two at the same moment one wins and one is told, and undo knows one step', async () => {
    const { id } = await made()
    const both = await Promise.all([add(id, 'a'), add(id, 'b')])
    const won = both.filter(({ ok }) => ok).length
    expect(await widgetsOf(id)).toHaveLength(won)
    expect(await openDesk(world.services, shop, id)).toMatchObject({ value: { undo: won } })
  })

  test('are kept fifty deep', async () => {
    const { id } = await made()
    await add(id, 'a')
    for (let index = 0; index < 55; index++)
      await editDashboard(world.services, shop, id, { step: 'rename', name: `Name ${index}` }, null)
    const desk = await openDesk(world.services, shop, id)
    expect(desk.ok && desk.value.undo).toBe(50)
  })

  test('with a metric that is none are refused', async () => {
    const { id } = await made()
    await add(id, 'a')
    const widget = { id: 'a', kind: 'number', title: 'A', metrics: ['custom_no_such_metric'] }
    expect(await editDashboard(world.services, shop, id, { step: 'configure', widget }, null)).toMatchObject({
      ok: false,
      error: { errors: [{ path: 'metrics' }] },
    })
  })

  test('go with their dashboard', async () => {
    const { id } = await made()
    await add(id, 'a')
    expect((await deleteDashboard(world.services, shop, id)).ok).toBe(true)
    expect(await widgetsOf(id)).toBeNull()
  })
})

describe('a shared link', () => {
  const share = async (id: string, expiresAt: string | null = null) => {
    const link = await shareDashboard(world.services, shop, id, { label: 'Bank', query: {}, expiresAt })
    if (!link.ok) throw new Error(link.error.detail)
    return link.value
  }
  const seen = async (token: string) => (await lookAtLink(world.services, token, 'view')).ok

  test('shows the dashboard to a stranger, tells search engines nothing, and takes no question of theirs', async () => {
    const { id } = await made('For the bank')
    await add(id, 'a')
    const { token } = await share(id)
    const answer = await ask(`/p/${token}?range=no-such-range`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('X-Robots-Tag')).toContain('noindex')
    const text = await answer.text()
    expect(text).toContain('For the bank')
    expect(text).not.toContain('hx-ws:connect')
  })

  test('ends at its time, when it is ended, and with its dashboard', async () => {
    const { id } = await made()
    const timed = await share(id, isoInstant(world.services.clock.now() + DAY))
    const ended = await share(id)
    const orphan = await share(id)
    expect(await seen(timed.token)).toBe(true)
    moveTo(world.services.clock.now() + 2 * DAY)
    expect(await seen(timed.token)).toBe(false)
    expect((await endDashboardLink(world.services, shop, id, ended.id)).ok).toBe(true)
    expect(await seen(ended.token)).toBe(false)
    await deleteDashboard(world.services, shop, id)
    expect((await ask(`/p/${orphan.token}`)).status).toBe(404)
  })

  test('of another dashboard cannot be ended from here', async () => {
    const [one, other] = [await made(), await made()]
    const link = await share(other.id)
    expect(await endDashboardLink(world.services, shop, one.id, link.id)).toMatchObject({
      error: { kind: 'not_found' },
    })
  })
})

describe('a scheduled mail', () => {
  const schedule = async (recipients: string[]) => {
    const { id } = await made('Weekly')
    await add(id, 'a')
    const rhythm = { every: 'day', hour: 8, minute: 0 }
    const result = await scheduleDashboard(world.services, owner.actor, id, { rhythm, recipients })
    if (!result.ok) throw new Error(result.error.detail)
    return { dashboard: id, schedule: result.value.id, asked: result.value.asked }
  }
  const sentTo = async (schedule: string) => {
    const rows = await testEnv.DB.prepare(
      `SELECT recipient, html_body AS html, text_body AS text FROM mails
       WHERE tenant_id = ?1 AND kind = 'dashboard.sent' AND dedupe_key LIKE ?2 ORDER BY created_at`,
    )
      .bind(shop.tenantId, `%${schedule}%`)
      .all<{ recipient: string; html: string; text: string }>()
    return rows.results
  }
  const nextAt = async (schedule: string) =>
    await testEnv.DB.prepare(
      'SELECT next_at AS nextAt, status, last_error AS lastError FROM dashboard_schedules WHERE id = ?1',
    )
      .bind(schedule)
      .first<{ nextAt: number | null; status: string; lastError: string | null }>()

  test('goes to a member once for a due time, however often the message comes', async () => {
    const { schedule: id } = await schedule([owner.email])
    await sendDashboard(world.services, shop, id)
    expect(await sentTo(id)).toHaveLength(0)
    const due = (await nextAt(id))?.nextAt ?? 0
    moveTo(due + 60_000)
    expect(await world.services.directory.dueSchedules(due + 60_000)).toContainEqual({
      tenantId: shop.tenantId,
      scheduleId: id,
    })
    await Promise.all([1, 2, 3].map(() => sendDashboard(world.services, shop, id)))
    const mails = await sentTo(id)
    expect(mails.map(({ recipient }) => recipient)).toEqual([owner.email])
    expect(mails[0]?.text).toContain('Stop these mails')
    expect((await nextAt(id))?.nextAt).toBeGreaterThan(due)
  })

  test('is posted to the channels that take it, once for each due time', async () => {
    const { schedule: id } = await schedule([owner.email])
    await testEnv.DB.prepare(
      `INSERT INTO notice_channels (tenant_id, id, type, name, url, kinds, status, posts_per_hour, created_at)
       VALUES (?1, 'slack1', 'slack', 'Sales', '', '["dashboard.report"]', 'active', 30, '')`,
    )
      .bind(shop.tenantId)
      .run()
    const due = (await nextAt(id))?.nextAt ?? 0
    moveTo(due + 60_000)
    await sendDashboard(world.services, shop, id)
    await testEnv.DB.prepare('UPDATE dashboard_schedules SET next_at = ?1 WHERE id = ?2').bind(due, id).run()
    await sendDashboard(world.services, shop, id)
    const { results } = await testEnv.DB.prepare(
      `SELECT title, body FROM channel_posts WHERE tenant_id = ?1 AND channel_id = 'slack1'`,
    )
      .bind(shop.tenantId)
      .all<{ title: string; body: string }>()
    expect(results).toHaveLength(1)
    expect(results[0]?.body).toMatch(/Revenue: /)
  })

  test('that broke off before it was noted is not sent again', async () => {
    const { schedule: id } = await schedule([owner.email])
    const due = (await nextAt(id))?.nextAt ?? 0
    moveTo(due + 60_000)
    await sendDashboard(world.services, shop, id)
    await testEnv.DB.prepare('UPDATE dashboard_schedules SET next_at = ?1 WHERE id = ?2').bind(due, id).run()
    await sendDashboard(world.services, shop, id)
    expect(await sentTo(id)).toHaveLength(1)
  })

  test('goes to nobody outside before their yes, and to nobody after their no', async () => {
    const address = 'bank@example.org'
    const { dashboard, schedule: id, asked } = await schedule([address])
    expect(asked).toEqual([address])
    const question = await testEnv.DB.prepare(
      `SELECT text_body AS text FROM mails WHERE kind = 'dashboard.ask' AND recipient = ?1 ORDER BY created_at DESC`,
    )
      .bind(address)
      .first<{ text: string }>()
    const token = /\/p\/mail\/(\S+)/.exec(question?.text ?? '')?.[1] ?? ''
    const send = async () => {
      await steerSchedule(world.services, owner.actor, dashboard, id, 'send')
      await sendDashboard(world.services, shop, id)
      moveTo(world.services.clock.now() + 1000)
      return (await sentTo(id)).length
    }
    expect(await send()).toBe(0)
    expect(await readMailLink(world.services, token)).toMatchObject({ value: { address, state: 'asked' } })
    await answerMailLink(world.services, token, true)
    expect(await send()).toBe(1)
    await answerMailLink(world.services, token, false)
    expect(await send()).toBe(1)
    expect((await readMailLink(world.services, `${token}x`)).ok).toBe(false)
  })

  test('of somebody who has left is paused at the third time, with the reason', async () => {
    const { schedule: id } = await schedule([owner.email])
    await testEnv.DB.prepare(`UPDATE dashboard_schedules SET created_by = 'gone' WHERE id = ?1`)
      .bind(id)
      .run()
    for (let time = 0; time < 3; time++) {
      moveTo(((await nextAt(id))?.nextAt ?? 0) + 1)
      await sendDashboard(world.services, shop, id)
    }
    expect(await nextAt(id)).toMatchObject({
      nextAt: null,
      status: 'paused',
      lastError: expect.stringContaining('not in the workspace'),
    })
    expect(await sentTo(id)).toHaveLength(0)
  })
})
