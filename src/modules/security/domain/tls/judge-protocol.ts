/** TLS-04, TLS-05 and TLS-10: which versions and ciphers a host accepts. */
import type { CheckResult } from '../check.ts'
import { fail, notTested, pass, warn } from '../verdict.ts'
import { cipherName } from './ciphers.ts'
import type { ProbeOutcome, TlsObservation } from './observation.ts'

const UNSEEN = [
  'probe-unanswered',
  'The server could not be asked, e.g. because it stands behind Cloudflare.',
] as const

/** TLS-04 (RFC 8446). */
export function judgeNewest({ probes }: TlsObservation): CheckResult {
  const newest = probes?.tls13
  if (!newest || !probes || !speaks(probes) || isOpen(newest)) return notTested('TLS-04', ...UNSEEN)
  if (newest.kind === 'accepted' && newest.version === '1.3')
    return pass('TLS-04', 'tls13-offered', 'TLS 1.3 is offered.')
  return fail('TLS-04', 'tls13-missing', 'TLS 1.3 is not offered.')
}

/** TLS-05 (RFC 8996). */
export function judgeOldest({ probes }: TlsObservation): CheckResult {
  if (!probes || !speaks(probes)) return notTested('TLS-05', ...UNSEEN)
  const old = [probes.tls11, probes.tls10]
  const accepted = old.flatMap((one) => (one.kind === 'accepted' ? [`TLS ${one.version}`] : []))
  if (accepted.length > 0)
    return fail('TLS-05', 'old-tls-accepted', 'Broken versions of TLS are accepted.', [...new Set(accepted)])
  if (old.some(isOpen)) return notTested('TLS-05', ...UNSEEN)
  return pass('TLS-05', 'old-tls-refused', 'TLS 1.0 and 1.1 are refused.')
}

/** TLS-10 (RFC 9325); CBC with SHA-1 warns, everything weaker fails. */
export function judgeCiphers({ probes }: TlsObservation): CheckResult {
  if (!probes || !speaks(probes)) return notTested('TLS-10', ...UNSEEN)
  const { weak, dated } = probes
  if (weak.kind === 'accepted')
    return fail('TLS-10', 'weak-cipher-accepted', 'A weak cipher is accepted.', [cipherName(weak.cipher)])
  if (isOpen(weak)) return notTested('TLS-10', ...UNSEEN)
  if (dated.kind === 'accepted')
    return warn('TLS-10', 'dated-cipher-accepted', 'A cipher with CBC and SHA-1 is accepted.', [
      cipherName(dated.cipher),
    ])
  if (isOpen(dated)) return notTested('TLS-10', ...UNSEEN)
  return pass('TLS-10', 'weak-ciphers-refused', 'Weak ciphers are refused.')
}

/** A refusal means something only from a server that accepts something. */
const speaks = (probes: NonNullable<TlsObservation['probes']>): boolean =>
  Object.values(probes).some(({ kind }) => kind === 'accepted')

const isOpen = ({ kind }: ProbeOutcome): boolean => kind === 'silent' || kind === 'garbled'
