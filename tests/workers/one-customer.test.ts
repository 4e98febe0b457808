// One customer across sources: counted once, with the first order of all of them, and taken apart at will.
import { beforeEach, describe, expect, test } from 'vitest'
import { gatherContacts } from '../../src/modules/mini-foundry/actions/contacts-gather.ts'
import { uniteCustomers } from '../../src/modules/mini-foundry/actions/customers-unite.ts'
import { landFacts } from '../../src/modules/mini-foundry/actions/land-facts.ts'
import { queryMetrics } from '../../src/modules/mini-foundry/actions/metrics.ts'
import { readCustomers } from '../../src/modules/mini-foundry/actions/records.ts'
import { rebuildRollups } from '../../src/modules/mini-foundry/actions/rollups.ts'
import { mergeContacts, undoMerge } from '../../src/modules/workspace/actions/contacts-merge.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { perform } from '../../src/queues/consume.ts'
import { saleOf } from '../support/shop.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

let world: World
let owner: Actor

/** Ann buys at the shop in January and at the stall in March; Ben only at the stall, under two addresses. */
beforeEach(async () => {
  world = await makeWorld('2026-04-10T12:00:00.000Z')
  owner = await world.workspace()
  const db = world.services.tenant(owner.tenantId)
  const source = (id: string) =>
    db.statement(
      `INSERT INTO data_sources (tenant_id, id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
       VALUES (?1, ?2, 'csv', ?2, 'ok', 1, '', '')`,
      id,
    )
  await db.write([source('shop'), source('stall')])
  const person = (extId: string, name: string, email: string) => ({ extId, srcUpdatedAt: 1, name, email })
  await landFacts(world.services, owner, {
    sourceId: 'shop',
    origin: 'history',
    batch: {
      customers: [person('a', 'Ann Lee', 'ann@example.com'), person('b1', 'Ben Roe', 'ben@home.example')],
      events: [
        saleOf('1', '2026-01-05', 100, { customerExtId: 'a' }),
        saleOf('2', '2026-03-02', 10, { customerExtId: 'b1' }),
      ],
    },
  })
  await landFacts(world.services, owner, {
    sourceId: 'stall',
    origin: 'history',
    batch: {
      customers: [person('x', 'Ann', 'ANN@example.com'), person('b2', 'Ben Roe', 'ben@work.example')],
      events: [
        saleOf('3', '2026-03-05', 50, { customerExtId: 'x' }),
        saleOf('4', '2026-03-06', 20, { customerExtId: 'b2' }),
      ],
    },
  })
  await settle()
})

async function settle(): Promise<void> {
  await gatherContacts(world.services, owner)
  await rebuildRollups(world.services, owner)
}

/** Customers and new customers of March, as anybody asks for them. */
async function march(): Promise<[unknown, unknown]> {
  const answer = await queryMetrics(world.services, owner, {
    metrics: 'customers,new_customers',
    from: '2026-03-01',
    to: '2026-03-31',
  })
  if (!answer.ok) throw new Error(answer.error.detail)
  const [customers, fresh] = answer.value.data
  return [customers?.total, fresh?.total]
}

const listed = async () => {
  const page = await readCustomers(world.services, owner, {
    text: '',
    sort: { key: 'name', direction: 'ascending' },
  })
  if (!page.ok) throw new Error(page.error.detail)
  return page.value.rows.map(({ name, orders, source, also }) => [name, orders, source, also])
}

/** What queues and listeners would do after the last action. */
async function deliver(): Promise<void> {
  for (let message = world.messages.shift(); message; message = world.messages.shift())
    await perform(world.services, message)
}

const contactOf = async (sourceId: string, externalId: string) =>
  (
    await testEnv.DB.prepare(
      'SELECT contact_id FROM contact_sources WHERE tenant_id = ?1 AND source_id = ?2 AND external_id = ?3',
    )
      .bind(owner.tenantId, sourceId, externalId)
      .first<{ contact_id: string }>()
  )?.contact_id ?? ''

describe('a person known to two sources by the same address', () => {
  test('is one customer, who was new when they first bought anywhere', async () => {
    // Ann (whose first order was in January) and Ben's two addresses
    expect(await march()).toEqual([3, 2])
  })

  test('is one line of the list, with all orders and every source', async () => {
    expect(await listed()).toEqual([
      ['Ann Lee', 2, 'shop', 'stall'],
      ['Ben Roe', 1, 'shop', null],
      ['Ben Roe', 1, 'stall', null],
    ])
  })

  test('is settled once: a second look changes nothing', async () => {
    world.messages.length = 0
    expect(await uniteCustomers(world.services, owner)).toBe(0)
    expect(world.messages).toEqual([])
  })
})

describe('two cards that a person merges', () => {
  test('count as one customer from then on, and as two again when the merge is taken apart', async () => {
    const [home, work] = [await contactOf('shop', 'b1'), await contactOf('stall', 'b2')]
    world.messages.length = 0
    const merged = await mergeContacts(world.services, owner, home, work)
    if (!merged.ok) throw new Error(merged.error.detail)
    await deliver()
    expect(await march()).toEqual([2, 1])
    const undone = await undoMerge(world.services, owner, home, merged.value.undoId)
    expect(undone.ok).toBe(true)
    await deliver()
    expect(await march()).toEqual([3, 2])
  })
})

test('whose card is deleted is two customers again', async () => {
  const card = await contactOf('shop', 'a')
  await testEnv.DB.prepare('DELETE FROM contact_cards WHERE tenant_id = ?1 AND id = ?2')
    .bind(owner.tenantId, card)
    .run()
  expect(await uniteCustomers(world.services, owner)).toBeGreaterThan(0)
  await rebuildRollups(world.services, owner)
  expect(await march()).toEqual([3, 3])
})

test('a sale of either source moves the first order of both', async () => {
  await landFacts(world.services, owner, {
    sourceId: 'stall',
    origin: 'history',
    batch: { events: [saleOf('0', '2025-12-01', 5, { customerExtId: 'x' })] },
  })
  await rebuildRollups(world.services, owner)
  const { results } = await testEnv.DB.prepare(
    `SELECT first_order_day FROM customers WHERE tenant_id = ?1 AND ext_id IN ('a', 'x')`,
  )
    .bind(owner.tenantId)
    .all<{ first_order_day: string }>()
  expect(results.map((row) => row.first_order_day)).toEqual(['2025-12-01', '2025-12-01'])
})
