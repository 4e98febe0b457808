import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { landFacts } from '../../src/modules/mini-foundry/actions/land-facts.ts'
import { rebuildRollups } from '../../src/modules/mini-foundry/actions/rollups.ts'
import { rebuildCalendar } from '../../src/modules/mini-foundry/actions/rollups-calendar.ts'
import type { SaleEventFact } from '../../src/modules/mini-foundry/domain/facts.ts'
import { settleDays } from '../../src/modules/mini-foundry/store/rollups.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { firstOrderDay, type OracleRow, type OracleSource, oracleRollups } from '../support/rollup-oracle.ts'
import { makeWorld, type World } from '../support/world.ts'

type Step =
  | { kind: 'upsert'; source: number; event: SaleEventFact }
  | { kind: 'customer'; source: number; id: string }
  | { kind: 'replay'; at: number }
  | { kind: 'drop'; source: number; id: string }
  | { kind: 'flag'; source: number }
  | { kind: 'rebuild' }

const DAYS = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-02-28']
const day = fc.constantFrom(...DAYS)
const amount = fc.integer({ min: -500, max: 5000 }).map((n) => n * 100)
const maybe = (...words: string[]) => fc.constantFrom(...words, null)

const event: fc.Arbitrary<SaleEventFact> = fc.record({
  extId: fc.constantFrom('e1', 'e2', 'e3', 'e4', 'e5', 'e6'),
  srcUpdatedAt: fc.integer({ min: 1, max: 6 }),
  deletedAt: fc.option(fc.constant('2026-03-01T00:00:00Z'), { freq: 6 }),
  kind: fc.constantFrom('sale', 'sale', 'sale', 'refund', 'edit'),
  lineType: fc.constantFrom('product', 'product', 'product', 'shipping', 'tip', 'gift_card', 'fee'),
  businessDay: day,
  orderDay: day,
  orderExtId: fc.constantFrom('o1', 'o2', 'o3'),
  customerExtId: maybe('c1', 'c2', 'c3'),
  productExtId: maybe('p1'),
  productName: maybe('Lamp', 'Chair'),
  category: maybe('Home'),
  channel: maybe('web', 'shop'),
  country: maybe('US', 'PL'),
  region: maybe('West'),
  currency: fc.constantFrom('USD', 'USD', 'EUR'),
  quantity: amount,
  gross: amount,
  discount: amount,
  net: amount,
  tax: amount,
  counted: fc.constantFrom(true, true, true, false),
})

const source = fc.nat({ max: 1 })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('upsert' as const), source, event }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('customer' as const),
      source,
      id: fc.constantFrom('c1', 'c2', 'c3'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('replay' as const), at: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('drop' as const),
      source,
      id: fc.constantFrom('e1', 'e2', 'e3'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('flag' as const), source }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'rebuild' as const }) },
)

