/** TLS-01 and TLS-06 to TLS-09: the certificate of a host. */
import type { CheckResult } from '../check.ts'
import { type Finding, fail, notApplicable, notTested, pass, verdict, warn } from '../verdict.ts'
import { type Certificate, isSelfIssued } from './certificate.ts'
import { covers } from './cover.ts'
import type { IssuedCertificate, TlsContext, TlsObservation } from './observation.ts'

/** What both a certificate seen in a handshake and one read in a log have. */
type Leaf = Pick<Certificate, 'dnsNames' | 'addresses' | 'notBefore' | 'notAfter'>

const DAY_MS = 86_400_000
const LEAST_BITS = { rsa: 2048, ec: 256 }
const UNSEEN = ['certificate-unseen', 'The certificate could not be read.'] as const

/** TLS-01: what the platform says of the chain, and what the chain itself shows. */
export function judgeTrust(seen: TlsObservation, { now }: TlsContext): CheckResult {
  if (seen.https === 'trusted')
    return pass('TLS-01', 'certificate-trusted', 'Browsers trust the certificate.')
  if (seen.https === 'closed') return fail('TLS-01', 'https-closed', 'The site does not answer over https.')
  const reason = whyUntrusted(seen, now)
  if (reason) return fail('TLS-01', ...reason)
  if (seen.https === 'untrusted')
    return fail('TLS-01', 'certificate-untrusted', 'Browsers do not trust the certificate.')
  return notTested('TLS-01', 'https-unseen', 'No https request succeeded, for reasons that are not known.')
}

/** TLS-06: by the share of the lifetime that is left, as lifetimes get shorter (ballot SC-081). */
export function judgeExpiry(seen: TlsObservation, { now }: TlsContext): CheckResult {
  const leaf = leafOf(seen, now)
  if (!leaf) return notTested('TLS-06', ...UNSEEN)
  const left = leaf.notAfter - now
  const share = left / (leaf.notAfter - leaf.notBefore)
  const days = Math.floor(left / DAY_MS)
  if (left < 0)
    return verdict('TLS-06', 'fail', ['certificate-expired', 'The certificate has run out.'], 'critical')
  if (leaf.notBefore > now) return fail('TLS-06', 'certificate-early', 'The certificate is not valid yet.')
  if (days < 7 || share < 0.1)
    return fail('TLS-06', 'certificate-expires-now', `The certificate runs out in ${days} days.`)
  if (share < 0.25)
    return warn(
      'TLS-06',
      'certificate-expires-soon',
      `The certificate runs out in ${days} days: is it renewed by itself?`,
    )
  return pass('TLS-06', 'certificate-fresh', `The certificate runs for ${days} more days.`)
}

/** TLS-07, by the rule of RFC 9525. */
export function judgeNames(seen: TlsObservation, { hosts, now }: TlsContext): CheckResult {
  const leaf = leafOf(seen, now)
  if (!leaf) return notTested('TLS-07', ...UNSEEN)
  const missing = [...new Set([seen.host, ...hosts])].filter((host) => !covers(leaf, host))
  if (missing.length > 0)
    return fail('TLS-07', 'name-missing', 'The certificate does not cover an address of the site.', missing)
  return pass('TLS-07', 'names-covered', 'The certificate covers every address of the site.', leaf.dnsNames)
}

/** TLS-08, by the CA/Browser Forum's baseline requirements. */
export function judgeKey({ chain }: TlsObservation): CheckResult {
  const [leaf] = chain
  if (!leaf) return notTested('TLS-08', ...UNSEEN)
  const { kind, bits } = leaf.key
  // the signature of a root, which is trusted by being known, does not matter
  const old = chain.filter((one) => /^(md2|md5|sha1)$/.test(one.hash) && !isSelfIssued(one))
  const seen = [`${kind} ${bits} bits`, ...chain.map((one) => `${one.subject.commonName}: ${one.hash}`)]
  if ((kind === 'rsa' || kind === 'ec') && bits < LEAST_BITS[kind])
    return fail('TLS-08', 'key-short', `The key has ${bits} bits only.`, seen)
  if (old.length > 0 || (isSelfIssued(leaf) && /^(md2|md5|sha1)$/.test(leaf.hash)))
    return fail('TLS-08', 'signature-old', 'A certificate is signed with a broken hash.', seen)
  if (kind === 'other') return notTested('TLS-08', 'key-unknown', 'The kind of the key is not known.', seen)
  return pass('TLS-08', 'key-strong', 'Key and signature are strong enough.', seen)
}

/** TLS-09: each certificate is followed by its issuer (RFC 5246 section 7.4.2). */
export function judgeChain({ chain }: TlsObservation): CheckResult {
  const [leaf, ...others] = chain
  if (!leaf) return notTested('TLS-09', ...UNSEEN)
  const names = chain.map(({ subject, issuer }) => `${subject.commonName} by ${issuer.commonName}`)
  if (isSelfIssued(leaf))
    return notApplicable('TLS-09', 'certificate-of-its-own', 'No issuer stands behind it.')
  if (others.length === 0)
    return fail('TLS-09', 'intermediate-missing', 'The certificate comes alone, without its issuer.', names)
  const inOrder = chain.every((one, at) => at === 0 || chain[at - 1]?.issuer.exact === one.subject.exact)
  if (inOrder) return pass('TLS-09', 'chain-whole', 'The certificates of the issuers are sent along.', names)
  if (others.some(({ subject }) => subject.exact === leaf.issuer.exact))
    return warn(
      'TLS-09',
      'chain-disordered',
      'The certificates come in the wrong order or with extra ones.',
      names,
    )
  return fail('TLS-09', 'intermediate-other', 'The certificates sent along belong to another issuer.', names)
}

/** What the chain itself shows. Whether a root is known is for the platform to say. */
function whyUntrusted({ chain, host, https }: TlsObservation, now: number): Finding | null {
  const [leaf] = chain
  if (!leaf) return null
  const seen = [leaf.subject.commonName, ...leaf.dnsNames]
  if (leaf.notAfter < now) return ['certificate-expired', 'The certificate has run out.', seen]
  if (leaf.notBefore > now) return ['certificate-early', 'The certificate is not valid yet.', seen]
  if (!covers(leaf, host)) return ['certificate-other-host', 'The certificate is for another address.', seen]
  if (isSelfIssued(leaf)) return ['certificate-of-its-own', 'The certificate is signed by nobody else.', seen]
  if (https === 'trusted' || https === null || chain.length > 1) return null
  return ['certificate-alone', 'The certificate comes without its issuer, and requests fail.', seen]
}

/** The certificate in use, else the newest valid one of the logs that covers the host. */
function leafOf({ chain, issued, host }: TlsObservation, now: number): Leaf | null {
  if (chain[0]) return chain[0]
  const logged = (issued ?? []).map((one): IssuedCertificate & Leaf => ({ ...one, addresses: [] }))
  const fitting = logged.filter((one) => one.notBefore <= now && covers(one, host))
  return fitting.sort((one, other) => other.notAfter - one.notAfter)[0] ?? null
}
