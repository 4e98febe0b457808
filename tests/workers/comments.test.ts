// Comments: who may say what about what, whom it reaches, and that words stay words.
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { daily } from '../../src/cron/daily.ts'
import {
  addComment,
  deleteComment,
  editComment,
  listComments,
  restoreComment,
  type Subject,
} from '../../src/modules/workspace/index.ts'
import { sharing } from '../../src/modules/workspace/manifest/sharing.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { isoInstant } from '../../src/platform/clock.ts'
import { uuidv7 } from '../../src/platform/ids.ts'
import { ask, ownForm } from '../support/browser.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const DAY = 86_400_000
const BASE = '/modules/workspace/comments'

let world: World
let shop: Actor
let ann: Actor
let ben: Actor
let file: Subject

beforeAll(async () => {
  world = await makeWorld(new Date().toISOString())
  shop = await world.workspace({ name: 'Harbour' })
  ann = await person('member')
  ben = await person('viewer')
  file = await addFile()
})
beforeEach(async () => {
  world.messages.length = 0
  world.clock.advance(1000)
})

async function person(role: 'member' | 'viewer' | 'admin', tenant = shop): Promise<Actor> {
  const { personId } = await signInAs(tenant.tenantId, role, Date.now())
  return { ...world.as(tenant, role), id: personId, name: `A ${role}` }
}

async function addFile(tenantId = shop.tenantId): Promise<Subject> {
  const id = uuidv7(world.clock.now())
  await testEnv.DB.prepare(
    `INSERT INTO files (tenant_id, id, name, content_type, bytes, sha256, file_key, uploaded_by, uploaded_by_name, created_at)
     VALUES (?1, ?2, 'Offer.pdf', 'application/pdf', 1, 'x', 'x', 'x', 'x', ?3)`,
  )
    .bind(tenantId, id, isoInstant(world.clock.now()))
    .run()
  return { type: 'file', id, title: 'Offer.pdf' }
}

async function say(body: string, as = ann, mentions: string[] = [], about = file) {
  const added = await addComment(world.services, as, about, { body, mentions })
  if (!added.ok) throw new Error(added.error.detail)
  return added.value
}

const noticesOf = async (personId: string) =>
  (
    await testEnv.DB.prepare('SELECT * FROM notifications WHERE person_id = ?1').bind(personId).all<{
      title: string
      body: string
      href: string
    }>()
  ).results

