// `npm start`: from a fresh clone to a running product. Idempotent; each step is printed with its command.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { migrate } from './lib/migrate.mjs'
import {
  continueOnLockedNode,
  ensureInstalled,
  ROOT,
  requireNode18,
  say,
  step,
  stop,
  watchParent,
} from './lib/node.mjs'
import { parseStart, START_HELP } from './lib/options.mjs'
import { isFree, nextFree } from './lib/ports.mjs'
import { ensureSecrets } from './lib/secrets.mjs'
import { takeState } from './lib/state-lock.mjs'

/** Orders in two years at the made-up shop. */
const ORDERS = 6000

requireNode18()
const options = parseStart(process.argv.slice(2))
if (options.error) stop(options.error, 2)
if (options.help) {
  process.stdout.write(`${START_HELP}\n`)
  process.exit(0)
}
ensureInstalled()
await continueOnLockedNode()

const state = resolve(ROOT, options.state)
mkdirSync(state, { recursive: true })
takeState(state)
const port = await choosePort()
const secrets = ensureSecrets()
await Promise.all([step('assets', process.execPath, ['scripts/build-assets.mjs']), migrate(state)])

const { runWorker } = await import('./lib/worker.mjs')
const { startTicker } = await import('./lib/ticker.mjs')
const url = `http://127.0.0.1:${port}`
const vendors = await madeUpVendors()
const inspectorPort = await nextFree(9329)
const worker = await runWorker({ url, port, state, inspectorPort, vars: vendors?.vars })
if (vendors) worker.onStop(() => vendors.stop())
const end = (code) => worker.stop().then(() => process.exit(code))
// `on`, not `once`: a second Ctrl-C must not end this process before the Worker's group is gone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(0))
watchParent(() => end(0))
worker.exited.then(() => stop(`The Worker ended by itself; its last words are in ${worker.logFile}.`))

await worker.ready()
say(`seed       ${options.empty ? 'an owner with an empty workspace' : 'the demo (first start only)'}`)
const signIns = await worker.seed(secrets.DEV_KEY, options.empty)
if (!options.empty && !options.json && signIns.seeded) await worker.seedFamous(secrets.DEV_KEY)
const ticker = await startTicker(url)
worker.onStop(() => ticker.stop())
if (options.json) {
  const { email, password, apiKey } = signIns
  process.stdout.write(`${JSON.stringify({ url, email, password, apiKey })}\n`)
} else {
  announce(signIns)
}

/** None when the local variables lead to vendors already. */
async function madeUpVendors() {
  const settled = ['SHOPIFY_API_BASE', 'STRIPE_API_BASE', 'QUICKBOOKS_API_BASE', 'QUICKBOOKS_CLIENT_ID']
  if (!options.vendors || settled.some((name) => secrets[name])) return null
  const { startVendors } = await import('./lib/vendors.mjs')
  const free = await nextFree(8790)
  if (free === null) return null
  const started = await startVendors({
    ...{ port: free, orders: ORDERS, until: firstStart() },
    // the zones of the workspaces that the seed makes
    timeZone: options.empty ? 'UTC' : 'America/New_York',
  })
  say(`vendors    made-up Shopify, Stripe and QuickBooks at ${started.url} (--no-vendors leaves them out)`)
  return started
}

/** The made-up history ends where it ended at the first start with this state: it does not move by a restart. */
function firstStart() {
  const file = join(state, 'vendors.json')
  if (!existsSync(file)) writeFileSync(file, JSON.stringify({ until: Date.now() }))
  return JSON.parse(readFileSync(file, 'utf8')).until
}

async function choosePort() {
  if (await isFree(options.port)) return options.port
  if (options.portGiven)
    stop(
      `Port ${options.port} is taken by another program. End that program, or give another: npm start -- --port ${options.port + 1}`,
    )
  const free = await nextFree(options.port + 1)
  if (free === null) stop('No free port was found. Give one: npm start -- --port N')
  say(`port       ${options.port} is taken, using ${free}`)
  return free
}

function announce({ email, password, people }) {
  const lines = (people ?? [{ email, password, role: 'owner', workspace: '' }]).map(
    (person) =>
      `    ${person.email.padEnd(34)} ${person.password.padEnd(26)} ${person.role}, ${person.workspace}`,
  )
  process.stdout.write(`
  SMB Command runs at   ${url}

  Sign in as
${lines.join('\n')}

  Mail lands at         ${url}/dev/outbox
  Development tools     ${url}/dev   (moves the clock)
  State                 ${state}
  Stop                  Ctrl-C
`)
}
