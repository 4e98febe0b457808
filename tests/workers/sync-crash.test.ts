// Reading a source, cut off before and after effects: the end is the same as without.
import { expect, test } from 'vitest'
import { syncNow } from '../../src/modules/mini-foundry/index.ts'
import { readWithDeaths } from '../support/sync-kill.ts'
import { rowsOf } from '../support/sync-source.ts'

test('a death before or after any effect of the first pages ends as the read that nobody cut off', async () => {
  const plain = await readWithDeaths([], 6)
  expect(plain.outcome).toMatchObject({ status: 'ok', ready: 1, dead: ['o3 open'] })
  for (let at = 0; at < Math.min(plain.effects, 9); at++)
    for (const when of ['before', 'after'] as const) {
      const { outcome } = await readWithDeaths([{ at, when }], 6)
      expect({ at, when, ...outcome }).toEqual({ at, when, ...plain.outcome })
    }
}, 120_000)

test('fifty deaths in one reading, before and after effects, end as the read that nobody cut off', async () => {
  const plain = await readWithDeaths([])
  // spread by a fixed rule, so that a failure can be repeated
  const deaths = Array.from({ length: 50 }, (_, index) => ({
    at: Math.floor(index * 2.7 + ((index * 7919) % 3)),
    when: index % 3 === 0 ? ('after' as const) : ('before' as const),
  }))
  expect((await readWithDeaths(deaths)).outcome).toEqual(plain.outcome)
}, 120_000)

test('reading all of it again changes no fact', async () => {
  const { synced, sourceId } = await readWithDeaths([], 6)
  const { world, actor } = synced
  const before = JSON.stringify(await rowsOf(actor, 'sale_events', 'ext_id'))
  world.clock.advance(1_000)
  await syncNow(world.services, actor, sourceId, { days: 730 })
  await world.drain()
  expect(JSON.stringify(await rowsOf(actor, 'sale_events', 'ext_id'))).toBe(before)
}, 60_000)
