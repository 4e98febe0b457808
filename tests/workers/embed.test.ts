// A shared dashboard in a frame of somebody else's page: on the sites that were named with the link, and nowhere else.
import { beforeAll, expect, test } from 'vitest'
import { createDashboard, shareDashboard } from '../../src/modules/mini-foundry/index.ts'
import { revokeLink } from '../../src/modules/workspace/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { ask, ownForm } from '../support/browser.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { makeWorld, type World } from '../support/world.ts'

const SITES = ['https://intranet.example.com', 'https://shop.example.com:8443']
let world: World
let shop: Actor
let dashboard: string

beforeAll(async () => {
  world = await makeWorld(new Date().toISOString())
  shop = await world.workspace()
  const made = await createDashboard(world.services, shop, {
    name: 'Sales & more',
    widgets: [{ id: 'w1', kind: 'number', title: 'Revenue', metrics: ['revenue'] }],
    layout: [{ id: 'w1', x: 0, y: 0, w: 4, h: 2 }],
  })
  if (!made.ok) throw new Error(made.error.detail)
  dashboard = made.value.id
})

async function shared(allowedOrigins: string[]) {
  const wish = { label: 'Intranet', query: {}, expiresAt: null, allowedOrigins }
  const link = await shareDashboard(world.services, shop, dashboard, wish)
  if (!link.ok) throw new Error(link.error.detail)
  return link.value
}

test('the named sites may frame it, and the policy names exactly them', async () => {
  const { token } = await shared(SITES)
  const answer = await ask(`/embed/${token}`)
  const html = await answer.text()
  expect(answer.status).toBe(200)
  const policy = answer.headers.get('Content-Security-Policy') ?? ''
  expect(policy.split('; ').find((part) => part.startsWith('frame-ancestors'))).toBe(
    `frame-ancestors ${SITES.join(' ')}`,
  )
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toContain('unsafe')
  expect(answer.headers.get('X-Frame-Options')).toBeNull()
  expect(html).toContain('Sales &amp; more')
  expect(html).toContain('Revenue')
})

test('it needs no cookie, sets none, leads nowhere, and is told to no other site and no search engine', async () => {
  const { token } = await shared(SITES)
  const { cookie } = await signInAs(shop.tenantId, 'owner', world.clock.now())
  for (const headers of [undefined, { Cookie: `${cookie}; flash=nothing` }]) {
    const answer = await ask(`/embed/${token}`, headers ? { headers } : {})
    const html = await answer.text()
    expect(answer.headers.get('Set-Cookie')).toBeNull()
    expect(answer.headers.get('Referrer-Policy')).toBe('no-referrer')
    expect(answer.headers.get('X-Robots-Tag')).toContain('noindex')
    expect(html.match(/.{0,80}(<a |<form|hx-|\/live).{0,60}/g)).toBeNull()
  }
})

test('its look is that of the address, or else the visitor’s own', async () => {
  const { token } = await shared(SITES)
  const look = async (query: string) =>
    /<html[^>]*>/.exec(await (await ask(`/embed/${token}${query}`)).text())?.[0]
  expect(await look('?theme=dark')).toContain('data-theme="dark"')
  expect(await look('?theme=light')).toContain('data-theme="light"')
  expect(await look('?theme=%22%3E')).toBe('<html lang="en">')
  expect(await look('')).toBe('<html lang="en">')
})

test('without named sites there is nothing at the address, and no page of ours can be framed', async () => {
  const { token, embed } = await shared([])
  expect(embed).toBeUndefined()
  const answer = await ask(`/embed/${token}`)
  await answer.text()
  expect(answer.status).toBe(404)
  const page = await ask(`/p/${(await shared(SITES)).token}`)
  await page.text()
  for (const one of [answer, page]) {
    expect(one.headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'")
    expect(one.headers.get('X-Frame-Options')).toBe('DENY')
  }
})

test('it ends with its link', async () => {
  const { id, token } = await shared(SITES)
  await revokeLink(world.services, shop, id)
  const answer = await ask(`/embed/${token}`)
  await answer.text()
  expect(answer.status).toBe(404)
  expect(answer.headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'")
})

test('over the API a link names its sites and tells what to paste; what is no site is refused by name', async () => {
  const key = await keyFor(
    shop.tenantId,
    ['foundry:read', 'foundry:write', 'links:manage'],
    world.clock.now(),
  )
  const post = (allowed_origins: string[]) =>
    ask(`/modules/mini-foundry/dashboards/${dashboard}/shares`, {
      method: 'POST',
      headers: { Authorization: key.authorization, 'Content-Type': 'application/json' },
      body: JSON.stringify({ allowed_origins }),
    })
  const made = await post([' HTTPS://Intranet.Example.com/ '])
  const json = (await made.json()) as { token: string; embed_url: string; embed_html: string }
  expect(made.status).toBe(201)
  expect(json.embed_url).toMatch(new RegExp(`/embed/${json.token.replace('.', '\\.')}$`))
  expect(json.embed_html).toContain(`<iframe src="${json.embed_url}" title="Sales &#38; more"`)
  const refused = await post(['http://intranet.example.com'])
  expect(refused.status).toBe(422)
  expect(await refused.json()).toMatchObject({ errors: [{ path: 'allowed_origins' }] })
})

test('on the page sites are written one after another, and the HTML is there to copy once', async () => {
  const { cookie } = await signInAs(shop.tenantId, 'owner', world.clock.now())
  const post = (sites: string) =>
    ask(`/foundry/dashboards/${dashboard}/share`, {
      method: 'POST',
      headers: ownForm(cookie),
      body: new URLSearchParams({ label: 'Wall', days: '', sites }).toString(),
    })
  const made = await (await post('intranet.example.com, https://b.example.org')).text()
  expect(made).toContain('&lt;iframe src=&quot;')
  expect(made).toContain('in frames of https://intranet.example.com, https://b.example.org')
  const wrong = await post("https://*.example.com 'self'")
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('is no site')
})