describe('a comment', () => {
  test('is kept in its words, and told of in the catalogue’s', async () => {
    const said = await say('  Looks good.\r\nCall <b>Ann</b>  ')
    expect(said).toMatchObject({ body: 'Looks good.\nCall <b>Ann</b>', authorId: ann.id, editedAt: null })
    const row = await testEnv.DB.prepare(
      `SELECT type, payload FROM outbox WHERE tenant_id = ?1 AND payload LIKE ?2`,
    )
      .bind(shop.tenantId, `%${said.id}%`)
      .first<{ type: string; payload: string }>()
    const definition = sharing.events?.find((event) => event.type === row?.type)
    expect(definition?.payload.parse(JSON.parse(row?.payload ?? ''))).toEqual({
      comment_id: said.id,
      subject_type: 'file',
      subject_id: file.id,
      author_id: ann.id,
      mentions: [],
    })
  })

  test('may be written by everybody who may see the thing, viewers too', async () => {
    expect((await addComment(world.services, ben, file, { body: 'Me too' })).ok).toBe(true)
    const blind = { ...ann, scopes: new Set(['comments:write', 'contacts:read']) }
    expect(await addComment(world.services, blind, file, { body: 'x' })).toMatchObject({
      error: { kind: 'forbidden' },
    })
    const mute = { ...ann, scopes: new Set(['files:read']) }
    expect(await addComment(world.services, mute, file, { body: 'x' })).toMatchObject({
      error: { kind: 'forbidden' },
    })
  })

  test('of nothing, of too much, or of another shape is refused in words', async () => {
    const add = (input: unknown) => addComment(world.services, ann, file, input)
    expect(await add({ body: ' \n ' })).toMatchObject({
      error: { errors: [{ path: 'body', message: 'Write something first.' }] },
    })
    expect(await add({ body: 'x'.repeat(5001) })).toMatchObject({ error: { errors: [{ path: 'body' }] } })
    expect(await add({ body: 'x', colour: 'red' })).toMatchObject({ error: { kind: 'invalid' } })
    expect(await add({ body: 7 })).toMatchObject({ error: { kind: 'invalid' } })
  })

  test('is edited by whoever wrote it, and by nobody else', async () => {
    const { id } = await say('Frist')
    const admin = await person('admin')
    for (const other of [ben, admin, shop])
      expect(await editComment(world.services, other, id, { body: 'Mine' })).toMatchObject({
        error: { kind: 'forbidden' },
      })
    const edited = await editComment(world.services, ann, id, { body: 'First' })
    expect(edited).toMatchObject({ value: { body: 'First', editedAt: isoInstant(world.clock.now()) } })
  })

  test('is deleted by whoever wrote it or manages the workspace, and comes back', async () => {
    const { id } = await say('Oh dear')
    expect(await deleteComment(world.services, ben, id)).toMatchObject({ error: { kind: 'forbidden' } })
    const admin = await person('admin')
    expect((await deleteComment(world.services, admin, id)).ok).toBe(true)
    expect(await editComment(world.services, ann, id, { body: 'x' })).toMatchObject({
      error: { kind: 'not_found' },
    })
    expect(await deleteComment(world.services, ann, id)).toMatchObject({ error: { kind: 'not_found' } })
    const listed = await listComments(world.services, ann, { subjectType: 'file', subjectId: file.id }, 200)
    expect(listed.ok && listed.value.comments.some((comment) => comment.id === id)).toBe(false)
    expect((await restoreComment(world.services, ann, id)).ok).toBe(true)
    expect(await restoreComment(world.services, ann, id)).toMatchObject({ error: { kind: 'not_found' } })
  })

  test('is not there for another workspace', async () => {
    const { id } = await say('Ours')
    const other = await world.workspace()
    for (const deed of [
      editComment(world.services, other, id, { body: 'x' }),
      deleteComment(world.services, other, id),
      restoreComment(world.services, other, id),
    ])
      expect(await deed).toMatchObject({ error: { kind: 'not_found' } })
  })

  test('that was deleted is swept after 30 days, and one that came back is not', async () => {
    const own = await world.workspace()
    const about = await addFile(own.tenantId)
    const kept = await say('Kept', own, [], about)
    const gone = await say('Gone', own, [], about)
    await deleteComment(world.services, own, kept.id)
    await deleteComment(world.services, own, gone.id)
    world.clock.advance(29 * DAY)
    await daily(world.services)
    await restoreComment(world.services, own, kept.id)
    world.clock.advance(2 * DAY)
    await daily(world.services)
    const { results } = await testEnv.DB.prepare('SELECT body FROM comments WHERE tenant_id = ?1')
      .bind(own.tenantId)
      .all()
    expect(results).toEqual([{ body: 'Kept' }])
  })
})

