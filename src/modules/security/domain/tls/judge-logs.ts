/** TLS-11 and TLS-12: what the public logs of certificates say. */
import type { CheckResult } from '../check.ts'
import { caaNamesOf } from '../dns/issuers.ts'
import { fail, notTested, pass, warn } from '../verdict.ts'
import type { IssuedCertificate, TlsContext, TlsObservation } from './observation.ts'

const UNSEEN = ['logs-unseen', 'The public logs of certificates were not read.'] as const

/** TLS-11: valid certificates from issuers that neither the owner nor CAA names. */
export function judgeLoggedIssuers({ issued }: TlsObservation, context: TlsContext): CheckResult {
  const expected = [...(context.approvedIssuers ?? []), ...(context.caaIssuers ?? [])]
  if (!issued) return notTested('TLS-11', ...UNSEEN)
  const valid = issued.filter(({ notAfter }) => notAfter > context.now)
  const issuers = [...new Set(valid.map(({ issuer }) => issuer))]
  if (!context.approvedIssuers && !context.caaIssuers)
    return notTested('TLS-11', 'issuers-unknown', 'Nothing says which issuers you use.', issuers)
  const strange = valid.filter((one) => !isExpected(one, expected))
  if (strange.length > 0)
    return fail(
      'TLS-11',
      'issuer-strange',
      'A certificate comes from an issuer that you do not use.',
      strange.map(describe),
    )
  return pass('TLS-11', 'issuers-expected', 'All valid certificates come from your issuers.', issuers)
}

/** TLS-12: hosts in valid certificates that the owner has not named. */
export function judgeLoggedHosts({ issued }: TlsObservation, { knownHosts, now }: TlsContext): CheckResult {
  if (!issued) return notTested('TLS-12', ...UNSEEN)
  const known = new Set(knownHosts.map((host) => host.toLowerCase()))
  const names = issued.filter(({ notAfter }) => notAfter > now).flatMap(({ dnsNames }) => dnsNames)
  // a name with a star is no host
  const hosts = [...new Set(names.map((name) => name.toLowerCase()))].filter((name) => !name.startsWith('*.'))
  const strange = hosts.filter((host) => !known.has(host)).sort()
  if (strange.length > 0)
    return warn(
      'TLS-12',
      'host-strange',
      'There are certificates for addresses that you have not named.',
      strange,
    )
  return pass('TLS-12', 'hosts-known', 'Every address with a certificate is known.', hosts)
}

function isExpected({ issuer, issuerDomains }: IssuedCertificate, expected: readonly string[]): boolean {
  const names = [issuer, ...issuerDomains, ...(caaNamesOf(issuer) ?? [])].map((name) => name.toLowerCase())
  return expected.some((one) => names.includes(one.toLowerCase()))
}

const describe = ({ issuer, dnsNames }: IssuedCertificate): string =>
  `${issuer}: ${dnsNames.slice(0, 3).join(', ')}`
