// The way to production, walked against an account that answers and refuses as wrangler does.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { deploy } from '../../../scripts/lib/deploy.mjs'
import { parseDeploy, publicUrlProblem, settle } from '../../../scripts/lib/deploy-options.mjs'
import { waitUntilWell } from '../../../scripts/lib/health.mjs'
import { productionFile } from '../../../scripts/lib/production-config.mjs'
import { createAccount } from '../../support/wrangler-stand-in.mjs'

// The shape of wrangler.toml; the last test walks with the real one.
const BASE = {
  name: 'smb-command',
  vars: { ENVIRONMENT: 'production', PUBLIC_URL: '', FX_API_BASE: '' },
  d1_databases: [{ binding: 'DB', database_name: 'smb-command', database_id: '0' }],
  r2_buckets: [{ binding: 'FILES', bucket_name: 'smb-command-files' }],
  queues: {
    producers: ['sync', 'mail', 'events'].map((name) => ({ binding: name, queue: `smb-command-${name}` })),
    consumers: [{ queue: 'smb-command-sync', dead_letter_queue: 'smb-command-dead' }],
  },
}

const NEW_ACCOUNT = {
  signedIn: true,
  accounts: [{ id: 'a1', name: 'Acme' }],
  databases: [] as object[],
  buckets: [] as string[],
  queues: [] as string[],
  secrets: {} as Record<string, string>,
}
const KEY = /^k1:[A-Za-z0-9+/=]{44}$/
const ARGS = ['--url', 'https://app.example.com']

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'smb-deploy-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

async function walk(given: object, args: string[] = ARGS, env: Record<string, string> = {}) {
  const { state, log, start } = createAccount(structuredClone(given))
  const options = parseDeploy(args)
  const file = join(folder, productionFile(options.name))
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
  const settings = settle(options, env, before)
  const said: string[] = []
  const failure: Error | null = await deploy({
    options,
    settings,
    base: BASE,
    file,
    root: folder,
    wrangler: (account: string) => (command: string[]) => start(command, account),
    say: (words: string) => said.push(words),
    isWell: async () => ({ ok: state.sick !== true, words: 'status 500' }),
  }).then(
    () => null,
    (error: Error) => error,
  )
  return { account: state, log, said: said.join('\n'), failure: failure?.message ?? null }
}

const written = (name = 'wrangler.production.json') => JSON.parse(readFileSync(join(folder, name), 'utf8'))

test('on a new account everything is made, and the migrations come before the code', async () => {
  const done = await walk(NEW_ACCOUNT)
  expect(done.said).toContain('SMB Command runs at https://app.example.com')
  expect(done.failure).toBeNull()
  expect(done.account).toMatchObject({ migrated: true, worker: true, buckets: ['smb-command-files'] })
  expect(done.account.queues.toSorted()).toEqual(
    ['dead', 'events', 'mail', 'sync'].map((name) => `smb-command-${name}`),
  )
  expect(done.account.secrets.MASTER_KEYS).toMatch(KEY)
  expect(done.account.secrets.TOKEN_KEYS).toMatch(KEY)
  expect(done.account.secrets.TOKEN_KEYS).not.toBe(done.account.secrets.MASTER_KEYS)
})

test('the configuration it writes names this account, its database and its only door', async () => {
  await walk(NEW_ACCOUNT)
  expect(written()).toMatchObject({
    name: 'smb-command',
    account_id: 'a1',
    workers_dev: false,
    routes: [{ pattern: 'app.example.com', custom_domain: true }],
    d1_databases: [{ binding: 'DB', database_id: '11111111-2222-3333-4444-555555555555' }],
    vars: { ENVIRONMENT: 'production', PUBLIC_URL: 'https://app.example.com', MAIL_PROVIDER: 'outbox' },
  })
})

test('the keys are kept in a file that only its owner reads, and no secret stays beside it', async () => {
  const done = await walk(NEW_ACCOUNT)
  const file = join(folder, 'wrangler.production.secrets.json')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(done.account.secrets)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder).toSorted()).toEqual([
    'wrangler.production.json',
    'wrangler.production.secrets.json',
  ])
})

test('a second deploy needs no flags, makes nothing again and leaves the keys alone', async () => {
  const first = await walk(NEW_ACCOUNT)
  const second = await walk(first.account, [])
  expect(second.failure).toBeNull()
  expect(second.log.filter((line: string) => /d1 create|queues create|secrets-file/.test(line))).toEqual([])
  expect(second.account).toEqual(first.account)
  expect(second.said).toContain('bookmark   00000085')
})

test('a deploy that stopped half way goes on with the keys it had made', async () => {
  const first = await walk({ ...NEW_ACCOUNT, outage: 'd1 migrations' })
  expect(first.failure).toContain('The old version still runs.')
  const second = await walk({ ...first.account, outage: '' })
  expect(second.failure).toBeNull()
  expect(second.account.secrets).toEqual(
    JSON.parse(readFileSync(join(folder, 'wrangler.production.secrets.json'), 'utf8')),
  )
})

test('secrets that cannot be listed are not taken for missing ones', async () => {
  const first = await walk(NEW_ACCOUNT)
  rmSync(join(folder, 'wrangler.production.secrets.json'))
  const done = await walk({ ...first.account, outage: 'secret list' })
  expect(done.failure).toContain('could not be listed')
  expect(done.account.secrets).toEqual(first.account.secrets)
})

test('a database with accounts gets no new master key by accident', async () => {
  const first = await walk(NEW_ACCOUNT)
  rmSync(join(folder, 'wrangler.production.secrets.json'))
  const lost = { ...first.account, worker: false, secrets: {}, people: 3 }
  const refused = await walk(lost)
  expect(refused.failure).toContain('--new-keys')
  expect(refused.account.secrets).toEqual({})
  expect((await walk(lost, [...ARGS, '--new-keys'])).account.secrets.MASTER_KEYS).toMatch(KEY)
})