describe('a mention', () => {
  test('tells the person once, though the event comes twice and the comment is edited', async () => {
    const one = await person('member')
    const two = await person('member')
    const said = await say(`@[whoever](${one.id}) please look at https://example.com`, ann)
    const events = [...world.messages]
    await world.drain()
    world.messages.push(...events)
    await testEnv.DB.prepare('UPDATE outbox SET sent_at = NULL WHERE tenant_id = ?1')
      .bind(shop.tenantId)
      .run()
    await testEnv.DB.prepare('DELETE FROM event_receipts WHERE tenant_id = ?1').bind(shop.tenantId).run()
    await world.drain()
    expect(await noticesOf(one.id)).toMatchObject([
      {
        title: 'A member mentioned you in a comment on a file',
        body: '@A member please look at https://example.com',
        href: `/files/${file.id}#comment-${said.id}`,
      },
    ])
    await editComment(world.services, ann, said.id, { body: `@[x](${one.id}) and now`, mentions: [two.id] })
    await world.drain()
    expect(await noticesOf(one.id)).toHaveLength(1)
    expect(await noticesOf(two.id)).toHaveLength(1)
  })

  test('of oneself, of a stranger, or in a comment that is deleted tells nobody', async () => {
    const other = await world.workspace()
    const stranger = await person('member', other)
    const one = await person('member')
    await say(`@[me](${ann.id}) @[you](${stranger.id})`)
    const taken = await say('Hello', ann, [one.id])
    await deleteComment(world.services, ann, taken.id)
    await world.drain()
    for (const nobody of [ann, stranger, one]) expect(await noticesOf(nobody.id)).toEqual([])
    const rows = await testEnv.DB.prepare('SELECT mentions FROM comments WHERE body LIKE ?1')
      .bind('%@you%')
      .all<{ mentions: string }>()
    expect(rows.results.map((row) => JSON.parse(row.mentions))).toEqual([[ann.id]])
  })
})

