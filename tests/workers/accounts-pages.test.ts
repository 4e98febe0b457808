// The pages of accounts as plain forms, with the real hasher: sign-up to first page, words beside fields, settings.
import { beforeAll, describe, expect, test } from 'vitest'
import { updateSettings } from '../../src/modules/workspace/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { ask, ownForm } from '../support/browser.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const PASSWORD = 'gulls over the pier'

let world: World
let network = 0

beforeAll(async () => {
  world = await makeWorld(new Date().toISOString())
})

const post = (path: string, fields: Record<string, string>, cookie = 'none=1') =>
  ask(path, {
    method: 'POST',
    headers: { ...ownForm(cookie), 'CF-Connecting-IP': `198.51.${++network}.7` },
    body: new URLSearchParams(fields).toString(),
  })

const read = async (path: string, cookie: string) => (await ask(path, { headers: { Cookie: cookie } })).text()

const cookieOf = (response: Response): string =>
  /session=[^;]+/.exec(response.headers.getSetCookie().join('\n'))?.[0] ?? ''

async function linkTo(email: string): Promise<string> {
  const mail = (await world.services.directory.latestMails(50)).find((row) => row.recipient === email)
  return /http:\/\/example\.com(\/\S+)/.exec(mail?.text_body ?? '')?.[1] ?? ''
}

const fields = {
  name: 'Nora',
  email: 'nora@harbour.example',
  password: PASSWORD,
  workspace: 'Harbour & Pine',
}

describe('signing up', () => {
  test('goes from the form over the mail to the first page', async () => {
    const form = await (await ask('/sign-up', { headers: { 'Accept-Language': 'de-DE,de;q=0.9' } })).text()
    for (const name of Object.keys(fields)) expect(form).toContain(`name="${name}"`)
    const sent = await post('/sign-up', fields)
    expect([sent.status, cookieOf(sent)]).toEqual([200, ''])
    expect(await sent.text()).toContain('Check your mail')
    const link = await linkTo(fields.email)
    const page = await (await ask(link)).text()
    expect(page).toContain('Is <strong>nora@harbour.example</strong> yours?')
    expect((await world.services.directory.personByEmail(fields.email))?.email_verified_at).toBeNull()
    const wrong = await post(link, { password: 'not the password' })
    expect([wrong.status, cookieOf(wrong)]).toEqual([422, ''])
    const right = await post(link, { password: PASSWORD })
    expect([right.status, right.headers.get('Location')]).toEqual([303, '/'])
    expect(await read('/settings', cookieOf(right))).toContain('Harbour &amp; Pine')
    const again = await ask(link)
    expect(await again.text()).toContain('used already')
    expect(again.status).toBe(404)
  })

  test('shows the very same page for an address that has an account', async () => {
    const page = async (email: string) => (await post('/sign-up', { ...fields, email })).text()
    const [known, fresh] = [await page(fields.email), await page('june@harbour.example')]
    expect(known).toBe(fresh)
  })

  test('keeps what was typed, but the password, and says beside the field what is wrong', async () => {
    const response = await post('/sign-up', { ...fields, email: 'nora@', password: 'Short-One9' })
    const html = await response.text()
    expect(response.status).toBe(422)
    expect(html).toContain('value="Harbour &amp; Pine"')
    expect(html).toContain('id="email-error"')
    expect(html).toContain('id="password-error"')
    expect(html).not.toContain('Short-One9')
  })
})

