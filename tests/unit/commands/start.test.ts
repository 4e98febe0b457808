// The pieces of `npm start`, and its refusals, which must be sentences.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createWebServer } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { missingOptionals, systemOf } from '../../../scripts/complete-lock.mjs'
import { isStamped, stampOf } from '../../../scripts/lib/migrate.mjs'
import { installIsStale, lockStamp } from '../../../scripts/lib/node.mjs'
import { parseReset, parseStart } from '../../../scripts/lib/options.mjs'
import { isFree, nextFree } from '../../../scripts/lib/ports.mjs'
import { ensureSecrets } from '../../../scripts/lib/secrets.mjs'
import { holderOf } from '../../../scripts/lib/state-lock.mjs'
import { readCrons, startTicker } from '../../../scripts/lib/ticker.mjs'

const inFolder = <T>(work: (folder: string) => T): T => {
  const folder = mkdtempSync(join(tmpdir(), 'smb-start-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const start = (...args: string[]) =>
  spawnSync(process.execPath, ['scripts/start.mjs', ...args], { encoding: 'utf8' })

test('options are read in either spelling', () => {
  expect(parseStart(['--port', '9000', '--state=/tmp/x', '--json', '--empty'])).toMatchObject({
    port: 9000,
    portGiven: true,
    state: '/tmp/x',
    json: true,
    empty: true,
  })
})

test('a wrong option gets a sentence and exit code 2', () => {
  const done = start('--prot', '9000')
  expect(done.status).toBe(2)
  expect(done.stderr).toContain('Unknown option --prot')
  expect(parseStart(['--port', 'x'])).toHaveProperty('error')
  expect(parseStart(['--state'])).toHaveProperty('error')
  expect(parseStart(['--state', '--json'])).toHaveProperty('error')
  expect(parseStart([])).toMatchObject({ vendors: true })
  expect(parseStart(['--no-vendors'])).toMatchObject({ vendors: false })
  expect(parseReset(['--port', '9000'])).toHaveProperty('error')
  expect(parseReset(['--no-vendors'])).toHaveProperty('error')
  expect(parseReset(['--state', '/tmp/x'])).toEqual({ state: '/tmp/x' })
})

test('a port that was asked for and is taken gets a sentence, with another to try', async () => {
  const server = createServer()
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
  })
  expect(await isFree(port)).toBe(false)
  expect(await nextFree(port)).not.toBe(port)
  const state = mkdtempSync(join(tmpdir(), 'smb-port-'))
  const done = spawnSync(process.execPath, ['scripts/start.mjs', '--port', String(port), '--state', state], {
    encoding: 'utf8',
  })
  rmSync(state, { recursive: true, force: true })
  server.close()
  expect(done.status).toBe(1)
  expect(done.stderr).toContain(`Port ${port} is taken`)
})

test('two starts on one state are refused while the first runs', () => {
  inFolder((state) => {
    writeFileSync(join(state, 'start.pid'), String(process.pid))
    const done = start('--state', state)
    expect(done.status).toBe(1)
    expect(done.stderr).toContain(`process ${process.pid}`)
  })
})

test('an install that did not finish, or is older than the lock, is stale', () => {
  inFolder((folder) => {
    const lock = join(folder, 'lock.json')
    const marker = join(folder, 'marker')
    writeFileSync(lock, '{"a":1}')
    expect(installIsStale({ modules: folder, marker, lock })).toBe(true)
    writeFileSync(marker, lockStamp(lock))
    expect(installIsStale({ modules: folder, marker, lock })).toBe(false)
    writeFileSync(lock, '{"a":2}')
    expect(installIsStale({ modules: folder, marker, lock })).toBe(true)
  })
})

test('secrets are made once, fresh, and a missing one is added without touching the others', () => {
  inFolder((folder) => {
    const file = join(folder, '.dev.vars')
    const first = ensureSecrets(file)
    expect(first.MASTER_KEYS).toMatch(/^k1:[A-Za-z0-9+/=]{44}$/)
    expect(ensureSecrets(file)).toEqual(first)
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^DEV_KEY=.*\n/m, ''))
    const again = ensureSecrets(file)
    expect(again.MASTER_KEYS).toBe(first.MASTER_KEYS)
    expect(again.DEV_KEY).not.toBe(first.DEV_KEY)
  })
})

