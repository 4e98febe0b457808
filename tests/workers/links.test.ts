// Public links: what a token opens, how often and until when, and that nothing else is told.
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createLink, listLinks, lookAtLink, openLink, revokeLink } from '../../src/modules/workspace/index.ts'
import { type Actor, can } from '../../src/platform/actor.ts'
import { isoInstant } from '../../src/platform/clock.ts'
import { uuidv7 } from '../../src/platform/ids.ts'
import { ask, ownForm } from '../support/browser.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const DAY = 86_400_000

let world: World
let shop: Actor

beforeAll(async () => {
  world = await makeWorld(new Date().toISOString())
  shop = await world.workspace({ name: 'Harbour' })
})
beforeEach(() => {
  world.messages.length = 0
})

interface Wish {
  kind?: string
  ref?: string
  scope?: string[]
  label?: string
  expiresAt?: string | null
  maxUses?: number | null
}

async function makeLink(wish: Wish = {}, actor = shop) {
  const made = await createLink(world.services, actor, {
    kind: 'file',
    ref: 'some-file',
    scope: ['view', 'download'],
    label: 'For the accountant',
    expiresAt: null,
    maxUses: null,
    ...wish,
  })
  if (!made.ok) throw new Error(made.error.detail)
  return made.value
}

const open = (token: string, need = 'download') => openLink(world.services, token, need)
const refusal = async (token: string, need?: string) => {
  const opened = await open(token, need)
  return opened.ok ? null : opened.error
}

/** A file straight in its table and in storage. */
async function putFile(
  name = 'Offer.pdf',
  text = '%PDF-1.7 offer',
  tenantId = shop.tenantId,
): Promise<string> {
  const id = uuidv7(world.clock.now())
  await testEnv.DB.prepare(
    `INSERT INTO files (tenant_id, id, name, content_type, bytes, sha256, file_key, uploaded_by, uploaded_by_name, created_at)
     VALUES (?1, ?2, ?3, 'application/pdf', ?4, 'x', ?5, 'test', 'Test', ?6)`,
  )
    .bind(tenantId, id, name, text.length, `files/${tenantId}/${id}`, isoInstant(world.clock.now()))
    .run()
  await testEnv.FILES.put(`files/${tenantId}/${id}`, text)
  return id
}

