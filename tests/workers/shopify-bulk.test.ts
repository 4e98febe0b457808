// A bulk operation that Shopify cannot finish: said in words, and begun anew by the next try, whoever asks for it.
import { afterEach, expect, test, vi } from 'vitest'
import { createReaders } from '../../src/connectors/readers.ts'
import { everyMinute } from '../../src/cron/every-minute.ts'
import { readStreams, syncNow } from '../../src/modules/mini-foundry/index.ts'
import { emptyShop } from '../support/fake-reader.ts'
import { connectShop, rowsOf, type Synced } from '../support/sync-source.ts'
import { reach, settingsWith } from '../support/vendors/reach.ts'
import { createShopifyDataStandIn } from '../support/vendors/shopify-data/admin.ts'

afterEach(() => void vi.unstubAllGlobals())

const NOW = '2026-11-22T12:00:00Z'
const SHOP = {
  seed: 7,
  orders: 40,
  days: 30,
  until: Date.parse(NOW),
  bucket: { capacity: 1e6, perSecond: 100 },
}

async function ordersOf({ world, actor, sourceId }: Synced) {
  const read = await readStreams(world.services, actor, sourceId)
  if (!read.ok) throw new Error(read.error.detail)
  return read.value.streams.find(({ stream }) => stream === 'orders')
}

/** Time passes and cron looks; workspaces of other tests lie in the same database, and their turn is not ours. */
async function later({ world, actor }: Synced, ms: number) {
  world.clock.advance(ms)
  await everyMinute(world.services)
  const own = world.messages.filter((message) => 'tenantId' in message && message.tenantId === actor.tenantId)
  world.messages.splice(0, world.messages.length, ...own)
  await world.drain()
}

/** Lets pass what is waited for until the stream says that it failed. */
async function untilFailed(synced: Synced) {
  for (let turn = 0; turn < 60; turn++) {
    await later(synced, 31_000)
    const stream = await ordersOf(synced)
    if (stream?.lastError) return stream
  }
  throw new Error('it never fails')
}

test.each(['by itself', 'when a person asks'])('is begun anew %s', async (how) => {
  const broken = createShopifyDataStandIn({ ...SHOP, failEvery: 1, token: 'good' })
  reach(broken)
  const synced = await connectShop(emptyShop(), NOW)
  const readers = createReaders(settingsWith(), { allowPrivate: [] }).filter(({ kind }) => kind === 'shopify')
  Object.assign(synced.world.services, {
    readers,
    gate: {
      ...synced.world.services.gate,
      credentials: async () => ({
        ok: true,
        value: { accessToken: 'good', shop: 'corner-shop.myshopify.com' },
      }),
    },
  })
  const failed = await untilFailed(synced)
  expect(failed.lastError).toContain('gathered anew in an hour')
  expect([...broken.bulks.values()].filter(({ root }) => root === 'orders')).toHaveLength(4)
  const mended = createShopifyDataStandIn({ ...SHOP, token: 'good' })
  reach(mended)
  await later(synced, 60_000)
  expect(mended.bulks.size).toBe(0)
  if (how === 'by itself') synced.world.clock.advance(3_600_000)
  else await syncNow(synced.world.services, synced.actor, synced.sourceId, {})
  for (let turn = 0; turn < 10; turn++) await later(synced, 5_000)
  expect(mended.bulks.size).toBeGreaterThan(0)
  expect(await rowsOf(synced.actor, 'orders')).toHaveLength(40)
})
