// The real product, killed without warning in the middle of its work and started again: nothing is lost, nothing twice.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const ROWS = 60_000
const PER_ORDER = 3
const CUSTOMERS = 2_000

let state: string
let product: { url: string; apiKey: string; child: ChildProcess }

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), 'smb-kill-'))
  product = await startProduct()
}, 120_000)
afterAll(async () => {
  await endProduct()
  rmSync(state, { recursive: true, force: true })
})

async function startProduct(): Promise<typeof product> {
  const child = spawn(process.execPath, ['scripts/start.mjs', '--json', '--empty', '--state', state], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const line = await new Promise<string>((resolve, reject) => {
    let out = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      if (out.includes('\n')) resolve(out.split('\n')[0] ?? '')
    })
    child.once('exit', (code) => reject(new Error(`start ended with ${code}`)))
  })
  return { ...(JSON.parse(line) as { url: string; apiKey: string }), child }
}

const gone = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve))

async function endProduct(): Promise<void> {
  if (product.child.exitCode !== null) return
  const ended = gone(product.child)
  product.child.kill('SIGTERM')
  await ended
}

/** As a power cut: the Worker and all its processes at once, no farewell. */
async function killWorker(): Promise<void> {
  const ended = gone(product.child)
  process.kill(-Number(readFileSync(join(state, 'worker.pid'), 'utf8')), 'SIGKILL')
  await ended
}

const api = (path: string, init: RequestInit = {}) =>
  fetch(product.url + path, {
    ...init,
    headers: { Authorization: `Bearer ${product.apiKey}`, ...init.headers },
  })

interface ImportState {
  status: string
  counts: { landed: number; failed: number; duplicate: number }
}

const readImport = async (id: string): Promise<ImportState> =>
  (await api(`/modules/mini-foundry/imports/${id}`)).json() as Promise<ImportState>

/** Asks again and again, without a pause of its own, until the answer fits. */
async function until(id: string, fits: (state: ImportState) => boolean): Promise<ImportState> {
  for (;;) {
    const state = await readImport(id)
    if (fits(state)) return state
  }
}

function ordersCsv(): string {
  const lines = ['Order ID,Row ID,Order Date,Customer ID,Product Name,Country,Quantity,Sales']
  for (let i = 0; i < ROWS; i++) {
    const order = Math.floor(i / PER_ORDER)
    const day = new Date(Date.UTC(2024, 0, 1 + (order % 500))).toISOString().slice(0, 10)
    lines.push(`K-${order},${i + 1},${day},C-${order % CUSTOMERS},Product ${i % 90},US,1,${(i % 50) + 0.25}`)
  }
  return lines.join('\n')
}

const EXPECTED = {
  revenue:
    Array.from({ length: ROWS }, (_, i) => ((i % 50) + 0.25) * 100).reduce((sum, cents) => sum + cents, 0) /
    100,
  orders: ROWS / PER_ORDER,
  customers: CUSTOMERS,
}

async function totals(): Promise<Record<string, number>> {
  const answer = await api(
    '/modules/mini-foundry/metrics?metrics=revenue,orders,customers&from=2024-01-01&to=2025-12-31',
  )
  const { data } = (await answer.json()) as { data: { metric: string; total: string | number }[] }
  return Object.fromEntries(data.map(({ metric, total }) => [metric, Number(total)]))
}

test('an import that is killed three times in its middle ends as one that never was', async () => {
  const form = new FormData()
  form.set('kind', 'orders')
  form.set('file', new Blob([ordersCsv()], { type: 'text/csv' }), 'kill.csv')
  const posted = await api('/modules/mini-foundry/imports', { method: 'POST', body: form })
  expect(posted.status).toBe(202)
  const { id } = (await posted.json()) as { id: string }
  for (const share of [0.2, 0.5, 0.8]) {
    await until(
      id,
      ({ status, counts }) => counts.landed >= ROWS * share || !['queued', 'running'].includes(status),
    )
    await killWorker()
    product = await startProduct()
    // an hour later cron finds the import standing still and wakes it
    const moved = await fetch(`${product.url}/dev/clock`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'hours=1',
    })
    expect(moved.status).toBe(303)
    const ticked = await fetch(`${product.url}/cdn-cgi/local/scheduled?cron=*+*+*+*+*`)
    expect(ticked.status).toBe(200)
  }
  const done = await until(id, ({ status }) => !['queued', 'running'].includes(status))
  expect(done).toMatchObject({ status: 'completed', counts: { landed: ROWS, failed: 0, duplicate: 0 } })
  let seen = await totals()
  for (let look = 0; look < 2_000 && seen.orders !== EXPECTED.orders; look++) seen = await totals()
  expect(seen).toEqual(EXPECTED)
}, 600_000)

test('a second start keeps the data, and the same file again changes nothing', async () => {
  await endProduct()
  product = await startProduct()
  expect(await totals()).toEqual(EXPECTED)
  const form = new FormData()
  form.set('kind', 'orders')
  form.set('file', new Blob([ordersCsv()], { type: 'text/csv' }), 'kill-again.csv')
  const { id } = (await (
    await api('/modules/mini-foundry/imports', { method: 'POST', body: form })
  ).json()) as { id: string }
  const done = await until(id, ({ status }) => !['queued', 'running'].includes(status))
  expect(done).toMatchObject({ status: 'completed', counts: { landed: 0, unchanged: ROWS } })
  expect(await totals()).toEqual(EXPECTED)
}, 600_000)

/** Whether a process of the group still runs; one that is dead and only waits to be reaped does not. */
const isAlive = (group: number): boolean =>
  spawnSync('ps', ['-eo', 'pgid=,stat='], { encoding: 'utf8' })
    .stdout.split('\n')
    .map((line) => line.trim().split(/\s+/))
    .some(([pgid, stat]) => Number(pgid) === group && !stat?.startsWith('Z'))

test('ending it leaves nothing running and the port free', async () => {
  const group = Number(readFileSync(join(state, 'worker.pid'), 'utf8'))
  expect(isAlive(group)).toBe(true)
  await endProduct()
  // the last process of the group may need a moment to be reaped
  for (let look = 0; look < 500 && isAlive(group); look++) await fetch(product.url).catch(() => null)
  expect(isAlive(group)).toBe(false)
  await expect(fetch(product.url)).rejects.toThrow()
}, 120_000)
