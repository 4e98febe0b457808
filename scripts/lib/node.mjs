// The right Node and the right packages, whatever the PATH has. Node built-ins only; must parse on Node 18.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const MODULES = join(ROOT, 'node_modules')
const MARKER = join(MODULES, '.install-complete')
const LOCK = join(ROOT, 'package-lock.json')
// Taken at once: a parent may be gone before anybody begins to watch it.
const PARENT = process.ppid

export const say = (text) => process.stderr.write(`${text}\n`)

/** Ends with a sentence a person can act on. */
export function stop(text, code = 1) {
  say(`\n${text}`)
  process.exit(code)
}

export function requireNode18() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 18)
    stop(
      `Node ${process.versions.node} is too old to begin with. Install Node 18 or later and run the command again.`,
    )
}

/** True when node_modules is not what package-lock.json says: absent, half-finished, or older than the lock. */
export function installIsStale({ modules = MODULES, marker = MARKER, lock = LOCK } = {}) {
  if (!existsSync(modules) || !existsSync(marker)) return true
  return readFileSync(marker, 'utf8') !== lockStamp(lock)
}

export const lockStamp = (lock = LOCK) => {
  const { size } = statSync(lock)
  let hash = 0
  for (const char of readFileSync(lock, 'utf8')) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) | 0
  return `${size}-${hash}`
}

/** Installs exactly the locked packages when needed. */
export function ensureInstalled() {
  if (!installIsStale()) return
  say('install    npm ci')
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (done.error) stop('npm was not found. It comes with Node: reinstall Node, then run the command again.')
  if (done.status !== 0) {
    stop(
      'The packages could not be installed (npm says why above). Is the network there? Run the command again: it goes on from the start of the install.',
    )
  }
  writeFileSync(MARKER, lockStamp())
}

/** Goes on under the locked Node; returns only when already there. */
export function continueOnLockedNode() {
  const locked = join(MODULES, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
  if (process.env.SMB_LOCKED_NODE === '1') return
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).devDependencies.node
  if (process.versions.node === wanted || !existsSync(locked)) {
    process.env.PATH = `${join(MODULES, '.bin')}:${process.env.PATH}`
    return
  }
  const child = spawn(locked, process.argv.slice(1), {
    stdio: 'inherit',
    env: { ...process.env, SMB_LOCKED_NODE: '1', PATH: `${join(MODULES, '.bin')}:${process.env.PATH}` },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  watchParent(() => child.kill('SIGTERM'))
  return new Promise(() => {
    child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)))
  })
}

/** npm dies of a signal without passing it on: notice that the parent is gone. */
export function watchParent(gone) {
  const timer = setInterval(() => {
    if (process.ppid !== PARENT) {
      clearInterval(timer)
      gone()
    }
  }, 500)
  timer.unref()
}

/** Runs one step to its end, its output hidden unless it fails. Steps that need not wait for each other may run at once. */
export async function step(name, command, args) {
  say(`${name.padEnd(10)} ${[command, ...args].join(' ').replaceAll(ROOT, '').slice(0, 120)}`)
  const child = spawn(command, args, { cwd: ROOT, env: quietEnv(), stdio: ['ignore', 'pipe', 'pipe'] })
  let words = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (words += chunk))
  const code = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', resolve)
  })
  if (code === 0) return
  say(words)
  stop(`The step "${name}" failed (${code}); its own words are above.`)
}

export const quietEnv = () => ({
  ...process.env,
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  NO_UPDATE_NOTIFIER: '1',
})
