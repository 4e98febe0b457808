// Contacts through the doors: pages, the API with its versions, and forms that anybody may send in.
import { beforeAll, describe, expect, test } from 'vitest'
import { createContact, createForm, listContacts } from '../../src/modules/workspace/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import type { Result } from '../../src/platform/result.ts'
import { ask, ownForm } from '../support/browser.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

let world: World
let shop: Actor
let cookie: string
let api: Record<string, string>

beforeAll(async () => {
  world = await makeWorld(new Date().toISOString())
  shop = await world.workspace({ name: 'Harbour' })
  cookie = (await signInAs(shop.tenantId, 'member', world.clock.now())).cookie
  const key = await keyFor(shop.tenantId, ['contacts:read', 'contacts:write'], world.clock.now())
  api = { Authorization: key.authorization, 'Content-Type': 'application/json' }
})

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.detail} ${JSON.stringify(result.error.errors)}`)
  return result.value
}

const call = (path: string, method = 'GET', body?: unknown, headers: Record<string, string> = {}) =>
  ask(`/modules/workspace/contacts${path}`, {
    method,
    headers: { ...api, ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  })

const post = (path: string, fields: Record<string, string>) =>
  ask(path, { method: 'POST', headers: ownForm(cookie), body: new URLSearchParams(fields).toString() })

const html = async (path: string) => (await ask(path, { headers: { Cookie: cookie } })).text()

describe('the API', () => {
  test('adds, reads, changes under a version, and deletes', async () => {
    const made = await call('', 'POST', { email: 'api@example.com', tags: ['One'] })
    expect(made.status).toBe(201)
    const contact = (await made.json()) as { id: string; version: number }
    const read = await call(`/${contact.id}`)
    const tag = read.headers.get('ETag') ?? ''
    expect(await read.json()).toMatchObject({
      email: 'api@example.com',
      stage: 'lead',
      source: 'api',
      tags: ['One'],
    })
    const saved = await call(`/${contact.id}`, 'PUT', { stage: 'qualified' }, { 'If-Match': tag })
    expect([saved.status, await saved.json()]).toMatchObject([200, { stage: 'qualified', tags: ['One'] }])
    const late = await call(`/${contact.id}`, 'PUT', { stage: 'lost' }, { 'If-Match': tag })
    expect([late.status, await late.json()]).toMatchObject([412, { type: '/problems/stale' }])
    const history = (await (await call(`/${contact.id}/timeline`)).json()) as { data: { title: string }[] }
    expect(history.data.map(({ title }) => title)).toContain('Stage: lead → qualified')
    const gone = await call(`/${contact.id}`, 'DELETE')
    expect([gone.status, (await call(`/${contact.id}`)).status]).toEqual([204, 404])
  })

  test('answers a batch row by row and gives what changed since', async () => {
    const contacts = [
      { email: 'b1@example.com' },
      { email: 'no address' },
      { name: 'B3', phone: '212 555 0111' },
    ]
    const landed = (await (await call('/batch', 'POST', { contacts })).json()) as {
      data: { outcome: string }[]
    }
    expect(landed.data.map(({ outcome }) => outcome)).toEqual(['created', 'refused', 'created'])
    const since = new Date(world.clock.now() - 60_000).toISOString()
    const ids: string[] = []
    let cursor = ''
    do {
      const query = new URLSearchParams({ updated_since: since, limit: '1', ...(cursor && { cursor }) })
      const page = (await (await call(`?${query}`)).json()) as {
        data: { id: string }[]
        next_cursor: string | null
      }
      ids.push(...page.data.map(({ id }) => id))
      cursor = page.next_cursor ?? ''
    } while (cursor)
    expect(ids.length).toBe(new Set(ids).size)
    expect(ids.length).toBeGreaterThanOrEqual(2)
    const later = new Date(world.clock.now() + 3_600_000).toISOString()
    expect(await (await call(`?updated_since=${later}`)).json()).toEqual({ data: [], next_cursor: null })
  })

  test('says by field what is wrong', async () => {
    const refused = await call('', 'POST', { email: 'nobody', colour: 'red' })
    expect(refused.status).toBe(422)
    expect((await call('?stage=champion')).status).toBe(422)
    expect((await call('?cursor=none-of-ours')).status).toBe(422)
    const text = (await call('', 'POST', { tags: ['x'] })).text()
    expect(await text).toContain('Give a name, an e-mail address or a telephone number.')
  })
})

describe('the pages', () => {
  test('add, find, filter, change and export a contact', async () => {
    const added = await post('/contacts', {
      name: '=Zoë',
      email: 'zoe@example.com',
      tags: 'fair, VIP',
      stage: 'lead',
    })
    const place = added.headers.get('Location') ?? ''
    expect([added.status, place]).toEqual([303, expect.stringMatching(/^\/contacts\/[0-9a-f-]{36}$/)])
    expect(await html('/contacts?q=zoe@')).toContain(place)
    expect(await html('/contacts?q=zoe@&stage=lost')).toContain('Nobody fits')
    expect(await html('/contacts?tag=vip')).toContain(place)
    expect((await post(place, { stage: 'customer' })).status).toBe(303)
    const shown = await html(place)
    expect(shown).toContain('Stage: lead → customer')
    expect(shown).toContain('/comments?subject_type=contact')
    const csv = await html('/contacts/export.csv?q=zoe')
    expect(csv.split('\r\n')[1]).toContain(`'=Zoë,zoe@example.com`)
  })

  test('show an address that is taken with the way to who has it', async () => {
    const { id } = value(await createContact(world.services, shop, { email: 'taken@example.com' }))
    const again = await post('/contacts', { email: 'Taken@example.com' })
    expect(again.status).toBe(409)
    expect(await again.text()).toContain(`href="/contacts/${id}"`)
  })
})

