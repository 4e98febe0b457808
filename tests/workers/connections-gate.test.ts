// The gate: one refresh for all who ask, and no crash that loses a rotated token.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import * as vendors from '../../src/connectors/vendors.ts'
import { type LeaseStorage, leaseCredentials } from '../../src/modules/connections/actions/refresh.ts'
import { connectByKey, createGate, finishOauth, startOauth } from '../../src/modules/connections/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import type { Services } from '../../src/platform/services.ts'
import { FAKE_APP, shared as vendor } from '../support/fake-vendor.ts'
import { breakAt, Killed } from '../support/faults.ts'
import { signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

vi.spyOn(vendors, 'createVendors').mockReturnValue([vendor.vendor])
vi.spyOn(vendors, 'appsOf').mockReturnValue({ fakeshop: FAKE_APP })

const HOUR = 3_600_000

let world: World
let actor: Actor
let id: string

beforeEach(async () => {
  world = await makeWorld()
  const shop = await world.workspace()
  const { personId } = await signInAs(shop.tenantId, 'owner', world.clock.now())
  actor = { ...shop, kind: 'person', id: personId, role: 'owner' }
  Object.assign(vendor, { mood: 'well', lenient: false, holdsFor: HOUR })
  id = await connected()
  Object.assign(vendor, { refreshes: 0, checks: 0, revoked: [] })
})

async function connected(): Promise<string> {
  const started = await startOauth(world.services, actor, { kind: 'fakeshop', fields: { shop: 'harbour' } })
  if (!started.ok) throw new Error(started.error.detail)
  const state = new URL(started.value.url).searchParams.get('state') ?? ''
  const landed = await finishOauth(world.services, actor, new URLSearchParams({ state, code: 'good' }))
  if (!landed.ok) throw new Error(landed.error.detail)
  return landed.value.id
}

function memory(): LeaseStorage & { held: Map<string, unknown> } {
  const held = new Map<string, unknown>()
  return {
    held,
    get: async <T>(key: string) => held.get(key) as T | undefined,
    put: async (key, value) => void held.set(key, structuredClone(value)),
    delete: async (key) => held.delete(key),
  }
}

const lease = (services: Services, storage: LeaseStorage, failed?: string) =>
  leaseCredentials(services, storage, actor.tenantId, id, failed)

async function statusOf(): Promise<string | undefined> {
  const row = await testEnv.DB.prepare('SELECT status FROM connectors WHERE tenant_id = ?1 AND id = ?2')
    .bind(actor.tenantId, id)
    .first<{ status: string }>()
  return row?.status
}

async function events(type: string): Promise<number> {
  const row = await testEnv.DB.prepare('SELECT count(*) AS n FROM outbox WHERE tenant_id = ?1 AND type = ?2')
    .bind(actor.tenantId, type)
    .first<{ n: number }>()
  return row?.n ?? 0
}

async function tokenFrom(answer: ReturnType<typeof lease>): Promise<string> {
  const result = await answer
  if (!result.ok) throw new Error(result.error.detail)
  return String(result.value.accessToken)
}

describe('credentials', () => {
  test('that hold for two minutes more are handed out as they are', async () => {
    const before = await tokenFrom(lease(world.services, memory()))
    world.clock.advance(HOUR - 121_000)
    expect(await tokenFrom(lease(world.services, memory()))).toBe(before)
    expect(vendor.refreshes).toBe(0)
  })

  test('that are about to end are refreshed, and the new ones are kept', async () => {
    const storage = memory()
    const before = await tokenFrom(lease(world.services, storage))
    world.clock.advance(HOUR - 119_000)
    const after = await tokenFrom(lease(world.services, storage))
    expect(after).not.toBe(before)
    expect(await tokenFrom(lease(world.services, memory()))).toBe(after)
    expect(vendor.refreshes).toBe(1)
    expect(storage.held.size).toBe(0)
  })

  test('are refreshed once for fifty who ask at once', async () => {
    world.clock.advance(HOUR)
    const gate = createGate(async () => world.services, memory(), actor.tenantId, id)
    const tokens = await Promise.all(Array.from({ length: 50 }, () => tokenFrom(gate.credentials())))
    expect(new Set(tokens).size).toBe(1)
    expect(vendor.refreshes).toBe(1)
  })

  test('are refreshed once when fifty calls came back with 401', async () => {
    const gate = createGate(async () => world.services, memory(), actor.tenantId, id)
    const failed = await tokenFrom(gate.credentials())
    const tokens = await Promise.all(Array.from({ length: 50 }, () => tokenFrom(gate.renewed(failed))))
    expect(new Set(tokens).size).toBe(1)
    expect(tokens[0]).not.toBe(failed)
    expect(vendor.refreshes).toBe(1)
  })

  test('go through the real object: two syncs share one refresh, and so do two that came back with 401', async () => {
    const { gate } = world.services
    // the object has the real clock, by which the token of this world has ended
    const tokenOf = (answer: Awaited<ReturnType<typeof gate.credentials>>) =>
      answer.ok ? answer.value.accessToken : answer.error.slug
    const given = await Promise.all([1, 2].map(() => gate.credentials(actor.tenantId, id)))
    expect(vendor.refreshes).toBe(1)
    const [failed, same] = given.map(tokenOf)
    expect(failed).toMatch(/^access-/)
    expect(same).toBe(failed)
    const renewed = await Promise.all([1, 2].map(() => gate.renewed(actor.tenantId, id, String(failed))))
    expect(vendor.refreshes).toBe(2)
    const [fresh, shared] = renewed.map(tokenOf)
    expect(fresh).toMatch(/^access-/)
    expect(fresh).not.toBe(failed)
    expect(shared).toBe(fresh)
    await gate.forget(actor.tenantId, id)
  })

  test('of nobody, of a neighbour and of a disconnected connection are not given', async () => {
    const other = await world.workspace()
    expect(await leaseCredentials(world.services, memory(), other.tenantId, id)).toMatchObject({
      error: { kind: 'not_found' },
    })
    await testEnv.DB.prepare(`UPDATE connectors SET status = 'disconnected', credentials = '' WHERE id = ?1`)
      .bind(id)
      .run()
    expect(await lease(world.services, memory())).toMatchObject({
      error: { slug: 'connection-disconnected' },
    })
  })
})

describe('a crash', () => {
  /** The storage of the object under the same count of effects as everything else. */
  function breaking(at: number, when: 'before' | 'after', storage: LeaseStorage) {
    const fault = breakAt(world.services, at, when)
    const counted = <T>(work: () => Promise<T>) => fault.effect(work)
    return {
      fault,
      storage: {
        get: storage.get,
        put: (key: string, value: unknown) => counted(() => storage.put(key, value)),
        delete: (key: string) => counted(() => storage.delete(key)),
      } satisfies LeaseStorage,
    }
  }

  test.each(['before', 'after'] as const)(
    '%s any effect of a refresh loses no rotated token',
    async (when) => {
      for (let at = 0; ; at++) {
        // a token that was given and not yet written anywhere is the vendor's to give again: its grace covers that moment
        vendor.lenient = true
        const storage = memory()
        world.clock.advance(2 * HOUR)
        const { fault, storage: fragile } = breaking(at, when, storage)
        const outcome = await lease(fault.services, fragile).then(
          () => 'done',
          (error) => {
            if (!(error instanceof Killed)) throw error
            return 'died'
          },
        )
        // only the very first moment needs that grace; afterwards the vendor is strict
        vendor.lenient = at === 0 && when === 'before'
        await tokenFrom(lease(world.services, storage))
        vendor.lenient = false
        world.clock.advance(2 * HOUR)
        await tokenFrom(lease(world.services, storage))
        expect(await statusOf()).toBe('connected')
        if (outcome === 'done') {
          expect(at).toBeGreaterThan(2)
          break
        }
      }
      expect(await events('connection.failed')).toBe(0)
    },
  )

  test('after the answer was kept asks the vendor no second time', async () => {
    const storage = memory()
    world.clock.advance(HOUR)
    const { fault, storage: fragile } = breaking(0, 'after', storage)
    await expect(lease(fault.services, fragile)).rejects.toThrow(Killed)
    expect(JSON.stringify([...storage.held])).not.toContain('refresh-')
    await tokenFrom(lease(world.services, storage))
    expect(vendor.refreshes).toBe(1)
  })

  test('does not let an old answer overwrite what a person connected meanwhile', async () => {
    const storage = memory()
    world.clock.advance(HOUR)
    const { fault, storage: fragile } = breaking(0, 'after', storage)
    await expect(lease(fault.services, fragile)).rejects.toThrow(Killed)
    await connected()
    const token = await tokenFrom(lease(world.services, storage))
    expect(await tokenFrom(lease(world.services, memory()))).toBe(token)
    world.clock.advance(HOUR)
    await tokenFrom(lease(world.services, storage))
    expect(await statusOf()).toBe('connected')
  })
})

describe('a vendor that refuses', () => {
  test('fails the connection once, is asked once, and told to nobody twice', async () => {
    vendor.mood = 'refuses'
    world.clock.advance(HOUR)
    const gate = createGate(async () => world.services, memory(), actor.tenantId, id)
    for (let i = 0; i < 10; i++)
      expect(await gate.credentials()).toMatchObject({ error: { slug: 'connection-failed' } })
    expect(vendor.refreshes).toBe(1)
    expect(await statusOf()).toBe('failed')
    expect(await events('connection.failed')).toBe(1)
  })

  test('because the newest token is unknown there is asked once more with the one before', async () => {
    const storage = memory()
    world.clock.advance(HOUR)
    await tokenFrom(lease(world.services, storage))
    world.clock.advance(HOUR)
    // the vendor never saw the newest: it stands where it was before it
    const before = vendor.vendor.methods[0]
    if (before?.kind !== 'oauth' || !before.refresh) throw new Error('no refresh')
    const real = before.refresh
    const asked: string[] = []
    before.refresh = async (credentials, context) => {
      asked.push(String(credentials.refreshToken))
      return asked.length === 1
        ? { ok: false, error: { kind: 'unauthenticated', slug: 'x', detail: 'Unknown.' } }
        : { ok: true, value: vendor.grant(context.now) }
    }
    await tokenFrom(lease(world.services, storage))
    before.refresh = real
    expect(asked.length).toBe(2)
    expect(asked[0]).not.toBe(asked[1])
    expect(await statusOf()).toBe('connected')
  })
})

describe('a vendor that does not answer', () => {
  test('keeps nobody from the old token while that holds, and is left alone for a while', async () => {
    vendor.mood = 'down'
    const storage = memory()
    world.clock.advance(HOUR - 60_000)
    await tokenFrom(lease(world.services, storage))
    await tokenFrom(lease(world.services, storage))
    expect(vendor.refreshes).toBe(1)
    world.clock.advance(60_000)
    expect(await lease(world.services, storage)).toMatchObject({ error: { kind: 'unavailable' } })
    expect(await statusOf()).toBe('connected')
    vendor.mood = 'well'
    world.clock.advance(60_000)
    await tokenFrom(lease(world.services, storage))
  })
})

describe('a key without an end', () => {
  test('is handed out for ever, and fails when it comes back with 401', async () => {
    const made = await connectByKey(world.services, actor, {
      kind: 'fakeshop',
      fields: { shop: 'lighthouse', key: 'right' },
    })
    if (!made.ok) throw new Error(made.error.detail)
    world.clock.advance(1000 * HOUR)
    const gate = createGate(async () => world.services, memory(), actor.tenantId, made.value.id)
    const token = await tokenFrom(gate.credentials())
    expect(await gate.renewed(token)).toMatchObject({ error: { slug: 'connection-failed' } })
    expect(await gate.credentials()).toMatchObject({ error: { slug: 'connection-failed' } })
    expect(vendor.refreshes).toBe(0)
  })
})

describe('the pace', () => {
  test('lets four calls go, then two a second, and none while the vendor asked for silence', async () => {
    const gate = createGate(async () => world.services, memory(), actor.tenantId, id)
    const waits = await Promise.all(Array.from({ length: 5 }, () => gate.take(1)))
    expect(waits).toEqual([0, 0, 0, 0, 500])
    world.clock.advance(500)
    expect(await gate.take(1)).toBe(0)
    await gate.hold(9000)
    expect(await gate.take(1)).toBe(9000)
    world.clock.advance(9000)
    expect(await gate.take(1)).toBe(0)
  })

  test('is that of the vendor in the real object', async () => {
    const { gate } = world.services
    const waits = []
    for (let i = 0; i < 6; i++) waits.push(await gate.take(actor.tenantId, id, 1))
    expect(waits.slice(0, 4)).toEqual([0, 0, 0, 0])
    await gate.hold(actor.tenantId, id, 60_000)
    expect(await gate.take(actor.tenantId, id, 1)).toBeGreaterThan(50_000)
    await gate.forget(actor.tenantId, id)
    expect(await gate.take(actor.tenantId, id, 1)).toBe(0)
  })
})
