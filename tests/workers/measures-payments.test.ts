// Payments and payouts added up where several sources tell of the same money.
import { expect, test } from 'vitest'
import { landFacts } from '../../src/modules/mini-foundry/actions/land-facts.ts'
import { queryMetrics } from '../../src/modules/mini-foundry/actions/metrics.ts'
import { rebuildRollups } from '../../src/modules/mini-foundry/actions/rollups.ts'
import type { FactBatch } from '../../src/modules/mini-foundry/domain/facts.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const DAY = '2026-03-02'
const payment = (extId: string, amount: number, more = {}) => ({
  ...{
    extId,
    srcUpdatedAt: 1,
    kind: 'charge' as const,
    status: 'succeeded' as const,
    amount: amount * 10_000,
  },
  ...{ currency: 'USD', happenedAt: `${DAY}T12:00:00Z`, businessDay: DAY, ...more },
})

async function addSource(actor: Actor, type: string): Promise<void> {
  await testEnv.DB.prepare(
    `INSERT INTO data_sources (tenant_id, id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
     VALUES (?1, ?2, ?2, ?2, 'ok', 0, '', '')`,
  )
    .bind(actor.tenantId, type)
    .run()
}

async function land(world: World, actor: Actor, sourceId: string, batch: FactBatch): Promise<void> {
  await landFacts(world.services, actor, { sourceId, origin: 'live', batch })
  await rebuildRollups(world.services, actor, { budgetMs: Number.POSITIVE_INFINITY })
}

async function figure(world: World, actor: Actor, metric: string): Promise<unknown> {
  const asked = await queryMetrics(world.services, actor, {
    metrics: metric,
    from: '2026-03-01',
    to: '2026-03-31',
  })
  if (!asked.ok) throw new Error(JSON.stringify(asked.error))
  return asked.value.data[0]?.total
}

async function business(...types: string[]) {
  const world = await makeWorld('2026-04-01T12:00:00Z')
  const actor = await world.workspace({ timeZone: 'UTC' })
  for (const type of types) await addSource(actor, type)
  return { world, actor }
}

test('a Stripe that has told of nothing yet hides no payment of the shop; its first one does', async () => {
  const { world, actor } = await business('shopify', 'stripe')
  await land(world, actor, 'shopify', { payments: [payment('s1', 10)] })
  expect(await figure(world, actor, 'charged')).toBe('10.00')
  await land(world, actor, 'stripe', { payments: [payment('c1', 12, { businessDay: '2026-03-05' })] })
  expect(await figure(world, actor, 'charged')).toBe('12.00')
})

test('a disputed payment counts once, however the dispute itself is told', async () => {
  const { world, actor } = await business('stripe')
  const disputed = { status: 'disputed' as const }
  await land(world, actor, 'stripe', {
    payments: [
      payment('c1', 10, disputed),
      payment('c2', 10),
      payment('dp1', -10, { ...disputed, kind: 'refund' as const }),
    ],
  })
  expect(await figure(world, actor, 'dispute_rate')).toBe(50)
})

test('a payout made by hand takes its amount out of what is held, though its movements are not itemised', async () => {
  const { world, actor } = await business('stripe')
  const line = (extId: string, net: number, payoutExtId: string | null = null) => ({
    ...{ extId, srcUpdatedAt: 1, payoutExtId, kind: 'charge' as const, amount: net * 10_000, fee: 0 },
    ...{ net: net * 10_000, currency: 'USD', happenedAt: `${DAY}T12:00:00Z`, businessDay: DAY },
  })
  const payout = (extId: string, amount: number) => ({
    ...{ extId, srcUpdatedAt: 1, amount: amount * 10_000, currency: 'USD', status: 'paid' as const },
    arrivalDay: '2026-03-10',
  })
  await land(world, actor, 'stripe', {
    payoutLines: [line('l1', 30, 'po1'), line('l2', 50)],
    payouts: [payout('po1', 30), payout('po_by_hand', 20)],
  })
  expect(await figure(world, actor, 'held_by_providers')).toBe('30.00')
})
