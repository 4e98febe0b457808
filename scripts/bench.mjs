// `npm run bench`: starts the product on its own state and prints ratios measured side by side in this one run.
// Doors: every figure goes through the local dev proxy, which is the ceiling; ratios are what to read.
import { spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { continueOnLockedNode, ensureInstalled, requireNode18 } from './lib/node.mjs'

/** Committed bounds: the run fails outside of them. */
const BOUNDS = {
  importRowsPerSecond: { least: 1500 },
  webhookToScreenMs: { most: 3000 },
  dashboardToBareRoute: { least: 0.1 },
  dashboardServerMsP95: { most: 50 },
  dashboardKnownMsP95: { most: 50 },
  dashboardRowsRead: { most: 2000 },
  dashboardKnownBatches: { most: 1 },
  rollupsToRawSql: { least: 1.2 },
}

/** Each an order of its own. */
const ROWS = 200_000
const CONNECTIONS = 16
const SECONDS = 4

requireNode18()
ensureInstalled()
await continueOnLockedNode()

const state = mkdtempSync(join(tmpdir(), 'smb-bench-'))
const { child, started } = await startProduct()
let failed = false
try {
  const api = (path, init = {}) =>
    fetch(started.url + path, {
      ...init,
      headers: { Authorization: `Bearer ${started.apiKey}`, ...init.headers },
    })
  const figures = {}
  Object.assign(figures, await importSpeed(api))
  Object.assign(figures, await webhookLatency(api))
  Object.assign(figures, await dashboardSpeed())
  Object.assign(figures, await twelveWidgets(api))
  console.log('')
  for (const [name, bound] of Object.entries(BOUNDS)) {
    const value = figures[name]
    const holds =
      value !== undefined && value >= (bound.least ?? -Infinity) && value <= (bound.most ?? Infinity)
    if (!holds) failed = true
    const limit = bound.least === undefined ? `at most ${bound.most}` : `at least ${bound.least}`
    console.log(`${holds ? 'ok  ' : 'FAIL'} ${name}: ${value?.toFixed(2)} (${limit})`)
  }
} finally {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
  rmSync(state, { recursive: true, force: true })
}
process.exit(failed ? 1 : 0)

async function startProduct() {
  const child = spawn(process.execPath, ['scripts/start.mjs', '--json', '--state', state], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  const started = await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      out += chunk
      if (out.includes('\n')) resolve(JSON.parse(out.split('\n')[0]))
    })
    child.on('exit', (code) => reject(new Error(`start ended with ${code}`)))
  })
  return { child, started }
}

/** Rows of orders by CSV, from POST to `completed`. */
async function importSpeed(api) {
  const lines = ['Order ID,Order Date,Customer ID,Product Name,Category,Country,Quantity,Unit Price,Sales']
  for (let i = 0; i < ROWS; i++) {
    const day = new Date(Date.UTC(2024, 0, 1) + (i % 700) * 86_400_000).toISOString().slice(0, 10)
    const quantity = (i % 4) + 1
    lines.push(
      `B-${i},${day},C-${i % 20_000},Product ${i % 300},Category ${i % 9},US,${quantity},9.5,${quantity * 9.5}`,
    )
  }
  const form = new FormData()
  form.set('kind', 'orders')
  form.set('file', new Blob([lines.join('\n')], { type: 'text/csv' }), 'bench.csv')
  const begin = performance.now()
  const posted = await api('/modules/mini-foundry/imports', { method: 'POST', body: form })
  const { id } = await posted.json()
  let state
  do {
    await new Promise((wake) => setTimeout(wake, 200))
    state = await (await api(`/modules/mini-foundry/imports/${id}`)).json()
  } while (['queued', 'running'].includes(state.status))
  const seconds = (performance.now() - begin) / 1000
  console.log(`import: ${ROWS} rows in ${seconds.toFixed(1)} s, ${state.status}`)
  return { importRowsPerSecond: ROWS / seconds }
}

