// Looking back: what happened after a day changes nothing of what is shown as it stood at its end.
import { describe, expect, test } from 'vitest'
import { readDashboard } from '../../src/modules/mini-foundry/actions/dashboards-view.ts'
import { ensureDefaultDashboard } from '../../src/modules/mini-foundry/actions/dashboards-warm.ts'
import { landFacts } from '../../src/modules/mini-foundry/actions/land-facts.ts'
import { queryMetrics } from '../../src/modules/mini-foundry/actions/metrics.ts'
import { readReceipt } from '../../src/modules/mini-foundry/actions/receipts.ts'
import { rebuildRollups } from '../../src/modules/mini-foundry/actions/rollups.ts'
import type { FactBatch } from '../../src/modules/mini-foundry/domain/facts.ts'
import { METRICS } from '../../src/modules/mini-foundry/domain/metrics.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { ask } from '../support/browser.ts'
import { BUSINESS, makeBusiness } from '../support/business.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { makeShop, saleOf, sell } from '../support/shop.ts'
import { makeWorld, type World } from '../support/world.ts'

const JANUARY = { from: '2026-01-01', to: '2026-01-31' }
const THEN = { as_of: '2026-01-31' }
const DAY_MS = 86_400_000

async function figures(world: World, actor: Actor, metric: string, more: Record<string, string> = {}) {
  const asked = await queryMetrics(world.services, actor, { metrics: metric, ...JANUARY, ...more })
  return asked.ok ? asked.value.data[0] : asked.error
}

const first = <T>(list: readonly T[] | undefined, at = 0): T => {
  const found = list?.[at]
  if (!found) throw new Error('the business has none')
  return found
}

/** February: a refund and an edit of January's orders, an order cancelled, an invoice paid, a deal closed, new sales. */
function february(): Record<string, FactBatch> {
  const { shop, books, crm, stripe } = BUSINESS
  const sold = first(shop?.batch.events, 1)
  const late = { srcUpdatedAt: 2, businessDay: '2026-02-03' }
  const back = {
    ...late,
    kind: 'refund' as const,
    quantity: 0,
    gross: -300_000,
    discount: 0,
    net: -300_000,
    tax: 0,
  }
  return {
    shop: {
      events: [
        { ...sold, ...back, extId: 'late refund' },
        {
          ...sold,
          ...late,
          extId: 'late edit',
          kind: 'edit',
          gross: 70_000,
          discount: 0,
          net: 70_000,
          tax: 0,
        },
        { ...first(shop?.batch.events, 5), srcUpdatedAt: 2, counted: false },
        { ...sold, ...late, extId: 'new', orderExtId: 'o9', orderDay: '2026-02-03' },
      ],
      orders: [
        { ...first(shop?.batch.orders, 2), srcUpdatedAt: 2, status: 'cancelled', cancelledDay: '2026-02-04' },
      ],
    },
    stripe: {
      payments: [
        { ...first(stripe?.batch.payments, 2), ...late, extId: 'p9', happenedAt: '2026-02-03T12:00:00Z' },
      ],
      payouts: [{ ...first(stripe?.batch.payouts, 1), srcUpdatedAt: 2, status: 'paid' }],
    },
    books: {
      invoices: [
        {
          ...first(books?.batch.invoices, 2),
          srcUpdatedAt: 2,
          status: 'paid',
          paid: 800_000,
          paidDay: '2026-02-05',
        },
      ],
    },
    crm: {
      deals: [{ ...first(crm?.batch.deals, 3), srcUpdatedAt: 2, status: 'won', closedDay: '2026-02-06' }],
    },
  }
}

async function landFebruary(world: World, actor: Actor): Promise<void> {
  for (const [sourceId, batch] of Object.entries(february())) {
    await landFacts(world.services, actor, { sourceId, origin: 'live', batch })
  }
  await rebuildRollups(world.services, actor, { budgetMs: Number.POSITIVE_INFINITY })
}

