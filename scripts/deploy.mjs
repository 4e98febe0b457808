// `npm run deploy`: from a Cloudflare account to a running installation, and from one version to the next. Safe to repeat.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import * as cloudflare from './lib/cloudflare.mjs'
import { DEPLOY_HELP, parseDeploy, settle } from './lib/deploy-options.mjs'
import { waitUntilWell } from './lib/health.mjs'
import {
  continueOnLockedNode,
  ensureInstalled,
  quietEnv,
  ROOT,
  requireNode18,
  say,
  step,
  stop,
} from './lib/node.mjs'
import { productionConfig, productionFile, renamed, resourcesOf } from './lib/production-config.mjs'
import { keep, missingSecrets, readKept } from './lib/production-secrets.mjs'
import * as rehearsal from './lib/rehearsal.mjs'

// A test gives a folder of its own; what belongs to an installation is written there.
const HOME = process.env.DEPLOY_HOME ?? ROOT

requireNode18()
const options = parseDeploy(process.argv.slice(2))
if (options.error) stop(options.error, 2)
if (options.help) {
  process.stdout.write(`${DEPLOY_HELP}\n`)
  process.exit(0)
}
ensureInstalled()
await continueOnLockedNode()

const file = join(HOME, productionFile(options.name))
const keptFile = file.replace(/\.json$/, '.secrets.json')
const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
const settings = settle(await asked(options), process.env, before)
if (settings.error) stop(settings.error, 2)

try {
  await deploy()
} catch (error) {
  if (!(error instanceof cloudflare.Refused)) throw error
  stop(error.message)
}

async function deploy() {
  const dryRun = options.dryRun === true
  const cloud = dryRun ? rehearsal : cloudflare
  const named = renamed(await readBase(), options.name)
  const { database, buckets, queues } = resourcesOf(named)
  let { account, vars } = settings

  step('assets', process.execPath, ['scripts/build-assets.mjs'])
  checkBundle(productionConfig(named, { databaseId: rehearsal.NO_ID, account, vars }))
  account = cloud.findAccount(wrangler(account, dryRun), account)
  const run = wrangler(account, dryRun)
  const db = cloud.ensureDatabase(run, database, options.location)
  for (const bucket of buckets) cloud.ensureBucket(run, bucket, options.location)
  for (const queue of queues) cloud.ensureQueue(run, queue)
  if (!dryRun) write(file, productionConfig(named, { databaseId: db.id, account, vars }))
  const secrets = collectSecrets(cloud, run, db)
  const bookmark = db.existed && cloud.bookmarkOf(run, file)
  if (bookmark)
    say(`bookmark   ${bookmark} (the database before this deploy; docs/operations.md: going back)`)
  must(run, ['d1', 'migrations', 'apply', 'DB', '--remote', '--config', file], 'The old version still runs.')
  putLive(run, secrets)
  if (dryRun) return say('\nDry run: nothing was changed.')
  await checkHealth()
}

function wrangler(account, dryRun) {
  const command = process.env.WRANGLER ?? join(ROOT, 'node_modules/.bin/wrangler')
  const env = { ...quietEnv(), ...(account ? { CLOUDFLARE_ACCOUNT_ID: account } : {}) }
  return cloudflare.createWrangler({ command, cwd: ROOT, env, say, dryRun })
}

/** Compiles what would be uploaded, before anything is touched. */
function checkBundle(config) {
  const check = join(ROOT, 'wrangler.production.check.json')
  write(check, config)
  try {
    must(
      wrangler('', false),
      ['deploy', '--dry-run', '--outdir', '.wrangler/deploy-check', '--config', check],
      'Nothing was changed.',
    )
  } finally {
    rmSync(check, { force: true })
    rmSync(join(ROOT, '.wrangler/deploy-check'), { recursive: true, force: true })
  }
}

/** The secrets to send along; fresh keys are written down before they are used. */
function collectSecrets(cloud, run, db) {
  const present = cloud.secretNames(run, options.name)
  const { missing, fresh, error } = missingSecrets({
    present,
    kept: readKept(keptFile),
    resendKey: settings.resendKey,
    mails: settings.vars.MAIL_PROVIDER === 'resend',
    holdsPeople: db.existed && !present.includes('MASTER_KEYS') && cloud.holdsPeople(run, file),
    newKeys: options.newKeys,
  })
  if (error) stop(error.replace('NAME', options.name))
  if (fresh) {
    keep(keptFile, missing)
    say(
      `keys       made and written to ${keptFile}: move it into your password manager, Cloudflare never shows them again`,
    )
  }
  return missing
}

function putLive(run, secrets) {
  const folder = join(HOME, '.wrangler')
  const secretsFile = join(folder, 'deploy-secrets.json')
  const along = Object.keys(secrets).length > 0 ? ['--secrets-file', secretsFile] : []
  mkdirSync(folder, { recursive: true })
  try {
    if (along.length > 0) writeFileSync(secretsFile, JSON.stringify(secrets), { mode: 0o600 })
    must(
      run,
      ['deploy', '--config', file, ...along],
      'The migrations are applied; the old version still runs with them.',
    )
  } finally {
    rmSync(secretsFile, { force: true })
  }
}

async function checkHealth() {
  const url = settings.vars.PUBLIC_URL
  if (!options.noCheck) {
    const health = await waitUntilWell(url)
    if (!health.ok) {
      stop(
        `Deployed, but ${url}/healthz does not answer as it should (${health.words}). A new domain can take some minutes; if it stays
so, see what the Worker says (npx wrangler tail ${options.name}) or go back (npx wrangler rollback --name ${options.name}).`,
      )
    }
  }
  if (settings.vars.MAIL_PROVIDER === 'outbox')
    say(
      'mail       none goes out yet: give --mail-from and RESEND_API_KEY, or people cannot confirm their address',
    )
  say(`\nSMB Command runs at ${url}`)
}

/** Asks a person at a terminal for the one thing that has no default. */
async function asked(given) {
  if (given.url ?? process.env.PUBLIC_URL ?? before?.vars?.PUBLIC_URL) return given
  if (given.dryRun) return { ...given, url: 'https://command.example.com' }
  if (!process.stdin.isTTY) return given
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const address = await terminal.question('Address that people will use (https://...): ')
  terminal.close()
  return { ...given, url: address.trim() }
}

async function readBase() {
  const { experimental_readRawConfig } = await import('wrangler')
  return experimental_readRawConfig({ config: join(ROOT, 'wrangler.toml') }).rawConfig
}

function write(path, config) {
  writeFileSync(path, `${JSON.stringify(config, null, 2)}\n`)
}

function must(run, args, after) {
  const done = run(args)
  if (!done.ok) throw new cloudflare.Refused(`${done.words.trim()}\n\nwrangler ${args[0]} failed. ${after}`)
}
