// One customer, by page: what they are worth, their orders and invoices, across the sources that know them.
import { beforeEach, describe, expect, test } from 'vitest'
import { readCustomer } from '../../src/modules/mini-foundry/actions/customer.ts'
import { landFacts } from '../../src/modules/mini-foundry/actions/land-facts.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { ask } from '../support/browser.ts'
import { signInAs } from '../support/people.ts'
import { makeShop, saleOf } from '../support/shop.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

let world: World
let owner: Actor

const numberOf = async (extId: string): Promise<number> => {
  const row = await testEnv.DB.prepare('SELECT number FROM customers WHERE tenant_id = ?1 AND ext_id = ?2')
    .bind(owner.tenantId, extId)
    .first<{ number: number }>()
  return row?.number ?? -1
}

beforeEach(async () => {
  world = await makeWorld('2026-11-15T12:00:00.000Z')
  owner = await makeShop(world, [
    saleOf('1', '2026-03-01', 500, { customerExtId: 'ada', productName: 'Lamp' }),
    saleOf('2', '2026-05-01', 100, { customerExtId: 'ada', productName: 'Rope, thin' }),
    saleOf('2r', '2026-05-09', -40, {
      customerExtId: 'ada',
      kind: 'refund',
      orderExtId: 'order-2',
      orderDay: '2026-05-01',
    }),
    saleOf('3', '2026-05-02', 900, { customerExtId: 'bob' }),
    saleOf('4', '2026-05-03', 70, { customerExtId: 'ada', counted: false }),
  ])
  const invoice = {
    extId: 'inv-1',
    srcUpdatedAt: 1,
    number: '2026-0001',
    customerExtId: 'ada',
    customerName: 'Ada',
    status: 'open' as const,
    currency: 'USD',
    total: 2_500_000,
    paid: 0,
    issuedDay: '2026-10-01',
    dueDay: '2026-10-15',
  }
  await landFacts(world.services, owner, {
    sourceId: 's1',
    origin: 'history',
    batch: { invoices: [invoice] },
  })
})

describe('a customer', () => {
  test('is worth what they bought less what was given back, from the first order to the last', async () => {
    const read = await readCustomer(world.services, owner, await numberOf('ada'))
    if (!read.ok) throw new Error(read.error.detail)
    expect(read.value.worth).toEqual([
      {
        currency: 'USD',
        orders: 2,
        revenue: 6_000_000,
        refunds: 400_000,
        first_day: '2026-03-01',
        last_day: '2026-05-01',
      },
    ])
    expect(
      read.value.orders.map(({ ext_id, revenue, refunds, products }) => [ext_id, revenue, refunds, products]),
    ).toEqual([
      ['order-2', 1_000_000, 400_000, 'Rope, thin'],
      ['order-1', 5_000_000, 0, 'Lamp'],
    ])
    expect(read.value.invoices.map(({ number }) => number)).toEqual(['2026-0001'])
  })

  test('is opened from the list, and shows it all on one page', async () => {
    const { cookie } = await signInAs(owner.tenantId, 'owner', Date.now())
    const number = await numberOf('ada')
    const list = await (await ask('/foundry/customers', { headers: { cookie } })).text()
    expect(list).toContain(`href="/foundry/customers/${number}"`)
    const text = await (await ask(`/foundry/customers/${number}`, { headers: { cookie } })).text()
    for (const words of ['$560.00', '$600.00 less $40.00 given back', 'Rope, thin', '2026-0001', 'overdue']) {
      expect(text).toContain(words)
    }
  })

  test('that is not there, or no number at all, is not found', async () => {
    const { cookie } = await signInAs(owner.tenantId, 'owner', Date.now())
    for (const word of ['9999', 'ada', '1.5']) {
      expect((await ask(`/foundry/customers/${word}`, { headers: { cookie } })).status).toBe(404)
    }
  })
})
