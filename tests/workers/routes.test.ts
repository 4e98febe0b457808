// A walk over every route of the router's own list: strangers, neighbours, roles, forged requests, unknown fields, headers.
import { inspectRoutes } from 'hono/dev'
import { beforeAll, describe, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import type { Actor } from '../../src/platform/actor.ts'
import { ask, ownForm } from '../support/browser.ts'
import { type SeededIds, seedOneOfEach } from '../support/one-of-each.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { makeWorld, testEnv } from '../support/world.ts'

interface Route {
  method: string
  path: string
}

/** Who needs no credentials, and why. A new public route is a decision: it must be added here. */
const PUBLIC = [
  'GET /healthz',
  'GET /openapi.json',
  'GET /docs/api',
  'GET /docs/events',
  'GET /sign-in',
  'POST /sign-in',
  'GET /sign-up',
  'POST /sign-up',
  'GET /reset',
  'POST /reset',
  'GET /reset/:token',
  'POST /reset/:token',
  'GET /p/mail/:token',
  'POST /p/mail/:token',
  'GET /verify/:token',
  'POST /verify/:token',
  'GET /sign-in/passkey/options',
  'POST /sign-in/passkey',
  // the way to a provider and back: a cookie of the same browser, or nothing
  'GET /sign-in/with/:provider',
  'GET /sign-in/with/:provider/callback',
  'GET /sign-up/with',
  'POST /sign-up/with',
  'GET /second-factor',
  'POST /second-factor',
  'GET /invitations/:token',
  'POST /invitations/:token',
  'POST /sign-out',
  'POST /hooks/stripe/:source',
  'POST /hooks/source/:kind/:id',
  'POST /hooks/source/:kind',
  'GET /p/:token',
  // a shared dashboard in a frame of a site that was named with the link
  'GET /embed/:token',
  'POST /p/:token',
  'POST /hooks/shopify/privacy',
  // addresses of automations, and of the mails they sent: the token in them is the credential
  'POST /hooks/automation/:token',
  'GET /forms/automation/:token',
  'POST /forms/automation/:token',
  'GET /track/:token/open.gif',
  'GET /track/:token/:link{\\d{1,3}}',
  'GET /mail/unsubscribe/:token',
  'POST /mail/unsubscribe/:token',
  'GET /approve/:token',
  'POST /approve/:token',
  'POST /hooks/mail/:provider{resend|postmark}',
]

/** Pages that anyone who is signed in may post to: they are about the person, not the workspace's data. */
const PERSONAL = [
  /dashboards\/:id\/mine$/,
  /^\/notifications/,
  /^\/settings\/(notifications|theme|profile|password|email|second-factor|sessions|security)/,
  /^\/workspaces/,
  /^\/sign-out/,
  /^\/prove/,
  /^\/settings\/(passkeys|accounts|ownership)/,
  /^\/ownership/,
  // whoever is asked decides, whatever their role
  /^\/ops\/approvals/,
  // and everybody may say something about what they may see
  /^\/comments/,
]

const routes: Route[] = inspectRoutes(app)
  .filter((route) => !route.isMiddleware && route.method !== 'ALL')
  .map(({ method, path }) => ({ method, path }))
  .filter(
    (route, index, all) => all.findIndex((r) => r.method === route.method && r.path === route.path) === index,
  )

const isPublic = ({ method, path }: Route) => PUBLIC.includes(`${method} ${path}`)
const isDevelopment = ({ path }: Route) => path.startsWith('/dev') || path === '/preview/mail/:id'
const isApi = ({ path }: Route) => path.startsWith('/modules/') || path.startsWith('/auth/')
const isOperators = ({ path }: Route) => path.startsWith('/operator')
const isUnsafe = ({ method }: Route) => method !== 'GET'
const guarded = routes.filter((route) => !isPublic(route) && !isDevelopment(route))

let world: Awaited<ReturnType<typeof makeWorld>>
let ours: Actor
let theirs: Actor
let our: { owner: string; viewer: string; ids: SeededIds }
let their: { ids: SeededIds }

beforeAll(async () => {
  world = await makeWorld(new Date().toISOString())
  const now = world.clock.now()
  ours = await world.workspace({ name: 'Ours' })
  theirs = await world.workspace({ name: 'Theirs' })
  our = {
    owner: (await signInAs(ours.tenantId, 'owner', now)).cookie,
    viewer: (await signInAs(ours.tenantId, 'viewer', now)).cookie,
    ids: await seedOneOfEach(world.services, ours),
  }
  their = { ids: await seedOneOfEach(world.services, theirs) }
})

/** The path with every parameter filled; fails when a new parameter has no seeded value. */
function fill(path: string, ids: SeededIds): string {
  return path.replace(/:([a-z_]+)(\{[^}]*\})?/gi, (whole, name: string) => {
    const value = ids.forRoute(path, name)
    if (!value)
      throw new Error(`no seeded value for ${whole} in ${path}: add it to tests/support/one-of-each.ts`)
    return value
  })
}

/** Every row of the neighbour's, as text. */
async function rowsOf(tenantId: string): Promise<string> {
  const { results: tables } = await testEnv.DB.prepare(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%tenant_id%' ORDER BY name`,
  ).all<{ name: string }>()
  const dumps: string[] = []
  for (const { name } of tables) {
    const { results } = await testEnv.DB.prepare(`SELECT * FROM "${name}" WHERE tenant_id = ?1`)
      .bind(tenantId)
      .all()
    dumps.push(`${name} ${JSON.stringify(results)}`)
  }
  return dumps.join('\n')
}

