// The way to production, walked against an account that answers and refuses as wrangler does.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const CONFIG = 'wrangler.production.toml'
const EMPTY = {
  signedIn: true,
  databases: [] as object[],
  buckets: [] as string[],
  queues: [] as string[],
  secrets: [] as string[],
}

let folder: string
let account: string
let kept: string | null
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'smb-deploy-'))
  account = join(folder, 'account.json')
  kept = existsSync(CONFIG) ? readFileSync(CONFIG, 'utf8') : null
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
  if (kept === null) rmSync(CONFIG, { force: true })
  else writeFileSync(CONFIG, kept)
})

function deploy(state: object, args: string[]) {
  writeFileSync(account, JSON.stringify(state))
  const done = spawnSync(process.execPath, ['scripts/deploy.mjs', ...args], {
    encoding: 'utf8',
    env: {
      ...process.env,
      WRANGLER: join(process.cwd(), 'tests/support/wrangler-stand-in.mjs'),
      ACCOUNT: account,
      SKIP_HEALTH: '1',
    },
  })
  const log = existsSync(`${account}.log`) ? readFileSync(`${account}.log`, 'utf8').trim().split('\n') : []
  return { ...done, log, account: JSON.parse(readFileSync(account, 'utf8')) }
}

const URL_ARGS = ['--url', 'https://app.example.com']

test('on a new account everything is made, the migrations come before the code, and the keys are made once', () => {
  const done = deploy(EMPTY, URL_ARGS)
  expect(done.stderr).not.toContain('failed')
  expect(done.status).toBe(0)
  expect(done.account).toMatchObject({
    migrated: true,
    deployed: true,
    buckets: ['smb-command-files'],
    secrets: ['MASTER_KEYS', 'TOKEN_KEYS'],
  })
  expect(done.account.queues).toHaveLength(4)
  const toml = readFileSync(CONFIG, 'utf8')
  expect(toml).toContain('database_id = "11111111-2222-3333-4444-555555555555"')
  expect(toml).toContain('PUBLIC_URL = "https://app.example.com"')
})

test('a second deploy makes nothing again and leaves the keys alone', () => {
  const first = deploy(EMPTY, URL_ARGS)
  rmSync(`${account}.log`)
  const second = deploy(first.account, URL_ARGS)
  expect(second.status).toBe(0)
  expect(second.log.filter((line) => /create|secret put/.test(line))).toEqual([])
})

test('a dry run prints what it would do and changes nothing', () => {
  const done = deploy(EMPTY, [...URL_ARGS, '--dry-run'])
  expect(done.status).toBe(0)
  expect(done.stderr).toContain('would run  wrangler d1 create smb-command')
  expect(done.account).toEqual(EMPTY)
})

test('without a sign-in it says how to sign in', () => {
  const done = deploy({ ...EMPTY, signedIn: false }, URL_ARGS)
  expect(done.status).toBe(1)
  expect(done.stderr).toContain('wrangler login')
})

test('without an https address it says what is missing', () => {
  const done = deploy(EMPTY, ['--url', 'http://app.example.com'])
  expect(done.status).toBe(2)
  expect(done.stderr).toContain('--url https://')
})
