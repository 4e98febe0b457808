/** A source that is read by processes which die at chosen effects: after a death nothing of that process works. */
import { everyMinute } from '../../src/cron/every-minute.ts'
import type { Message } from '../../src/platform/message.ts'
import type { Services } from '../../src/platform/services.ts'
import { perform } from '../../src/queues/consume.ts'
import { emptyShop, fillShop } from './fake-reader.ts'
import { Killed } from './faults.ts'
import { connectShop, factsOf, rowsOf, type Synced } from './sync-source.ts'

const NOW = '2026-11-22T12:00:00Z'

/** Effect number `at` (over all of the reading) dies, before or after it happened. */
export interface Death {
  at: number
  when: 'before' | 'after'
}

export const shopToRead = (orders = 24) => {
  const shop = fillShop(emptyShop(), Date.parse(NOW), orders, 150)
  shop.pageSize = 5
  shop.broken.add('o3')
  return shop
}

/** Services of one process: it dies at the next death that is due, and then nothing of it works any more. */
function mortal(services: Services, count: { n: number }, deaths: Death[]): Services {
  let dead = false
  async function effect<T>(work: () => Promise<T>): Promise<T> {
    if (dead) throw new Killed('dead')
    const mine = count.n++
    const death = deaths.find(({ at }) => at === mine)
    if (death?.when === 'before') dead = true
    if (dead) throw new Killed(`before ${mine}`)
    const result = await work()
    if (death) dead = true
    if (dead) throw new Killed(`after ${mine}`)
    return result
  }
  return {
    ...services,
    tenant(id) {
      const db = services.tenant(id)
      const write = db.write.bind(db)
      db.write = (statements) => effect(() => write(statements))
      return db
    },
    files: { ...services.files, put: (...args) => effect(() => services.files.put(...args)) },
    queue: { send: (...args) => effect(() => services.queue.send(...args)) },
  }
}

/** Reads until the history is here; answers the facts, how many effects it took, and what else must be the same. */
export async function readWithDeaths(deaths: Death[], orders?: number) {
  const synced = await connectShop(shopToRead(orders))
  const { world, actor, sourceId } = synced
  const count = { n: 0 }
  for (let hour = 0; hour < 150; hour++) {
    await performAll(synced, count, deaths)
    const streams = await rowsOf(actor, 'sync_streams')
    if (
      streams.every(({ backfilled_to, backfill_target }) => Number(backfilled_to) <= Number(backfill_target))
    )
      break
    // the lease of the dead runs out and cron looks again
    world.clock.advance(6 * 60_000)
    await everyMinute(world.services)
  }
  await performAll(synced, count, [])
  const [source] = await rowsOf(actor, 'data_sources')
  const dead = (await rowsOf(actor, 'sync_dead_records')).map(({ ext_id, status }) => `${ext_id} ${status}`)
  const ready = (await rowsOf(actor, 'outbox')).filter(({ type }) => type === 'source.ready').length
  return {
    outcome: {
      facts: await factsOf(actor),
      records: source?.record_count,
      status: source?.sync_status,
      dead,
      ready,
    },
    effects: count.n,
    synced,
    sourceId,
  }
}

async function performAll({ world, actor }: Synced, count: { n: number }, deaths: Death[]): Promise<void> {
  for (let message = world.messages.shift(); message; message = world.messages.shift()) {
    if (!isOurs(message, actor.tenantId)) continue
    try {
      await perform(mortal(world.services, count, deaths), message)
    } catch (error) {
      if (!(error instanceof Killed)) throw error
      // the queue delivers again what was not acknowledged
      world.messages.push(message)
    }
  }
}

const isOurs = (message: Message, tenantId: string): boolean =>
  'tenantId' in message && message.tenantId === tenantId && message.kind !== 'rollup'
