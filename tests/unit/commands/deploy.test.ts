// The way to production, walked against an account that answers and refuses as wrangler does.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseDeploy, publicUrlProblem, settle } from '../../../scripts/lib/deploy-options.mjs'
import { waitUntilWell } from '../../../scripts/lib/health.mjs'

const NEW_ACCOUNT = {
  signedIn: true,
  accounts: [{ id: 'a1', name: 'Acme' }],
  databases: [] as object[],
  buckets: [] as string[],
  queues: [] as string[],
  secrets: {} as Record<string, string>,
}
const KEY = /^k1:[A-Za-z0-9+/=]{44}$/
const ARGS = ['--url', 'https://app.example.com', '--no-check']

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'smb-deploy-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function deploy(state: object, args: string[] = ARGS, env: Record<string, string> = {}) {
  const account = join(folder, 'account.json')
  rmSync(`${account}.log`, { force: true })
  writeFileSync(account, JSON.stringify(state))
  const done = spawnSync(process.execPath, ['scripts/deploy.mjs', ...args], {
    encoding: 'utf8',
    env: {
      ...process.env,
      WRANGLER: join(process.cwd(), 'tests/support/wrangler-stand-in.mjs'),
      DEPLOY_HOME: folder,
      ACCOUNT: account,
      CLOUDFLARE_ACCOUNT_ID: '',
      RESEND_API_KEY: '',
      PUBLIC_URL: '',
      ...env,
    },
  })
  const log = existsSync(`${account}.log`) ? readFileSync(`${account}.log`, 'utf8').trim().split('\n') : []
  return { ...done, log, account: JSON.parse(readFileSync(account, 'utf8')) }
}

const written = (name = 'wrangler.production.json') => JSON.parse(readFileSync(join(folder, name), 'utf8'))

test('on a new account everything is made, and the migrations come before the code', () => {
  const done = deploy(NEW_ACCOUNT)
  expect(done.stderr).toContain('SMB Command runs at https://app.example.com')
  expect(done.status).toBe(0)
  expect(done.account).toMatchObject({ migrated: true, worker: true, buckets: ['smb-command-files'] })
  expect(done.account.queues.toSorted()).toEqual(
    ['dead', 'events', 'mail', 'sync'].map((name) => `smb-command-${name}`),
  )
  expect(done.account.secrets.MASTER_KEYS).toMatch(KEY)
  expect(done.account.secrets.TOKEN_KEYS).toMatch(KEY)
  expect(done.account.secrets.TOKEN_KEYS).not.toBe(done.account.secrets.MASTER_KEYS)
})

test('the configuration it writes names this account, its database and its only door', () => {
  deploy(NEW_ACCOUNT)
  expect(written()).toMatchObject({
    name: 'smb-command',
    account_id: 'a1',
    workers_dev: false,
    routes: [{ pattern: 'app.example.com', custom_domain: true }],
    d1_databases: [{ binding: 'DB', database_id: '11111111-2222-3333-4444-555555555555' }],
    vars: { ENVIRONMENT: 'production', PUBLIC_URL: 'https://app.example.com', MAIL_PROVIDER: 'outbox' },
  })
})

test('the keys are kept in a file that only its owner reads, and no secret stays beside it', () => {
  const done = deploy(NEW_ACCOUNT)
  const file = join(folder, 'wrangler.production.secrets.json')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(done.account.secrets)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(join(folder, '.wrangler'))).toEqual([])
})

test('a second deploy needs no flags, makes nothing again and leaves the keys alone', () => {
  const first = deploy(NEW_ACCOUNT)
  const second = deploy(first.account, ['--no-check'])
  expect(second.status).toBe(0)
  expect(second.log.filter((line) => /d1 create|queues create|secrets-file/.test(line))).toEqual([])
  expect(second.account).toEqual(first.account)
  expect(second.stderr).toContain('bookmark   00000085')
})

test('a deploy that stopped half way goes on with the keys it had made', () => {
  const first = deploy({ ...NEW_ACCOUNT, outage: 'd1 migrations' })
  expect(first.status).toBe(1)
  expect(first.stderr).toContain('The old version still runs.')
  const second = deploy({ ...first.account, outage: '' })
  expect(second.status).toBe(0)
  expect(second.account.secrets).toEqual(
    JSON.parse(readFileSync(join(folder, 'wrangler.production.secrets.json'), 'utf8')),
  )
})

test('secrets that cannot be listed are not taken for missing ones', () => {
  const first = deploy(NEW_ACCOUNT)
  rmSync(join(folder, 'wrangler.production.secrets.json'))
  const done = deploy({ ...first.account, outage: 'secret list' })
  expect(done.status).toBe(1)
  expect(done.stderr).toContain('could not be listed')
  expect(done.account.secrets).toEqual(first.account.secrets)
})

test('a database with accounts gets no new master key by accident', () => {
  const first = deploy(NEW_ACCOUNT)
  rmSync(join(folder, 'wrangler.production.secrets.json'))
  const lost = { ...first.account, worker: false, secrets: {}, people: 3 }
  const refused = deploy(lost)
  expect(refused.status).toBe(1)
  expect(refused.stderr).toContain('--new-keys')
  expect(refused.account.secrets).toEqual({})
  expect(deploy(lost, [...ARGS, '--new-keys']).account.secrets.MASTER_KEYS).toMatch(KEY)
})