test('an empty database left by an earlier attempt is no reason to refuse', async () => {
  const first = await walk(NEW_ACCOUNT)
  rmSync(join(folder, 'wrangler.production.secrets.json'))
  const again = await walk({ ...first.account, worker: false, secrets: {}, people: 0 })
  expect(again.failure).toBeNull()
})

test('a dry run prints every change, builds the bundle and changes nothing', async () => {
  const done = await walk(NEW_ACCOUNT, [...ARGS, '--dry-run'])
  expect(done.failure).toBeNull()
  for (const change of [
    'd1 create smb-command',
    'r2 bucket create',
    'queues create',
    'd1 migrations apply',
    'deploy --config',
  ])
    expect(done.said).toContain(`would run  wrangler ${change}`)
  expect(done.log).toHaveLength(1)
  expect(done.log[0]).toContain('deploy --dry-run --outdir')
  expect(done.account).toEqual(NEW_ACCOUNT)
  expect(readdirSync(folder).filter((name) => name.startsWith('wrangler'))).toEqual([])
})

test('a second installation shares no resource with the first', async () => {
  const first = await walk(NEW_ACCOUNT)
  const done = await walk({ ...first.account, databases: [], worker: false, secrets: {} }, [
    ...ARGS,
    '--name',
    'acme-staging',
  ])
  expect(done.failure).toBeNull()
  expect(written('wrangler.production.acme-staging.json')).toMatchObject({
    name: 'acme-staging',
    r2_buckets: [{ bucket_name: 'acme-staging-files' }],
  })
  expect(done.account.queues).toContain('acme-staging-dead')
  expect(done.account.secrets.MASTER_KEYS).not.toBe(first.account.secrets.MASTER_KEYS)
})

test('mail goes out through Resend once a sender and a key are given', async () => {
  const args = [...ARGS, '--mail-from', 'Acme <hello@acme.example>']
  expect((await walk(NEW_ACCOUNT, args)).failure).toContain('RESEND_API_KEY=')
  const done = await walk(NEW_ACCOUNT, args, { RESEND_API_KEY: 're_1' })
  expect(done.account.secrets.RESEND_API_KEY).toBe('re_1')
  expect(written().vars).toMatchObject({ MAIL_PROVIDER: 'resend', MAIL_FROM: 'Acme <hello@acme.example>' })
  expect(readFileSync(join(folder, 'wrangler.production.secrets.json'), 'utf8')).not.toContain('re_1')
})

test('a sign-in that reaches several accounts has to choose', async () => {
  const state = { ...NEW_ACCOUNT, accounts: [...NEW_ACCOUNT.accounts, { id: 'b2', name: 'Beta' }] }
  expect((await walk(state)).failure).toContain('--account ID: a1 (Acme), b2 (Beta)')
  expect((await walk(state, [...ARGS, '--account', 'c3'])).failure).toContain('does not reach the account c3')
  expect((await walk(state, [...ARGS, '--account', 'b2'])).failure).toBeNull()
})

test('without a sign-in it says how to sign in', async () => {
  const done = await walk({ ...NEW_ACCOUNT, signedIn: false })
  expect(done.failure).toContain('wrangler login')
})

test('without an address, or with one that will not do, it says what to give', async () => {
  expect(settle({}, {}, null)).toHaveProperty('error', expect.stringContaining('--url https://'))
  for (const wrong of [
    'http://a.example',
    'https://a.example/x',
    'https://localhost',
    'https://10.0.0.1',
    'a.example',
  ])
    expect(publicUrlProblem(wrong)).toMatch(/^--url takes/)
})

test('a wrong flag gets a sentence', async () => {
  for (const args of [
    ['--ulr', 'x'],
    ['--url'],
    ['--url', '--dry-run'],
    ['--name', 'A B'],
    ['--location', 'mars'],
  ])
    expect(parseDeploy(args)).toHaveProperty('error')
})

test('flags win over the environment, and that over the deploy before', async () => {
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

test('a version that is not well is told, with the way back', async () => {
  const done = await walk({ ...NEW_ACCOUNT, sick: true })
  expect(done.failure).toContain('status 500')
  expect(done.failure).toContain('npx wrangler rollback --name smb-command')
  expect((await walk(done.account, ['--no-check'])).failure).toBeNull()
})

test('health is asked again until it is well or patience ends', async () => {
  const answers = [503, 200]
  const ask = async () => new Response('', { status: answers.shift() ?? 500 })
  expect(await waitUntilWell('https://a.example', { ask, pauseMs: 0 })).toEqual({ ok: true, words: '200' })
  expect(await waitUntilWell('https://a.example', { ask, pauseMs: 0, attempts: 2 })).toEqual({
    ok: false,
    words: 'status 500',
  })
})

test('the command itself walks the real configuration to the end', { timeout: 120_000 }, () => {
  const account = join(folder, 'account.json')
  writeFileSync(account, JSON.stringify(NEW_ACCOUNT))
  const done = spawnSync(process.execPath, ['scripts/deploy.mjs', ...ARGS, '--no-check'], {
    encoding: 'utf8',
    env: {
      ...process.env,
      WRANGLER: join(process.cwd(), 'tests/support/wrangler-stand-in.mjs'),
      DEPLOY_HOME: folder,
      ACCOUNT: account,
    },
  })
  expect(done.stderr).toContain('SMB Command runs at https://app.example.com')
  expect(done.status).toBe(0)
  expect(written().durable_objects.bindings.length).toBeGreaterThan(0)
  expect(JSON.parse(readFileSync(account, 'utf8'))).toMatchObject({ worker: true, migrated: true })
})
