// Where the money is, from an order to the bank: matched by itself, corrected by people, the same over page and API.
import { beforeEach, describe, expect, test } from 'vitest'
import { landFacts } from '../../src/modules/mini-foundry/actions/land-facts.ts'
import { readMoney, readPayout } from '../../src/modules/mini-foundry/actions/money.ts'
import { linkMoney, matchMoney } from '../../src/modules/mini-foundry/actions/money-match.ts'
import type { FactBatch } from '../../src/modules/mini-foundry/domain/facts.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { ask, ORIGIN } from '../support/browser.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { makeWorld, type World } from '../support/world.ts'

let world: World
let owner: Actor

const units = (major: number) => Math.round(major * 10_000)
const fact = (extId: string) => ({ extId, srcUpdatedAt: 1 })
const order = (extId: string, day: string, total: number, more: Record<string, unknown> = {}) => ({
  ...fact(extId),
  businessDay: day,
  currency: 'USD',
  status: 'paid' as const,
  net: units(total),
  tax: 0,
  shipping: 0,
  lines: 1,
  ...more,
})
const line = (
  extId: string,
  day: string,
  amount: number,
  fee: number,
  more: Record<string, unknown> = {},
) => ({
  ...fact(extId),
  kind: 'charge' as const,
  amount: units(amount),
  fee: units(fee),
  net: units(amount) - units(fee),
  currency: 'USD',
  happenedAt: `${day}T12:00:00.000Z`,
  businessDay: day,
  ...more,
})
const payout = (extId: string, day: string, amount: number) => ({
  ...fact(extId),
  amount: units(amount),
  currency: 'USD',
  status: 'paid' as const,
  arrivalDay: day,
})
const deposit = (extId: string, day: string, amount: number) => ({
  ...fact(extId),
  amount: units(amount),
  currency: 'USD',
  day,
})

async function land(sourceId: string, batch: FactBatch): Promise<void> {
  await landFacts(world.services, owner, { sourceId, origin: 'history', batch })
}

/** October: two orders, one paid by Stripe, a payout that the bank booked and one that it did not. */
beforeEach(async () => {
  world = await makeWorld('2026-11-15T12:00:00.000Z')
  owner = await world.workspace({ currency: 'USD' })
  const db = world.services.tenant(owner.tenantId)
  const insert = (id: string, counts: number) =>
    db.statement(
      `INSERT INTO data_sources (tenant_id, id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
       VALUES (?1, ?2, 'csv', ?2, 'ok', ?3, '', '')`,
      id,
      counts,
    )
  await db.write([insert('shop', 1), insert('stripe', 0), insert('books', 0)])
  await land('shop', {
    orders: [
      order('o1', '2026-10-05', 100, { number: '#1001' }),
      order('o2', '2026-10-06', 60, { number: '#1002' }),
      order('gone', '2026-10-06', 999, { status: 'cancelled' }),
    ],
  })
  await land('stripe', {
    payoutLines: [
      line('ch1', '2026-10-05', 100, 3.2, { payoutExtId: 'po1' }),
      line('ch9', '2026-10-20', 40, 1.5, { payoutExtId: 'po2', description: 'Pop-up stall' }),
      line('re1', '2026-10-21', -10, 0, { kind: 'refund', payoutExtId: 'po2' }),
    ],
    payouts: [payout('po1', '2026-10-08', 96.8), payout('po2', '2026-10-25', 28.5)],
  })
  await land('books', { deposits: [deposit('d1', '2026-10-09', 96.8), deposit('d2', '2026-10-26', 500)] })
})

const stepsOf = async () => {
  const view = await readMoney(world.services, owner, {})
  if (!view.ok) throw new Error(view.error.detail)
  return Object.fromEntries(view.value.bridge.steps.map(({ key, amount }) => [key, amount / 10_000]))
}

