// The checks that are no vitest tests; each counts as one.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { missingOptionals } from '../complete-lock.mjs'
import { ROOT } from './node.mjs'

const bin = (name) => join(ROOT, 'node_modules/.bin', name)

const run = (command, args) => {
  const done = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64_000_000 })
  return { ok: done.status === 0, words: `${done.stdout ?? ''}${done.stderr ?? ''}` }
}

/** Name and check, in the order of their cost. */
export const CHECKS = {
  'the lock file holds every system and names no host': checkLock,
  'types of the Worker': () => run(bin('tsc'), ['--noEmit', '-p', 'tsconfig.json']),
  'types of the browser islands': () => run(bin('tsc'), ['--noEmit', '-p', 'tsconfig.client.json']),
  'types of the tests': () => run(bin('tsc'), ['--noEmit', '-p', 'tsconfig.tests.json']),
  'format and lint': () => run(bin('biome'), ['check', '--error-on-warnings', '.']),
  'no dead code': () => run(bin('knip'), ['--no-progress']),
  'the migrations say what the schema says': checkMigrations,
  'no leftovers of htmx 2': () => run(bin('upgrade-check'), ['src/views']),
}

function checkLock() {
  const text = readFileSync(join(ROOT, 'package-lock.json'), 'utf8')
  const missing = missingOptionals(JSON.parse(text).packages)
  const hosts = /"resolved"\s*:\s*"https?:/.test(text) ? ['the lock names a registry host ("resolved")'] : []
  const words = [...hosts, ...missing.map((entry) => `missing: ${entry.name}@${entry.version}`)]
  return {
    ok: words.length === 0,
    words: `${words.join('\n')}\nnode scripts/complete-lock.mjs adds what is missing`,
  }
}

/** drizzle-kit, let loose on a copy of the migrations, must find nothing to write. */
function checkMigrations() {
  const copy = mkdtempSync(join(tmpdir(), 'smb-migrations-'))
  const config = join(ROOT, '.drizzle-check.config.json')
  try {
    cpSync(join(ROOT, 'migrations'), copy, { recursive: true })
    const before = readdirSync(copy).length
    const schema = ['./src/platform/directory*-schema.ts', './src/modules/*/store/schema.ts']
    writeFileSync(config, JSON.stringify({ dialect: 'sqlite', schema, out: copy }))
    const done = run(bin('drizzle-kit'), ['generate', '--config', config])
    return { ok: done.ok && readdirSync(copy).length === before, words: done.words }
  } finally {
    rmSync(copy, { recursive: true, force: true })
    if (existsSync(config)) rmSync(config)
  }
}
