// Files: taken in, checked as they pass, given out so that they cannot act, shared, deleted with a way back, and swept.
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { daily } from '../../src/cron/daily.ts'
import { deleteFile, readFile, restoreFile } from '../../src/modules/workspace/index.ts'
import { sharing } from '../../src/modules/workspace/manifest/sharing.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { isoInstant } from '../../src/platform/clock.ts'
import { uuidv7 } from '../../src/platform/ids.ts'
import { ask, ownForm } from '../support/browser.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const DAY = 86_400_000
const BASE = '/modules/workspace/files'
const MB = 1024 * 1024
const PDF = '%PDF-1.7 an offer'
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])

let world: World
let shop: Actor
let key: { authorization: string }
let cookie: string

beforeAll(async () => {
  world = await makeWorld(new Date().toISOString())
  shop = await world.workspace({ name: 'Harbour' })
  key = {
    authorization: (
      await keyFor(shop.tenantId, ['files:read', 'files:write', 'contacts:read'], world.clock.now())
    ).authorization,
  }
})
beforeEach(async () => {
  world.messages.length = 0
  // the nightly job of some tests ends all sessions that are older than their clock
  cookie = (await signInAs(shop.tenantId, 'member', Date.now())).cookie
})

type Content = string | Uint8Array<ArrayBuffer>

function form(content: Content | null, name: string, fields: Record<string, string> = {}): FormData {
  const data = new FormData()
  for (const [field, value] of Object.entries(fields)) data.set(field, value)
  if (content !== null) data.set('file', new File([content], name, { type: 'text/html' }))
  return data
}

const send = (content: Content | null, name: string, fields?: Record<string, string>, headers = key) =>
  ask(BASE, { method: 'POST', headers: { ...headers }, body: form(content, name, fields) })

async function add(
  content: Content = PDF,
  name = 'Offer.pdf',
  fields?: Record<string, string>,
): Promise<string> {
  const response = await send(content, name, fields)
  const body = await response.json<{ id: string; detail?: string }>()
  if (response.status !== 201) throw new Error(body.detail)
  return body.id
}

const objects = async (tenantId = shop.tenantId) =>
  (await testEnv.FILES.list({ prefix: `files/${tenantId}/` })).objects.map((object) => object.key)
const rowsOf = async (table: string, tenantId = shop.tenantId) =>
  (await testEnv.DB.prepare(`SELECT * FROM ${table} WHERE tenant_id = ?1`).bind(tenantId).all()).results
const sweepsDue = async (id: string) =>
  (await testEnv.DB.prepare(`SELECT at FROM due WHERE kind = 'file.sweep' AND ref = ?1`).bind(id).all())
    .results

const sha256 = async (content: Content) => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function addContact(tenantId = shop.tenantId): Promise<string> {
  const id = uuidv7(world.clock.now())
  const at = isoInstant(world.clock.now())
  await testEnv.DB.prepare(
    `INSERT INTO contact_cards (tenant_id, id, name, stage, source, consent, fields_at, created_at, updated_at)
     VALUES (?1, ?2, 'Ann Lee', 'lead', 'manual', 'unknown', '{}', ?3, ?3)`,
  )
    .bind(tenantId, id, at)
    .run()
  return id
}