describe('October, asked in November', () => {
  test('is followed from what was sold to what the bank booked', async () => {
    expect(await matchMoney(world.services, owner)).toBe(2)
    expect(await stepsOf()).toMatchObject({
      sold: 160,
      unpaid: -60,
      unknown_sale: 40,
      charged: 140,
      refunds: -10,
      fees: -4.7,
      earned: 125.3,
      held_after: 0,
      paid_out: 125.3,
      not_in_bank: -28.5,
      in_bank: 96.8,
    })
  })

  test('is matched once: a second run, and a run over everything, find nothing new', async () => {
    await matchMoney(world.services, owner)
    expect(await matchMoney(world.services, owner)).toBe(0)
    expect(await matchMoney(world.services, owner, 'all')).toBe(0)
  })

  test('heeds a person: what they part stays apart, what they join is joined', async () => {
    await matchMoney(world.services, owner)
    const pair = {
      kind: 'payout_deposit',
      left: { source_id: 'stripe', ext_id: 'po1' },
      right: { source_id: 'books', ext_id: 'd1' },
    }
    expect((await linkMoney(world.services, owner, { ...pair, together: false })).ok).toBe(true)
    expect(await matchMoney(world.services, owner)).toBe(0)
    expect((await stepsOf()).in_bank).toBe(0)
    const other = {
      ...pair,
      left: { source_id: 'stripe', ext_id: 'po2' },
      right: { source_id: 'books', ext_id: 'd2' },
    }
    expect((await linkMoney(world.services, owner, other)).ok).toBe(true)
    expect((await stepsOf()).in_bank).toBe(28.5)
    expect((await linkMoney(world.services, owner, pair)).ok).toBe(true)
    expect((await stepsOf()).in_bank).toBe(125.3)
  })

  test('shows an order and a payment of one number with the difference, and ties them when a person says so', async () => {
    await land('shop', { orders: [order('o9', '2026-10-12', 382.32, { number: '#6596' })] })
    await land('stripe', {
      payoutLines: [line('t9', '2026-10-12', 371.52, 1, { description: 'Order #6596' })],
    })
    await matchMoney(world.services, owner)
    const { cookie } = await signInAs(owner.tenantId, 'owner', Date.now())
    const look = async () =>
      (await ask('/foundry/money?from=2026-10-01&to=2026-10-31', { headers: { cookie } })).text()
    const page = await look()
    expect(page).toContain('Same number, other amount (1)')
    expect(page).toContain('− $10.80')
    const said = await ask('/foundry/money/orders/shop/o9/charge', {
      method: 'POST',
      headers: { cookie, 'Content-Type': 'application/x-www-form-urlencoded', Origin: ORIGIN },
      body: 'source=stripe&charge=t9&together=yes&from=2026-10-01&to=2026-10-31&currency=USD',
    })
    expect(said.status).toBe(303)
    const after = await look()
    expect(after).not.toContain('Same number, other amount')
    expect(after).toContain('Paid more or less')
  })

  test('a payout shows its movements, whether they add up, and the deposits it could be', async () => {
    await matchMoney(world.services, owner)
    const seen = await readPayout(world.services, owner, { source_id: 'stripe', ext_id: 'po2' })
    if (!seen.ok) throw new Error(seen.error.detail)
    expect(seen.value.lines.map(({ ext_id }) => ext_id)).toEqual(['ch9', 're1'])
    expect(seen.value.payout.check).toMatchObject({ difference: 0, count: 2 })
    expect(seen.value.candidates.map(({ ext_id }) => ext_id)).toEqual(['d2'])
  })

  test('cannot be linked to what is not there, or is a neighbour’s', async () => {
    const neighbour = await world.workspace()
    const pair = {
      kind: 'payout_deposit',
      left: { source_id: 'stripe', ext_id: 'po1' },
      right: { source_id: 'books', ext_id: 'd1' },
    }
    expect(await linkMoney(world.services, neighbour, pair)).toMatchObject({ error: { kind: 'not_found' } })
    expect(await linkMoney(world.services, owner, { ...pair, kind: 'x' })).toMatchObject({
      error: { kind: 'invalid' },
    })
  })

  test('is the same over the API, where amounts are text', async () => {
    await matchMoney(world.services, owner)
    const { authorization } = await keyFor(owner.tenantId, ['foundry:read'], Date.now())
    const answer = await ask('/modules/mini-foundry/money/bridge?from=2026-10-01&to=2026-10-31', {
      headers: { Authorization: authorization },
    })
    expect(answer.status).toBe(200)
    const body = (await answer.json()) as {
      steps: { key: string; amount: string }[]
      unmatched: { orders: unknown[] }
    }
    expect(body.steps.find(({ key: name }) => name === 'paid_out')?.amount).toBe('125.30')
    expect(body.unmatched.orders).toEqual([
      { source_id: 'shop', ext_id: 'o2', day: '2026-10-06', amount: '60.00', number: '#1002' },
    ])
    const payouts = await ask('/modules/mini-foundry/payouts?from=2026-10-01&to=2026-10-31', {
      headers: { Authorization: authorization },
    })
    expect(
      ((await payouts.json()) as { data: { difference: string }[] }).data.map((row) => row.difference),
    ).toEqual(['0.00', '0.00'])
  })

  test.each([
    ['from=2026-10-01', 'to'],
    ['from=2026-10-01&to=2026-09-01', 'to'],
    ['from=2026-01-01&to=2026-12-31', 'to'],
    ['currency=dollar', 'currency'],
  ])('asked with "%s" is refused at the field %s', async (query, path) => {
    const { authorization } = await keyFor(owner.tenantId, ['foundry:read'], Date.now())
    const answer = await ask(`/modules/mini-foundry/money/bridge?${query}`, {
      headers: { Authorization: authorization },
    })
    expect(answer.status).toBe(422)
    expect(((await answer.json()) as { errors: { path: string }[] }).errors[0]?.path).toBe(path)
  })
})
