/** DNS-09 and DNS-10: whether the domain is paid for, and locked. */
import type { CheckResult } from '../check.ts'
import { fail, notTested, pass, warn } from '../verdict.ts'
import type { DnsContext, DnsObservation } from './observation.ts'
import type { Registration } from './registration.ts'

const DAY_MS = 86_400_000
const SOON_DAYS = 30
const LATE_DAYS = 7

/** Both. Registries that say nothing of dates or locks are not tested. */
export function judgeRegistration({ registration }: DnsObservation, { now }: DnsContext): CheckResult[] {
  if (!registration)
    return ['DNS-09', 'DNS-10'].map((id) => notTested(id, 'registry-silent', 'The registry gave no answer.'))
  return [judgeExpiry(registration, now), judgeLock(registration)]
}

function judgeExpiry({ expiresAt }: Registration, now: number): CheckResult {
  if (expiresAt === null)
    return notTested('DNS-09', 'expiry-hidden', 'The registry does not say how long the domain is paid for.')
  const days = Math.floor((expiresAt - now) / DAY_MS)
  if (days < 0) return fail('DNS-09', 'domain-expired', 'The registration has run out.')
  if (days < LATE_DAYS)
    return fail('DNS-09', 'domain-expires-now', `The registration runs out in ${days} days.`)
  if (days <= SOON_DAYS)
    return warn('DNS-09', 'domain-expires-soon', `The registration runs out in ${days} days.`)
  return pass('DNS-09', 'domain-paid', `The registration runs for ${days} more days.`)
}

function judgeLock({ statuses }: Registration): CheckResult {
  if (statuses.length === 0)
    return notTested('DNS-10', 'lock-hidden', 'The registry does not say whether the domain is locked.')
  const locked = statuses.some((status) => /^(client|server) transfer prohibited$/.test(status))
  if (locked)
    return pass('DNS-10', 'transfer-locked', 'The domain cannot be moved without unlocking it.', statuses)
  return fail('DNS-10', 'transfer-open', 'The domain can be moved to another registrar.', statuses)
}