describe('rollups', () => {
  test('equal the raw facts after any sequence of upsert, move, delete, replay, late arrival and flag change', async () => {
    const world = await makeWorld()
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const actor = await world.workspace()
        const model = await makeSources(world, actor)
        const sent: Step[] = []
        for (const next of steps) {
          const real = next.kind === 'replay' ? sent[next.at % Math.max(1, sent.length)] : next
          if (!real) continue
          sent.push(real)
          await perform(world, actor, model, real)
        }
        await rebuildRollups(world.services, actor)
        await expectTruth(world, actor, model)
      }),
      { numRuns: 60 },
    )
  }, 120_000)

  test('a rebuild with nothing dirty writes nothing and tells nobody', async () => {
    const world = await makeWorld()
    const actor = await world.workspace()
    const model = await makeSources(world, actor)
    await perform(world, actor, model, { kind: 'upsert', source: 0, event: oneSale() })
    await rebuildRollups(world.services, actor)
    expect(world.live).toEqual([`changed ${actor.tenantId}`])
    const before = world.services.tenant(actor.tenantId).meter.rowsWritten
    await rebuildRollups(world.services, actor)
    expect(world.services.tenant(actor.tenantId).meter.rowsWritten).toBe(before)
    expect(world.live).toHaveLength(1)
  })

  test('killed between any two writes, the next rebuild reaches the same state', async () => {
    const world = await makeWorld()
    const steps = ['2026-01-01', '2026-01-02', '2026-02-28'].map((orderDay, index) => ({
      kind: 'upsert' as const,
      source: 0,
      event: { ...oneSale(), extId: `e${index}`, orderExtId: `o${index}`, orderDay, businessDay: orderDay },
    }))
    for (let survived = 0; survived < 4; survived++) {
      const actor = await world.workspace()
      const model = await makeSources(world, actor)
      for (const next of steps) await perform(world, actor, model, next)
      let writes = 0
      const dying = {
        ...world.services,
        tenant: (id: string) => killAfter(world.services.tenant(id), () => writes++ >= survived),
      }
      await rebuildRollups(dying, actor).catch(() => {})
      await rebuildRollups(world.services, actor)
      await expectTruth(world, actor, model)
    }
  })

  test('work that does not fit the time goes on with a next message', async () => {
    const world = await makeWorld()
    const actor = await world.workspace()
    const model = await makeSources(world, actor)
    await perform(world, actor, model, { kind: 'upsert', source: 0, event: oneSale() })
    world.messages.length = 0
    await rebuildRollups(world.services, actor, { budgetMs: 0 })
    expect(world.messages).toEqual([{ kind: 'rollup', tenantId: actor.tenantId }])
    await world.drain()
    await expectTruth(world, actor, model)
  })

  test('another time zone moves what has an instant to its days there, and leaves plain dates alone', async () => {
    const world = await makeWorld()
    const actor = await world.workspace({ timeZone: 'America/New_York' })
    const model = await makeSources(world, actor)
    const late = { happenedAt: '2026-01-02T03:00:00Z', businessDay: '2026-01-01', orderDay: '2026-01-01' }
    await landFacts(world.services, actor, {
      sourceId: 's1',
      origin: 'history',
      batch: {
        orders: [
          {
            extId: 'o1',
            srcUpdatedAt: 1,
            orderedAt: late.happenedAt,
            businessDay: '2026-01-01',
            currency: 'USD',
            status: 'paid',
            net: 0,
            tax: 0,
            shipping: 0,
            lines: 1,
          },
        ],
        events: [
          { ...oneSale(), ...late },
          { ...oneSale(), extId: 'e2', orderExtId: 'o2', happenedAt: '2026-01-01' },
        ],
      },
    })
    await rebuildRollups(world.services, actor)
    const warsaw = { ...actor, workspace: { ...actor.workspace, timeZone: 'Europe/Warsaw' } }
    await rebuildCalendar(world.services, warsaw)
    await world.drain()
    const own = model[0] as OracleSource
    own.events.set('e1', { ...oneSale(), businessDay: '2026-01-02', orderDay: '2026-01-02' })
    own.events.set('e2', { ...oneSale(), extId: 'e2', orderExtId: 'o2' })
    await expectTruth(world, actor, model)
  })

  test('another workspace is never touched', async () => {
    const world = await makeWorld()
    const mine = await world.workspace()
    const other = await world.workspace()
    const model = await makeSources(world, mine)
    const theirs = await makeSources(world, other)
    await perform(world, mine, model, { kind: 'upsert', source: 0, event: oneSale() })
    await perform(world, other, theirs, { kind: 'upsert', source: 0, event: { ...oneSale(), net: 7 } })
    await rebuildRollups(world.services, mine)
    const db = world.services.tenant(other.tenantId)
    await db.write(settleDays(world.services.tenant(mine.tenantId), ['2026-01-01'], ''))
    expect(await db.get(db.sql('SELECT day FROM dirty_days WHERE tenant_id = ?1'))).toHaveLength(1)
    expect(await db.get(db.sql('SELECT day FROM rollup_days WHERE tenant_id = ?1'))).toHaveLength(0)
  })
})

interface RollupRecord {
  book: string
  dimension: string
  day: string
  value: string
  currency: string
  orders: number
  revenue: number
  refunds: number
  customers: string
  new_customers: number
  quantity: number
  tax: number
  shipping: number
}

const oneSale = (): SaleEventFact => ({
  extId: 'e1',
  srcUpdatedAt: 1,
  kind: 'sale',
  lineType: 'product',
  businessDay: '2026-01-01',
  orderDay: '2026-01-01',
  orderExtId: 'o1',
  customerExtId: null,
  currency: 'USD',
  quantity: 10_000,
  gross: 50_000,
  discount: 0,
  net: 50_000,
  tax: 0,
  counted: true,
})

