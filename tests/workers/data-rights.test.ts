// Taking everything out, and letting everything go: what is in the zip, and what is left afterwards.
import { runInDurableObject } from 'cloudflare:test'
import { unzipSync } from 'fflate'
import { beforeEach, describe, expect, test } from 'vitest'
import { everyMinute } from '../../src/cron/every-minute.ts'
import { addDemoData, rebuildRollups } from '../../src/modules/mini-foundry/index.ts'
import {
  callBackErasure,
  eraseWorkspace,
  exportWorkspace,
  GRACE_DAYS,
  planErasure,
} from '../../src/modules/workspace/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { breakAt, untilDone } from '../support/faults.ts'
import { seedOneOfEach } from '../support/one-of-each.ts'
import { signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const DAY_MS = 86_400_000

let world: World
let owner: Actor

beforeEach(async () => {
  world = await makeWorld()
  owner = await world.workspace({ name: 'Harbour "Goods" & Søn' })
})

const tenantTables = async (): Promise<string[]> => [
  ...(await world.services.directory.tenantTables()).keys(),
]

/** Rows left under a tenant, by table; tables without any are left out. */
async function rowsLeft(tenantId: string): Promise<Record<string, number>> {
  const left: Record<string, number> = {}
  for (const table of await tenantTables()) {
    const row = await testEnv.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE tenant_id = ?1`)
      .bind(tenantId)
      .first<{ n: number }>()
    if (row?.n) left[table] = row.n
  }
  return left
}

const filesLeft = async (tenantId: string): Promise<string[]> => {
  const { objects } = await testEnv.FILES.list()
  return objects.map((object) => object.key).filter((key) => key.includes(tenantId))
}

/** The actor again, with the workspace as it stands now. */
async function fresh(actor: Actor): Promise<Actor> {
  const workspace = await world.services.directory.workspace(actor.tenantId)
  if (!workspace) throw new Error('the workspace is gone')
  return { ...actor, workspace }
}

async function fill(actor: Actor): Promise<void> {
  await seedOneOfEach(world.services, actor)
  await addDemoData(world.services, actor, { profile: 'coffee' })
  await rebuildRollups(world.services, actor, { budgetMs: Number.POSITIVE_INFINITY })
  for (const area of new Set(world.services.wings.flatMap((wing) => wing.fileAreas)))
    await world.services.files.put(`${area}/${actor.tenantId}/one/file`, 'kept', 'text/plain')
}

test('every table that holds rows of a workspace is known to some wing, once', async () => {
  const known = world.services.wings.flatMap((wing) => wing.tables).map((fact) => fact.table)
  expect([...known].sort()).toEqual((await tenantTables()).sort())
  expect(new Set(known).size).toBe(known.length)
})

test('every column that holds a secret stays out of the export', async () => {
  const shapes = await world.services.directory.tenantTables()
  const leaking = world.services.wings
    .flatMap((wing) => wing.tables)
    .filter((fact) => fact.exported)
    .flatMap((fact) =>
      (shapes.get(fact.table)?.columns ?? [])
        .filter((column) => /secret|credential|_hash$|password|token/.test(column))
        .filter((column) => !fact.omit?.includes(column))
        .map((column) => `${fact.table}.${column}`),
    )
  expect(leaking).toEqual([])
})

describe('the export', () => {
  test('holds every row of every table as JSON and as CSV, and every file', async () => {
    await fill(owner)
    const made = await exportWorkspace(world.services, owner)
    if (!made.ok) throw new Error(made.error.detail)
    expect(made.value.fileName).toBe('Harbour-Goods-S-n-2026-11-22.zip')
    const zip = unzipSync(new Uint8Array(await new Response(made.value.body).arrayBuffer()))
    const text = (name: string) => new TextDecoder().decode(zip[name])
    for (const fact of world.services.wings.flatMap((wing) => wing.tables).filter((f) => f.exported)) {
      const row = await testEnv.DB.prepare(`SELECT count(*) AS n FROM ${fact.table} WHERE tenant_id = ?1`)
        .bind(owner.tenantId)
        .first<{ n: number }>()
      const rows = JSON.parse(text(`json/${fact.table}.json`)) as Record<string, unknown>[]
      expect([fact.table, rows.length]).toEqual([fact.table, row?.n])
      const lines = text(`csv/${fact.table}.csv`).split('\r\n').length - 2
      expect([fact.table, lines >= rows.length]).toEqual([fact.table, true])
      for (const column of fact.omit ?? []) expect(rows.some((r) => column in r)).toBe(false)
    }
    expect(JSON.parse(text('json/orders.json')).length).toBeGreaterThan(1000)
    expect(text('files/imports/one/file')).toBe('kept')
    expect(text('README.txt')).toContain('1/10,000')
  })

  test('disarms what a spreadsheet would run, in the CSV only', async () => {
    const db = world.services.tenant(owner.tenantId)
    await db.write([
      db.statement(
        `INSERT INTO invitations (tenant_id, id, email, role, invited_by, created_at, expires_at)
         VALUES (?1, 'i', '=HYPERLINK("http://evil")', 'viewer', 'x', '2026', '2027')`,
      ),
    ])
    const made = await exportWorkspace(world.services, owner)
    if (!made.ok) throw new Error(made.error.detail)
    const zip = unzipSync(new Uint8Array(await new Response(made.value.body).arrayBuffer()))
    expect(new TextDecoder().decode(zip['csv/invitations.csv'])).toContain(`"'=HYPERLINK(""http://evil"")"`)
    expect(new TextDecoder().decode(zip['json/invitations.json'])).toContain(
      '"=HYPERLINK(\\"http://evil\\")"',
    )
  })

  test('is for owners only', async () => {
    for (const role of ['admin', 'member', 'viewer'] as const)
      expect(await exportWorkspace(world.services, world.as(owner, role))).toMatchObject({
        ok: false,
        error: { kind: 'forbidden' },
      })
  })
})

describe('erasure', () => {
  const name = 'Harbour "Goods" & Søn'

  test('wants an owner, the password and the name', async () => {
    const plan = (actor: Actor, typed: string, proved: boolean) =>
      planErasure(world.services, actor, { name: typed }, proved)
    expect(await plan(world.as(owner, 'admin'), name, true)).toMatchObject({ error: { kind: 'forbidden' } })
    expect(await plan(owner, name, false)).toMatchObject({ error: { slug: 'prove-again' } })
    expect(await plan(owner, 'Harbour', true)).toMatchObject({ error: { kind: 'invalid' } })
    expect((await fresh(owner)).workspace.eraseAt).toBeNull()
  })

  test('waits two weeks, and can be called back until then', async () => {
    await fill(owner)
    await planErasure(world.services, owner, { name }, true)
    world.clock.advance((GRACE_DAYS - 1) * DAY_MS)
    await everyMinute(world.services)
    await eraseWorkspace(world.services, await fresh(owner))
    expect((await rowsLeft(owner.tenantId)).orders).toBeGreaterThan(1000)
    expect(await callBackErasure(world.services, await fresh(owner))).toMatchObject({ ok: true })
    world.messages.length = 0
    world.clock.advance(3 * DAY_MS)
    await everyMinute(world.services)
    expect(world.messages.filter((message) => message.kind === 'workspace.erase')).toEqual([])
    expect((await rowsLeft(owner.tenantId)).orders).toBeGreaterThan(1000)
  })

  test('leaves nothing behind in the database, the file store or the objects, and touches nobody else', async () => {
    const neighbour = await world.workspace({ name: 'Neighbour' })
    await fill(owner)
    await fill(neighbour)
    const [{ personId: alone }, { personId: shared }] = [
      await signInAs(owner.tenantId, 'owner', world.clock.now()),
      await signInAs(owner.tenantId, 'member', world.clock.now()),
    ]
    await testEnv.DB.prepare(
      `INSERT INTO memberships (tenant_id, person_id, role, created_at) VALUES (?1, ?2, 'viewer', '2026')`,
    )
      .bind(neighbour.tenantId, shared)
      .run()
    const hub = testEnv.LIVE_HUB.get(testEnv.LIVE_HUB.idFromName(owner.tenantId))
    await runInDurableObject(hub, (_instance, state) => state.storage.put('mark:dashboards', true))
    const beside = await rowsLeft(neighbour.tenantId)
    await planErasure(world.services, owner, { name }, true)
    world.clock.advance(GRACE_DAYS * DAY_MS + 1)
    await everyMinute(world.services)
    world.messages.splice(0, world.messages.length, { kind: 'workspace.erase', tenantId: owner.tenantId })
    await world.drain()
    await hub.forget()
    expect(await rowsLeft(owner.tenantId)).toEqual({})
    expect(await filesLeft(owner.tenantId)).toEqual([])
    expect(await world.services.directory.workspace(owner.tenantId)).toBeNull()
    expect(world.live).toContain(`forget ${owner.tenantId}`)
    expect(await runInDurableObject(hub, async (_i, state) => (await state.storage.list()).size)).toBe(0)
    const people = await testEnv.DB.prepare('SELECT id FROM people WHERE id IN (?1, ?2)')
      .bind(alone, shared)
      .all()
    expect(people.results).toEqual([{ id: shared }])
    expect(await rowsLeft(neighbour.tenantId)).toEqual(beside)
    expect((await filesLeft(neighbour.tenantId)).length).toBeGreaterThan(0)
  })

  test('that breaks off anywhere goes on, and ends the same', async () => {
    await seedOneOfEach(world.services, owner)
    await planErasure(world.services, owner, { name }, true)
    world.clock.advance(GRACE_DAYS * DAY_MS + 1)
    const actor = await fresh(owner)
    for (let at = 0; at < 90; at += 7) {
      for (const when of ['before', 'after'] as const) {
        const broken = breakAt(world.services, at, when)
        if ((await world.services.directory.workspace(owner.tenantId)) === null) break
        await eraseWorkspace(broken.services, actor).catch(() => undefined)
      }
    }
    await untilDone(() => eraseWorkspace(world.services, actor))
    expect(await rowsLeft(owner.tenantId)).toEqual({})
    expect(await world.services.directory.workspace(owner.tenantId)).toBeNull()
  })
})