test('an empty database left by an earlier attempt is no reason to refuse', () => {
  const first = deploy(NEW_ACCOUNT)
  rmSync(join(folder, 'wrangler.production.secrets.json'))
  expect(deploy({ ...first.account, worker: false, secrets: {}, people: 0 }).status).toBe(0)
})

test('a dry run prints every change, builds the bundle and changes nothing', () => {
  const done = deploy(NEW_ACCOUNT, [...ARGS, '--dry-run'])
  expect(done.status).toBe(0)
  for (const change of [
    'd1 create smb-command',
    'r2 bucket create',
    'queues create',
    'd1 migrations apply',
    'deploy --config',
  ])
    expect(done.stderr).toContain(`would run  wrangler ${change}`)
  expect(done.log).toHaveLength(1)
  expect(done.log[0]).toContain('deploy --dry-run --outdir')
  expect(done.account).toEqual(NEW_ACCOUNT)
  expect(readdirSync(folder).filter((name) => name.startsWith('wrangler'))).toEqual([])
})

test('a second installation shares no resource with the first', () => {
  const first = deploy(NEW_ACCOUNT)
  const done = deploy({ ...first.account, databases: [], worker: false, secrets: {} }, [
    ...ARGS,
    '--name',
    'acme-staging',
  ])
  expect(done.status).toBe(0)
  expect(written('wrangler.production.acme-staging.json')).toMatchObject({
    name: 'acme-staging',
    r2_buckets: [{ bucket_name: 'acme-staging-files' }],
  })
  expect(done.account.queues).toContain('acme-staging-dead')
  expect(done.account.secrets.MASTER_KEYS).not.toBe(first.account.secrets.MASTER_KEYS)
})

test('mail goes out through Resend once a sender and a key are given', () => {
  const args = [...ARGS, '--mail-from', 'Acme <hello@acme.example>']
  expect(deploy(NEW_ACCOUNT, args).stderr).toContain('RESEND_API_KEY=')
  const done = deploy(NEW_ACCOUNT, args, { RESEND_API_KEY: 're_1' })
  expect(done.account.secrets.RESEND_API_KEY).toBe('re_1')
  expect(written().vars).toMatchObject({ MAIL_PROVIDER: 'resend', MAIL_FROM: 'Acme <hello@acme.example>' })
  expect(readFileSync(join(folder, 'wrangler.production.secrets.json'), 'utf8')).not.toContain('re_1')
})

test('a sign-in that reaches several accounts has to choose', () => {
  const state = { ...NEW_ACCOUNT, accounts: [...NEW_ACCOUNT.accounts, { id: 'b2', name: 'Beta' }] }
  expect(deploy(state).stderr).toContain('--account ID: a1 (Acme), b2 (Beta)')
  expect(deploy(state, [...ARGS, '--account', 'c3']).stderr).toContain('does not reach the account c3')
  expect(deploy(state, [...ARGS, '--account', 'b2']).status).toBe(0)
})

test('without a sign-in it says how to sign in', () => {
  const done = deploy({ ...NEW_ACCOUNT, signedIn: false })
  expect(done.status).toBe(1)
  expect(done.stderr).toContain('wrangler login')
})

test('without an address, or with one that will not do, it says what to give', () => {
  expect(deploy(NEW_ACCOUNT, []).stderr).toContain('--url https://')
  expect(deploy(NEW_ACCOUNT, ['--url', 'http://app.example.com']).status).toBe(2)
  for (const wrong of [
    'http://a.example',
    'https://a.example/x',
    'https://localhost',
    'https://10.0.0.1',
    'a.example',
  ])
    expect(publicUrlProblem(wrong)).toMatch(/^--url takes/)
})

test('a wrong flag gets a sentence', () => {
  for (const args of [
    ['--ulr', 'x'],
    ['--url'],
    ['--url', '--dry-run'],
    ['--name', 'A B'],
    ['--location', 'mars'],
  ])
    expect(parseDeploy(args)).toHaveProperty('error')
})

test('flags win over the environment, and that over the deploy before', () => {
  const before = {
    vars: { PUBLIC_URL: 'https://c.example', SIGNUPS: 'closed', FX_API_BASE: 'https://fx.example' },
  }
  const env = { PUBLIC_URL: 'https://b.example' }
  expect(settle({ url: 'https://a.example' }, env, before)).toMatchObject({
    vars: { PUBLIC_URL: 'https://a.example' },
  })
  expect(settle({}, env, before)).toMatchObject({
    vars: { PUBLIC_URL: 'https://b.example', SIGNUPS: 'closed', FX_API_BASE: 'https://fx.example' },
  })
})

test('a version that does not answer well is told with what it said', async () => {
  const answers = [503, 200]
  const ask = async () => new Response('', { status: answers.shift() ?? 500 })
  expect(await waitUntilWell('https://a.example', { ask, pauseMs: 0 })).toEqual({ ok: true, words: '200' })
  expect(await waitUntilWell('https://a.example', { ask, pauseMs: 0, attempts: 2 })).toEqual({
    ok: false,
    words: 'status 500',
  })
})