async function makeSources(world: World, actor: Actor): Promise<OracleSource[]> {
  const db = world.services.tenant(actor.tenantId)
  const ids = ['s1', 's2']
  await db.write(
    ids.map((id) =>
      db.statement(
        `INSERT INTO data_sources (tenant_id, id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
         VALUES (?1, ?2, 'csv', ?2, 'ok', 1, '', '')`,
        id,
      ),
    ),
  )
  return ids.map((id) => ({ id, counts: true, events: new Map(), customers: new Map() }))
}

async function perform(world: World, actor: Actor, model: OracleSource[], next: Step): Promise<void> {
  const { services } = world
  const db = services.tenant(actor.tenantId)
  if (next.kind === 'rebuild') return rebuildRollups(services, actor)
  if (next.kind === 'replay') return
  const own = model[next.source] as OracleSource
  const land = (batch: Parameters<typeof landFacts>[2]['batch']) =>
    landFacts(services, actor, { sourceId: own.id, origin: 'history', batch })
  switch (next.kind) {
    case 'upsert': {
      await land({ events: [next.event] })
      const known = own.events.get(next.event.extId)
      if (!known || next.event.srcUpdatedAt >= known.srcUpdatedAt)
        own.events.set(next.event.extId, next.event)
      return
    }
    case 'customer': {
      await land({ customers: [{ extId: next.id, srcUpdatedAt: 1, name: next.id }] })
      const [row] = await db.get(
        db.sql<{ number: number }>(
          'SELECT number FROM customers WHERE tenant_id = ?1 AND source_id = ?2 AND ext_id = ?3',
          own.id,
          next.id,
        ),
      )
      own.customers.set(next.id, row?.number ?? -1)
      return
    }
    case 'drop':
      await db.write([
        db.statement(
          'DELETE FROM sale_events WHERE tenant_id = ?1 AND source_id = ?2 AND ext_id = ?3',
          own.id,
          next.id,
        ),
      ])
      own.events.delete(next.id)
      return
    case 'flag':
      own.counts = !own.counts
      await db.write([
        db.statement(
          'UPDATE data_sources SET counts_as_sales = ?3 WHERE tenant_id = ?1 AND id = ?2',
          own.id,
          own.counts ? 1 : 0,
        ),
      ])
  }
}

async function expectTruth(world: World, actor: Actor, model: OracleSource[]): Promise<void> {
  const db = world.services.tenant(actor.tenantId)
  const [rows, customers, dirty] = await db.getAll([
    db.sql<RollupRecord>('SELECT * FROM rollup_days WHERE tenant_id = ?1'),
    db.sql<{ source_id: string; ext_id: string; first_order_day: string | null }>(
      'SELECT source_id, ext_id, first_order_day FROM customers WHERE tenant_id = ?1',
    ),
    db.sql('SELECT day FROM dirty_days WHERE tenant_id = ?1'),
  ])
  const stored = new Map<string, OracleRow>()
  for (const row of rows) {
    stored.set([row.book, row.dimension, row.day, row.value, row.currency].join('|'), {
      orders: row.orders,
      revenue: row.revenue,
      refunds: row.refunds,
      customers: String(row.customers)
        .split(',')
        .filter(Boolean)
        .map(Number)
        .sort((a, b) => a - b),
      new_customers: row.new_customers,
      quantity: row.quantity,
      tax: row.tax,
      shipping: row.shipping,
    })
  }
  const sorted = (map: Map<string, OracleRow>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1))
  expect(sorted(stored)).toEqual(sorted(oracleRollups(model)))
  for (const { source_id, ext_id, first_order_day } of customers) {
    const own = model.find(({ id }) => id === source_id) as OracleSource
    expect(first_order_day).toBe(firstOrderDay(own, ext_id))
  }
  expect(dirty).toEqual([])
}

/** The same tenant's rows behind a handle whose writes fail once it is time to die. */
function killAfter<T extends { write(statements: D1PreparedStatement[]): Promise<number[]> }>(
  db: T,
  dead: () => boolean,
): T {
  return new Proxy(db, {
    get(target, name) {
      if (name === 'write') {
        return async (statements: D1PreparedStatement[]) => {
          if (dead()) throw new Error('killed')
          return target.write(statements)
        }
      }
      const value = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