describe('a file that comes', () => {
  test('is kept with its size, digest and the type it really has', async () => {
    const response = await send(PDF, 'C:\\Users\\ann\\Offer\u202e.pdf')
    expect(response.status).toBe(201)
    const file = await response.json<Record<string, unknown>>()
    expect(file).toMatchObject({
      name: 'Offer.pdf',
      content_type: 'application/pdf',
      bytes: PDF.length,
      sha256: await sha256(PDF),
      subject_type: null,
      uploaded_by_name: 'Test',
    })
    expect(response.headers.get('Location')).toBe(`${BASE}/${file.id}`)
    expect(await (await ask(`${BASE}/${file.id}`, { headers: key })).json()).toEqual(file)
    expect(await objects()).toContain(`files/${shop.tenantId}/${file.id}`)
    expect(await sweepsDue(String(file.id))).toEqual([])
  })

  test('is kept whole when it is larger than one part', async () => {
    const content = new Uint8Array(9 * MB).map((_, index) => index % 251)
    content.set(PNG)
    const id = await add(content, 'Poster.png')
    const response = await ask(`${BASE}/${id}/content`, { headers: key })
    const back = new Uint8Array(await response.arrayBuffer())
    expect(back.length).toBe(content.length)
    expect(await sha256(back)).toBe(await sha256(content))
    expect(await (await ask(`${BASE}/${id}`, { headers: key })).json()).toMatchObject({
      sha256: await sha256(content),
    })
  })

  const refused: [string, Content | null, string, number, RegExp][] = [
    ['a page named as a picture', '<!doctype html><script>', 'logo.png', 422, /no PNG image/],
    ['a page', '<html>', 'index.html', 422, /can act when they are opened/],
    ['a drawing', '<svg>', 'logo.svg', 422, /can act/],
    ['a program', 'MZ', 'setup.exe', 422, /Programs/],
    ['a table that is no text', new Uint8Array([0x61, 0, 1]), 'data.csv', 422, /Save it as UTF-8/],
    ['a workbook that is a plain zip', new Uint8Array([0x50, 0x4b, 3, 4, 9]), 'data.xlsx', 422, /no Excel/],
    ['an empty file', '', 'empty.txt', 422, /empty/],
    ['no file', null, '', 422, /Choose the file/],
  ]
  test.each(refused)(
    'is refused in words when it is %s, and nothing of it stays',
    async (_what, content, name, status, words) => {
      const before = [await objects(), await rowsOf('files'), await rowsOf('due')]
      const response = await send(content, name)
      expect(response.status).toBe(status)
      const problem = await response.json<{ errors: { path: string; message: string }[] }>()
      expect(problem.errors[0]).toMatchObject({ path: 'file', message: expect.stringMatching(words) })
      expect([await objects(), await rowsOf('files'), await rowsOf('due')]).toEqual(before)
    },
  )

  test('of more than 25 MB is refused, whether it says its length or not', async () => {
    const kept = async () => [await objects(), await rowsOf('files'), await rowsOf('due')]
    const before = await kept()
    const said = await ask(BASE, {
      method: 'POST',
      headers: {
        ...key,
        'Content-Type': 'multipart/form-data; boundary=b',
        'Content-Length': String(27 * MB),
      },
      body: '--b--',
    })
    // one byte too long, which the form around it hides
    const large = new Uint8Array(25 * MB + 1)
    large.set(PNG)
    for (const refused of [said, await send(large, 'Poster.png')]) {
      expect(refused.status).toBe(413)
      expect(await refused.text()).toContain('larger than 25 MB')
    }
    expect(await kept()).toEqual(before)
  })

  test('that breaks off leaves nothing but a note to sweep, and the sweep takes what is there', async () => {
    const own = await world.workspace()
    const ownKey = await keyFor(own.tenantId, ['files:write'], world.clock.now())
    const cut = `--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n${PDF.repeat(100)}`
    const response = await ask(BASE, {
      method: 'POST',
      headers: { Authorization: ownKey.authorization, 'Content-Type': 'multipart/form-data; boundary=b' },
      body: cut,
    })
    expect(response.status).toBe(400)
    await response.text()
    expect(await objects(own.tenantId)).toEqual([])
    expect(await rowsOf('files', own.tenantId)).toEqual([])
    const [due] = (await rowsOf('due', own.tenantId)) as { ref: string }[]
    // as if the object had been stored and the row never written
    await testEnv.FILES.put(`files/${own.tenantId}/${due?.ref}`, 'left over')
    world.clock.advance(DAY + 60_000)
    await daily(world.services)
    expect(await objects(own.tenantId)).toEqual([])
    expect(await rowsOf('due', own.tenantId)).toEqual([])
  })

  test('does not fit when the workspace is full, also when two come at once', async () => {
    const own = await world.workspace()
    const ownKey = await keyFor(own.tenantId, ['files:write'], world.clock.now())
    await testEnv.DB.prepare(
      `INSERT INTO files (tenant_id, id, name, content_type, bytes, sha256, file_key, uploaded_by, uploaded_by_name, created_at, deleted_at)
       VALUES (?1, 'big', 'big.zip', 'application/zip', ?2, 'x', 'x', 'x', 'x', '2026-01-01', '2026-01-01')`,
    )
      .bind(own.tenantId, 1024 * MB - PDF.length)
      .run()
    const both = await Promise.all(
      [1, 2].map(() => send(PDF, 'a.pdf', {}, { authorization: ownKey.authorization })),
    )
    const statuses = both.map((response) => response.status).sort()
    expect(statuses).toEqual([201, 413])
    const words = await Promise.all(both.map((response) => response.text()))
    expect(words.join()).toContain('fill the 1 GB')
    expect(await objects(own.tenantId)).toHaveLength(1)
  })

  test('hangs on a contact that is there, and on nothing else', async () => {
    const contact = await addContact()
    const id = await add(PDF, 'Contract.pdf', { subject_type: 'contact', subject_id: contact })
    expect(await (await ask(`${BASE}/${id}`, { headers: key })).json()).toMatchObject({
      subject_type: 'contact',
      subject_id: contact,
    })
    const before = await objects()
    const other = await world.workspace()
    const wrong: [Record<string, string>, number][] = [
      [{ subject_type: 'contact', subject_id: await addContact(other.tenantId) }, 404],
      [{ subject_type: 'contact', subject_id: uuidv7(1) }, 404],
      [{ subject_type: 'planet', subject_id: 'mars' }, 422],
      [{ subject_type: 'contact' }, 422],
      [{ subject_type: 'source', subject_id: 'x' }, 403],
      [{ colour: 'red' }, 422],
    ]
    for (const [fields, status] of wrong) {
      const response = await send(PDF, 'Contract.pdf', fields)
      await response.text()
      expect(response.status).toBe(status)
    }
    expect(await objects()).toEqual(before)
  })

  test('is told of in the catalogue’s words', async () => {
    const id = await add()
    const row = await testEnv.DB.prepare(
      `SELECT payload FROM outbox WHERE type = 'file.added' AND payload LIKE ?1`,
    )
      .bind(`%${id}%`)
      .first<{ payload: string }>()
    const definition = sharing.events?.find((event) => event.type === 'file.added')
    expect(definition?.payload.parse(JSON.parse(row?.payload ?? ''))).toMatchObject({
      file_id: id,
      bytes: PDF.length,
    })
    for (const event of sharing.events ?? []) expect(event.payload.parse(event.sample)).toEqual(event.sample)
  })
})

