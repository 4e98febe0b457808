import { describe, expect, it } from 'vitest'
import { landFacts } from '../../src/modules/mini-foundry/actions/land-facts.ts'
import type { FactBatch, SaleEventFact } from '../../src/modules/mini-foundry/domain/facts.ts'
import { landingStatements } from '../../src/modules/mini-foundry/store/landing.ts'
import { deriveOrders } from '../../src/modules/mini-foundry/store/landing-orders.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { makeWorld, type World } from '../support/world.ts'

const sale = (extId: string, day: string, net: number, more: Partial<SaleEventFact> = {}): SaleEventFact => ({
  extId,
  srcUpdatedAt: 1,
  kind: 'sale',
  lineType: 'product',
  businessDay: day,
  orderDay: day,
  orderExtId: 'o1',
  customerExtId: 'c1',
  currency: 'USD',
  quantity: 10_000,
  gross: net,
  discount: 0,
  net,
  tax: 0,
  counted: true,
  ...more,
})

const batch: FactBatch = {
  customers: [
    { extId: 'c1', srcUpdatedAt: 5, name: 'Łucja', email: 'l@example.com' },
    { extId: 'c2', srcUpdatedAt: 5, name: 'Ben' },
  ],
  events: [sale('e1', '2026-01-02', 10_000), sale('e2', '2026-01-01', 20_000)],
  ifAbsent: { customers: [{ extId: 'c1', srcUpdatedAt: 0, name: 'Nobody' }] },
}

async function csvSource(world: World, actor: Actor): Promise<string> {
  const db = world.services.tenant(actor.tenantId)
  await db.write([
    db.statement(
      `INSERT INTO data_sources (tenant_id, id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
       VALUES (?1, 's1', 'csv', 'Files', 'ok', 1, '', '')`,
    ),
  ])
  return 's1'
}

describe('landing facts', () => {
  it('writes the same batch once, keeps numbers, refuses older versions and brings back what was deleted', async () => {
    const world = await makeWorld()
    const actor = await world.workspace()
    const sourceId = await csvSource(world, actor)
    const db = world.services.tenant(actor.tenantId)
    const land = async (facts: FactBatch) => {
      const result = await landFacts(world.services, actor, { sourceId, origin: 'history', batch: facts })
      if (!result.ok) throw new Error(result.error.detail)
      return result.value.changed
    }
    expect(await land(batch)).toBeGreaterThan(0)
    expect(await land(batch)).toBe(0)
    expect(world.messages.filter((message) => message.kind === 'rollup')).toHaveLength(1)

    await land({ customers: [{ extId: 'c3', srcUpdatedAt: 1, name: 'Cy' }] })
    await land({ customers: [{ extId: 'c1', srcUpdatedAt: 4, name: 'Older' }] })
    await land({
      customers: [{ extId: 'c2', srcUpdatedAt: 6, name: 'Ben', deletedAt: '2026-01-05T00:00:00.000Z' }],
    })
    const rows = db.sql<{ ext_id: string; name: string; number: number; deleted_at: string | null }>(
      'SELECT ext_id, name, number, deleted_at FROM customers WHERE tenant_id = ?1 ORDER BY ext_id',
    )
    expect((await db.get(rows)).map((row) => [row.ext_id, row.name, row.deleted_at !== null])).toEqual([
      ['c1', 'Łucja', false],
      ['c2', 'Ben', true],
      ['c3', 'Cy', false],
    ])
    const before = (await db.get(rows)).map((row) => row.number)
    await land({ customers: [{ extId: 'c2', srcUpdatedAt: 7, name: 'Ben' }] })
    expect((await db.get(rows)).map((row) => [row.number, row.deleted_at])).toEqual(
      before.map((number) => [number, null]),
    )
    const [source] = await db.get(
      db.sql<{ record_count: number }>('SELECT record_count FROM data_sources WHERE tenant_id = ?1'),
    )
    expect(source?.record_count).toBe(5)
  })

  it('derives the same order header whichever way its lines come', async () => {
    const world = await makeWorld()
    const results: unknown[] = []
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
    ]) {
      const actor = await world.workspace()
      const sourceId = await csvSource(world, actor)
      const db = world.services.tenant(actor.tenantId)
      const events = [
        sale('o1#1', '2026-01-02', 10_000, { channel: 'shop', orderStatus: 'fulfilled' }),
        sale('o1#2', '2026-01-01', 20_000, { channel: 'web', orderStatus: 'paid' }),
        sale('o1#3', '2025-12-30', -5_000, { kind: 'refund', quantity: -10_000 }),
      ]
      for (const index of order) {
        const scope = { sourceId, importId: 'i1', origin: 'history' as const }
        const event = events[index]
        if (event)
          await db.write([
            ...landingStatements(db, scope, { events: [event] }),
            ...deriveOrders(db, scope, ['o1']),
          ])
      }
      results.push(
        await db.getAll([
          db.sql(
            'SELECT business_day, channel, status, net, lines, customer_ext_id FROM orders WHERE tenant_id = ?1',
          ),
          db.sql(
            'SELECT ext_id, order_day, business_day FROM sale_events WHERE tenant_id = ?1 ORDER BY ext_id',
          ),
        ]),
      )
    }
    expect(results[0]).toEqual([
      [
        {
          business_day: '2026-01-01',
          channel: 'web',
          status: 'paid',
          net: 30_000,
          lines: 2,
          customer_ext_id: 'c1',
        },
      ],
      [
        { ext_id: 'o1#1', order_day: '2026-01-01', business_day: '2026-01-02' },
        { ext_id: 'o1#2', order_day: '2026-01-01', business_day: '2026-01-01' },
        { ext_id: 'o1#3', order_day: '2026-01-01', business_day: '2025-12-30' },
      ],
    ])
    expect(results[1]).toEqual(results[0])
  })
})
