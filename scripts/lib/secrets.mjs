// Local secrets: made once, fresh and random, kept out of git.
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './node.mjs'

const FILE = join(ROOT, '.dev.vars')

export const freshSecrets = () => ({
  ENVIRONMENT: 'development',
  SIGNUPS: 'open',
  MASTER_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  TOKEN_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  DEV_KEY: randomBytes(24).toString('hex'),
  OPERATORS: 'owner@harbour.example,owner@example.com',
})

/** The local variables, made on the first start; a variable that a later version needs is added. */
export function ensureSecrets(file = FILE) {
  const known = existsSync(file) ? parseVars(readFileSync(file, 'utf8')) : {}
  const missing = Object.entries(freshSecrets()).filter(([name]) => !(name in known))
  if (missing.length > 0) {
    const lines = missing.map(([name, value]) => `${name}=${value}`)
    const before = existsSync(file) ? `${readFileSync(file, 'utf8').trimEnd()}\n` : ''
    writeFileSync(file, `${before}${lines.join('\n')}\n`, { mode: 0o600 })
  }
  return { ...known, ...Object.fromEntries(missing) }
}

export function parseVars(text) {
  const pairs = text
    .split('\n')
    .map((line) => /^\s*([A-Z_]+)\s*=\s*"?(.*?)"?\s*$/.exec(line))
    .filter(Boolean)
  return Object.fromEntries(pairs.map(([, name, value]) => [name, value]))
}