/** From a signed Stripe delivery to the push on an open dashboard's socket. */
async function webhookLatency(api) {
  const cookie = await signIn()
  const source = await (
    await api('/modules/mini-foundry/sources', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        source_type: 'stripe',
        name: 'Bench',
        signing_secret: 'whsec_bench0123456789',
        counts_as_sales: true,
      }),
    })
  ).json()
  const dashboards = await (await api('/modules/mini-foundry/dashboards')).json()
  const socket = new WebSocket(
    `${started.url.replace('http', 'ws')}/live?kind=dashboard&id=${dashboards.data[0].id}`,
    {
      headers: { Cookie: cookie, Origin: started.url },
    },
  )
  const pushes = []
  socket.onmessage = () => pushes.push(performance.now())
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = () => reject(new Error('the live socket was refused'))
  })
  await until(() => pushes.length > 0)
  const latencies = []
  for (let i = 0; i < 10; i++) {
    const before = pushes.length
    const sent = performance.now()
    await deliver(source.webhook_url, i)
    await until(() => pushes.length > before)
    latencies.push(pushes.at(-1) - sent)
    await new Promise((wake) => setTimeout(wake, 1200))
  }
  socket.close()
  latencies.sort((a, b) => a - b)
  console.log(
    `webhook to screen: median ${latencies[5].toFixed(0)} ms, worst ${latencies.at(-1).toFixed(0)} ms of 10`,
  )
  return { webhookToScreenMs: latencies[5] }
}

async function deliver(url, i) {
  const created = Math.floor(Date.now() / 1000)
  const charge = {
    id: `ch_bench_${i}`,
    object: 'charge',
    amount: 1000 + i,
    amount_captured: 1000 + i,
    amount_refunded: 0,
    currency: 'usd',
    created,
    customer: null,
    paid: true,
    captured: true,
    refunded: false,
    disputed: false,
    status: 'succeeded',
  }
  const body = JSON.stringify({
    id: `evt_bench_${i}`,
    object: 'event',
    type: 'charge.succeeded',
    created,
    api_version: '2026-10-28.endive',
    livemode: false,
    data: { object: charge },
  })
  const signature = createHmac('sha256', 'whsec_bench0123456789').update(`${created}.${body}`).digest('hex')
  const answer = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'Stripe-Signature': `t=${created},v1=${signature}`, 'Content-Type': 'application/json' },
  })
  if (answer.status !== 200) throw new Error(`webhook answered ${answer.status} ${await answer.text()}`)
}

async function signIn() {
  const body = new URLSearchParams({ email: started.email, password: started.password })
  const answer = await fetch(`${started.url}/sign-in`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { 'Sec-Fetch-Site': 'same-origin' },
  })
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

/** The dashboard page against a bare route; and the same figures from rollups and, asked so that they cannot be, from raw rows. */
async function dashboardSpeed() {
  const cookie = await signIn()
  const metrics = `${started.url}/modules/mini-foundry/metrics?metrics=revenue,orders,customers&granularity=month&group_by=channel`
  // each question is a new one, so that no stored answer is measured
  const range = (i) =>
    `&from=2024-01-${String((i % 28) + 1).padStart(2, '0')}&to=2025-10-${String((Math.floor(i / 28) % 28) + 1).padStart(2, '0')}`
  const bare = await load('bare route', () => `${started.url}/dev/bare`, {})
  const page = await load('dashboard page', () => `${started.url}/foundry`, { Cookie: cookie })
  const rollups = await load('metrics by rollups', (i) => metrics + range(i), { Cookie: cookie }, 1)
  const raw = await load(
    'metrics by raw rows',
    (i) => `${metrics}${range(i)}&filter=country:US`,
    { Cookie: cookie },
    1,
  )
  return { dashboardToBareRoute: page / bare, rollupsToRawSql: rollups / raw }
}

