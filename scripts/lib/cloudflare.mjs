// The account's side of a deploy, asked and changed through wrangler's command line.
import { spawnSync } from 'node:child_process'

const EXISTS = /already (exists|taken)|code: (10004|11009|7502)\b/i
const NO_WORKER = /Worker "[^"]*".* not found|code: 10007\b/

/**
 * `run(args)` -> `{ ok, out, words }`; every command is said first. `start(args)` answers as spawnSync does. In a dry run
 * nothing is started.
 */
export function createWrangler({ start, say, dryRun }) {
  return (args) => {
    say(`${dryRun ? 'would run' : 'run      '}  wrangler ${args.join(' ')}`)
    if (dryRun) return { ok: true, out: '', words: '' }
    const done = start(args)
    const words = `${done.stdout ?? ''}${done.stderr ?? ''}${done.error ? String(done.error) : ''}`
    return { ok: done.status === 0, out: done.stdout ?? '', words }
  }
}

/** Starts the locked wrangler, or the one that WRANGLER names. */
export const wranglerStarter = (command, cwd, env) => (args) =>
  spawnSync(command, args, { cwd, env, input: '', encoding: 'utf8', maxBuffer: 64e6 })

/** A refusal of Cloudflare's, told in its own words with what to do about it. */
export class Refused extends Error {}

/** Runs a command that must go well; `advice` follows wrangler's own words when it does not. */
export function mustRun(run, args, advice) {
  const done = run(args)
  if (!done.ok) throw new Refused(`${done.words.trim()}\n\n${advice}`)
  return done
}

/** The id of the account to work in. */
export function findAccount(run, wanted) {
  const done = run(['whoami', '--json'])
  if (!done.ok)
    throw new Refused(
      'Not signed in to Cloudflare. Run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN, then deploy again.',
    )
  const { accounts = [] } = readJson(done.out) ?? {}
  if (wanted) {
    if (accounts.length > 0 && !accounts.some((account) => account.id === wanted))
      throw new Refused(`This sign-in does not reach the account ${wanted}. It reaches ${listOf(accounts)}.`)
    return wanted
  }
  if (accounts.length > 1)
    throw new Refused(
      `This sign-in reaches several accounts. Choose one with --account ID: ${listOf(accounts)}.`,
    )
  return accounts[0]?.id ?? ''
}

/** Finds the database by its name, or makes it: `{ id, existed }`. */
export function ensureDatabase(run, name, location) {
  const find = () => {
    const { out } = mustRun(run, ['d1', 'list', '--json'], 'The databases could not be listed.')
    return (readJson(out) ?? []).find((database) => database.name === name)?.uuid
  }
  const known = find()
  if (known) return { id: known, existed: true }
  const where = location ? ['--location', location] : []
  mustRun(run, ['d1', 'create', name, ...where], `The database ${name} could not be created.`)
  const made = find()
  if (!made)
    throw new Refused(`The database ${name} was created but is not listed yet. Deploy again in a minute.`)
  return { id: made, existed: false }
}

/** Makes the bucket unless it is there. */
export function ensureBucket(run, name, location) {
  const where = location ? ['--location', location] : []
  const done = run(['r2', 'bucket', 'create', name, ...where])
  if (done.ok || EXISTS.test(done.words)) return
  throw new Refused(
    `${done.words.trim()}\n\nThe bucket ${name} could not be created. R2 must be switched on once in the Cloudflare dashboard.`,
  )
}

/** Makes the queue unless it is there. */
export function ensureQueue(run, name) {
  if (run(['queues', 'info', name]).ok) return
  const done = run(['queues', 'create', name])
  if (done.ok || EXISTS.test(done.words)) return
  throw new Refused(
    `${done.words.trim()}\n\nThe queue ${name} could not be created. Queues need the Workers Paid plan.`,
  )
}

/** Names of the Worker's secrets; empty for a Worker that does not exist yet. Any other doubt stops the deploy. */
export function secretNames(run, worker) {
  const done = run(['secret', 'list', '--name', worker, '--format', 'json'])
  if (done.ok) return (readJson(done.out) ?? []).map((secret) => secret.name)
  if (NO_WORKER.test(done.words)) return []
  throw new Refused(
    `${done.words.trim()}\n\nThe secrets of ${worker} could not be listed; nothing was changed.`,
  )
}

/** True when a database that was there before already holds people. */
export function holdsPeople(run, config) {
  const ask = (sql) =>
    run(['d1', 'execute', 'DB', '--remote', '--json', '--config', config, '--command', sql])
  const table = ask("SELECT count(*) AS n FROM sqlite_master WHERE type = 'table' AND name = 'people'")
  if (!table.ok)
    throw new Refused(`${table.words.trim()}\n\nThe database could not be read; nothing was changed.`)
  if (countIn(table.out) === 0) return false
  return countIn(ask('SELECT count(*) AS n FROM people').out) !== 0
}

/** A point to which the database can be taken back, or null. */
export function bookmarkOf(run, config) {
  const done = run(['d1', 'time-travel', 'info', 'DB', '--json', '--config', config])
  return done.ok ? (readJson(done.out)?.bookmark ?? null) : null
}

const countIn = (out) => readJson(out)?.[0]?.results?.[0]?.n ?? null
const listOf = (accounts) => accounts.map(({ id, name }) => `${id} (${name})`).join(', ')

/** JSON from an output that may have words before it. */
function readJson(out) {
  for (let at = out.search(/[[{]/); at >= 0 && at < out.length; at = nextStart(out, at)) {
    try {
      return JSON.parse(out.slice(at))
    } catch {
      // that bracket belonged to the words before
    }
  }
  return null
}

function nextStart(out, at) {
  const more = out.slice(at + 1).search(/[[{]/)
  return more < 0 ? out.length : at + 1 + more
}
