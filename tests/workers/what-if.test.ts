// What if, on a shop whose figures are known: before, after, the break-even, and what cannot be.
import { beforeEach, expect, test } from 'vitest'
import { whatIf } from '../../src/modules/mini-foundry/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { ask } from '../support/browser.ts'
import { signInAs } from '../support/people.ts'
import { makeShop, saleOf } from '../support/shop.ts'
import { makeWorld, type World } from '../support/world.ts'

const RANGE = { from: '2026-11-01', to: '2026-11-30' }
let world: World
let actor: Actor

beforeEach(async () => {
  world = await makeWorld('2026-11-23T12:00:00.000Z')
  // two orders of $100, each of which cost $40
  const sale = (id: string, day: string) => saleOf(id, day, 100, { cost: 400_000 })
  actor = await makeShop(world, [sale('a', '2026-11-03'), sale('b', '2026-11-04')], { timeZone: 'UTC' })
})

test('a higher price is all profit, and sales may fall by as much as it is worth', async () => {
  const found = await whatIf(world.services, actor, { ...RANGE, price: '10' })
  if (!found.ok) throw new Error(found.error.detail)
  const line = (metric: string) => found.value.lines.find((one) => one.metric === metric)
  expect(line('net_revenue')).toMatchObject({ now: '200.00', moved: '220.00' })
  expect(line('gross_profit')).toMatchObject({ now: '120.00', moved: '140.00' })
  expect(line('gross_margin')?.now).toBeCloseTo(60)
  expect(line('average_order_value')).toMatchObject({ now: '100.00', moved: '110.00' })
  expect(line('orders')).toMatchObject({ now: 2, moved: 2, changePercent: 0 })
  // 120 / 140: a seventh fewer orders earn the same
  expect(found.value.breakEven).toBeCloseTo(-100 / 7)
})

test('nothing moved is nothing changed; what cannot be is refused by name', async () => {
  const found = await whatIf(world.services, actor, RANGE)
  if (!found.ok) throw new Error(found.error.detail)
  expect(found.value.breakEven).toBeNull()
  expect(found.value.lines.every(({ now, moved }) => now === moved)).toBe(true)
  expect(await whatIf(world.services, actor, { ...RANGE, ads: '-101' })).toMatchObject({
    error: { kind: 'invalid', errors: [{ path: 'ads' }] },
  })
  expect(await whatIf(world.services, actor, { ...RANGE, price: 'much' })).toMatchObject({ ok: false })
})

test('the page shows before and after', async () => {
  const { cookie } = await signInAs(actor.tenantId, 'viewer', world.clock.now())
  const query = new URLSearchParams({ ...RANGE, price: '10', volume: '-5' })
  const text = await (await ask(`/foundry/what-if?${query}`, { headers: { Cookie: cookie } })).text()
  expect(text).toMatch(/Prices \+10 %, Sales -5 %/)
  expect(text).toMatch(/\$200\.00[\s\S]*\$209\.00/)
})
