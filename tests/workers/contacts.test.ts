// Contacts: landed once however often they come, moved, merged, gathered from facts, forgotten.
import { beforeAll, describe, expect, test } from 'vitest'
import { landFacts } from '../../src/modules/mini-foundry/index.ts'
import {
  changeMany,
  createContact,
  deleteContact,
  landBatch,
  landContacts,
  listContacts,
  listDuplicates,
  mergeContacts,
  readContact,
  readTimeline,
  undoMerge,
  updateContact,
} from '../../src/modules/workspace/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import type { Result } from '../../src/platform/result.ts'
import { breakAt, untilDone } from '../support/faults.ts'
import { importText } from '../support/import-run.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

let world: World

beforeAll(async () => {
  world = await makeWorld()
})

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.detail} ${JSON.stringify(result.error.errors)}`)
  return result.value
}

async function eventsOf(actor: Actor, type = 'lead.created'): Promise<Record<string, unknown>[]> {
  const { results } = await testEnv.DB.prepare(
    'SELECT payload FROM outbox WHERE tenant_id = ?1 AND type = ?2 ORDER BY id',
  )
    .bind(actor.tenantId, type)
    .all<{ payload: string }>()
  return results.map(({ payload }) => JSON.parse(payload) as Record<string, unknown>)
}

const all = async (actor: Actor) => value(await listContacts(world.services, actor, {}, 200)).contacts

const record = (externalId: string, more: object = {}) => ({
  externalId,
  at: '2026-11-01T00:00:00.000Z',
  hash: `h-${externalId}`,
  name: `Person ${externalId}`,
  email: `${externalId}@example.com`,
  ...more,
})

describe('landing', () => {
  test('10,000 imported contacts make 10,000 cards and no lead.created', { timeout: 60_000 }, async () => {
    const actor = await world.workspace()
    const records = Array.from({ length: 10_000 }, (_, index) => record(`p${index}`))
    const input = { sourceId: 's', source: 'csv', origin: 'history' as const, records }
    const landed = value(await landContacts(world.services, actor, input))
    expect(new Set(landed.map(({ contactId }) => contactId)).size).toBe(10_000)
    expect(await eventsOf(actor)).toEqual([])
  })

  test('the same again writes no row', async () => {
    const actor = await world.workspace()
    const records = [record('a', { tags: ['VIP', 'Fair'], stage: 'customer' }), record('b', { email: null })]
    const input = { sourceId: 's', source: 'stripe', origin: 'live' as const, records }
    value(await landContacts(world.services, actor, input))
    const { meter } = world.services
    const before = meter.rowsWritten
    const again = value(await landContacts(world.services, actor, input))
    expect(again.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged'])
    expect(meter.rowsWritten).toBe(before)
  })

  test('two sources that name one address are one contact, and a batch may name one person twice', async () => {
    const actor = await world.workspace()
    const one = { source: 'csv', origin: 'history' as const }
    value(
      await landContacts(world.services, actor, {
        ...one,
        sourceId: 's1',
        records: [
          record('a', { email: 'Ada@Example.com' }),
          record('b', { email: 'ada@example.com', name: null }),
        ],
      }),
    )
    value(
      await landContacts(world.services, actor, {
        ...one,
        sourceId: 's2',
        records: [record('z', { email: ' ada@example.COM', phone: '(212) 555-0100', name: null })],
      }),
    )
    expect(await all(actor)).toMatchObject([{ name: 'Person a', phone: '+12125550100' }])
  })

  test('a live lead is told of once, a customer is no lead, and dying anywhere loses and doubles nothing', async () => {
    const records = [record('lead'), record('buyer', { stage: 'customer' })]
    const input = { sourceId: 's', source: 'form', origin: 'form' as const, records }
    for (const when of ['before', 'after'] as const) {
      for (let at = 0; at < 3; at++) {
        const actor = await world.workspace()
        const { services } = breakAt(world.services, at, when)
        await untilDone(() => landContacts(services, actor, input))
        expect((await all(actor)).length).toBe(2)
        expect(await eventsOf(actor)).toMatchObject([{ source: 'form' }])
      }
    }
  })

  test('two at once make one card of one person', async () => {
    const actor = await world.workspace()
    const land = (sourceId: string) =>
      landContacts(world.services, actor, {
        sourceId,
        source: 'api',
        origin: 'api',
        records: [record('x', { email: 'one@example.com', tags: [sourceId] })],
      })
    await Promise.all([land('s1'), land('s2'), land('s3')])
    const cards = await all(actor)
    expect(cards.length).toBe(1)
    expect(cards[0]?.tags).toEqual(['s1', 's2', 's3'])
    expect((await eventsOf(actor)).length).toBe(1)
  })

  test('what a person wrote stands against older data, and falls to newer data', async () => {
    const actor = await world.workspace()
    const land = (at: string, hash: string, more: object) =>
      landContacts(world.services, actor, {
        sourceId: 's',
        source: 'stripe',
        origin: 'live',
        records: [record('a', { at, hash, ...more })],
      })
    await land('2026-11-01T00:00:00.000Z', '1', { stage: 'customer' })
    const [card] = await all(actor)
    if (!card) throw new Error('no card')
    value(await updateContact(world.services, actor, card.id, { name: 'Ada L.', stage: 'lost' }))
    await land('2026-11-02T00:00:00.000Z', '2', { name: 'Wrong', company: 'Engines', stage: 'customer' })
    expect(value(await readContact(world.services, actor, card.id))).toMatchObject({
      name: 'Ada L.',
      company: 'Engines',
      stage: 'lost',
    })
    await land('2026-11-23T00:00:00.000Z', '3', { name: 'Ada King', stage: 'customer' })
    expect(value(await readContact(world.services, actor, card.id))).toMatchObject({
      name: 'Ada King',
      stage: 'customer',
    })
  })
})

describe('a contact', () => {
  test('made by hand is a lead that is told of; the same address again is a conflict', async () => {
    const actor = await world.workspace()
    const made = value(
      await createContact(world.services, actor, {
        name: 'Grace',
        email: 'grace@example.com',
        consent: { state: 'given', source: 'Trade fair', text: 'Send me news' },
      }),
    )
    expect(made).toMatchObject({ stage: 'lead', consent: { state: 'given', source: 'Trade fair' } })
    expect(await eventsOf(actor)).toMatchObject([{ contact_id: made.id, source: 'manual', consent: 'given' }])
    const again = await createContact(world.services, actor, { email: 'GRACE@example.com' })
    expect(again).toMatchObject({ ok: false, error: { kind: 'conflict', slug: 'contact-exists' } })
    const history = value(await readTimeline(world.services, actor, made.id))
    expect(history.map(({ title }) => title)).toEqual(
      expect.arrayContaining(['Consent to marketing given', 'Added to contacts']),
    )
  })

  test('is refused without any name, with a bad address, an unknown field or an owner from elsewhere', async () => {
    const actor = await world.workspace()
    const bad = [
      {},
      { email: 'nobody' },
      { name: 'A', colour: 'red' },
      { name: 'A', owner_id: 'stranger' },
      null,
    ]
    for (const input of bad)
      expect(await createContact(world.services, actor, input)).toMatchObject({ error: { kind: 'invalid' } })
    const viewer = world.as(actor, 'viewer')
    expect(await createContact(world.services, viewer, { name: 'A' })).toMatchObject({
      error: { kind: 'forbidden' },
    })
    expect(await all(actor)).toEqual([])
  })

  test('that somebody else changed is not written over', async () => {
    const actor = await world.workspace()
    const { id, version } = value(await createContact(world.services, actor, { name: 'Old' }))
    value(await updateContact(world.services, actor, id, { note: 'mine' }, version))
    const late = await updateContact(world.services, actor, id, { note: 'late' }, version)
    expect(late).toMatchObject({ error: { kind: 'stale' } })
    expect(value(await readContact(world.services, actor, id)).note).toBe('mine')
  })

  test('keeps every word on consent, and an undated one never lifts a withdrawal', async () => {
    const actor = await world.workspace()
    const { id } = value(await createContact(world.services, actor, { name: 'C', email: 'c@example.com' }))
    value(
      await updateContact(world.services, actor, id, {
        consent: { state: 'given', at: '2026-11-01T00:00:00Z' },
      }),
    )
    value(
      await updateContact(world.services, actor, id, {
        consent: { state: 'withdrawn', at: '2026-11-10T00:00:00Z' },
      }),
    )
    const land = (consent: object) =>
      landContacts(world.services, actor, {
        sourceId: 's',
        source: 'csv',
        origin: 'history',
        records: [record('c', { hash: JSON.stringify(consent), consent, at: '2026-11-22T00:00:00.000Z' })],
      })
    value(await land({ state: 'given', at: null }))
    value(await land({ state: 'given', at: '2026-11-05T00:00:00Z' }))
    expect(value(await readContact(world.services, actor, id)).consent.state).toBe('withdrawn')
    const told = await eventsOf(actor, 'contact.consent_changed')
    expect(told.map(({ to }) => to).sort()).toEqual(['given', 'withdrawn'])
  })
})

describe('many at once', () => {
  test('a batch answers for each row, and the same batch again changes nothing', async () => {
    const actor = await world.workspace()
    const rows = [
      { email: 'a@example.com', external_id: '1' },
      { email: 'broken' },
      { phone: '+49 30 1234567' },
    ]
    const first = value(await landBatch(world.services, actor, rows))
    expect(first.map(({ outcome }) => outcome)).toEqual(['created', 'refused', 'created'])
    world.clock.advance(60_000)
    const again = value(await landBatch(world.services, actor, rows))
    expect(again.map(({ outcome }) => outcome)).toEqual(['unchanged', 'refused', 'unchanged'])
    expect((await eventsOf(actor)).length).toBe(2)
  })

  test('stage and tag of those that were ticked; strangers among the ids change nothing', async () => {
    const actor = await world.workspace()
    const other = await world.workspace()
    const mine = value(await createContact(world.services, actor, { name: 'Mine', tags: ['old'] }))
    const theirs = value(await createContact(world.services, other, { name: 'Theirs' }))
    const done = await changeMany(world.services, actor, {
      ids: [mine.id, theirs.id],
      stage: 'qualified',
      tag: 'Fair 2026',
      untag: 'OLD',
    })
    expect(value(done).changed).toBe(1)
    expect(value(await readContact(world.services, actor, mine.id))).toMatchObject({
      stage: 'qualified',
      tags: ['Fair 2026'],
    })
    expect(value(await readContact(world.services, other, theirs.id))).toMatchObject({
      stage: 'lead',
      tags: [],
    })
    expect(await eventsOf(actor, 'contact.stage_changed')).toEqual([
      { contact_id: mine.id, from: 'lead', to: 'qualified' },
    ])
  })

  test('pages by key lose and repeat nobody, whatever the order', async () => {
    const actor = await world.workspace()
    const records = Array.from({ length: 25 }, (_, index) =>
      record(`n${index}`, { name: `Name ${index % 4}` }),
    )
    value(
      await landContacts(world.services, actor, { sourceId: 's', source: 'csv', origin: 'history', records }),
    )
    for (const key of ['name', 'updated', 'created'] as const) {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const order = { key, direction: 'ascending' as const }
        const page = value(await listContacts(world.services, actor, { order, cursor }, 7))
        seen.push(...page.contacts.map(({ id }) => id))
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      expect([seen.length, new Set(seen).size]).toEqual([25, 25])
    }
    const broken = await listContacts(world.services, actor, { cursor: 'nonsense' })
    expect(broken).toMatchObject({ error: { kind: 'invalid' } })
  })
})

describe('one person on two cards', () => {
  test('is suggested, merged and taken apart again with all that hung on each', async () => {
    const actor = await world.workspace()
    const a = value(
      await createContact(world.services, actor, {
        name: 'Ada Lovelace',
        phone: '212 555 0199',
        tags: ['x'],
      }),
    )
    const b = value(
      await createContact(world.services, actor, {
        name: 'A. Lovelace',
        phone: '+1 212 555 0199',
        email: 'ada@example.com',
        stage: 'customer',
        tags: ['y'],
        external_id: 'crm-7',
      }),
    )
    const pairs = value(await listDuplicates(world.services, actor))
    expect(pairs.map(({ reason }) => reason)).toEqual(['the same telephone number'])
    const { undoId } = value(await mergeContacts(world.services, actor, a.id, b.id))
    expect(value(await readContact(world.services, actor, a.id))).toMatchObject({
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      stage: 'customer',
      tags: ['x', 'y'],
    })
    expect(await readContact(world.services, actor, b.id)).toMatchObject({ error: { kind: 'not_found' } })
    value(await updateContact(world.services, actor, a.id, { company: 'Engines' }))
    value(await undoMerge(world.services, actor, a.id, undoId))
    expect(value(await readContact(world.services, actor, a.id))).toMatchObject({
      email: null,
      stage: 'lead',
      tags: ['x'],
      company: 'Engines',
    })
    expect(value(await readContact(world.services, actor, b.id))).toMatchObject({
      email: 'ada@example.com',
      stage: 'customer',
      tags: ['y'],
    })
    expect(await undoMerge(world.services, actor, a.id, undoId)).toMatchObject({
      error: { kind: 'conflict' },
    })
  })
})

describe('people of the facts', () => {
  test('an imported file makes contacts and customers without telling of leads', async () => {
    const actor = await world.workspace()
    const file =
      'name,email,phone,company,stage,tags\nAda,ada@example.com,212 555 0100,Engines,prospect,"fair, vip"\n'
    await importText(world, actor, file, { kind: 'contacts' })
    await importText(world, actor, 'customer_id,name,email\nc1,Ada,ada@example.com\nc2,Bob,\n', {
      kind: 'customers',
    })
    const { gatherContacts } = await import('../../src/modules/mini-foundry/index.ts')
    await gatherContacts(world.services, actor)
    const cards = (await all(actor)).sort((a, b) => a.name.localeCompare(b.name))
    expect(cards).toMatchObject([
      { name: 'Ada', stage: 'customer', phone: '+12125550100', company: 'Engines', tags: ['fair', 'vip'] },
      { name: 'Bob', stage: 'customer', email: null },
    ])
    expect(await eventsOf(actor)).toEqual([])
    const before = world.services.meter.rowsWritten
    await gatherContacts(world.services, actor)
    expect(world.services.meter.rowsWritten).toBe(before)
  })

  test('a contact shows its orders, and once forgotten the books stand without the name', async () => {
    const actor = await world.workspace()
    const db = world.services.tenant(actor.tenantId)
    await db.write([
      db.statement(
        `INSERT INTO data_sources (tenant_id, id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
         VALUES (?1, 's1', 'csv', 'File', 'ok', 1, '2026-01-01T00:00:00.000Z', '')`,
      ),
    ])
    const order = {
      extId: 'o1',
      srcUpdatedAt: 1,
      businessDay: '2026-10-01',
      customerExtId: 'c1',
      currency: 'USD',
    }
    const money = { net: 250_000, tax: 0, shipping: 0, lines: 1, status: 'paid' as const }
    await landFacts(world.services, actor, {
      sourceId: 's1',
      origin: 'history',
      batch: {
        customers: [{ extId: 'c1', srcUpdatedAt: 1, name: 'Ada', email: 'ada@example.com' }],
        orders: [{ ...order, ...money }],
      },
    })
    const { gatherContacts } = await import('../../src/modules/mini-foundry/index.ts')
    await gatherContacts(world.services, actor)
    const [card] = await all(actor)
    if (!card) throw new Error('no card')
    const history = value(await readTimeline(world.services, actor, card.id))
    expect(history).toContainEqual(expect.objectContaining({ kind: 'order', title: 'Order o1: $25.00' }))
    value(await deleteContact(world.services, actor, card.id))
    await gatherContacts(world.services, actor)
    expect(await all(actor)).toEqual([])
    const { results } = await testEnv.DB.prepare(
      'SELECT c.name, c.email, o.net FROM customers c JOIN orders o ON o.tenant_id = c.tenant_id WHERE c.tenant_id = ?1',
    )
      .bind(actor.tenantId)
      .all()
    expect(results).toEqual([{ name: null, email: null, net: 250_000 }])
  })
})