describe('a link', () => {
  test('opens what it is for, with the rights of its kind and no more', async () => {
    const { token, url } = await makeLink()
    expect(url).toBe(`${world.services.config.publicUrl}/p/${token}`)
    const opened = await open(token)
    if (!opened.ok) throw new Error(opened.error.detail)
    expect(opened.value.link).toMatchObject({ kind: 'file', ref: 'some-file', uses: 1 })
    const { actor } = opened.value
    expect(actor).toMatchObject({ kind: 'system', tenantId: shop.tenantId })
    expect(actor.name).toContain('For the accountant')
    expect(can(actor, 'files:read')).toBe(true)
    for (const right of ['files:write', 'contacts:read', 'members:manage', 'workspace:erase'] as const)
      expect(can(actor, right)).toBe(false)
  })

  test('keeps a digest of its secret, and the secret nowhere', async () => {
    const { token } = await makeLink()
    const secret = token.split('.')[1] ?? ''
    expect(secret).toHaveLength(32)
    for (const table of ['public_links', 'public_ids', 'audit_log', 'outbox']) {
      const { results } = await testEnv.DB.prepare(`SELECT * FROM ${table}`).all()
      expect(JSON.stringify(results)).not.toContain(secret)
    }
  })

  test('is answered with the same words whatever is wrong with it', async () => {
    const { token, id } = await makeLink()
    const ended = await makeLink({ expiresAt: isoInstant(world.clock.now() + 1000) })
    const spent = await makeLink({ maxUses: 1 })
    const revoked = await makeLink()
    await open(spent.token)
    await revokeLink(world.services, shop, revoked.id)
    world.clock.advance(1000)
    const wrong = [
      '',
      'nonsense',
      `${id}.`,
      `${id}.${'A'.repeat(32)}`,
      `${token}x`,
      `${uuidv7(1)}.${token.split('.')[1]}`,
      ended.token,
      spent.token,
      revoked.token,
    ]
    const answers = await Promise.all(wrong.map((one) => refusal(one)))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(answers[0]).toMatchObject({ kind: 'not_found', slug: 'no-such-link' })
    expect(await refusal(token, 'submit')).toEqual(answers[0])
    expect(await refusal(token)).toBeNull()
  })

  test('with another link’s secret opens nothing', async () => {
    const [one, two] = [await makeLink(), await makeLink()]
    expect(await refusal(`${one.id}.${two.token.split('.')[1]}`)).toMatchObject({ kind: 'not_found' })
  })

  test('lasts to the instant it was made for', async () => {
    const { token } = await makeLink({ expiresAt: isoInstant(world.clock.now() + DAY) })
    world.clock.advance(DAY - 1)
    expect(await refusal(token)).toBeNull()
    world.clock.advance(1)
    expect(await refusal(token)).toMatchObject({ kind: 'not_found' })
  })

  test('of three uses opens three times, though twelve come at once', async () => {
    const { token, id } = await makeLink({ maxUses: 3 })
    const answers = await Promise.all(Array.from({ length: 12 }, () => refusal(token)))
    expect(answers.filter((answer) => answer === null)).toHaveLength(3)
    const listed = await listLinks(world.services, shop, { ref: 'some-file' }, 200)
    const line = listed.ok ? listed.value.links.find((link) => link.id === id) : undefined
    expect(line).toMatchObject({ uses: 3, state: 'used up' })
  })

  test('that is only looked at is not used', async () => {
    const { token } = await makeLink({ maxUses: 1 })
    for (let times = 0; times < 5; times++)
      expect((await lookAtLink(world.services, token, 'view')).ok).toBe(true)
    expect(await refusal(token)).toBeNull()
    expect((await lookAtLink(world.services, token, 'view')).ok).toBe(false)
  })

  test('into a workspace that is being erased opens nothing', async () => {
    const other = await world.workspace({ name: 'Going' })
    const { token } = await makeLink({}, other)
    expect(await refusal(token)).toBeNull()
    await testEnv.DB.prepare('UPDATE workspaces SET erase_at = ?2 WHERE id = ?1')
      .bind(other.tenantId, world.clock.now() + DAY)
      .run()
    expect(await refusal(token)).toMatchObject({ kind: 'not_found' })
  })

  test('is not made with an end that is past, without a name, or by who may not', async () => {
    const wish = { kind: 'file', ref: 'x', scope: ['view'], label: 'x', expiresAt: null, maxUses: null }
    const make = (more: Wish, actor = shop) => createLink(world.services, actor, { ...wish, ...more })
    const past = isoInstant(world.clock.now())
    expect(await make({ expiresAt: past })).toMatchObject({ error: { errors: [{ path: 'expiresAt' }] } })
    expect(await make({ expiresAt: 'tomorrow' })).toMatchObject({ error: { kind: 'invalid' } })
    expect(await make({ label: ' ' })).toMatchObject({ error: { errors: [{ path: 'label' }] } })
    expect(await make({ maxUses: 0 })).toMatchObject({ error: { errors: [{ path: 'maxUses' }] } })
    expect(await make({ scope: [] })).toMatchObject({ error: { kind: 'invalid' } })
    expect(await make({}, world.as(shop, 'viewer'))).toMatchObject({ error: { kind: 'forbidden' } })
  })

  test('is not revoked from another workspace, and revoked once', async () => {
    const { id, token } = await makeLink()
    const other = await world.workspace({ name: 'Other' })
    expect(await revokeLink(world.services, other, id)).toMatchObject({ error: { kind: 'not_found' } })
    expect(await refusal(token)).toBeNull()
    expect((await revokeLink(world.services, shop, id)).ok).toBe(true)
    expect(await revokeLink(world.services, shop, id)).toMatchObject({ error: { kind: 'not_found' } })
  })

  test('leaves its making and its end in the audit log, and an event without the token', async () => {
    const { id } = await makeLink()
    await revokeLink(world.services, shop, id)
    const { results } = await testEnv.DB.prepare(
      'SELECT action FROM audit_log WHERE target = ?1 ORDER BY action',
    )
      .bind(id)
      .all()
    expect(results).toEqual([{ action: 'link.created' }, { action: 'link.revoked' }])
    const event = await testEnv.DB.prepare(
      `SELECT payload FROM outbox WHERE type = 'link.created' AND payload LIKE ?1`,
    )
      .bind(`%${id}%`)
      .first<{ payload: string }>()
    expect(JSON.parse(event?.payload ?? '')).toEqual({ link_id: id, kind: 'file', ref: 'some-file' })
  })
})