describe('a form on the web', () => {
  const made = async () =>
    value(
      await createForm(
        world.services,
        { ...shop, kind: 'person' },
        {
          name: 'Newsletter',
          title: 'Hear from us',
          fields: [
            { field: 'name', label: 'Your name', required: true },
            { field: 'email', label: 'E-mail', required: true },
            { field: 'message', label: 'Message', required: false },
          ],
          consent_text: 'Send me the monthly letter.',
          tags: ['web'],
          thanks: 'See you soon.',
        },
      ),
    )
  const send = (path: string, fields: Record<string, string>) =>
    ask(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin' },
      body: new URLSearchParams(fields).toString(),
    })
  const found = async (q: string) => value(await listContacts(world.services, shop, { q })).contacts

  test('makes a lead with consent in its exact words, once a person however often', async () => {
    const path = new URL((await made()).url).pathname
    const shown = await (await ask(path)).text()
    expect(shown).toContain('Hear from us')
    expect(shown).not.toMatch(/name="consent"[^>]*checked/)
    const answer = { name: 'Web Person', email: 'web@example.com', message: 'Hello' }
    expect(await (await send(path, { ...answer, consent: 'yes' })).text()).toContain('See you soon.')
    expect((await send(path, { ...answer, email: 'WEB@example.com' })).status).toBe(200)
    const cards = await found('web@example.com')
    expect(cards).toMatchObject([
      {
        stage: 'lead',
        source: 'form',
        tags: ['web'],
        consent: { state: 'given', text: 'Send me the monthly letter.' },
      },
    ])
    const { results } = await testEnv.DB.prepare(
      `SELECT type FROM outbox WHERE tenant_id = ?1 AND json_extract(payload, '$.contact_id') = ?2 ORDER BY type`,
    )
      .bind(shop.tenantId, cards[0]?.id)
      .all<{ type: string }>()
    expect(results.map(({ type }) => type)).toEqual([
      'contact.consent_changed',
      'form.submitted',
      'form.submitted',
      'lead.created',
    ])
  })

  test('thanks a program that fills in what nobody sees, and takes nothing from it', async () => {
    const path = new URL((await made()).url).pathname
    const sent = await send(path, { name: 'Bot', email: 'bot@example.com', website: 'https://spam.example' })
    expect(await sent.text()).toContain('See you soon.')
    expect(await found('bot@example.com')).toEqual([])
  })

  test('names each mistake, keeps what was typed, and gives no consent that was not ticked', async () => {
    const path = new URL((await made()).url).pathname
    const refused = await send(path, { name: '', email: 'nowhere', message: '<b>Hi</b>' })
    const page = await refused.text()
    expect(refused.status).toBe(422)
    expect(page).toContain('This is no e-mail address')
    expect(page).toContain('&lt;b&gt;Hi&lt;/b&gt;')
    await send(path, { name: 'No consent', email: 'none@example.com' })
    expect(await found('none@example.com')).toMatchObject([{ consent: { state: 'unknown' } }])
  })

  test('ends with its address when it is taken off the web', async () => {
    const { id, url } = await made()
    const path = new URL(url).pathname
    expect((await post(`/contacts/forms/${id}/archival`, { confirmed: 'yes' })).status).toBe(303)
    expect((await ask(path)).status).toBe(404)
    expect((await send(path, { name: 'Late', email: 'late@example.com' })).status).toBe(404)
    expect(await found('late@example.com')).toEqual([])
  })
})
