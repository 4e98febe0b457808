// Brings the local database to the schema of this checkout; skips the look when nothing changed since the last one.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, step } from './node.mjs'

/** Applies what `state` lacks of `migrations/`. */
export async function migrate(state) {
  const stamp = stampOf(join(ROOT, 'migrations'))
  const file = join(state, 'migrated')
  if (isStamped(state, stamp)) return
  const wrangler = join(ROOT, 'node_modules/.bin/wrangler')
  await step('migrate', wrangler, ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', state])
  writeFileSync(file, stamp)
}

/** True when the last look left this stamp and the database it saw is still there. */
export function isStamped(state, stamp) {
  const file = join(state, 'migrated')
  return existsSync(join(state, 'v3/d1')) && existsSync(file) && readFileSync(file, 'utf8') === stamp
}

/** One text for the names and contents of every migration in a folder. */
export function stampOf(folder) {
  const hash = createHash('sha256')
  for (const name of readdirSync(folder)
    .filter((entry) => entry.endsWith('.sql'))
    .sort())
    hash.update(`${name}\n${readFileSync(join(folder, name), 'utf8')}\n`)
  return hash.digest('hex')
}