describe('a file that is given out', () => {
  const get = (path: string, as = cookie) => ask(path, { headers: { Cookie: as } })

  test('is an attachment of its exact type, whatever it was called when it came', async () => {
    const id = await add('a,b\n<script>,2\n', 'data.csv')
    for (const response of [
      await get(`/files/${id}/download`),
      await ask(`${BASE}/${id}/content`, { headers: key }),
    ]) {
      expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
      expect(response.headers.get('Content-Disposition')).toMatch(/^attachment; /)
      expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(await response.text()).toBe('a,b\n<script>,2\n')
    }
  })

  test('is shown in place only as picture or plain text, under the sandbox', async () => {
    const picture = await get(`/preview/files/${await add(PNG, 'logo.png')}`)
    expect(picture.headers.get('Content-Type')).toBe('image/png')
    await picture.arrayBuffer()
    const text = await get(`/preview/files/${await add('{"a":"<script>"}', 'data.json')}`)
    expect(text.headers.get('Content-Type')).toBe('text/plain; charset=utf-8')
    await text.text()
    const pdf = await get(`/preview/files/${await add()}`)
    expect(pdf.status).toBe(415)
    expect(await pdf.text()).toContain('Download it')
    for (const response of [picture, text, pdf]) {
      expect(response.headers.get('Content-Security-Policy')).toMatch(/^sandbox; default-src 'none'/)
      expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
    }
  })

  test('is not given to a neighbour or a stranger, under any address', async () => {
    const id = await add(PNG, 'logo.png')
    const other = await world.workspace()
    const their = (await signInAs(other.tenantId, 'owner', world.clock.now())).cookie
    for (const path of [`/files/${id}`, `/files/${id}/download`, `/preview/files/${id}`]) {
      const neighbour = await get(path, their)
      expect([neighbour.status, (await neighbour.text()).includes('PNG')]).toEqual([404, false])
      expect((await ask(path)).status).toBe(303)
    }
  })
})