describe('the door', () => {
  const stranger = { 'CF-Connecting-IP': '203.0.113.9' }

  test('shows a stranger the file and gives it, counting the download and not the look', async () => {
    const { token, id } = await makeLink({ ref: await putFile('Angebot für Łódź.pdf'), maxUses: 2 })
    const shown = await ask(`/p/${token}`, { headers: stranger })
    const html = await shown.text()
    expect(shown.status).toBe(200)
    expect(html).toContain('Angebot für Łódź.pdf')
    expect(html).toContain('Harbour')
    expect(html).toContain('2 times more')
    const given = await ask(`/p/${token}`, { method: 'POST', headers: stranger })
    expect(given.status).toBe(200)
    expect(new TextDecoder().decode(await given.arrayBuffer())).toBe('%PDF-1.7 offer')
    expect(given.headers.get('Content-Type')).toBe('application/pdf')
    expect(given.headers.get('Content-Disposition')).toMatch(/^attachment; /)
    expect(given.headers.get('Content-Disposition')).toContain("filename*=UTF-8''Angebot%20f%C3%BCr")
    const row = await testEnv.DB.prepare('SELECT uses FROM public_links WHERE id = ?1').bind(id).first()
    expect(row).toEqual({ uses: 1 })
  })

  test('tells no other site and no search engine of the address', async () => {
    const { token } = await makeLink({ ref: await putFile() })
    for (const path of [`/p/${token}`, '/p/nothing']) {
      const response = await ask(path, { headers: stranger })
      await response.text()
      expect(response.headers.get('Referrer-Policy')).toBe('no-referrer')
      expect(response.headers.get('X-Robots-Tag')).toContain('noindex')
      expect(response.headers.get('Cache-Control')).toBe('no-store')
    }
  })

  test('gives the same page for a link that ended, for a file that is gone and for one that never was', async () => {
    const file = await putFile()
    const deleted = await makeLink({ ref: file })
    const never = await makeLink({ ref: uuidv7(1) })
    const unknownKind = await makeLink({ kind: 'no-such-kind' })
    await testEnv.DB.prepare('UPDATE files SET deleted_at = created_at WHERE id = ?1').bind(file).run()
    const answers: [number, string][] = []
    for (const token of [deleted.token, never.token, unknownKind.token, 'no.such'])
      for (const method of ['GET', 'POST']) {
        const response = await ask(`/p/${token}`, { method, headers: stranger })
        answers.push([response.status, (await response.text()).replace(/[0-9a-f-]{36}/g, '')])
      }
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(answers[0]?.[0]).toBe(404)
  })

  test('does not open a neighbour’s file, though a link names it', async () => {
    const other = await world.workspace({ name: 'Other' })
    const { token } = await makeLink({ ref: await putFile('Theirs.pdf', 'secret', other.tenantId) })
    const response = await ask(`/p/${token}`, { method: 'POST', headers: stranger })
    expect(response.status).toBe(404)
    expect(await response.text()).not.toContain('secret')
  })

  test('writes no token into the log, not even when it fails', async () => {
    const ref = await putFile()
    const { token } = await makeLink({ ref })
    await testEnv.FILES.delete(`files/${shop.tenantId}/${ref}`)
    const lines: string[] = []
    const spies = (['info', 'warn', 'error'] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation((line) => void lines.push(String(line))),
    )
    const response = await ask(`/p/${token}`, { method: 'POST', headers: stranger })
    await response.text()
    for (const spy of spies) spy.mockRestore()
    expect(response.status).toBe(503)
    expect(lines.join('\n')).toContain('file.missing')
    expect(lines.join('\n')).not.toContain(token.split('.')[1])
    const { results } = await testEnv.DB.prepare('SELECT * FROM error_reports').all()
    expect(JSON.stringify(results)).not.toContain(token.split('.')[1])
  })

  test('lets no session of its visitor in: the answer is the same with and without one', async () => {
    const { token } = await makeLink({ ref: await putFile() })
    const other = await world.workspace({ name: 'Visitor' })
    const { cookie } = await signInAs(other.tenantId, 'viewer', world.clock.now())
    const [with_, without] = await Promise.all([
      ask(`/p/${token}`, { headers: { Cookie: cookie } }).then((response) => response.text()),
      ask(`/p/${token}`, { headers: stranger }).then((response) => response.text()),
    ])
    expect(with_).toBe(without)
  })
})

