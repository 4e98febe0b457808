// Lists of records and the palette, through the real pages: found by text, sorted by the address, in pages.
import { beforeAll, expect, test } from 'vitest'
import { landFacts } from '../../src/modules/mini-foundry/actions/land-facts.ts'
import { connectStripe } from '../../src/modules/mini-foundry/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { ask } from '../support/browser.ts'
import { signInAs } from '../support/people.ts'
import { makeWorld } from '../support/world.ts'

let cookie: string
let actor: Actor

beforeAll(async () => {
  const world = await makeWorld(new Date().toISOString())
  actor = await world.workspace({ name: 'Lists' })
  cookie = (await signInAs(actor.tenantId, 'owner', world.clock.now())).cookie
  const source = await connectStripe(world.services, actor, { name: 'Till' })
  if (!source.ok) throw new Error(source.error.detail)
  const base = { srcUpdatedAt: 1, currency: 'USD' }
  const landed = await landFacts(world.services, actor, {
    sourceId: source.value.id,
    origin: 'history',
    batch: {
      customers: Array.from({ length: 60 }, (_, i) => ({
        extId: `c${i}`,
        srcUpdatedAt: 1,
        name: `Customer ${String(i).padStart(2, '0')}`,
        email: `c${i}@example.com`,
      })),
      products: [
        { ...base, extId: 'p1', name: 'Apple 100%', unitPrice: 50_000 },
        { ...base, extId: 'p2', name: 'Banana', unitPrice: 20_000 },
        { ...base, extId: 'p3', name: 'Cherry' },
      ],
      invoices: [
        {
          ...base,
          extId: 'i1',
          number: 'A-1',
          customerName: 'Ann',
          status: 'open',
          total: 100_000,
          paid: 40_000,
          issuedDay: '2020-01-01',
          dueDay: '2020-01-15',
        },
        {
          ...base,
          extId: 'i2',
          number: 'A-2',
          customerName: 'Bo',
          status: 'open',
          total: 300_000,
          paid: 0,
          issuedDay: '2020-01-01',
          dueDay: '2999-01-01',
        },
        {
          ...base,
          extId: 'i3',
          number: 'A-3',
          customerName: 'Cy',
          status: 'paid',
          total: 200_000,
          paid: 200_000,
          issuedDay: '2020-01-01',
          dueDay: '2020-01-15',
          paidDay: '2020-01-10',
        },
      ],
    },
  })
  expect(landed.ok).toBe(true)
})

const read = async (path: string, headers: Record<string, string> = {}) =>
  (await ask(path, { headers: { Cookie: cookie, ...headers } })).text()

const positions = (html: string, words: string[]) => words.map((word) => html.indexOf(`>${word}<`))

test('a list shows fifty rows and a link to the rest, which shows the rest', async () => {
  const first = await read('/foundry/customers')
  expect(first).toContain('Customer 49')
  expect(first).not.toContain('Customer 50')
  const next = /href="([^"]*cursor=[^"]*)"/.exec(first)?.[1]?.replaceAll('&amp;', '&')
  expect(next).toBe('/foundry/customers?cursor=50')
  const rest = await read(next ?? '')
  expect(rest).toContain('Customer 50')
  expect(rest).not.toContain('Customer 49')
})

test('the address sorts, and what has no value comes last either way', async () => {
  const names = ['Apple 100%', 'Banana', 'Cherry']
  const rising = positions(await read('/foundry/products?sort=price'), names)
  const falling = positions(await read('/foundry/products?sort=-price'), names)
  const [a = 0, b = 0, c = 0] = rising
  expect(b < a && a < c).toBe(true)
  const [a2 = 0, b2 = 0, c2 = 0] = falling
  expect(a2 < b2 && b2 < c2).toBe(true)
  expect(await read('/foundry/products?sort=-price')).toContain('aria-sort="descending"')
  expect(await read('/foundry/products?sort=nonsense')).toContain('aria-sort="ascending"')
})

test('a per cent sign in the search is a sign, not a wildcard', async () => {
  const found = await read('/foundry/products?q=100%25')
  expect(found).toContain('>Apple 100%<')
  expect(found).not.toContain('>Banana<')
  expect(await read('/foundry/products?q=zzz')).toContain('No products like')
})

test('overdue means open and past its day; the amount is what is still owed', async () => {
  const overdue = await read('/foundry/invoices')
  expect(overdue).toContain('>A-1<')
  expect(overdue).toContain('$6.00')
  expect(overdue).not.toContain('>A-2<')
  expect(overdue).not.toContain('>A-3<')
  expect(await read('/foundry/invoices?status=paid')).toContain('>A-3<')
  expect(await read('/')).toContain('One invoice is overdue')
})

test('the palette finds records of this workspace and pages that this person may open', async () => {
  const partial = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' }
  const found = await read('/palette?q=banan', partial)
  expect(found).toContain('Banana')
  expect(found).not.toContain('<html')
  expect(await read('/palette?q=keys', partial)).toContain('/settings/keys')
  const viewer = await signInAs(actor.tenantId, 'viewer', Date.now())
  const seen = await (await ask('/palette?q=keys', { headers: { ...partial, Cookie: viewer.cookie } })).text()
  expect(seen).not.toContain('/settings/keys')
})
