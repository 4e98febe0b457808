import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/platform/actor.ts'
import { ask, ownForm } from '../support/browser.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const BASE = '/modules/mini-foundry/imports'
const FILE = `Order ID,Date,Customer,Total\n1,2020-01-15,Ann,10\n2,2020-01-16,"Lee, Ben",20\n2,2020-01-16,"Lee, Ben",20\n3,soon,Cy,5\n`

let world: World
let actor: Actor
let key: { authorization: string }
let reader: { authorization: string }
let cookie: string

beforeAll(async () => {
  world = await makeWorld(new Date().toISOString())
  actor = await world.workspace()
  const now = world.clock.now()
  key = await keyFor(actor.tenantId, ['foundry:read', 'foundry:write'], now)
  reader = await keyFor(actor.tenantId, ['foundry:read'], now)
  cookie = (await signInAs(actor.tenantId, 'member', now)).cookie
})

function form(fields: Record<string, string>, file: string | null = FILE, name = 'orders.csv'): FormData {
  const data = new FormData()
  for (const [field, value] of Object.entries(fields)) data.set(field, value)
  if (file !== null) data.set('file', new File([file], name, { type: 'text/csv' }))
  return data
}

const post = (data: FormData, headers: Record<string, string> = key) =>
  ask(BASE, { method: 'POST', headers: { ...headers }, body: data })

const get = async (path: string) => (await ask(path, { headers: { ...key } })).json<Record<string, never>>()

async function work(id: string): Promise<void> {
  world.messages.push({ kind: 'import.continue', tenantId: actor.tenantId, importId: id })
  await world.drain()
}

describe('imports over the API', () => {
  it('takes a file, lands its good rows, and tells of the others one by one and as a file', async () => {
    const answer = await post(form({ kind: 'orders', currency: 'EUR' }))
    expect(answer.status).toBe(202)
    const { id } = await answer.json<{ id: string }>()
    expect(answer.headers.get('Location')).toBe(`${BASE}/${id}`)
    await work(id)
    const read = await get(`${BASE}/${id}`)
    expect(read).toMatchObject({
      id,
      status: 'completed_with_errors',
      kind: 'orders',
      file_name: 'orders.csv',
      mapping: { 'Order ID': 'order_id', Date: 'date', Customer: 'customer_name', Total: 'line_total' },
      counts: { total: 4, landed: 2, unchanged: 0, duplicate: 1, failed: 1 },
      errors: [
        { line: 4, result: 'left out', message: expect.stringContaining('line 3') },
        { line: 5, result: 'not imported', column: 'Date', value: 'soon' },
      ],
      errors_url: `${BASE}/${id}/errors`,
    })
    const download = await ask(`${BASE}/${id}/errors`, { headers: { ...key } })
    expect(download.headers.get('Content-Disposition')).toContain('attachment')
    const bytes = new Uint8Array(await download.arrayBuffer())
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const lines = new TextDecoder().decode(bytes).trim().split('\r\n')
    expect(lines[0]).toBe('line,result,column,value,problem,Order ID,Date,Customer,Total')
    expect(lines[1]).toContain('"Lee, Ben"')
    expect(lines).toHaveLength(3)
    const list = await get(BASE)
    expect(list).toMatchObject({ data: [{ id }], next_cursor: null })
  })

  it('refuses in words what it cannot begin, and keeps nothing of it', async () => {
    const files = async () =>
      (await testEnv.FILES.list({ prefix: `imports/${actor.tenantId}/` })).objects.length
    const before = await files()
    const missing = await post(form({ kind: 'orders' }, 'Colour,Size\nred,L\n'))
    expect(missing.status).toBe(422)
    const problem = await missing.json<{ errors: { path: string; message: string }[] }>()
    expect(problem.errors.map((error) => error.path)).toEqual(['mapping', 'mapping'])
    expect(problem.errors[0]?.message).toMatch(/order date.*"Colour", "Size"/)
    const refusals: [FormData, number][] = [
      [form({ kind: 'shoes' }), 422],
      [form({ kind: 'orders' }, null), 422],
      [form({ kind: 'orders' }, ''), 422],
      [form({ kind: 'orders', mapping: 'no json' }), 422],
      [form({ kind: 'orders', mapping: '{"Nowhere":"date"}' }), 422],
      [form({ kind: 'orders', mapping: '{"Date":"birthday"}' }), 422],
      [form({ kind: 'orders', mapping: '{"Date":"date","Total":"date"}' }), 422],
      [form({ kind: 'orders', currency: 'euro' }), 422],
      [form({ kind: 'orders', date_order: 'upside down' }), 422],
      [form({ kind: 'orders', colour: 'red' }), 422],
    ]
    for (const [data, status] of refusals)
      expect((await post(data)).status, JSON.stringify([...data.keys()])).toBe(status)
    expect((await post(form({ kind: 'orders' }), reader)).status).toBe(403)
    expect((await post(form({ kind: 'orders' }), { 'Sec-Fetch-Site': 'same-origin' })).status).toBe(401)
    const json = await ask(BASE, {
      method: 'POST',
      headers: { ...key, 'Content-Type': 'application/json' },
      body: '{}',
    })
    expect(json.status).toBe(415)
    expect(await files()).toBe(before)
  })

  it('uses the mapping it is given, cancels, undoes, and says when it is too late', async () => {
    const mapping = JSON.stringify({ 'Order ID': 'order_id', Date: 'date', Total: 'line_total' })
    const { id } = await (await post(form({ mapping, kind: 'orders', duplicates: 'keep' }))).json<{
      id: string
    }>()
    await work(id)
    expect(await get(`${BASE}/${id}`)).toMatchObject({ counts: { landed: 3, duplicate: 0 } })
    const act = (verb: string) => ask(`${BASE}/${id}/${verb}`, { method: 'POST', headers: { ...key } })
    expect((await act('cancel')).status).toBe(409)
    expect((await act('undo')).status).toBe(202)
    world.messages.push({ kind: 'import.undo', tenantId: actor.tenantId, importId: id })
    await world.drain()
    expect(await get(`${BASE}/${id}`)).toMatchObject({ status: 'undone' })
    expect((await act('undo')).status).toBe(202)
    const late = await ask(`${BASE}/${id}/mapping`, {
      method: 'POST',
      headers: { ...key, 'Content-Type': 'application/json' },
      body: JSON.stringify({ mapping: JSON.parse(mapping) }),
    })
    expect(late.status).toBe(409)
  })
})

