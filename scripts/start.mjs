// `npm start`: from a fresh clone to a running product. Idempotent; each step is printed with its command.
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
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
const worker = await runWorker({ url, port, state, inspectorPort: await nextFree(9329) })
const end = (code) => worker.stop().then(() => process.exit(code))
// `on`, not `once`: a second Ctrl-C must not end this process before the Worker's group is gone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(0))
watchParent(() => end(0))
worker.exited.then(() => stop(`The Worker ended by itself; its last words are in ${worker.logFile}.`))

await worker.ready()
say(`seed       ${options.empty ? 'an owner with an empty workspace' : 'the demo (first start only)'}`)
const signIns = await worker.seed(secrets.DEV_KEY, options.empty)
const ticker = await startTicker(url)
worker.onStop(() => ticker.stop())
if (options.json) {
  const { email, password, apiKey } = signIns
  process.stdout.write(`${JSON.stringify({ url, email, password, apiKey })}\n`)
} else {
  announce(signIns)
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