test('the walk sees the router', () => {
  expect(routes.length).toBeGreaterThan(60)
})

describe('without credentials', () => {
  test.each(guarded)('$method $path is refused', async (route) => {
    const response = await ask(fill(route.path, our.ids), {
      method: route.method,
      headers: {
        // a program sends no Fetch Metadata, a browser does
        ...(isApi(route) ? {} : { 'Sec-Fetch-Site': 'same-origin' }),
        // so many from one address would be told to wait
        'CF-Connecting-IP': `10.0.${guarded.indexOf(route)}.1`,
      },
    })
    await response.text()
    if (isApi(route)) expect(response.status).toBe(401)
    else
      expect([response.status, response.headers.get('Location')?.startsWith('/sign-in') ?? false]).toEqual([
        303,
        true,
      ])
  })
})

describe("with another workspace's ids", () => {
  // a kind of file, a metric or an item of the gallery is a word that everybody shares, not the id of something
  const withIds = guarded.filter((route) => /:(?!kind|metric|key)/.test(route.path))
  test.each(withIds)('$method $path is not found and changes nothing there', async (route) => {
    const before = await rowsOf(theirs.tenantId)
    const headers = isApi(route)
      ? {
          Authorization: (await keyFor(ours.tenantId, our.ids.scopes, world.clock.now())).authorization,
          'Content-Type': 'application/json',
        }
      : ownForm(our.owner)
    const response = await ask(fill(route.path, their.ids), {
      method: route.method,
      headers,
      ...(isUnsafe(route) ? { body: isApi(route) ? '{}' : 'confirmed=yes' } : {}),
    })
    await response.text()
    expect([404, 422]).toContain(response.status)
    expect(await rowsOf(theirs.tenantId)).toBe(before)
  })
})

describe('a viewer', () => {
  const unsafe = guarded.filter(
    (route) =>
      isUnsafe(route) && !isApi(route) && !isOperators(route) && !PERSONAL.some((p) => p.test(route.path)),
  )
  test.each(unsafe)('may not $method $path', async (route) => {
    const response = await ask(fill(route.path, our.ids), {
      method: route.method,
      headers: ownForm(our.viewer),
      body: 'confirmed=yes',
    })
    await response.text()
    expect(response.status).toBe(403)
  })
})

describe('an owner who does not run the installation', () => {
  test.each(routes.filter(isOperators))('finds nothing at $method $path', async (route) => {
    const response = await ask(fill(route.path, our.ids), {
      method: route.method,
      headers: ownForm(our.owner),
      ...(isUnsafe(route) ? { body: 'confirmed=yes' } : {}),
    })
    await response.text()
    expect(response.status).toBe(404)
  })
})

describe('a forged request', () => {
  const unsafe = guarded.filter((route) => isUnsafe(route))
  test.each(unsafe)('$method $path from another site is refused', async (route) => {
    const headers = { Cookie: our.owner, 'Sec-Fetch-Site': 'cross-site', 'Content-Type': 'application/json' }
    const response = await ask(fill(route.path, our.ids), { method: route.method, headers, body: '{}' })
    await response.text()
    expect(response.status).toBe(403)
  })
  test.each(unsafe)(
    '$method $path with a cookie and no word of where it came from is refused',
    async (route) => {
      const response = await ask(fill(route.path, our.ids), {
        method: route.method,
        headers: { Cookie: our.owner },
        body: '{}',
      })
      await response.text()
      expect(response.status).toBe(403)
    },
  )
})

describe('a key', () => {
  const api = guarded.filter(isApi)
  test.each(api)('without the scope may not $method $path', async (route) => {
    const key = await keyFor(ours.tenantId, [], world.clock.now())
    const response = await ask(fill(route.path, our.ids), {
      method: route.method,
      headers: { Authorization: key.authorization, 'Content-Type': 'application/json' },
      ...(isUnsafe(route) ? { body: '{}' } : {}),
    })
    await response.text()
    expect([route.path === '/auth/token' ? 200 : 403]).toContain(response.status)
  })

  const bodies = api.filter((route) => ['POST', 'PUT'].includes(route.method) && our_takesJson(route))
  test.each(bodies)('that sends an unknown field to $method $path is told so', async (route) => {
    const key = await keyFor(ours.tenantId, our.ids.scopes, world.clock.now())
    const response = await ask(fill(route.path, our.ids), {
      method: route.method,
      headers: { Authorization: key.authorization, 'Content-Type': 'application/json' },
      body: JSON.stringify({ no_such_field: 1 }),
    })
    const text = await response.text()
    expect(response.status).toBe(422)
    expect(text).toContain('no_such_field')
  })
})

function our_takesJson({ path }: Route): boolean {
  return !/\/(imports|files)$|\/(cancel|undo|check)$|\/auth\/token$/.test(path)
}

describe('pages', () => {
  const pages = routes.filter(
    (route) =>
      route.method === 'GET' &&
      !isApi(route) &&
      !/openapi|healthz|^\/live|^\/dev|^\/preview|errors$|\.csv$|download|export/.test(route.path),
  )
  test.each(pages)('$path keeps the strict policy and holds nothing inline', async (route) => {
    const response = await ask(fill(route.path, our.ids), { headers: { Cookie: our.owner } })
    const html = await response.text()
    const policy = response.headers.get('Content-Security-Policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("base-uri 'none'")
    expect(policy).not.toContain('unsafe')
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+="/i)
    expect(response.status).toBeLessThan(500)
  })
})