describe('the list', () => {
  test('on the page shows every link with its state, filtered, and revokes after a second thought', async () => {
    const own = await world.workspace({ name: 'Listing' })
    const { cookie } = await signInAs(own.tenantId, 'member', world.clock.now())
    const kept = await makeLink({ label: 'Bank' }, own)
    world.clock.advance(1000)
    await makeLink({ label: 'Notary', kind: 'form' }, own)
    const get = async (query: string) =>
      (await ask(`/settings/links${query}`, { headers: { Cookie: cookie } })).text()
    expect(await get('')).toMatch(/Notary[\s\S]*Bank/)
    expect(await get('?kind=form')).not.toContain('Bank')
    expect(await get('?q=ban')).not.toContain('Notary')
    const path = `/settings/links/${kept.id}/revocation`
    const question = await ask(path, { method: 'POST', headers: ownForm(cookie), body: '' })
    expect(await question.text()).toContain('Revoke this link?')
    expect(await refusal(kept.token)).toBeNull()
    const answer = await ask(path, { method: 'POST', headers: ownForm(cookie), body: 'confirmed=yes' })
    expect(answer.status).toBe(303)
    expect(await refusal(kept.token)).toMatchObject({ kind: 'not_found' })
    expect(await get('?state=active')).not.toContain('Bank')
    expect(await get('')).toContain('revoked')
  })

  test('over the API makes, pages through and ends links to files', async () => {
    const own = await world.workspace({ name: 'API' })
    const key = await keyFor(own.tenantId, ['links:manage', 'files:read'], world.clock.now())
    const call = (path: string, method = 'GET', body?: unknown) =>
      ask(`/modules/workspace/links${path}`, {
        method,
        headers: { Authorization: key.authorization, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
    const ref = await putFile('Offer.pdf', 'x', own.tenantId)
    const made = await call('', 'POST', { kind: 'file', ref })
    expect(made.status).toBe(201)
    const { id, token } = await made.json<{ id: string; token: string }>()
    expect(await refusal(token)).toBeNull()
    await (await call('', 'POST', { kind: 'file', ref, label: 'Second', max_uses: 1 })).text()
    type Page = { data: Record<string, unknown>[]; next_cursor: string | null }
    const first = await (await call('?limit=1')).json<Page>()
    expect(first.data).toMatchObject([{ label: 'Second', max_uses: 1, state: 'active' }])
    const second = await (await call(`?limit=1&cursor=${first.next_cursor}`)).json<Page>()
    expect(second).toMatchObject({ data: [{ id, label: 'Offer.pdf', uses: 1 }], next_cursor: null })
    expect(JSON.stringify([first, second])).not.toContain('secret')
    expect((await call('', 'POST', { kind: 'file', ref: await putFile() })).status).toBe(404)
    expect((await call(`/${id}`, 'DELETE')).status).toBe(204)
    expect((await call(`/${id}`, 'DELETE')).status).toBe(404)
    expect(await refusal(token)).toMatchObject({ kind: 'not_found' })
  })
})
