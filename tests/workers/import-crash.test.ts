import { describe, expect, it } from 'vitest'
import {
  cancelImport,
  continueImport,
  readImport,
  undoImport,
  undoImportChunk,
} from '../../src/modules/mini-foundry/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import type { Services } from '../../src/platform/services.ts'
import { breakAt } from '../support/faults.ts'
import { begin, importText } from '../support/import-run.ts'
import { makeWorld, type World } from '../support/world.ts'

const FILE = [
  'Order ID,Date,Customer ID,Product,Quantity,Line Total',
  'A,2020-01-15,c1,Tray,1,10',
  'A,2020-01-15,c1,Towel,2,20.5',
  'B,2020-02-01,c2,Tray,1,10',
  'B,2020-02-01,c2,Tray,1,10',
  'C,not a date,c3,Tray,1,10',
  'A,2020-01-13,c1,Cup,1,3',
  'D,2020-03-01,,Tray,-1,-10',
  '',
].join('\n')

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** Three rows a transaction, two transactions a message. */
const SMALL = { ms: 20_000, chunks: 2, rows: 3 }

async function snapshot(world: World, actor: Actor, importId: string) {
  const db = world.services.tenant(actor.tenantId)
  const tables = [
    'customers',
    'products',
    'orders',
    'order_lines',
    'sale_events',
    'import_versions',
    'dirty_days',
  ]
  const rows = await db.getAll(
    tables.map((table) => db.sql<Record<string, unknown>>(`SELECT * FROM ${table} WHERE tenant_id = ?1`)),
  )
  const view = await readImport(world.services, actor, importId)
  if (!view.ok) throw new Error(view.error.detail)
  const { status, rowsLanded, rowsUnchanged, rowsDuplicate, rowsFailed, notes, cursorByte } = view.value.row
  const own = rows.map((list) =>
    list
      .map(({ tenant_id, source_id, import_id, number, ...rest }) => JSON.stringify(rest).replace(UUID, '*'))
      .sort(),
  )
  return {
    own,
    errors: view.value.errors,
    status,
    rowsLanded,
    rowsUnchanged,
    rowsDuplicate,
    rowsFailed,
    notes,
    cursorByte,
  }
}

/** Messages are delivered until none is left; a delivery that dies comes again, whole. */
async function deliver(world: World, actor: Actor, services: Services): Promise<void> {
  const perform = async (kind: string, importId: string) => {
    if (kind === 'import.continue') await continueImport(services, actor, importId, SMALL)
    if (kind === 'import.undo') await undoImportChunk(services, actor, importId, { ms: 20_000, chunks: 3 })
  }
  for (let message = world.messages.shift(); message; message = world.messages.shift()) {
    if (!('importId' in message)) continue
    try {
      await perform(message.kind, message.importId)
    } catch {
      world.messages.push(message)
    }
  }
}

async function importWith(world: World, fatal: number) {
  const actor = await world.workspace()
  const id = await begin(world, actor, FILE)
  const dying = breakAt(quiet(world.services), fatal, 'before')
  await deliver(world, actor, dying.services)
  return { state: await snapshot(world, actor, id), effects: dying.effects() }
}

/** Deaths are meant here, and need not be told. */
const quiet = (services: Services): Services => ({
  ...services,
  log: { info: () => {}, warn: () => {}, error: () => {} },
})

describe('an import that is killed', () => {
  it('ends the same wherever it was killed and started again', async () => {
    const world = await makeWorld()
    const whole = await importWith(world, -1)
    expect(whole.state).toMatchObject({
      status: 'completed_with_errors',
      rowsLanded: 5,
      rowsDuplicate: 1,
      rowsFailed: 1,
    })
    expect(whole.state.errors.map((error) => [error.line, error.result])).toEqual([
      [5, 'left out'],
      [6, 'not imported'],
    ])
    for (let at = 0; at < whole.effects; at++) {
      expect((await importWith(world, at)).state, `killed before effect ${at}`).toEqual(whole.state)
    }
  })

  it('is undone the same wherever the undo was killed', async () => {
    const world = await makeWorld()
    const undoWith = async (fatal: number) => {
      const actor = await world.workspace()
      await importText(world, actor, FILE.replace('20.5', '21'))
      world.messages.length = 0
      const before = await snapshot(
        world,
        actor,
        (await importText(world, actor, FILE.replace('Cup,1,3', 'Cup,1,4'))).id,
      )
      const second = await importText(world, actor, FILE)
      const undone = await undoImport(world.services, actor, second.id)
      expect(undone.ok).toBe(true)
      const dying = breakAt(quiet(world.services), fatal, 'before')
      await deliver(world, actor, dying.services)
      return { before, after: await snapshot(world, actor, second.id), effects: dying.effects() }
    }
    const whole = await undoWith(-1)
    expect(whole.after.status).toBe('undone')
    expect(whole.after.own.slice(0, 5)).toEqual(whole.before.own.slice(0, 5))
    for (let at = 0; at < whole.effects; at++) {
      expect((await undoWith(at)).after, `killed before effect ${at}`).toEqual(whole.after)
    }
  })

  it('lands nothing more once it is cancelled, and keeps what it has', async () => {
    const world = await makeWorld()
    const actor = await world.workspace()
    const id = await begin(world, actor, FILE)
    world.messages.length = 0
    await continueImport(world.services, actor, id, { ...SMALL, chunks: 1 })
    expect((await cancelImport(world.services, actor, id)).ok).toBe(true)
    const stopped = await snapshot(world, actor, id)
    await deliver(world, actor, world.services)
    await continueImport(world.services, actor, id, SMALL)
    expect(await snapshot(world, actor, id)).toEqual(stopped)
    expect(stopped).toMatchObject({ status: 'cancelled', rowsLanded: 3 })
    await undoImport(world.services, actor, id)
    await deliver(world, actor, world.services)
    const after = await snapshot(world, actor, id)
    expect(after.own.slice(0, 6).flat()).toEqual([])
    expect(after.status).toBe('undone')
  })
})
