/** A workspace with one source and the sales a test names. */
import { landFacts } from '../../src/modules/mini-foundry/actions/land-facts.ts'
import { rebuildRollups } from '../../src/modules/mini-foundry/actions/rollups.ts'
import type { SaleEventFact } from '../../src/modules/mini-foundry/domain/facts.ts'
import type { Actor, WorkspaceSettings } from '../../src/platform/actor.ts'
import type { World } from './world.ts'

/** One product line, sold: amounts in major units. */
export const saleOf = (
  extId: string,
  day: string,
  net: number,
  more: Partial<SaleEventFact> = {},
): SaleEventFact => ({
  extId,
  srcUpdatedAt: 1,
  kind: 'sale',
  lineType: 'product',
  businessDay: day,
  orderDay: day,
  orderExtId: `order-${extId}`,
  customerExtId: null,
  currency: 'USD',
  quantity: 10_000,
  gross: Math.round(net * 10_000),
  discount: 0,
  net: Math.round(net * 10_000),
  tax: 0,
  counted: true,
  ...more,
})

export async function makeShop(
  world: World,
  events: SaleEventFact[],
  settings: Partial<WorkspaceSettings> = {},
): Promise<Actor> {
  const actor = await world.workspace(settings)
  const db = world.services.tenant(actor.tenantId)
  await db.write([
    db.statement(
      `INSERT INTO data_sources (tenant_id, id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
       VALUES (?1, 's1', 'csv', 'Orders file', 'ok', 1, '', '')`,
    ),
  ])
  await sell(world, actor, events)
  return actor
}

/** Lands sales (and the customers they name) and brings the rollups up to date. */
export async function sell(world: World, actor: Actor, events: SaleEventFact[]): Promise<void> {
  const names = [...new Set(events.flatMap(({ customerExtId }) => customerExtId ?? []))]
  const customers = names.map((name) => ({ extId: name, srcUpdatedAt: 1, name }))
  await landFacts(world.services, actor, { sourceId: 's1', origin: 'live', batch: { customers, events } })
  await rebuildRollups(world.services, actor)
}
