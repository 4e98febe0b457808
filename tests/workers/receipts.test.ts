// Receipts: the rows behind each metric add up to it, in pages and in a file, and nobody else's are among them.
import { describe, expect, test } from 'vitest'
import { createCustomMetric } from '../../src/modules/mini-foundry/actions/custom-metrics.ts'
import { landFacts } from '../../src/modules/mini-foundry/actions/land-facts.ts'
import { queryMetrics } from '../../src/modules/mini-foundry/actions/metrics.ts'
import {
  type ReceiptInput,
  readReceipt,
  readWholeReceipt,
} from '../../src/modules/mini-foundry/actions/receipts.ts'
import { rebuildRollups } from '../../src/modules/mini-foundry/actions/rollups.ts'
import { setTarget } from '../../src/modules/mini-foundry/actions/targets.ts'
import { evaluateFormula } from '../../src/modules/mini-foundry/domain/formula/evaluate.ts'
import { METRICS } from '../../src/modules/mini-foundry/domain/metrics.ts'
import { presentValue } from '../../src/modules/mini-foundry/domain/metrics-present.ts'
import type { Receipt, ReceiptRow } from '../../src/modules/mini-foundry/domain/receipt.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { ask } from '../support/browser.ts'
import { makeBusiness } from '../support/business.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { makeShop, saleOf } from '../support/shop.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const JANUARY = { from: '2026-01-01', to: '2026-01-31' }