describe('imports in the browser, without scripts', () => {
  it('go from the file over its columns to the rows, and back by undo', async () => {
    const own = { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' }
    const empty = await ask('/foundry/imports', { headers: own })
    expect(await empty.text()).toContain('Imports')
    expect((await ask('/foundry/imports/new', { headers: own })).status).toBe(200)
    const text = 'Nr;Wann;Betrag\n1;03/04/2020;1,234\n2;03/05/2020;2,345\n'
    const sent = await ask('/foundry/imports', {
      method: 'POST',
      headers: own,
      body: form({ kind: 'orders' }, text, 'mine.csv'),
    })
    expect(sent.status).toBe(303)
    const place = sent.headers.get('Location') ?? ''
    const columns = await (await ask(place, { headers: own })).text()
    expect(columns).toContain('Dates like 03/04/2020')
    expect(columns).toContain('Numbers like 1,234')
    const submit = (fields: Record<string, string>) =>
      ask(place, { method: 'POST', headers: ownForm(cookie), body: new URLSearchParams(fields).toString() })
    const incomplete = await submit({ do: 'start', 'column-0': 'order_id', 'column-2': 'line_total' })
    expect(incomplete.status).toBe(422)
    expect(await incomplete.text()).toContain('No column was found for order date')
    const choice = {
      'column-0': 'order_id',
      'column-1': 'date',
      'column-2': 'line_total',
      date_order: 'dmy',
      decimal_mark: ',',
    }
    const preview = await submit({ ...choice, do: 'preview' })
    expect(await preview.text()).toContain('2020-04-03')
    expect((await submit({ ...choice, do: 'start' })).status).toBe(303)
    const id = place.split('/').at(-1) ?? ''
    await work(id)
    expect(await (await ask(place, { headers: own })).text()).toContain('2 rows came in')
    const db = world.services.tenant(actor.tenantId)
    const landed = () =>
      db.get(
        db.sql<{ business_day: string; net: number }>(
          'SELECT business_day, net FROM sale_events WHERE tenant_id = ?1 AND import_id = ?2 ORDER BY ext_id',
          id,
        ),
      )
    expect(await landed()).toEqual([
      { business_day: '2020-04-03', net: 12_340 },
      { business_day: '2020-05-03', net: 23_450 },
    ])
    const asked = await ask(`${place}/undo`, { method: 'POST', headers: ownForm(cookie), body: '' })
    expect(await asked.text()).toContain('Undo this import?')
    const confirmed = await ask(`${place}/undo`, {
      method: 'POST',
      headers: ownForm(cookie),
      body: 'confirmed=yes',
    })
    expect(confirmed.status).toBe(303)
    world.messages.push({ kind: 'import.undo', tenantId: actor.tenantId, importId: id })
    await world.drain()
    expect(await landed()).toEqual([])
    expect(await (await ask('/foundry/imports/samples/orders', { headers: own })).text()).toContain(
      'Order ID',
    )
  })
})