/** A dashboard of twelve widgets over ranges that nobody has asked for before, and over the same ones again: what the server says of itself. */
async function twelveWidgets(api) {
  const cookie = await signIn()
  const widgets = [
    ...['revenue', 'orders', 'customers', 'average_order_value'].map((metric) => widget('number', metric)),
    widget('line', 'revenue', { compare: 'previous_period' }),
    widget('line', 'orders', { compare: 'previous_year' }),
    widget('area', 'net_revenue'),
    widget('bar', 'revenue', { group_by: 'category' }),
    widget('bar', 'units_sold', { group_by: 'country' }),
    widget('donut', 'orders', { group_by: 'channel' }),
    widget('number', 'refund_rate'),
    widget('number', 'gross_margin'),
  ].map((made, n) => ({ ...made, id: `w${n}` }))
  const made = await api('/modules/mini-foundry/dashboards', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'Twelve', widgets }),
  })
  const { id } = await made.json()
  const look = async (i) => {
    const from = new Date(Date.UTC(2025, 2, 1) + i * 86_400_000)
    const to = new Date(from.getTime() + 29 * 86_400_000)
    const day = (at) => at.toISOString().slice(0, 10)
    const answer = await fetch(`${started.url}/foundry/dashboards/${id}?from=${day(from)}&to=${day(to)}`, {
      headers: { Cookie: cookie },
    })
    const html = await answer.text()
    if (answer.status !== 200 || !html.includes('$'))
      throw new Error(`the dashboard answered ${answer.status}`)
    const [, ms, batches, rows] = /dur=(\d+), db;desc="(\d+) batches, (\d+) rows/.exec(
      answer.headers.get('Server-Timing') ?? '',
    )
    return { ms: Number(ms), batches: Number(batches), rows: Number(rows) }
  }
  // the first looks warm the Worker up, and keep what filters offer
  for (let i = 0; i < 20; i++) await look(100 + i)
  const passes = []
  for (const name of ['asked for the first time', 'known']) {
    const told = []
    for (let i = 0; i < 60; i++) told.push(await look(i))
    const at = (key, share) =>
      told.map((one) => one[key]).sort((a, b) => a - b)[Math.floor(told.length * share)]
    const [p50, p95, batches, rows] = [at('ms', 0.5), at('ms', 0.95), at('batches', 0.95), at('rows', 0.95)]
    console.log(
      `twelve widgets, ${ROWS} orders, ${name}: server p50 ${p50} ms, p95 ${p95} ms, ${batches} batches, ${rows} rows read`,
    )
    passes.push({ p95, batches, rows })
  }
  const [first, known] = passes
  return {
    dashboardServerMsP95: first.p95,
    dashboardKnownMsP95: known.p95,
    dashboardRowsRead: first.rows,
    dashboardKnownBatches: known.batches,
  }
}

function widget(kind, metric, more = {}) {
  return { kind, title: `${kind} ${metric}`, metrics: [metric], ...more }
}

async function load(name, urlOf, headers, connections = CONNECTIONS) {
  let asked = 0
  const times = []
  const end = performance.now() + SECONDS * 1000
  const worker = async () => {
    while (performance.now() < end) {
      const begin = performance.now()
      const answer = await fetch(urlOf(asked++), { headers, redirect: 'manual' })
      await answer.arrayBuffer()
      if (answer.status !== 200) throw new Error(`${name} answered ${answer.status}`)
      times.push(performance.now() - begin)
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  times.sort((a, b) => a - b)
  const rate = times.length / SECONDS
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(0)
  console.log(`${name}: ${rate.toFixed(0)} requests/s, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`)
  return rate
}

async function until(condition) {
  const end = performance.now() + 20_000
  while (!condition()) {
    if (performance.now() > end) throw new Error('nothing was pushed in 20 s')
    await new Promise((wake) => setTimeout(wake, 5))
  }
}
