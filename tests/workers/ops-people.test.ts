// Decisions, tasks and hours as people meet them: by page, and by the link of a mail without a sign-in.
import { exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  createAutomation,
  decideByLink,
  listApprovals,
  openApprovalLink,
  readApproval,
  readRun,
  runAutomation,
  saveHours,
} from '../../src/modules/ops-copilot/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { engineOf } from '../support/engine-world.ts'
import { joinedAs, okValue } from '../support/people.ts'
import { makeWorld, type World } from '../support/world.ts'

let world: World
let owner: Actor
let admin: Actor

beforeAll(async () => {
  world = await makeWorld('2026-11-23T12:00:00Z')
  world.services.engine = engineOf(world)
  const shop = await world.workspace({ timeZone: 'UTC' })
  owner = await joinedAs(world, shop, 'owner')
  admin = await joinedAs(world, shop, 'admin')
})

async function tick() {
  await world.drain()
  await world.services.engine.nudge(owner.tenantId)
  await world.drain()
}

const APPROVAL = {
  ...{
    id: 'ask',
    kind: 'approval',
    title: 'Buy {{ trigger.what }}?',
    approvers: ['role:owner', 'role:admin'],
  },
}

async function asked(more: Record<string, unknown> = {}) {
  const made = okValue(
    await createAutomation(world.services, owner, {
      name: 'Purchase',
      status: 'active',
      trigger_type: 'manual',
      trigger_config: { fields: [{ name: 'what', label: 'What' }] },
      actions: [
        { ...APPROVAL, ...more },
        { id: 'buy', kind: 'action', action: 'task.create', input: { title: 'Buy {{ trigger.what }}' } },
      ],
    }),
  )
  const { runId } = okValue(
    await runAutomation(world.services, owner, made.id, { input: { what: 'a till' } }),
  )
  await tick()
  const [approval] = okValue(await listApprovals(world.services, owner, { runId } as never)).data.filter(
    (one) => one.runId === runId,
  )
  if (!approval) throw new Error('nothing was asked')
  return { runId, approval }
}

/** The links that were told, by person. */
async function links(approvalId: string): Promise<Map<string, string>> {
  const db = world.services.tenant(owner.tenantId)
  const rows = await db.get(
    db.sql<{ person_id: string; href: string; dedupe_key: string }>(
      `SELECT person_id, href, dedupe_key FROM notifications WHERE tenant_id = ?1 AND kind = 'approval.asked'`,
    ),
  )
  const mine = rows.filter(({ dedupe_key }) => dedupe_key.includes(approvalId))
  return new Map(mine.map(({ person_id, href }) => [person_id, href.replace('/approve/', '')]))
}

describe('a decision', () => {
  test('is asked of everybody named but whoever started the run, each by a link of their own', async () => {
    const { approval } = await asked()
    const told = await links(approval.id)
    expect(approval.approvers).toContain(admin.id)
    expect(approval.approvers).not.toContain(owner.id)
    expect([...told.keys()].sort()).toEqual([...approval.approvers].filter((id) => told.has(id)).sort())
    expect(told.has(owner.id)).toBe(false)
    expect(told.has(admin.id)).toBe(true)
    const read = okValue(await readApproval(world.services, owner, approval.id))
    expect(read.cannot).toBe('Whoever started it cannot approve it.')
  })

  test('by link: looking changes nothing however often, one answer decides, and a second is told what was decided', async () => {
    const { runId, approval } = await asked()
    const token = (await links(approval.id)).get(admin.id) ?? ''
    for (let visit = 0; visit < 3; visit++) {
      const seen = okValue(await openApprovalLink(world.services, token))
      expect(seen).toMatchObject({ cannot: null, approval: { status: 'open' } })
    }
    const done = okValue(await decideByLink(world.services, token, { verdict: 'approved' }))
    expect(done.approval.status).toBe('approved')
    const again = await decideByLink(world.services, token, { verdict: 'rejected' })
    expect(again).toMatchObject({ ok: false, error: { slug: 'cannot-decide' } })
    await tick()
    expect(okValue(await readRun(world.services, owner, runId)).line.state).toBe('completed')
    const db = world.services.tenant(owner.tenantId)
    const decisions = await db.get(
      db.sql<{ way: string }>(
        'SELECT way FROM approval_decisions WHERE tenant_id = ?1 AND approval_id = ?2',
        approval.id,
      ),
    )
    expect(decisions).toEqual([{ way: 'link' }])
  })

  test('by link: a changed token, one of another use, and one after its time lead nowhere', async () => {
    const { approval } = await asked({ within: { amount: 1, unit: 'days' } })
    const token = (await links(approval.id)).get(admin.id) ?? ''
    const flash = await world.services.tokens.sign(
      'flash',
      { tenant: owner.tenantId, sub: approval.id, person: admin.id },
      60,
    )
    for (const wrong of [`${token}x`, flash, 'nothing'])
      expect(await openApprovalLink(world.services, wrong)).toMatchObject({
        ok: false,
        error: { kind: 'not_found' },
      })
    world.clock.advance(3 * 86_400_000)
    expect(await openApprovalLink(world.services, token)).toMatchObject({ ok: false })
    await tick()
    expect(okValue(await readApproval(world.services, owner, approval.id)).approval.status).toBe('expired')
  })

  test('of two needs both, and one no is enough', async () => {
    const { runId, approval } = await asked({ needed: 2, self: true })
    const told = await links(approval.id)
    await decideByLink(world.services, told.get(admin.id) ?? '', { verdict: 'approved' })
    await tick()
    expect(okValue(await readRun(world.services, owner, runId)).line.state).toBe('asking')
    await decideByLink(world.services, told.get(owner.id) ?? '', {
      verdict: 'rejected',
      comment: 'Too dear.',
    })
    await tick()
    expect(okValue(await readApproval(world.services, owner, approval.id)).approval.status).toBe('rejected')
    expect(okValue(await readRun(world.services, owner, runId)).line.status).toBe('completed')
  })
})

describe('the page of a decision', () => {
  test('shows by GET and acts by POST only, without any session', async () => {
    const { approval } = await asked()
    const token = (await links(approval.id)).get(admin.id) ?? ''
    const visit = (init?: RequestInit) =>
      (
        exports as unknown as { default: { fetch(url: string, init?: RequestInit): Promise<Response> } }
      ).default.fetch(`https://shop.example/approve/${token}`, init)
    const seen = await visit()
    expect(seen.status).toBe(200)
    expect(seen.headers.get('Referrer-Policy')).toBe('no-referrer')
    expect(await seen.text()).toContain('Buy a till?')
    expect(okValue(await readApproval(world.services, owner, approval.id)).approval.status).toBe('open')
  })
})

describe('working hours', () => {
  test('that make no sense are refused beside their field and change nothing', async () => {
    const refused = await saveHours(world.services, owner, { opens: '25:00', mails_per_day: 0 })
    if (refused.ok) throw new Error('they were taken')
    expect(refused.error.errors?.map(({ path }) => path).sort()).toEqual(['closes', 'mails_per_day', 'opens'])
    expect(await saveHours(world.services, owner, { opens: '18:00', closes: '09:00' })).toMatchObject({
      ok: false,
    })
    const kept = okValue(await saveHours(world.services, owner, { mails_per_day: 2 }))
    expect(kept).toMatchObject({ opens: '09:00', mails_per_day: 2 })
  })

  test('are changed by those who manage, not by every member', async () => {
    const member = await joinedAs(world, owner, 'member')
    expect(await saveHours(world.services, member, { mails_per_day: 9 })).toMatchObject({
      ok: false,
      error: { kind: 'forbidden' },
    })
  })
})
