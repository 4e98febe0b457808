// Stock by page: what runs out first stands first, and the days of a delivery are the workspace's own.
import { beforeEach, expect, test } from 'vitest'
import { landFacts } from '../../src/modules/mini-foundry/actions/land-facts.ts'
import { changeLeadDays, readStock, rebuildRollups } from '../../src/modules/mini-foundry/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { ask, ownForm } from '../support/browser.ts'
import { signInAs } from '../support/people.ts'
import { makeShop, saleOf } from '../support/shop.ts'
import { makeWorld, type World } from '../support/world.ts'

const PIECE = 10_000
let world: World
let actor: Actor

const sold = (name: string, pieces: number) =>
  saleOf(`${name}-sale`, '2026-11-20', 100 * PIECE, {
    ...{ productExtId: name, productName: name, quantity: pieces * PIECE },
  })
const product = (name: string) => ({ extId: name, srcUpdatedAt: 1, name, sku: `SKU-${name}` })
const stock = (name: string, available: number, location = 'Shop') => ({
  ...{ extId: `${name}-${location}`, srcUpdatedAt: 1, productExtId: name, location, day: '2026-11-22' },
  ...{ onHand: available * PIECE, available: available * PIECE, incoming: null },
})

beforeEach(async () => {
  world = await makeWorld('2026-11-23T12:00:00.000Z')
  actor = await makeShop(world, [sold('cup', 28), sold('pot', 56)], { timeZone: 'UTC' })
  await landFacts(world.services, actor, {
    ...{ sourceId: 's1', origin: 'history' },
    batch: {
      products: [product('cup'), product('pot'), product('vase')],
      inventory: [stock('cup', 40), stock('cup', 5, 'Cellar'), stock('pot', 6), stock('vase', 9)],
    },
  })
  await rebuildRollups(world.services, actor)
})

const read = async (text = '') => {
  const found = await readStock(world.services, actor, { text })
  if (!found.ok) throw new Error(found.error.detail)
  return found.value.rows
}

test('all places of a product count together, and what is gone first stands first', async () => {
  expect(await read()).toMatchObject([
    {
      name: 'pot',
      available: 6,
      pace: 2,
      daysLeft: 3,
      soldOutOn: '2026-11-26',
      state: 'low',
      orderQuantity: 82,
    },
    { name: 'cup', available: 45, pace: 1, daysLeft: 45, state: 'ok', leadDays: 14 },
    { name: 'vase', available: 9, pace: 0, daysLeft: null, state: 'still' },
  ])
  expect((await read('SKU-c')).map(({ name }) => name)).toEqual(['cup'])
})

test('a delivery takes as long as a person says, and the figure of what runs low follows', async () => {
  const { services } = world
  const cup = { source_id: 's1', product_ext_id: 'cup' }
  expect(await changeLeadDays(services, actor, cup, 0)).toMatchObject({ error: { kind: 'invalid' } })
  expect(await changeLeadDays(services, actor, { ...cup, product_ext_id: 'none' }, 9)).toMatchObject({
    error: { kind: 'not_found' },
  })
  const low = async () => {
    await rebuildRollups(services, actor)
    const rows = await services
      .tenant(actor.tenantId)
      .get(
        services
          .tenant(actor.tenantId)
          .sql<{ amount: number }>(
            `SELECT amount FROM measure_days WHERE tenant_id = ?1 AND measure = 'skus_low'`,
          ),
      )
    return rows.map(({ amount }) => amount)
  }
  expect(await low()).toEqual([1])
  expect(await changeLeadDays(services, actor, cup, 60)).toMatchObject({ ok: true })
  expect((await read('cup'))[0]).toMatchObject({ leadDays: 60, state: 'low', orderBy: '2026-11-23' })
  expect(await low()).toEqual([2])
})

test('the page shows it, and says what is wrong with a number of days', async () => {
  const { cookie } = await signInAs(actor.tenantId, 'owner', world.clock.now())
  const page = await (await ask('/foundry/stock', { headers: { Cookie: cookie } })).text()
  expect(page).toMatch(/pot[\s\S]*order now[\s\S]*cup[\s\S]*enough/)
  const body = new URLSearchParams({ source: 's1', product: 'cup', days: '900' }).toString()
  const refused = await ask('/foundry/stock/delivery', { method: 'POST', headers: ownForm(cookie), body })
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('1 to 365 days')])
})
