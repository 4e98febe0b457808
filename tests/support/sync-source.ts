/** A connected made-up shop in a test world, and what came of reading it. */
import { hearConnection } from '../../src/modules/mini-foundry/actions/sources-connection.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { isoInstant } from '../../src/platform/clock.ts'
import { uuidv7 } from '../../src/platform/ids.ts'
import { ok } from '../../src/platform/result.ts'
import type { GatePort, Services } from '../../src/platform/services.ts'
import { type FakeShop, fakeReader } from './fake-reader.ts'
import { makeWorld, testEnv, type World } from './world.ts'

export interface Synced {
  world: World
  actor: Actor
  shop: FakeShop
  sourceId: string
  held: number[]
  renewed: string[]
  token: { now: string }
}

/** A gate that lets everything through and notes what it was told. */
export function openGate(into: Pick<Synced, 'held' | 'renewed' | 'token'>): GatePort {
  return {
    credentials: async () => ok({ accessToken: into.token.now }),
    renewed: async (_tenant, _connector, failed) => {
      into.renewed.push(failed)
      into.token.now = 'new'
      return ok({ accessToken: 'new' })
    },
    take: async () => 0,
    hold: async (_tenant, _connector, ms) => void into.held.push(ms),
    forget: async () => undefined,
  }
}

export async function addConnector(actor: Actor, now: number, account = 'harbour'): Promise<string> {
  const id = uuidv7(now)
  await testEnv.DB.prepare(
    `INSERT INTO connectors (tenant_id, id, kind, name, status, credentials, account, method, created_at, updated_at)
     VALUES (?1, ?2, 'shopify', 'Harbour', 'connected', '', ?3, 'key', ?4, ?4)`,
  )
    .bind(actor.tenantId, id, account, isoInstant(now))
    .run()
  return id
}

export const connected = (services: Services, actor: Actor, connectorId: string) =>
  hearConnection(services, actor, {
    id: 'event',
    type: 'connection.connected',
    payload: { connector_id: connectorId, kind: 'shopify', account: 'harbour', reconnected: false },
  })

export async function connectShop(shop: FakeShop, now = '2026-11-22T12:00:00Z'): Promise<Synced> {
  const world = await makeWorld(now)
  const actor = await world.workspace({ timeZone: 'UTC' })
  const noted = { held: [] as number[], renewed: [] as string[], token: { now: 'good' } }
  Object.assign(world.services, { readers: [fakeReader(shop)], gate: openGate(noted) })
  const sourceId = await addConnector(actor, world.clock.now())
  await connected(world.services, actor, sourceId)
  return { world, actor, shop, sourceId, ...noted }
}

/** Every row of a table of the workspace, as the database has it. */
export async function rowsOf(
  actor: Actor,
  table: string,
  order = 'rowid',
): Promise<Record<string, unknown>[]> {
  const by = order === 'rowid' ? '1, 2, 3' : order
  const { results } = await testEnv.DB.prepare(`SELECT * FROM ${table} WHERE tenant_id = ?1 ORDER BY ${by}`)
    .bind(actor.tenantId)
    .all<Record<string, unknown>>()
  return results
}

/** What the facts say, without when and by which step they came. */
export async function factsOf(actor: Actor): Promise<unknown> {
  const facts: Record<string, unknown> = {}
  for (const table of ['orders', 'sale_events', 'customers'])
    facts[table] = (await rowsOf(actor, table, 'ext_id')).map(({ ext_id, net, name, deleted_at }) => ({
      ext_id,
      net,
      name,
      gone: deleted_at !== null,
    }))
  return facts
}