describe('a deleted file', () => {
  test('is gone from sight at once, comes back whole, and is swept after seven days', async () => {
    const own = await world.workspace()
    const owner = (await signInAs(own.tenantId, 'owner', world.clock.now())).cookie
    const body = form(PDF, 'Offer.pdf')
    const added = await ask('/files', {
      method: 'POST',
      headers: { Cookie: owner, 'Sec-Fetch-Site': 'same-origin' },
      body,
    })
    expect(added.status).toBe(303)
    const id = added.headers.get('Location')?.split('/').at(-1) ?? ''
    expect((await deleteFile(world.services, own, id)).ok).toBe(true)
    expect(await deleteFile(world.services, own, id)).toMatchObject({ error: { kind: 'not_found' } })
    expect(await readFile(world.services, own, id)).toMatchObject({ error: { kind: 'not_found' } })
    world.clock.advance(6 * DAY)
    await daily(world.services)
    expect((await restoreFile(world.services, own, id)).ok).toBe(true)
    expect((await readFile(world.services, own, id)).ok).toBe(true)
    world.clock.advance(10 * DAY)
    await daily(world.services)
    expect(await objects(own.tenantId)).toHaveLength(1)
    await deleteFile(world.services, own, id)
    world.clock.advance(7 * DAY)
    await daily(world.services)
    await daily(world.services)
    expect(await objects(own.tenantId)).toEqual([])
    expect(await rowsOf('files', own.tenantId)).toEqual([])
    expect(await rowsOf('due', own.tenantId)).toEqual([])
    expect(await restoreFile(world.services, own, id)).toMatchObject({ error: { kind: 'not_found' } })
  })

  test('that storage will not let go of keeps no other from going, and goes the next night', async () => {
    const own = await world.workspace()
    const ownKey = await keyFor(own.tenantId, ['files:read', 'files:write'], Date.now())
    const ids: string[] = []
    for (const name of ['a.txt', 'b.txt', 'c.txt']) {
      const added = await send(name, name, {}, { authorization: ownKey.authorization })
      ids.push((await added.json<{ id: string }>()).id)
    }
    for (const id of ids) await deleteFile(world.services, own, id)
    world.clock.advance(7 * DAY)
    const held = `files/${own.tenantId}/${ids[1]}`
    const remove = async (keys: string[]) => {
      if (keys.includes(held)) throw new Error('storage is away')
      await world.services.files.remove(keys)
    }
    const failing = { ...world.services, files: { ...world.services.files, remove } }
    await expect(daily(failing)).rejects.toThrow('storage is away')
    expect(await objects(own.tenantId)).toEqual([held])
    expect(await rowsOf('files', own.tenantId)).toHaveLength(1)
    await daily(world.services)
    expect(await objects(own.tenantId)).toEqual([])
    expect(await rowsOf('files', own.tenantId)).toEqual([])
  })

  test('takes what was said of it and the links to it along', async () => {
    const own = await world.workspace()
    const id = uuidv7(world.clock.now())
    const at = isoInstant(world.clock.now())
    await testEnv.DB.batch(
      [
        `INSERT INTO files (tenant_id, id, name, content_type, bytes, sha256, file_key, uploaded_by, uploaded_by_name, created_at)
         VALUES (?1, ?2, 'a.pdf', 'application/pdf', 1, 'x', 'x', 'x', 'x', ?3)`,
        `INSERT INTO comments (tenant_id, id, subject_type, subject_id, author_id, author_name, body, mentions, created_at, updated_at)
         VALUES (?1, 'c', 'file', ?2, 'x', 'X', 'hello', '[]', ?3, ?3)`,
        `INSERT INTO public_links (tenant_id, id, kind, ref, scope, label, secret_hash, created_by, created_by_name, created_at)
         VALUES (?1, 'l', 'file', ?2, '["view"]', 'x', 'x', 'x', 'x', ?3)`,
      ].map((sql) => testEnv.DB.prepare(sql).bind(own.tenantId, id, at)),
    )
    await deleteFile(world.services, own, id)
    world.clock.advance(7 * DAY)
    await daily(world.services)
    expect(await rowsOf('comments', own.tenantId)).toEqual([])
    expect(await rowsOf('public_links', own.tenantId)).toMatchObject([{ revoked_at: expect.any(String) }])
  })
})