describe('the panel', () => {
  const subject = () => `subject_type=file&subject_id=${file.id}`
  const partial = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' }
  let cookie: string
  let me: string

  beforeEach(async () => {
    const signedIn = await signInAs(shop.tenantId, 'member', Date.now())
    cookie = signedIn.cookie
    me = signedIn.personId
  })

  const get = async (headers: Record<string, string> = {}) =>
    (await ask(`/comments?${subject()}`, { headers: { Cookie: cookie, ...headers } })).text()
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    ask(path, { method: 'POST', headers: { ...ownForm(cookie), ...headers }, body })

  test('is a piece for a page that loads it, and a page for who comes without scripts', async () => {
    const piece = await get(partial)
    expect(piece).toMatch(/^<section id="comments"/)
    expect(piece).toContain('Discussion')
    const whole = await get()
    expect(whole).toContain('<main')
    expect(whole).toContain('Offer.pdf')
  })

  test('takes a comment with and without scripts, and shows it as words', async () => {
    const added = await post(
      '/comments',
      `${subject()}&body=${encodeURIComponent('<img src=x onerror=alert(1)>')}`,
    )
    expect(added.status).toBe(303)
    expect(added.headers.get('Location')).toMatch(/^\/comments\?subject_type=file&subject_id=[^#]+#comment-/)
    const swapped = await post(
      '/comments',
      `${subject()}&body=Second&mentions=${ann.id}&mentions=${ben.id}`,
      partial,
    )
    expect(swapped.status).toBe(200)
    const html = await swapped.text()
    expect(html).toMatch(/^<section id="comments"/)
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html).not.toContain('<img')
    expect(html.indexOf('&lt;img')).toBeLessThan(html.indexOf('Second'))
    expect(html).toContain('@A member')
    expect(html).toContain('@A viewer')
  })

  test('gives back what was written when it is not taken', async () => {
    const long = 'x'.repeat(5001)
    const refused = await post('/comments', `${subject()}&body=${long}`, partial)
    expect(refused.status).toBe(422)
    const html = await refused.text()
    expect(html).toContain('At most 5,000 characters.')
    expect(html).toContain(long)
  })

  test('edits, deletes and undoes', async () => {
    const added = await post('/comments', `${subject()}&body=Draft`)
    const id = added.headers.get('Location')?.split('#comment-')[1] ?? ''
    const edited = await (await post(`/comments/${id}`, 'body=Final+words', partial)).text()
    expect(edited).toContain('Final words')
    expect(edited).toContain('edited')
    const deleted = await (await post(`/comments/${id}/deletion`, '', partial)).text()
    expect(deleted).not.toContain('Final words')
    expect(deleted).toContain(`/comments/${id}/restoration`)
    expect(await (await post(`/comments/${id}/restoration`, '', partial)).text()).toContain('Final words')
    const others = await say('Ann’s words')
    const forbidden = await post(`/comments/${others.id}/deletion`, '')
    expect(forbidden.status).toBe(403)
    const panel = await get(partial)
    expect(panel).not.toContain(`/comments/${others.id}/deletion`)
    expect(panel).not.toContain(`value="${me}"`)
  })

  test('of something that is not there is not found, and of nothing we know is refused', async () => {
    const status = async (query: string) =>
      (await ask(`/comments?${query}`, { headers: { Cookie: cookie } })).status
    expect(await status(`subject_type=file&subject_id=${uuidv7(1)}`)).toBe(404)
    for (const type of ['contact', 'import', 'dashboard', 'source'])
      expect(await status(`subject_type=${type}&subject_id=${uuidv7(1)}`)).toBe(404)
    expect(await status('subject_type=planet&subject_id=mars')).toBe(422)
    expect(await status('')).toBe(422)
  })
})

describe('over the API', () => {
  const call = (key: { authorization: string }, path = '', method = 'GET', body?: unknown) =>
    ask(`${BASE}${path}`, {
      method,
      headers: { Authorization: key.authorization, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  type Page = { data: Record<string, unknown>[]; next_cursor: string | null }

  test('a key comments, changes and deletes its own, and others’ only when it manages the workspace', async () => {
    const own = await world.workspace()
    const about = await addFile(own.tenantId)
    const scopes = ['workspace:read', 'comments:write', 'files:read']
    const key = await keyFor(own.tenantId, scopes, Date.now())
    const other = await keyFor(own.tenantId, scopes, Date.now())
    const manager = await keyFor(own.tenantId, [...scopes, 'workspace:manage'], Date.now())
    const made = await call(key, '', 'POST', { subject_type: 'file', subject_id: about.id, body: 'Hello' })
    expect(made.status).toBe(201)
    const { id } = await made.json<{ id: string }>()
    expect((await call(other, `/${id}`, 'PUT', { body: 'x' })).status).toBe(403)
    expect((await call(other, `/${id}`, 'DELETE')).status).toBe(403)
    expect(await (await call(key, `/${id}`, 'PUT', { body: 'Hello you' })).json()).toMatchObject({
      body: 'Hello you',
    })
    expect((await call(manager, `/${id}`, 'DELETE')).status).toBe(204)
    expect((await call(key, `/${id}`, 'DELETE')).status).toBe(404)
    expect(await (await call(key)).json<Page>()).toEqual({ data: [], next_cursor: null })
    const since = isoInstant(Date.now() - 60_000)
    const changed = await (await call(key, `?updated_since=${since}`)).json<Page>()
    expect(changed.data).toMatchObject([{ id, body: '', deleted_at: expect.any(String) }])
    const later = isoInstant(Date.now() + 60_000)
    expect((await (await call(key, `?updated_since=${later}`)).json<Page>()).data).toEqual([])
  })

  test('a key sees the comments on what it may see', async () => {
    const own = await world.workspace()
    await say('On a file', own, [], await addFile(own.tenantId))
    const blind = await keyFor(own.tenantId, ['workspace:read', 'contacts:read'], Date.now())
    expect(await (await call(blind)).json()).toMatchObject({ data: [] })
    expect((await call(blind, '?subject_type=file')).status).toBe(403)
    const seeing = await keyFor(own.tenantId, ['workspace:read', 'files:read'], Date.now())
    expect(await (await call(seeing)).json()).toMatchObject({ data: [{ body: 'On a file' }] })
  })

  test('a comment on a neighbour’s thing is not made', async () => {
    const own = await world.workspace()
    const key = await keyFor(own.tenantId, ['comments:write', 'files:read'], Date.now())
    const made = await call(key, '', 'POST', { subject_type: 'file', subject_id: file.id, body: 'Hello' })
    expect(made.status).toBe(404)
  })
})
