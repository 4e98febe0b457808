/**
 * Password hashes: scrypt N=2^15 r=8 p=3 (OWASP ASVS 5.0 appendix C approves p >= 3 with this N), written as a PHC
 * string. At most two hashes run at once in an isolate: each holds 32 MiB of its 128.
 */
import { scrypt } from 'node:crypto'
import { sameText } from './digest.ts'

const LOG_N = 15
const BLOCK = 8
const PARALLEL = 3
const KEY_BYTES = 32
const MAX_MEMORY = 64 * 1024 * 1024
const AT_ONCE = 2

export interface PasswordHasher {
  hash(password: string): Promise<string>
  verify(password: string, phc: string): Promise<boolean>
  /** Costs the same as a real check: for accounts that do not exist. */
  pretend(password: string): Promise<false>
  needsRehash(phc: string): boolean
}

export const passwordHasher: PasswordHasher = {
  async hash(password) {
    const salt = crypto.getRandomValues(new Uint8Array(16))
    return phcString(salt, await derive(password, salt, LOG_N, BLOCK, PARALLEL))
  },
  async verify(password, phc) {
    const parsed = parsePhc(phc)
    if (!parsed) return false
    const key = await derive(password, parsed.salt, parsed.logN, parsed.block, parsed.parallel)
    return sameText(base64(key), parsed.hash)
  },
  async pretend(password) {
    await derive(password, new Uint8Array(16), LOG_N, BLOCK, PARALLEL)
    return false
  },
  needsRehash: (phc) => !phc.startsWith(`$scrypt$ln=${LOG_N},r=${BLOCK},p=${PARALLEL}$`),
}

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes)).replace(/=+$/, '')

const phcString = (salt: Uint8Array, key: Uint8Array): string =>
  `$scrypt$ln=${LOG_N},r=${BLOCK},p=${PARALLEL}$${base64(salt)}$${base64(key)}`

const PHC = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

function parsePhc(phc: string) {
  const match = PHC.exec(phc)
  if (!match) return null
  const [, logN, block, parallel, salt = '', hash = ''] = match
  return {
    logN: Number(logN),
    block: Number(block),
    parallel: Number(parallel),
    salt: Uint8Array.from(atob(salt), (char) => char.charCodeAt(0)),
    hash,
  }
}

let running = 0
const waiting: (() => void)[] = []

async function derive(
  password: string,
  salt: Uint8Array,
  logN: number,
  block: number,
  parallel: number,
): Promise<Uint8Array> {
  if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go))
  running += 1
  try {
    return await new Promise((resolve, reject) => {
      const cost = { N: 2 ** logN, r: block, p: parallel, maxmem: MAX_MEMORY }
      scrypt(password, salt, KEY_BYTES, cost, (error, key) =>
        error ? reject(error) : resolve(new Uint8Array(key)),
      )
    })
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}