describe('the pages', () => {
  const post = (path: string, body = '', as = cookie) =>
    ask(path, { method: 'POST', headers: ownForm(as), body })
  const html = async (path: string) => (await ask(path, { headers: { Cookie: cookie } })).text()

  test('find a file by its name, delete it and offer to undo', async () => {
    const id = await add(PDF, 'Lease of the shop.pdf')
    expect(await html('/files?q=LEASE')).toContain('Lease of the shop.pdf')
    expect(await html('/files?q=boat')).toContain('No file has this in its name')
    const deleted = await post(`/files/${id}/deletion`)
    expect(deleted.headers.get('Location')).toBe(`/files?undo=${id}`)
    const after = await html(`/files?undo=${id}`)
    expect(after).toContain(`/files/${id}/restoration`)
    expect(after).not.toContain('Lease of the shop.pdf')
    expect(await html('/files?deleted=yes')).toContain('Lease of the shop.pdf')
    await post(`/files/${id}/restoration`)
    expect(await html('/files')).toContain('Lease of the shop.pdf')
  })

  test('share a file by a link that is shown once and opens it', async () => {
    const id = await add(PDF, 'Shared.pdf')
    const made = await post(`/files/${id}/links`, 'label=Bank&days=7&maxUses=3')
    const [, path = ''] = /value="[^"]*(\/p\/[0-9a-f-]+\.[0-9A-Za-z]+)"/.exec(await made.text()) ?? []
    expect(path).not.toBe('')
    const opened = await ask(path, { headers: { 'CF-Connecting-IP': '203.0.113.7' } })
    expect(await opened.text()).toContain('Shared.pdf')
    const page = await html(`/files/${id}`)
    expect(page).toContain('Bank')
    expect(page).toContain('0 of 3')
    expect(page).not.toContain(path)
    const refused = await post(`/files/${id}/links`, 'days=0&maxUses=many')
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('At least one day.')
  })

  test('show the files of a contact as a panel, and bring an upload from there back there', async () => {
    const contact = await addContact()
    const subject = `subject_type=contact&subject_id=${contact}`
    const headers = { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' }
    const added = await ask(`/files?${subject}`, { method: 'POST', headers, body: form(PDF, 'Contract.pdf') })
    expect(added.headers.get('Location')).toBe(`/contacts/${contact}`)
    const partial = await ask(`/files/panel?${subject}`, {
      headers: { Cookie: cookie, 'HX-Request': 'true', 'HX-Request-Type': 'partial' },
    })
    const panel = await partial.text()
    expect(panel).toContain('Contract.pdf')
    expect(panel).not.toContain('<html')
    const refused = await ask(`/files?${subject}`, {
      method: 'POST',
      headers,
      body: form('<html>', 'a.html'),
    })
    expect(refused.status).toBe(422)
    const words = await refused.text()
    expect(words).toContain('can act when they are opened')
    expect(words).toContain('Ann Lee')
    expect((await ask(`/files/panel?subject_type=contact&subject_id=${uuidv7(1)}`, { headers })).status).toBe(
      404,
    )
  })
})