test('the ticker fires every cron of wrangler.toml', () => {
  expect(readCrons()).toEqual(['* * * * *', '17 3 * * *'])
})

test('a cron is fired at the door for schedules, under the name that the Worker knows it by', async () => {
  let heard = (_address: string) => {}
  const first = new Promise<string>((resolve) => {
    heard = resolve
  })
  const worker = createWebServer((request, answer) => {
    heard(request.url ?? '')
    answer.end()
  })
  await new Promise<void>((ready) => {
    worker.listen(0, '127.0.0.1', ready)
  })
  const url = `http://127.0.0.1:${(worker.address() as AddressInfo).port}`
  const ticker = await startTicker(url, ['* * * * * *'])
  const address = new URL(await first, url)
  ticker.stop()
  worker.close()
  expect(address.pathname).toBe('/cdn-cgi/local/scheduled')
  expect(address.searchParams.get('cron')).toBe('* * * * * *')
})

test('the lock file holds the packages of every system and names no host', () => {
  const text = readFileSync('package-lock.json', 'utf8')
  expect(missingOptionals(JSON.parse(text).packages)).toEqual([])
  expect(text).not.toMatch(/"resolved":\s*"https?:/)
  expect(systemOf('@esbuild/darwin-arm64')).toMatchObject({ os: 'darwin', cpu: 'arm64' })
  expect(systemOf('@swc/core-linux-x64-musl')).toMatchObject({ os: 'linux', cpu: 'x64', libc: 'musl' })
})

test('the number of a start that is gone holds no state', () => {
  inFolder((state) => {
    const gone = spawnSync(process.execPath, ['-e', '0']).pid
    writeFileSync(join(state, 'start.pid'), String(gone))
    expect(holderOf(state)).toBeNull()
    writeFileSync(join(state, 'start.pid'), String(process.ppid))
    expect(holderOf(state)).toBe(process.ppid)
  })
})

const reset = (state: string) =>
  spawnSync(process.execPath, ['scripts/reset.mjs', '--state', state], { encoding: 'utf8' })

test('a reset forgets the state, but never a folder that holds anything else', () => {
  inFolder((state) => {
    mkdirSync(join(state, 'v3'))
    writeFileSync(join(state, 'thesis.txt'), 'years of work')
    const refused = reset(state)
    expect(refused.status).toBe(1)
    expect(refused.stderr).toContain('thesis.txt')
    expect(existsSync(join(state, 'v3'))).toBe(true)
    rmSync(join(state, 'thesis.txt'))
    expect(reset(state).status).toBe(0)
    expect(existsSync(join(state, 'v3'))).toBe(false)
  })
})

test('a reset waits for the start that runs to be ended', () => {
  inFolder((state) => {
    writeFileSync(join(state, 'start.pid'), String(process.pid))
    const refused = reset(state)
    expect(refused.status).toBe(1)
    expect(refused.stderr).toContain('Ctrl-C')
  })
})

test('the database is looked at again when a migration changed, came, or the database is gone', () => {
  inFolder((state) => {
    const migrations = join(state, 'migrations')
    mkdirSync(migrations)
    writeFileSync(join(migrations, '0000_a.sql'), 'create table a (id)')
    const stamp = stampOf(migrations)
    expect(isStamped(state, stamp)).toBe(false)
    writeFileSync(join(state, 'migrated'), stamp)
    mkdirSync(join(state, 'v3/d1'), { recursive: true })
    expect(isStamped(state, stampOf(migrations))).toBe(true)
    writeFileSync(join(migrations, '0001_b.sql'), 'create table b (id)')
    expect(isStamped(state, stampOf(migrations))).toBe(false)
    rmSync(join(migrations, '0001_b.sql'))
    rmSync(join(state, 'v3'), { recursive: true })
    expect(isStamped(state, stampOf(migrations))).toBe(false)
  })
})
