/**
 * Accounts under a clock that stands still: a hasher that counts instead of working, limits that a test can close, and the
 * mails that were sent.
 */
import type { PasswordHasher } from '../../src/platform/crypto/password.ts'
import type { Config, Services } from '../../src/platform/services.ts'
import { makeWorld, testEnv, type World } from './world.ts'

export const DEVICE = {
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
  ipPrefix: '203.0.113.0/24',
}

export const SETTINGS = {
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  locale: 'de-DE',
  weekStart: 1,
  fiscalYearStart: 1,
  country: 'DE',
  industry: '',
}

interface SentMail {
  subject: string
  text: string
  /** The token at the end of the link of the mail, empty when it has none. */
  token: string
}

export interface Accounts {
  world: World
  services: Services
  /** What the hasher did, in order: `hash`, `verify`, `pretend`. */
  hashing: string[]
  /** Keys that the limiter was asked for; those in `closed` are refused. */
  limited: string[]
  closed: Set<string>
  /** Mails to an address since the last look. */
  mailsTo(email: string): Promise<SentMail[]>
  /** Every line that was logged. */
  logged: string[]
  /** What the audit log of a workspace says, by the alphabet: within one millisecond time says nothing. */
  audited(tenantId: string): Promise<string[]>
}

export async function makeAccounts(config: Partial<Config> = {}): Promise<Accounts> {
  const world = await makeWorld()
  const hashing: string[] = []
  const limited: string[] = []
  const closed = new Set<string>()
  const seen = new Set<string>()
  const logged: string[] = []
  const write = (event: string, fields = {}) => void logged.push(JSON.stringify({ event, ...fields }))
  const services: Services = {
    ...world.services,
    config: { ...world.services.config, ...config },
    log: { info: write, warn: write, error: write },
    passwords: countingHasher(hashing),
    limits: {
      ...world.services.limits,
      signIn: async (key) => {
        limited.push(key)
        return !closed.has(key)
      },
    },
  }
  return {
    world,
    services,
    hashing,
    limited,
    closed,
    logged,
    async mailsTo(email) {
      const rows = await services.directory.latestMails(1000)
      const fresh = rows.filter((row) => row.recipient === email && !seen.has(row.id))
      for (const { id } of fresh) seen.add(id)
      return fresh.map(({ subject, text_body: text }) => ({
        subject,
        text,
        token: /\/(?:verify|reset|invitations)\/(\S+)/.exec(text)?.[1] ?? '',
      }))
    },
    async audited(tenantId) {
      const { results } = await testEnv.DB.prepare(
        'SELECT action FROM audit_log WHERE tenant_id = ?1 ORDER BY action',
      )
        .bind(tenantId)
        .all<{ action: string }>()
      return results.map(({ action }) => action)
    },
  }
}

const countingHasher = (calls: string[]): PasswordHasher => ({
  async hash(password) {
    calls.push('hash')
    return `counted:${password}`
  },
  async verify(password, phc) {
    calls.push('verify')
    return phc === `counted:${password}`
  },
  async pretend() {
    calls.push('pretend')
    return false
  },
  needsRehash: (phc) => !phc.startsWith('counted:'),
})
