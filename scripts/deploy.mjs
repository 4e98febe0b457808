// `npm run deploy -- --url https://…`: the way to production. Creates or finds what the Worker needs, applies the
// migrations, deploys, and looks whether it answers. Repeating it changes nothing that is there.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { databaseIdIn, NAMES, parseDeploy, parseJsonOutput, productionToml } from './lib/deploy-plan.mjs'
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

const HELP = `npm run deploy -- --url https://app.example.com [--resend --mail-from "Name <mail@example.com>"] [--dry-run]
  --url         the public address of the installation
  --resend      send mail by Resend (the secret RESEND_API_KEY is asked for once by: wrangler secret put RESEND_API_KEY)
  --mail-from   the sender of mails
  --dry-run     print every command and change nothing`

requireNode18()
const options = parseDeploy(process.argv.slice(2))
if (options.error) stop(`${options.error}\n\n${HELP}`, 2)
if (options.help) {
  process.stdout.write(`${HELP}\n`)
  process.exit(0)
}
ensureInstalled()
await continueOnLockedNode()

const CONFIG = 'wrangler.production.toml'
const binary = process.env.WRANGLER ?? join(ROOT, 'node_modules/.bin/wrangler')

requireLogin()
const databaseId = ensureDatabase()
ensureBucket()
for (const queue of NAMES.queues) ensureQueue(queue)
writeConfig(databaseId)
step('assets', process.execPath, ['scripts/build-assets.mjs'])
change('migrations, before the code that needs them', [
  'd1',
  'migrations',
  'apply',
  'DB',
  '--remote',
  '--config',
  CONFIG,
])
ensureSecrets()
if (options.dryRun)
  change('build', ['deploy', '--config', CONFIG, '--dry-run', '--outdir', '.wrangler/deploy'])
else change('deploy', ['deploy', '--config', CONFIG])
await checkHealth()

function ask(args) {
  return spawnSync(binary, args, { cwd: ROOT, encoding: 'utf8', env: quietEnv() })
}

/** A command that changes something: printed, and left out in a dry run. */
function change(name, args, input) {
  say(`${options.dryRun ? 'would run' : 'run      '}  wrangler ${args.join(' ')}   (${name})`)
  if (options.dryRun) return { status: 0, stdout: '' }
  const done = spawnSync(binary, args, { cwd: ROOT, encoding: 'utf8', env: quietEnv(), input })
  if (done.status !== 0) {
    stop(
      `${done.stdout ?? ''}${done.stderr ?? ''}\nThis step failed: ${name}. Mend what wrangler says and run the command again; what is done stays done.`,
    )
  }
  return done
}

function requireLogin() {
  const who = ask(['whoami'])
  if (who.status !== 0 || /not authenticated/i.test(who.stdout + who.stderr)) {
    stop(
      'You are not signed in to Cloudflare. Run "npx wrangler login", or set CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID.',
    )
  }
}

function ensureDatabase() {
  const known = parseJsonOutput(ask(['d1', 'list', '--json']).stdout ?? '').find(
    (database) => database.name === NAMES.database,
  )
  if (known) return known.uuid
  const made = change('database', ['d1', 'create', NAMES.database])
  const id = options.dryRun ? '00000000-0000-0000-0000-000000000000' : databaseIdIn(made.stdout)
  if (!id) stop(`The database was made, but its id was not in what wrangler said:\n${made.stdout}`)
  return id
}

function ensureBucket() {
  const listed = ask(['r2', 'bucket', 'list']).stdout ?? ''
  if (!new RegExp(`\\b${NAMES.bucket}\\b`).test(listed))
    change('bucket for files', ['r2', 'bucket', 'create', NAMES.bucket])
}

function ensureQueue(queue) {
  const listed = ask(['queues', 'list']).stdout ?? ''
  if (!new RegExp(`\\b${queue}\\b`).test(listed)) change('queue', ['queues', 'create', queue])
}

function writeConfig(id) {
  const toml = readFileSync(join(ROOT, 'wrangler.toml'), 'utf8')
  const settings = {
    databaseId: id,
    publicUrl: options.url,
    mailFrom: options.mailFrom,
    mailProvider: options.resend ? 'resend' : 'outbox',
  }
  writeFileSync(join(ROOT, CONFIG), productionToml(toml, settings))
  say(`written    ${CONFIG} (not in git)`)
}

/** Keys are made once and never overwritten: what was sealed by them could not be opened again. */
function ensureSecrets() {
  const names = parseJsonOutput(ask(['secret', 'list', '--config', CONFIG]).stdout ?? '').map(
    (secret) => secret.name,
  )
  for (const name of NAMES.secrets) {
    if (names.includes(name)) continue
    change(
      `fresh secret ${name}`,
      ['secret', 'put', name, '--config', CONFIG],
      `k1:${randomBytes(32).toString('base64')}`,
    )
  }
  if (options.resend && !names.includes('RESEND_API_KEY')) {
    say(`to do      npx wrangler secret put RESEND_API_KEY --config ${CONFIG}   (mail is refused until then)`)
  }
}

async function checkHealth() {
  if (options.dryRun || process.env.SKIP_HEALTH === '1') return
  const answer = await fetch(`${options.url}/healthz`).catch(() => null)
  if (answer?.ok) say(`healthy    ${options.url}`)
  else
    say(
      `deployed, but ${options.url}/healthz does not answer yet. Is the route or domain set? See docs/operations.md.`,
    )
}
