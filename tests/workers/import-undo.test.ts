import fc from 'fast-check'
import { expect, it } from 'vitest'
import { undoImport } from '../../src/modules/mini-foundry/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { drainImports, importText } from '../support/import-run.ts'
import { makeWorld, type World } from '../support/world.ts'

interface OrderRow {
  order: string
  day: number
  customer: string
  name: string
  total: number
}
interface CustomerRow {
  id: string
  name: string
}
type Step =
  | { do: 'orders'; rows: OrderRow[] }
  | { do: 'customers'; rows: CustomerRow[] }
  | { do: 'undo'; which: number }

const customer = fc.constantFrom('x', 'y', 'z')
const name = fc.constantFrom('Ann', 'Ben', 'Cy')
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('orders' as const),
    rows: fc.array(
      fc.record({
        order: fc.constantFrom('A', 'B'),
        day: fc.integer({ min: 1, max: 3 }),
        customer,
        name,
        total: fc.integer({ min: 1, max: 2 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  }),
  fc.record({
    do: fc.constant('customers' as const),
    rows: fc.uniqueArray(fc.record({ id: customer, name }), {
      minLength: 1,
      maxLength: 3,
      selector: (row) => row.id,
    }),
  }),
  fc.record({ do: fc.constant('undo' as const), which: fc.nat(5) }),
)

/** What the tables should hold: only the imports that stand, in the order they came. */
function model(imports: Exclude<Step, { do: 'undo' }>[]) {
  const named = new Map<string, string>()
  const inPassing = new Map<string, string>()
  const events = new Map<string, { order: string; day: number; customer: string; total: number }>()
  for (const step of imports) {
    if (step.do === 'customers') for (const row of step.rows) named.set(row.id, row.name)
    else {
      const seen = new Map<string, number>()
      for (const row of step.rows) {
        const line = (seen.get(row.order) ?? 0) + 1
        seen.set(row.order, line)
        events.set(`${row.order}#${line}`, row)
        if (!inPassing.has(row.customer)) inPassing.set(row.customer, row.name)
      }
    }
  }
  const orders = Map.groupBy(events.values(), (event) => event.order)
  const day = (n: number) => `2020-01-0${n}`
  const first = (order: string) => Math.min(...(orders.get(order) ?? []).map((event) => event.day))
  return {
    customers: [...new Map([...inPassing, ...named])].sort(),
    events: [...events]
      .map(([id, event]) => [
        id,
        day(event.day),
        day(first(event.order)),
        event.customer,
        event.total * 10_000,
      ])
      .sort(),
    orders: [...orders]
      .map(([id, lines]) => [
        id,
        day(first(id)),
        lines.reduce((sum, line) => sum + line.total, 0) * 10_000,
        lines.length,
      ])
      .sort(),
  }
}

async function tables(world: World, actor: Actor) {
  const db = world.services.tenant(actor.tenantId)
  const rows = await db.getAll([
    db.sql<object>('SELECT ext_id, name FROM customers WHERE tenant_id = ?1 ORDER BY 1'),
    db.sql<object>(
      'SELECT ext_id, business_day, order_day, customer_ext_id, net FROM sale_events WHERE tenant_id = ?1 ORDER BY 1',
    ),
    db.sql<object>('SELECT ext_id, business_day, net, lines FROM orders WHERE tenant_id = ?1 ORDER BY 1'),
  ])
  const [customers, events, orders] = rows.map((list) => list.map((row) => Object.values(row)))
  return { customers, events, orders }
}

const csv = (step: Exclude<Step, { do: 'undo' }>): string =>
  step.do === 'customers'
    ? ['Customer ID,Name', ...step.rows.map((row) => `${row.id},${row.name}`)].join('\n')
    : [
        'Order ID,Date,Customer ID,Customer Name,Line Total,Remark',
        ...step.rows.map(
          (row, i) => `${row.order},2020-01-0${row.day},${row.customer},${row.name},${row.total},${i}`,
        ),
      ].join('\n')

it('any imports and undos, in any order, leave what the imports that still stand would have made', async () => {
  const world = await makeWorld()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 7 }), async (steps) => {
      const actor = await world.workspace()
      const standing: { id: string; step: Exclude<Step, { do: 'undo' }> }[] = []
      for (const step of steps) {
        if (step.do !== 'undo') {
          const row = await importText(world, actor, csv(step), { kind: step.do })
          expect(row.status).toBe('completed')
          standing.push({ id: row.id, step })
        } else if (standing.length > 0) {
          const [gone] = standing.splice(step.which % standing.length, 1)
          await undoImport(world.services, actor, gone?.id ?? '')
          await drainImports(world, actor)
        }
        expect(await tables(world, actor)).toEqual(model(standing.map((one) => one.step)))
      }
    }),
    { numRuns: 20, seed: 20_261_122 },
  )
}, 120_000)
