// What a deploy does, in its order: check the bundle, make what is missing, secrets, migrations, code, health.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as cloudflare from './cloudflare.mjs'
import { productionConfig, renamed, resourcesOf } from './production-config.mjs'
import { keep, missingSecrets, readKept } from './production-secrets.mjs'
import * as rehearsal from './rehearsal.mjs'

const { mustRun, Refused } = cloudflare

/**
 * Throws `Refused` with a sentence when something is not as it must be. `base` is wrangler.toml as an object, `file` the
 * configuration to write, `root` the checkout; `wrangler(account)` gives what starts a command there, `say` prints a line,
 * `isWell(url)` answers `{ ok, words }`.
 */
export async function deploy({ options, settings, base, file, root, wrangler, say, isWell }) {
  const dryRun = options.dryRun === true
  const cloud = dryRun ? rehearsal : cloudflare
  const runner = (account, dry = dryRun) =>
    cloudflare.createWrangler({ start: wrangler(account), say, dryRun: dry })
  const named = renamed(base, options.name)
  const { database, buckets, queues } = resourcesOf(named)
  const { vars } = settings

  const account = cloud.findAccount(runner(settings.account), settings.account)
  const configWith = (databaseId) => productionConfig(named, { databaseId, account, vars })
  checkBundle(runner(account, false), root, configWith(rehearsal.NO_ID))
  const run = runner(account)
  const db = cloud.ensureDatabase(run, database, options.location)
  for (const bucket of buckets) cloud.ensureBucket(run, bucket, options.location)
  for (const queue of queues) cloud.ensureQueue(run, queue)
  if (!dryRun) write(file, configWith(db.id))
  const secrets = collectSecrets({ cloud, run, db, options, settings, file, say })
  const bookmark = db.existed && cloud.bookmarkOf(run, file)
  if (bookmark)
    say(`bookmark   ${bookmark} (the database before this deploy; docs/operations.md: going back)`)
  mustRun(
    run,
    ['d1', 'migrations', 'apply', 'DB', '--remote', '--config', file],
    'The old version still runs.',
  )
  putLive(run, file, secrets)
  if (dryRun) return say('\nDry run: nothing was changed.')
  if (!options.noCheck) await checkHealth(isWell, vars.PUBLIC_URL, options.name)
  if (vars.MAIL_PROVIDER === 'outbox')
    say(
      'mail       none goes out yet: give --mail-from and RESEND_API_KEY, or people cannot confirm their address',
    )
  say(`\nSMB Command runs at ${vars.PUBLIC_URL}`)
}

/** Compiles what would be uploaded, before anything is touched. */
function checkBundle(run, root, config) {
  const check = join(root, `wrangler.production.check-${process.pid}.json`)
  const out = join(root, '.wrangler', `deploy-check-${process.pid}`)
  try {
    write(check, config)
    mustRun(run, ['deploy', '--dry-run', '--outdir', out, '--config', check], 'Nothing was changed.')
  } finally {
    rmSync(check, { force: true })
    rmSync(out, { recursive: true, force: true })
  }
}

/** The secrets to send along; fresh keys are written down before they are used. */
function collectSecrets({ cloud, run, db, options, settings, file, say }) {
  const keptFile = file.replace(/\.json$/, '.secrets.json')
  const present = cloud.secretNames(run, options.name)
  const { missing, fresh, error } = missingSecrets({
    present,
    kept: readKept(keptFile),
    resendKey: settings.resendKey,
    mails: settings.vars.MAIL_PROVIDER === 'resend',
    holdsPeople: db.existed && !present.includes('MASTER_KEYS') && cloud.holdsPeople(run, file),
    newKeys: options.newKeys,
  })
  if (error) throw new Refused(error.replace('NAME', options.name))
  if (fresh) {
    keep(keptFile, missing)
    say(
      `keys       made and written to ${keptFile}: move it into your password manager, Cloudflare never shows them again`,
    )
  }
  return missing
}

function putLive(run, file, secrets) {
  const secretsFile = `${file}.${process.pid}.tmp`
  const along = Object.keys(secrets).length > 0 ? ['--secrets-file', secretsFile] : []
  try {
    if (along.length > 0) writeFileSync(secretsFile, JSON.stringify(secrets), { mode: 0o600 })
    mustRun(
      run,
      ['deploy', '--config', file, ...along],
      'The migrations are applied; the old version runs on with them.',
    )
  } finally {
    rmSync(secretsFile, { force: true })
  }
}

async function checkHealth(isWell, url, name) {
  const health = await isWell(url)
  if (health.ok) return
  throw new Refused(
    `Deployed, but ${url}/healthz does not answer as it should (${health.words}). A new domain can take some minutes. If it stays
so, see what the Worker says (npx wrangler tail ${name}) or go back (npx wrangler rollback --name ${name}).`,
  )
}

function write(path, config) {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, `${JSON.stringify(config, null, 2)}\n`)
}