describe('workspace settings', () => {
  let shop: Actor
  let cookie: string

  beforeAll(async () => {
    shop = await world.workspace({ name: 'Settings shop' })
    cookie = (await signInAs(shop.tenantId, 'owner', world.clock.now())).cookie
  })

  const valuesOf = async (): Promise<Record<string, string>> => {
    const html = await read('/settings', cookie)
    const version = /name="version" value="(\d+)"/.exec(html)?.[1] ?? ''
    return {
      version,
      name: 'Settings shop',
      industry: '',
      timeZone: 'America/New_York',
      currency: 'USD',
      locale: 'en-US',
      country: 'US',
      weekStart: '1',
      fiscalYearStart: '1',
    }
  }

  test('a form that was read before somebody else saved is refused with words, and keeps what was typed', async () => {
    const [mine, theirs] = [await valuesOf(), await valuesOf()]
    expect((await post('/settings', { ...mine, industry: 'Rope' }, cookie)).status).toBe(303)
    const late = await post('/settings', { ...theirs, industry: 'Sails' }, cookie)
    const html = await late.text()
    expect(late.status).toBe(412)
    expect(html).toContain('Somebody else changed the settings')
    expect(html).toContain('value="Sails"')
    expect((await world.services.directory.workspace(shop.tenantId))?.industry).toBe('Rope')
  })

  test.each([
    ['timeZone', 'Mars/Olympus'],
    ['currency', 'XYZ'],
    ['locale', '§§'],
    ['country', 'Germany'],
    ['weekStart', '8'],
    ['fiscalYearStart', '0'],
    ['name', ''],
  ])('%s does not become %j', async (name, value) => {
    const response = await post('/settings', { ...(await valuesOf()), [name]: value }, cookie)
    const html = await response.text()
    expect(response.status).toBe(422)
    expect(html).toContain(`id="${name}-error"`)
  })

  test('another time zone is written with its event and its audit entry, or not at all, and re-counts the days', async () => {
    const actor = {
      ...shop,
      workspace: (await world.services.directory.workspace(shop.tenantId)) ?? shop.workspace,
    }
    const rows = async () => {
      const count = async (sql: string) =>
        (await testEnv.DB.prepare(sql).bind(shop.tenantId).first<{ n: number }>())?.n ?? 0
      return [
        await count(
          `SELECT count(*) AS n FROM outbox WHERE tenant_id = ?1 AND type = 'workspace.calendar_changed'`,
        ),
        await count(
          `SELECT count(*) AS n FROM audit_log WHERE tenant_id = ?1 AND action = 'workspace.changed'`,
        ),
      ]
    }
    const [events = 0, entries = 0] = await rows()
    const version = await world.services.directory.workspaceVersion(shop.tenantId)
    const change = (from: number) => updateSettings(world.services, actor, { timeZone: 'Asia/Tokyo' }, from)
    expect(await change(version - 1)).toMatchObject({ ok: false, error: { kind: 'stale' } })
    expect(await rows()).toEqual([events, entries])
    expect((await change(version)).ok).toBe(true)
    expect(await rows()).toEqual([events + 1, entries + 1])
    expect(world.messages).toContainEqual({ kind: 'calendar.rebuild', tenantId: shop.tenantId })
  })

  test('over the API omitted fields stay, and an old ETag is refused', async () => {
    const { authorization } = await keyFor(
      shop.tenantId,
      ['workspace:read', 'workspace:manage'],
      world.clock.now(),
    )
    const headers = { Authorization: authorization, 'Content-Type': 'application/json' }
    const path = '/modules/workspace/settings'
    const before = await ask(path, { headers })
    const etag = before.headers.get('ETag') ?? ''
    const settings = (await before.json()) as Record<string, unknown>
    const put = (body: object, match: string) =>
      ask(path, { method: 'PUT', headers: { ...headers, 'If-Match': match }, body: JSON.stringify(body) })
    const saved = await put({ industry: 'Nets' }, etag)
    expect(await saved.json()).toMatchObject({
      ...settings,
      industry: 'Nets',
      version: Number(settings.version) + 1,
    })
    const stale = await put({ industry: 'Buoys' }, etag)
    await stale.text()
    expect(stale.status).toBe(412)
    const wrong = await put({ currency: 'XYZ' }, '*')
    expect([wrong.status, await wrong.json()]).toMatchObject([422, { errors: [{ path: 'currency' }] }])
  })
})

describe('people', () => {
  test('an invitation leads a stranger in, and tells somebody else that it is not theirs', async () => {
    const shop = await world.workspace({ name: 'Guest house' })
    const { cookie } = await signInAs(shop.tenantId, 'owner', world.clock.now())
    const email = 'guest@harbour.example'
    expect((await post('/settings/people/invitations', { email, role: 'member' }, cookie)).status).toBe(303)
    const link = await linkTo(email)
    const other = await signInAs(shop.tenantId, 'viewer', world.clock.now())
    expect(await read(link, other.cookie)).toContain('You are signed in as')
    const weak = await post(link, { name: 'Guest', password: 'password1234' })
    expect(weak.status).toBe(422)
    const joined = await post(link, { name: 'Guest', password: PASSWORD })
    expect(joined.headers.get('Location')).toBe('/')
    expect(await read('/settings/people', cookieOf(joined))).toContain('Guest')
  })
})