describe('the list over the API', () => {
  test('goes through all files by cursor, each once, and tells of deleted ones when asked', async () => {
    const own = await world.workspace()
    const ownKey = {
      authorization: (await keyFor(own.tenantId, ['files:read', 'files:write'], world.clock.now()))
        .authorization,
    }
    for (const name of ['a.txt', 'b.txt', 'c.txt']) await (await send(name, name, {}, ownKey)).text()
    type Page = { data: { id: string; name: string }[]; next_cursor: string | null }
    const page = async (query: string) => (await ask(`${BASE}${query}`, { headers: ownKey })).json<Page>()
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const next: Page = await page(`?limit=1${cursor && `&cursor=${cursor}`}`)
      seen.push(...next.data.map((file) => file.name))
      cursor = next.next_cursor
    }
    expect(seen.sort()).toEqual(['a.txt', 'b.txt', 'c.txt'])
    const [first] = (await page('?name=B.')).data
    const gone = await ask(`${BASE}/${first?.id}`, { method: 'DELETE', headers: ownKey })
    expect(gone.status).toBe(204)
    expect((await page('')).data).toHaveLength(2)
    expect((await page('?deleted=true')).data).toMatchObject([{ name: 'b.txt' }])
    const back = await ask(`${BASE}/${first?.id}/restore`, { method: 'POST', headers: ownKey })
    expect(await back.json()).toMatchObject({ name: 'b.txt', deleted_at: null })
  })
})

describe('what is held about a contact', () => {
  test('is told on request, stands in its history, and goes for good when it is forgotten', async () => {
    const own = await world.workspace()
    const ownKey = {
      authorization: (await keyFor(own.tenantId, ['files:write', 'contacts:read'], world.clock.now()))
        .authorization,
    }
    const contactId = await addContact(own.tenantId)
    const whom = { contactId, email: null, externals: [] }
    await (await send(PDF, 'Contract.pdf', { subject_type: 'contact', subject_id: contactId }, ownKey)).text()
    await (await send(PDF, 'Menu.pdf', {}, ownKey)).text()
    await testEnv.DB.prepare(
      `INSERT INTO comments (tenant_id, id, subject_type, subject_id, author_id, author_name, body, mentions, created_at, updated_at)
       VALUES (?1, 'c1', 'contact', ?2, 'x', 'Ben', 'Call her on Monday', '[]', '2026-01-01', '2026-01-01')`,
    )
      .bind(own.tenantId, contactId)
      .run()
    const history = await sharing.timeline?.(world.services, own, whom, 10)
    expect(history).toMatchObject([
      { kind: 'file', title: 'Test added Contract.pdf' },
      { kind: 'comment', title: 'Ben commented', detail: 'Call her on Monday' },
    ])
    expect(await sharing.personal?.(world.services, own, whom)).toMatchObject({
      files: [{ name: 'Contract.pdf' }],
      comments: [{ body: 'Call her on Monday' }],
    })
    expect(await sharing.forget?.(world.services, own, whom)).toEqual({ files: 1, comments: 1 })
    expect(await sharing.forget?.(world.services, own, whom)).toEqual({ files: 0, comments: 0 })
    expect(await rowsOf('files', own.tenantId)).toMatchObject([{ name: 'Menu.pdf' }])
    expect(await objects(own.tenantId)).toHaveLength(1)
    expect(await rowsOf('comments', own.tenantId)).toEqual([])
  })
})