async function receipt(world: World, actor: Actor, input: ReceiptInput): Promise<Receipt> {
  const result = await readReceipt(world.services, actor, { ...JANUARY, ...input })
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** All rows of a measure, page by page. */
async function rowsOf(world: World, actor: Actor, input: ReceiptInput): Promise<ReceiptRow[]> {
  const rows: ReceiptRow[] = []
  let cursor: string | undefined
  do {
    const page = await receipt(world, actor, { ...input, cursor })
    expect(page.rows.length).toBeLessThanOrEqual(input.limit ?? 50)
    rows.push(...page.rows)
    cursor = page.next_cursor ?? undefined
  } while (cursor)
  return rows
}

const total = (rows: readonly ReceiptRow[]): number =>
  rows.reduce((sum, { value }) => sum + Number(value ?? 0), 0)
const keyOf = (row: ReceiptRow) => JSON.stringify(row)

/** The metric worked out from nothing but the rows. */
async function fromRows(world: World, actor: Actor, input: ReceiptInput) {
  const metric = METRICS[input.metric]
  if (!metric) throw new Error(`no metric ${input.metric}`)
  const figures = new Map<string, number | null>([['days', 31]])
  for (const measure of metric.measures) {
    if (measure.family === 'calendar') continue
    const rows = await rowsOf(world, actor, { ...input, measure: measure.id })
    const sum = measure.unit === 'money' ? Math.round(total(rows) * 10_000) : total(rows)
    figures.set(measure.id, measure.kind === 'snapshot' && rows.length === 0 ? null : sum)
  }
  return presentValue(
    metric.unit,
    evaluateFormula(metric.ast, (name) => figures.get(name) ?? null),
    'USD',
  )
}

describe('the rows behind a metric', () => {
  test.each(['order_date', 'event_date'])('add up to it, for every metric there is, by %s', async (book) => {
    const world = await makeWorld('2026-02-01T12:00:00Z')
    const actor = await makeBusiness(world)
    for (const metric of Object.keys(METRICS)) {
      const asked = await queryMetrics(world.services, actor, { metrics: metric, ...JANUARY, book })
      if (!asked.ok) throw new Error(JSON.stringify(asked.error))
      const figure = asked.value.data[0]?.total
      expect([metric, await fromRows(world, actor, { metric, book })]).toEqual([metric, figure])
      const { answer, measure, added } = await receipt(world, actor, { metric, book })
      expect([metric, answer.total]).toEqual([metric, figure])
      if (measure?.has_rows) expect([metric, added?.agrees]).toEqual([metric, true])
    }
  })

  test('add up under a filter as well, one or several', async () => {
    const world = await makeWorld('2026-02-01T12:00:00Z')
    const actor = await makeBusiness(world)
    const cases: [string, string[]][] = [
      ['net_revenue', ['country:DE']],
      ['revenue', ['country:US', 'channel:web']],
      ['orders', ['channel:web', 'country:DE']],
      ['customers', ['country:US']],
      ['ad_spend', ['channel:Meta']],
      ['operating_expenses', ['source:books']],
      ['stock_units', ['source:shop']],
    ]
    for (const [metric, filter] of cases) {
      const { answer, measures, added } = await receipt(world, actor, { metric, filter })
      expect([metric, added?.agrees]).toEqual([metric, true])
      if (measures.length === 1) expect(added?.value).toBe(answer.total)
      expect(await fromRows(world, actor, { metric, filter })).toBe(answer.total)
    }
  })

  test('come in pages that lose and repeat nothing, whatever their size', async () => {
    const world = await makeWorld('2026-02-01T12:00:00Z')
    const actor = await makeBusiness(world)
    for (const [metric, measure] of [
      ['revenue', 'revenue'],
      ['customers', 'customers'],
      ['new_customers', 'new_customers'],
      ['orders', 'orders'],
      ['receivables', 'receivables'],
      ['mrr', 'mrr_level'],
      ['held_by_providers', 'held'],
    ] as const) {
      const whole = await rowsOf(world, actor, { metric, measure, limit: 200 })
      expect(whole.length).toBeGreaterThan(1)
      for (const limit of [1, 2, 3]) {
        const paged = await rowsOf(world, actor, { metric, measure, limit })
        expect(paged.map(keyOf)).toEqual(whole.map(keyOf))
      }
    }
  })

  test('say which rate made each of them what it is, and what had none', async () => {
    const world = await makeWorld('2026-02-01T12:00:00Z')
    await testEnv.DB.prepare(
      `INSERT OR REPLACE INTO fx_rates (currency, day, per_euro, origin) VALUES ('USD', '2026-01-06', '1.25', 't')`,
    ).run()
    const actor = await makeShop(world, [
      saleOf('home', '2026-01-05', 100),
      saleOf('euro', '2026-01-06', 50, { currency: 'EUR' }),
      saleOf('strange', '2026-01-07', 7, { currency: 'XTS' }),
    ])
    const view = await receipt(world, actor, { metric: 'revenue' })
    const row = (currency: string) => view.rows.find((known) => known.currency === currency)
    const euro = view.rates.find(({ currency }) => currency === 'EUR')
    expect(row('USD')).toMatchObject({ amount: '100.00', rate: 1, value: '100.00' })
    expect(row('XTS')).toMatchObject({ amount: '7.00', rate: null, value: null })
    expect(row('EUR')).toMatchObject({ amount: '50.00', rate: 1.25, value: '62.50' })
    expect(euro).toEqual({ currency: 'EUR', day: '2026-01-06', rate: 1.25 })
    expect(view.rates.find(({ currency }) => currency === 'XTS')?.rate).toBeNull()
    expect(view.answer.unconverted).toEqual([{ currency: 'XTS', total: '7.00' }])
    expect(view.added).toMatchObject({ rows: 3, agrees: true, value: view.answer.total })
  })

  test('are never a neighbour’s', async () => {
    const world = await makeWorld('2026-02-01T12:00:00Z')
    await makeBusiness(world)
    const other = await makeShop(world, [saleOf('mine', '2026-01-05', 11)])
    for (const metric of Object.keys(METRICS)) {
      for (const measure of METRICS[metric]?.measures ?? []) {
        const rows = await rowsOf(world, other, { metric, measure: measure.id })
        const strange = rows.filter(
          ({ name, id, kind }) => kind !== 'customer' && !`${id} ${name}`.includes('mine'),
        )
        expect([metric, measure.id, strange]).toEqual([metric, measure.id, []])
      }
    }
    const guest = { ...world.as(other, 'viewer'), scopes: new Set<string>() }
    expect(await readReceipt(world.services, guest, { metric: 'revenue' })).toMatchObject({
      ok: false,
      error: { kind: 'forbidden' },
    })
  })

  test('stand behind a metric of one’s own, too', async () => {
    const world = await makeWorld('2026-02-01T12:00:00Z')
    const actor = await makeBusiness(world)
    const made = await createCustomMetric(world.services, actor, {
      name: 'Sold for a dollar of advertising',
      formula: 'net_revenue / ad_spend',
    })
    if (!made.ok) throw new Error(JSON.stringify(made.error))
    const view = await receipt(world, actor, { metric: made.value.key, measure: 'spend' })
    expect(view.answer.total).toBe(9)
    expect(view.measures.map(({ id, value }) => [id, value])).toEqual([
      ['revenue', '200.00'],
      ['refunds', '20.00'],
      ['spend', '20.00'],
    ])
    expect(view.rows.map(({ name, value }) => [name, value])).toEqual([
      ['Brand', '12.00'],
      ['Sale', '8.00'],
    ])
    expect(view.added?.agrees).toBe(true)
  })

  test('say so while what has just come in is not in the figure yet', async () => {
    const world = await makeWorld('2026-02-01T12:00:00Z')
    const actor = await makeShop(world, [saleOf('one', '2026-01-05', 11)])
    await landFacts(world.services, actor, {
      sourceId: 's1',
      origin: 'live',
      batch: { events: [saleOf('two', '2026-01-06', 5)] },
    })
    const before = await receipt(world, actor, { metric: 'revenue' })
    expect([before.stale, before.answer.total, before.added?.value, before.added?.agrees]).toEqual([
      true,
      '11.00',
      '16.00',
      false,
    ])
    await rebuildRollups(world.services, actor)
    const after = await receipt(world, actor, { metric: 'revenue' })
    expect([after.stale, after.answer.total, after.added?.agrees]).toEqual([false, '16.00', true])
  })

  test('leave in words what was asked wrong', async () => {
    const world = await makeWorld('2026-02-01T12:00:00Z')
    const actor = await makeShop(world, [saleOf('one', '2026-01-05', 11)])
    const ask = (input: ReceiptInput) => readReceipt(world.services, actor, input)
    expect(await ask({ metric: 'nothing' })).toMatchObject({ ok: false, error: { kind: 'not_found' } })
    expect(await ask({ metric: 'revenue', measure: 'spend' })).toMatchObject({
      error: { errors: [{ path: 'measure' }] },
    })
    expect(await ask({ metric: 'revenue', cursor: 'x' })).toMatchObject({
      error: { errors: [{ path: 'cursor' }] },
    })
    expect(await ask({ metric: 'revenue', filter: 'campaign:Sale' })).toMatchObject({
      error: { errors: [{ path: 'filter' }] },
    })
  })
})

describe('over HTTP', () => {
  test('the API gives rows page by page, and the first page says that they add up', async () => {
    const { world, actor } = await businessNow()
    const { authorization } = await keyFor(actor.tenantId, ['foundry:read'], world.clock.now())
    const get = async (query: string) => {
      const answer = await ask(
        `/modules/mini-foundry/metrics/net_revenue/rows?from=2026-01-01&to=2026-01-31&limit=2${query}`,
        { headers: { Authorization: authorization } },
      )
      expect(answer.status).toBe(200)
      return (await answer.json()) as ApiPage
    }
    const first = await get('')
    expect(first.receipt).toMatchObject({ metric: 'net_revenue', total: '180.00', measure: 'revenue' })
    expect(first.receipt.added).toMatchObject({ rows: 3, value: '200.00', agrees: true })
    expect(first.receipt.measures.map(({ id, value }) => [id, value])).toEqual([
      ['revenue', '200.00'],
      ['refunds', '20.00'],
    ])
    const second = await get(`&cursor=${first.next_cursor}`)
    expect([...first.data, ...second.data].map(({ id, value }) => [id, value])).toEqual([
      ['e1', '100.00'],
      ['e3', '60.00'],
      ['e5', '40.00'],
    ])
    expect([second.next_cursor, second.receipt.added]).toEqual([null, null])
  })

  test('the page puts the figures into the formula, and the file has a line for each row', async () => {
    const { world, actor } = await businessNow()
    const { cookie } = await signInAs(actor.tenantId, 'viewer', world.clock.now())
    const query = 'metric=average_order_value&from=2026-01-01&to=2026-01-31'
    const shown = await (await ask(`/foundry/receipts?${query}`, { headers: { Cookie: cookie } })).text()
    expect(shown).toContain('= Revenue ($200.00) ÷ Orders with a known amount (3)')
    expect(shown).toContain('exactly as in the formula above')
    const file = await ask(`/foundry/receipts.csv?${query}`, { headers: { Cookie: cookie } })
    expect(file.headers.get('Content-Disposition')).toContain(
      'average_order_value 2026-01-01 to 2026-01-31.csv',
    )
    const [head, ...lines] = (await file.text()).trim().split('\r\n')
    expect(head).toContain('measure,day,source')
    expect(lines).toHaveLength(6)
    expect(lines[0]).toBe('revenue,2026-01-05,shop,sale,e1,Lamp,"o1, ann",100.00,USD,1,100.00')
  })

  test('each widget of a dashboard leads to its rows, with the days and filters it shows', async () => {
    const { world, actor } = await businessNow()
    const { cookie } = await signInAs(actor.tenantId, 'viewer', world.clock.now())
    const headers = { Cookie: cookie }
    const shown = await (
      await ask('/foundry?range=custom&from=2026-01-01&to=2026-01-31&filter=country:US', { headers })
    ).text()
    const hrefs = [...shown.matchAll(/href="(\/foundry\/receipts\?[^"]+)"/g)].map(([, href]) => href ?? '')
    const revenue = hrefs.find((href) => href.includes('metric=revenue&amp;'))?.replaceAll('&amp;', '&')
    expect(revenue).toContain('from=2026-01-01&to=2026-01-31&book=order_date&filter=country%3AUS')
    const rows = await (await ask(revenue ?? '', { headers })).text()
    expect(rows).toContain('= Revenue ($100.00)')
  })

  test('the page of a metric links to its rows, and shows the target that is set', async () => {
    const { world, actor } = await businessNow()
    const { cookie } = await signInAs(actor.tenantId, 'admin', world.clock.now())
    const read = async () => (await ask('/foundry/metrics/revenue', { headers: { Cookie: cookie } })).text()
    const before = await read()
    expect(before).toContain('/foundry/receipts?metric=revenue&amp;from=')
    expect(before).toContain('href="/foundry/targets?metric=revenue"')
    const set = await setTarget(world.services, actor, {
      metric: 'revenue',
      granularity: 'year',
      value: '5000',
    })
    expect(set.ok).toBe(true)
    expect(await read()).toContain('of $5,000')
  })
})

interface ApiPage {
  data: ReceiptRow[]
  next_cursor: string | null
  receipt: {
    measures: { id: string; value: string }[]
    added: { rows: number; value: string; agrees: boolean } | null
  }
}

/** Requests are answered by the clock of today. */
async function businessNow() {
  const world = await makeWorld(new Date().toISOString())
  return { world, actor: await makeBusiness(world) }
}

test('a file holds every row of every measure', async () => {
  const world = await makeWorld('2026-02-01T12:00:00Z')
  const actor = await makeBusiness(world)
  const whole = await readWholeReceipt(world.services, actor, { metric: 'contribution_profit', ...JANUARY })
  if (!whole.ok) throw new Error('no file')
  const found: string[] = []
  for await (const { measure, rows } of whole.value.pages)
    found.push(...rows.map((row) => `${measure.id} ${keyOf(row)}`))
  const wanted: string[] = []
  for (const measure of METRICS.contribution_profit?.measures ?? []) {
    const rows = await rowsOf(world, actor, { metric: 'contribution_profit', measure: measure.id })
    wanted.push(...rows.map((row) => `${measure.id} ${keyOf(row)}`))
  }
  expect(found).toEqual(wanted)
  expect(found.length).toBeGreaterThan(8)
})
