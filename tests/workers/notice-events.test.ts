// Facts of all wings become notices: to the right people, once an event, and of kinds that can be chosen.
import { beforeEach, describe, expect, test } from 'vitest'
import { NOTICED } from '../../src/modules/workspace/actions/notice-events.ts'
import { readInbox } from '../../src/modules/workspace/index.ts'
import type { Actor, Role } from '../../src/platform/actor.ts'
import { recordEvent } from '../../src/platform/event.ts'
import { uuidv7 } from '../../src/platform/ids.ts'
import { perform } from '../../src/queues/consume.ts'
import { signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

let world: World
let shop: Actor

beforeEach(async () => {
  world = await makeWorld()
  shop = await world.workspace({ name: 'Harbour' })
})

async function join(role: Role): Promise<Actor> {
  const { personId } = await signInAs(shop.tenantId, role, world.clock.now())
  return { ...shop, kind: 'person', id: personId, role }
}

async function happen(type: string, payload: Record<string, unknown>, times = 1): Promise<void> {
  const now = world.clock.now()
  const id = uuidv7(now)
  const db = world.services.tenant(shop.tenantId)
  await db.write([recordEvent(db, now, { id, type, payload })])
  for (let time = 0; time < times; time++) {
    await testEnv.DB.prepare('DELETE FROM event_receipts WHERE event_id = ?1').bind(id).run()
    await testEnv.DB.prepare('UPDATE outbox SET sent_at = NULL WHERE id = ?1').bind(id).run()
    await perform(world.services, { kind: 'event.deliver', tenantId: shop.tenantId, eventId: id })
  }
}

const titles = async (person: Actor): Promise<string[]> => {
  const inbox = await readInbox(world.services, person)
  return inbox.ok ? inbox.value.notices.map((notice) => notice.title) : []
}

const catalogue = () => world.services.wings.flatMap((wing) => wing.events)

test.each(Object.keys(NOTICED))(
  '%s is an event of the catalogue, and its sample can be told',
  async (type) => {
    const definition = catalogue().find((event) => event.type === type)
    if (!definition) throw new Error(`${type} is in no catalogue`)
    await join('owner')
    const kinds = world.services.wings.flatMap((wing) => wing.notices).map((kind) => kind.kind)
    await happen(type, definition.payload.parse(definition.sample))
    const { results } = await testEnv.DB.prepare('SELECT kind, title FROM notifications WHERE tenant_id = ?1')
      .bind(shop.tenantId)
      .all<{ kind: string; title: string }>()
    for (const row of results) {
      expect(kinds).toContain(row.kind)
      expect(row.title).not.toContain('undefined')
    }
  },
)

test('no two wings call different things by the same kind', () => {
  const kinds = world.services.wings.flatMap((wing) => wing.notices).map((kind) => kind.kind)
  expect(new Set(kinds).size).toBe(kinds.length)
})

describe('people', () => {
  test('of the management hear once that a connection failed, others do not', async () => {
    const [owner, admin, member] = [await join('owner'), await join('admin'), await join('member')]
    const payload = {
      connector_id: 'c',
      kind: 'shopify',
      name: 'Harbour shop',
      reason: 'Access was taken back.',
    }
    await happen('connection.failed', payload, 3)
    expect(await titles(owner)).toEqual(['Harbour shop no longer lets us in'])
    expect(await titles(admin)).toHaveLength(1)
    expect(await titles(member)).toEqual([])
  })

  test('of the management hear that a source cannot be read any more, and why', async () => {
    const [admin, member] = [await join('admin'), await join('member')]
    const payload = {
      source_id: 's',
      name: 'Harbour shop',
      stream: 'orders',
      reason: 'It lacks a permission.',
    }
    await happen('source.failed', payload)
    expect(await titles(admin)).toEqual(['Harbour shop cannot be read any more'])
    expect(await titles(member)).toEqual([])
  })

  test('who join are told to the management and not to themselves', async () => {
    const owner = await join('owner')
    const admin = await join('admin')
    await happen('member.joined', { person_id: admin.id, role: 'admin' })
    expect(await titles(owner)).toEqual(['A admin joined as admin'])
    expect(await titles(admin)).toEqual([])
  })

  test('who started an import hear that it is finished, and nobody hears of one that a key started', async () => {
    const member = await join('member')
    await happen('import.completed', { import_id: 'i', kind: 'orders', created_by: member.id })
    await happen('import.completed', { import_id: 'j', kind: 'orders', created_by: 'key' })
    expect(await titles(member)).toEqual(['Your import of orders is finished'])
    expect(await titles(await join('owner'))).toEqual([])
  })

  test('who may not read mail do not hear what it says', async () => {
    const [member, viewer] = [await join('member'), await join('viewer')]
    const payload = { inbound_mail_id: 'm', from: 'ann@example.com', subject: 'Hello', in_reply_to: null }
    await happen('mail.received', { ...payload, verdict: 'human' })
    await happen('mail.received', { ...payload, verdict: 'automatic' })
    expect(await titles(member)).toEqual(['ann@example.com wrote: Hello'])
    expect(await titles(viewer)).toEqual([])
  })
})
