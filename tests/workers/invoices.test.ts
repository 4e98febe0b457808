// Invoices made by hand: written, issued, paid, taken back; the figures and the listeners hear of it once.
import { beforeEach, describe, expect, test } from 'vitest'
import {
  createInvoice,
  issueInvoice,
  payInvoice,
  reopenInvoice,
  voidInvoice,
} from '../../src/modules/mini-foundry/actions/invoices.ts'
import { readInvoice } from '../../src/modules/mini-foundry/actions/invoices-keep.ts'
import { tellEveryOverdue } from '../../src/modules/mini-foundry/actions/invoices-overdue.ts'
import { landFacts } from '../../src/modules/mini-foundry/actions/land-facts.ts'
import type { Actor } from '../../src/platform/actor.ts'
import type { Result } from '../../src/platform/result.ts'
import { ask, ownForm } from '../support/browser.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

let world: World
let owner: Actor

beforeEach(async () => {
  world = await makeWorld('2026-11-15T12:00:00.000Z')
  owner = await world.workspace({ currency: 'USD', timeZone: 'America/New_York' })
})

const chairs = {
  customer_name: 'Lindqvist AB',
  lines: [{ description: 'Chairs', quantity: '3', unit_price: '120.10' }],
}
const done = async <T>(work: Promise<Result<T>>): Promise<T> => {
  const result = await work
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const make = (more: Record<string, unknown> = {}) =>
  done(createInvoice(world.services, owner, { ...chairs, ...more }))
const keyOf = (row: { source_id: string; ext_id: string }) => ({
  source_id: row.source_id,
  ext_id: row.ext_id,
})
const told = async () => {
  const { results } = await testEnv.DB.prepare(
    'SELECT type, payload FROM outbox WHERE tenant_id = ?1 ORDER BY id',
  )
    .bind(owner.tenantId)
    .all<{ type: string; payload: string }>()
  return results.map(({ type, payload }) => [type, JSON.parse(payload).amount])
}

describe('an invoice', () => {
  test('with a customer and a line is issued today, due in two weeks, numbered, and told once', async () => {
    expect(await make()).toMatchObject({
      number: '2026-0001',
      status: 'open',
      total: 3_603_000,
      issued_day: '2026-11-15',
      due_day: '2026-11-29',
      source: 'Made here',
    })
    expect((await make()).number).toBe('2026-0002')
    expect(await told()).toEqual([
      ['invoice.issued', '360.30'],
      ['invoice.issued', '360.30'],
    ])
  })

  test('rounds each line to cents, so that the lines add up to the total', async () => {
    const lines = Array.from({ length: 3 }, () => ({
      description: 'Hours',
      quantity: '0.333',
      unit_price: '10.05',
    }))
    expect((await make({ lines })).total).toBe(3 * 33_500)
  })

  test('kept as a draft is told to nobody until it is issued', async () => {
    const draft = await make({ issue: false })
    expect([draft.status, await told()]).toEqual(['draft', []])
    expect(await payInvoice(world.services, owner, keyOf(draft), {})).toMatchObject({
      error: { kind: 'conflict' },
    })
    await done(issueInvoice(world.services, owner, keyOf(draft)))
    expect(await told()).toEqual([['invoice.issued', '360.30']])
  })

  test('is paid in parts, then in full, then owed again', async () => {
    const key = keyOf(await make())
    expect(await done(payInvoice(world.services, owner, key, { amount: '100.30' }))).toMatchObject({
      status: 'open',
      paid: 1_003_000,
    })
    expect(await payInvoice(world.services, owner, key, { amount: '260.01' })).toMatchObject({
      error: { errors: [{ path: 'amount' }] },
    })
    expect(await done(payInvoice(world.services, owner, key, { day: '2026-11-14' }))).toMatchObject({
      status: 'paid',
      paid: 3_603_000,
      paid_day: '2026-11-14',
    })
    expect(await payInvoice(world.services, owner, key, {})).toMatchObject({ error: { kind: 'conflict' } })
    expect((await told()).map(([type]) => type).sort()).toEqual(['invoice.issued', 'invoice.paid'])
    expect(await done(reopenInvoice(world.services, owner, key))).toMatchObject({
      status: 'open',
      paid: 0,
      paid_day: null,
    })
  })

  test('is taken back, and opened again', async () => {
    const key = keyOf(await make())
    expect((await done(voidInvoice(world.services, owner, key))).status).toBe('void')
    expect(await voidInvoice(world.services, owner, key)).toMatchObject({ error: { kind: 'conflict' } })
    expect((await done(reopenInvoice(world.services, owner, key))).status).toBe('open')
  })

  test.each([
    [{ customer_name: '' }, 'customer_name'],
    [{ lines: [] }, 'lines'],
    [{ lines: [{ description: 'x', unit_price: 'much' }] }, 'lines.0.unit_price'],
    [{ lines: [{ description: 'x', unit_price: '0' }] }, 'lines'],
    [{ due_day: '2026-01-01', issued_day: '2026-02-01' }, 'due_day'],
    [{ customer_email: 'nobody' }, 'customer_email'],
    [{ currency: 'dollars' }, 'currency'],
    [{ colour: 'red' }, ''],
  ])('written as %o is refused at "%s" and leaves nothing', async (more, path) => {
    const refused = await createInvoice(world.services, owner, { ...chairs, ...more })
    expect(refused).toMatchObject({ ok: false, error: { errors: [{ path }] } })
    expect(await told()).toEqual([])
  })

  test('cannot take a number that is in use', async () => {
    await make({ number: 'A-1' })
    expect(await createInvoice(world.services, owner, { ...chairs, number: 'A-1' })).toMatchObject({
      error: { errors: [{ path: 'number' }] },
    })
  })

  test('of a connected system is changed there, and says so', async () => {
    const db = world.services.tenant(owner.tenantId)
    await db.write([
      db.statement(
        `INSERT INTO data_sources (tenant_id, id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
         VALUES (?1, 'qb', 'quickbooks', 'QuickBooks', 'ok', 0, '', '')`,
      ),
    ])
    const invoice = {
      extId: 'q1',
      srcUpdatedAt: 1,
      status: 'open' as const,
      currency: 'USD',
      total: 1,
      paid: 0,
      issuedDay: '2026-11-01',
    }
    await landFacts(world.services, owner, {
      sourceId: 'qb',
      origin: 'history',
      batch: { invoices: [invoice] },
    })
    const refused = await payInvoice(world.services, owner, { source_id: 'qb', ext_id: 'q1' }, {})
    expect(refused).toMatchObject({
      error: { slug: 'not-made-here', detail: expect.stringContaining('QuickBooks') },
    })
  })

  test('of a neighbour is not there', async () => {
    const key = keyOf(await make())
    const neighbour = await world.workspace()
    expect(await readInvoice(world.services, neighbour, key)).toMatchObject({ error: { kind: 'not_found' } })
    expect(await payInvoice(world.services, neighbour, key, {})).toMatchObject({
      error: { kind: 'not_found' },
    })
  })
})

describe('the day after an invoice was due', () => {
  test('it is told once that it is overdue, in the zone of the workspace, and never of old history', async () => {
    await make({ issued_day: '2026-11-01', due_day: '2026-11-14' })
    await make({ issued_day: '2026-11-01', due_day: '2026-11-15' })
    await make({ issued_day: '2026-01-01', due_day: '2026-02-01' })
    const overdue = async () => (await told()).filter(([type]) => type === 'invoice.overdue')
    await tellEveryOverdue(world.services)
    await tellEveryOverdue(world.services)
    expect(await overdue()).toHaveLength(1)
    world.clock.advance(15 * 3_600_000)
    await tellEveryOverdue(world.services)
    // 22 o'clock in New York is still the day it was due plus nothing
    expect(await overdue()).toHaveLength(1)
    world.clock.advance(3 * 3_600_000)
    await tellEveryOverdue(world.services)
    expect(await overdue()).toHaveLength(2)
  })

  test('a paid one is told of to nobody', async () => {
    const key = keyOf(await make({ issued_day: '2026-11-01', due_day: '2026-11-14' }))
    await done(payInvoice(world.services, owner, key, {}))
    await tellEveryOverdue(world.services)
    expect((await told()).map(([type]) => type)).not.toContain('invoice.overdue')
  })
})

describe('over the web', () => {
  test('the API makes, pays and lists, with amounts as text', async () => {
    const { authorization } = await keyFor(owner.tenantId, ['foundry:read', 'foundry:write'], Date.now())
    const headers = { Authorization: authorization, 'Content-Type': 'application/json' }
    const body = JSON.stringify({ customer_name: 'Ann', lines: [{ description: 'Rug', unit_price: '80' }] })
    const made = await ask('/modules/mini-foundry/invoices', { method: 'POST', headers, body })
    expect(made.status).toBe(201)
    const invoice = (await made.json()) as { source_id: string; ext_id: string; total: string }
    expect(invoice.total).toBe('80.00')
    const at = `/modules/mini-foundry/invoices/${invoice.source_id}/${invoice.ext_id}`
    const paid = await ask(`${at}/paid`, { method: 'POST', headers, body: '{}' })
    expect(await paid.json()).toMatchObject({ status: 'paid', paid: '80.00' })
    const listed = (await (await ask('/modules/mini-foundry/invoices?status=paid', { headers })).json()) as {
      data: { lines: unknown }[]
    }
    expect(listed.data[0]?.lines).toEqual([
      { description: 'Rug', quantity: '1', unit_price: '80.0000', total: '80.00' },
    ])
  })

  test('the page works line by line without JavaScript, keeps what was typed, and is closed to viewers', async () => {
    const { cookie } = await signInAs(owner.tenantId, 'member', Date.now())
    const post = (fields: Record<string, string>, as = cookie) =>
      ask('/foundry/invoices', {
        method: 'POST',
        headers: ownForm(as),
        body: new URLSearchParams(fields).toString(),
      })
    const line = { 'lines.0.description': 'Rug', 'lines.0.quantity': '1', 'lines.0.unit_price': 'dear' }
    const wrong = await post({ customer_name: 'Ann', ...line })
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('value="dear"')
    const more = await post({ customer_name: 'Ann', more: 'yes', ...line })
    expect(await more.text()).toContain('lines.1.description')
    const made = await post({ customer_name: 'Ann', ...line, 'lines.0.unit_price': '80' })
    expect(made.status).toBe(303)
    const viewer = await signInAs(owner.tenantId, 'viewer', Date.now())
    expect((await post({ customer_name: 'Ann', ...line }, viewer.cookie)).status).toBe(403)
  })
})

describe('invoices likely late', () => {
  const history = async (count: number) => {
    const { source_id: sourceId } = await make({
      customer_name: 'Slow & Sons',
      customer_email: 'slow@example.com',
    })
    const invoices = Array.from({ length: count }, (_, at) => ({
      ...{ extId: `past-${at}`, srcUpdatedAt: 1, number: `P${at}`, status: 'paid' as const, currency: 'USD' },
      ...{ customerName: 'Slow & Sons', customerEmail: 'slow@example.com', total: 10_000, paid: 10_000 },
      ...{ issuedDay: '2026-08-01', dueDay: '2026-08-15', paidDay: '2026-08-25' },
    }))
    await landFacts(world.services, owner, { sourceId, origin: 'history', batch: { invoices } })
  }
  const outlook = async () => {
    const { authorization } = await keyFor(owner.tenantId, ['foundry:read'], world.clock.now())
    const answer = await ask('/modules/mini-foundry/invoices/outlook', {
      headers: { Authorization: authorization },
    })
    expect(answer.status).toBe(200)
    return answer.json()
  }
  const page = async () => {
    const { cookie } = await signInAs(owner.tenantId, 'viewer', Date.now())
    return (await ask('/foundry/invoices/late', { headers: { Cookie: cookie } })).text()
  }

  test('carry their chance and day, and say what they were learned from', async () => {
    await history(12)
    expect(await outlook()).toMatchObject({
      learned_from: 12,
      data: [{ number: '2026-0001', outstanding: '360.30', due_day: '2026-11-29' }],
    })
    expect(await page()).toContain('paid 12 of 12 late, 10 days late on average')
  })

  test('are unknown while hardly anything was paid', async () => {
    await history(3)
    expect(await outlook()).toMatchObject({
      data: [{ late_probability_percent: null, expected_paid_on: null }],
      learned_from: 3,
    })
    expect(await page()).toContain('Only 3 have been paid so far')
  })
})