describe('as it was known on a past day', () => {
  test.each(['order_date', 'event_date'])('every metric is what it was on that day, by %s', async (book) => {
    const world = await makeWorld('2026-02-01T12:00:00Z')
    const actor = await makeBusiness(world)
    const before = new Map<string, unknown>()
    for (const metric of Object.keys(METRICS))
      before.set(metric, await figures(world, actor, metric, { book }))
    world.clock.advance(9 * DAY_MS)
    await landFebruary(world, actor)
    const moved: string[] = []
    for (const [metric, then] of before) {
      const now = await figures(world, actor, metric, { book, ...THEN })
      if ('kind' in (now ?? {})) {
        expect([metric, now]).toEqual([metric, expect.objectContaining({ kind: 'invalid' })])
        expect(METRICS[metric]?.measures.some(({ family }) => family === 'fulfilment')).toBe(true)
      } else expect([metric, now]).toEqual([metric, then])
      if (JSON.stringify(await figures(world, actor, metric, { book })) !== JSON.stringify(then))
        moved.push(metric)
    }
    // in the book of events what happened in February never was in January; a cancelled sale goes from both
    expect(moved).toEqual(
      expect.arrayContaining(book === 'order_date' ? ['net_revenue', 'revenue'] : ['revenue']),
    )
    expect(moved.length).toBeGreaterThan(10)
  })

  test('groups, filters and comparisons look back too', async () => {
    const world = await makeWorld('2026-02-01T12:00:00Z')
    const actor = await makeBusiness(world)
    const question = { group_by: 'country', compare: 'previous_period', granularity: 'week' }
    const of = (more = {}) => figures(world, actor, 'net_revenue', { ...question, ...more })
    const [whole, one] = [await of(), await of({ filter: 'channel:web' })]
    world.clock.advance(9 * DAY_MS)
    await landFebruary(world, actor)
    expect(await of(THEN)).toEqual(whole)
    expect(await of({ ...THEN, filter: 'channel:web' })).toEqual(one)
    expect(await of()).not.toEqual(whole)
  })

  test('its receipt lists just the rows that were there, and they add up', async () => {
    const world = await makeWorld('2026-02-01T12:00:00Z')
    const actor = await makeBusiness(world)
    world.clock.advance(9 * DAY_MS)
    await landFebruary(world, actor)
    for (const metric of ['refunds', 'revenue', 'receivables', 'orders', 'customers']) {
      const found = await readReceipt(world.services, actor, { metric, ...JANUARY, ...THEN })
      if (!found.ok) throw new Error(JSON.stringify(found.error))
      expect([metric, found.value.added?.agrees]).toEqual([metric, true])
      expect(found.value.rows.map(({ id }) => id)).not.toContain('late refund')
      expect(found.value.as_of).toBe('2026-01-31')
    }
    const now = await readReceipt(world.services, actor, { metric: 'refunds', ...JANUARY })
    expect(now.ok && now.value.rows.map(({ id }) => id)).toContain('late refund')
  })

  test('a dashboard opens on the days before it, says so, and leads back to today', async () => {
    const world = await makeWorld('2026-03-20T12:00:00Z')
    const sale = saleOf('a', '2026-02-10', 100)
    const refund = { ...saleOf('b', '2026-03-05', -40), kind: 'refund' as const, orderDay: '2026-02-10' }
    const actor = await makeShop(world, [sale, { ...refund, orderExtId: sale.orderExtId }])
    await sell(world, actor, [saleOf('c', '2026-03-10', 7)])
    await ensureDefaultDashboard(world.services, actor)
    const seen = await readDashboard(world.services, actor, { id: null, query: { as_of: '2026-02-20' } })
    if (!seen.ok) throw new Error(JSON.stringify(seen.error))
    expect(seen.value.range).toEqual({ from: '2026-01-22', to: '2026-02-20' })
    const totals = new Map(
      seen.value.widgets.flatMap(({ answers }) =>
        answers.map(({ metric, total }) => [metric, total] as const),
      ),
    )
    expect(totals.get('revenue')).toBe('100.00')
    const { cookie } = await signInAs(actor.tenantId, 'viewer', Date.now())
    const address = `/foundry/dashboards/${seen.value.dashboard.id}?as_of=2026-02-20`
    const html = await (await ask(address, { headers: { Cookie: cookie } })).text()
    expect(html).toContain('As it stood at the end of')
    expect(html).toContain('Back to today')
    expect(html).toContain('as_of=2026-02-20')
  })

  test('a day to come and a word that is no day are refused beside their field', async () => {
    const world = await makeWorld('2026-02-10T12:00:00Z')
    const actor = await makeShop(world, [saleOf('a', '2026-02-01', 10)])
    const { authorization } = await keyFor(actor.tenantId, ['foundry:read'], world.clock.now())
    for (const day of ['2099-02-11', 'yesterday']) {
      const answer = await ask(`/modules/mini-foundry/metrics?as_of=${day}`, {
        headers: { Authorization: authorization },
      })
      expect(answer.status).toBe(422)
      expect(await answer.json()).toMatchObject({ errors: [{ path: 'as_of' }] })
    }
    const whole = await figures(world, actor, 'revenue', { as_of: '2026-02-10', to: '2026-02-10' })
    expect(whole).toEqual(await figures(world, actor, 'revenue', { to: '2026-02-10' }))
  })
})
