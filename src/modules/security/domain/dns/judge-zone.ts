/** DNS-01 to DNS-03, DNS-05 to DNS-07 and DNS-11: the records of the domain itself. */
import type { CheckResult } from '../check.ts'
import { fail, notApplicable, notTested, pass, verdict, warn } from '../verdict.ts'
import { allowedIssuers, caaNamesOf, parseCaa } from './issuers.ts'
import { isAnswered } from './lookup.ts'
import type { DnsContext, DnsObservation, TargetHost } from './observation.ts'
import { vendorsOf } from './tokens.ts'

const SILENT = ['dns-silent', 'The name servers gave no answer that can be judged.'] as const

/** DNS-01: whether the answers validate (RFC 4035); a broken signature weighs more than none. */
export function judgeSignatures({ soa }: DnsObservation): CheckResult {
  if (soa.status === 'bogus') {
    const summary = 'The signatures are broken, so careful resolvers cannot find the domain at all.'
    return verdict('DNS-01', 'fail', ['dnssec-bogus', summary], 'high')
  }
  if (!isAnswered(soa)) return notTested('DNS-01', ...SILENT)
  if (soa.isAuthenticated) return pass('DNS-01', 'dnssec-valid', "The domain's answers are signed and valid.")
  return fail('DNS-01', 'dnssec-missing', "The domain's answers are not signed.")
}

/** DNS-02 and DNS-03. */
export function judgeIssuers({ caa }: DnsObservation, context: DnsContext): CheckResult[] {
  const { answer, domain } = caa
  if (!isAnswered(answer)) return ['DNS-02', 'DNS-03'].map((id) => notTested(id, ...SILENT))
  const records = answer.records.flatMap((text) => parseCaa(text) ?? [])
  if (!records.some(({ tag }) => tag === 'issue' || tag === 'issuewild'))
    return [
      fail('DNS-02', 'caa-missing', 'Every issuer in the world may certify the domain.', answer.records),
      notApplicable('DNS-03', 'caa-missing', 'There is no rule for issuers to compare.'),
    ]
  const named = pass('DNS-02', 'caa-found', `The rule at ${domain} names the issuers.`, answer.records)
  return [named, judgeLiveIssuer(records, context)]
}

function judgeLiveIssuer(
  records: NonNullable<ReturnType<typeof parseCaa>>[],
  context: DnsContext,
): CheckResult {
  const names = context.issuer === null ? null : caaNamesOf(context.issuer)
  const seen = records.map(({ tag, value }) => `${tag} ${value}`)
  if (context.issuer === null)
    return notTested('DNS-03', 'issuer-unknown', 'The certificate in use could not be read.', seen)
  if (!names)
    return notTested(
      'DNS-03',
      'issuer-unlisted',
      `We do not know the names of ${context.issuer} in such rules.`,
      seen,
    )
  const allowed = allowedIssuers(records, context.hasWildcardName)
  if (!allowed.some((issuer) => names.includes(issuer)))
    return fail(
      'DNS-03',
      'caa-other-issuer',
      `The rule does not allow ${context.issuer}, whose certificate is in use.`,
      seen,
    )
  if (!records.some(({ tag, value }) => tag === 'iodef' && /^(mailto:|https?:)/i.test(value)))
    return warn(
      'DNS-03',
      'caa-without-iodef',
      'The rule fits, but no address hears of refused requests.',
      seen,
    )
  return pass('DNS-03', 'caa-fits', 'The rule fits the certificate in use.', seen)
}

/** DNS-05: a dangling name server or mail server can be registered by anyone (RFC 1912). */
export function judgeTargets({ nameServers, mailServers }: DnsObservation): CheckResult {
  const { answer } = nameServers
  const hosts = [...nameServers.hosts, ...mailServers.hosts]
  const gone = namesWhere(hosts, false)
  const silent = namesWhere(hosts, null)
  if (gone.length > 0)
    return fail('DNS-05', 'target-gone', 'A name server or mail server of the domain does not exist.', gone)
  if (!isAnswered(answer) || !isAnswered(mailServers.answer) || silent.length > 0)
    return notTested('DNS-05', ...SILENT, silent)
  return pass('DNS-05', 'targets-exist', 'All name servers and mail servers exist.', namesWhere(hosts, true))
}

/** DNS-06 (RFC 2182 section 5). */
export function judgeCount({ nameServers }: DnsObservation): CheckResult {
  const names = nameServers.answer.records
  if (!isAnswered(nameServers.answer)) return notTested('DNS-06', ...SILENT)
  if (names.length === 0)
    return notTested('DNS-06', 'name-servers-unseen', 'The name servers of the domain could not be listed.')
  if (names.length === 1)
    return fail('DNS-06', 'name-server-alone', 'The domain has one name server only.', names)
  return pass('DNS-06', 'name-servers-many', `The domain has ${names.length} name servers.`, names)
}

/** DNS-07: a random label that leads somewhere is a wildcard (RFC 4592). */
export function judgeCatchAll({ random }: DnsObservation, { wildcardDeclared }: DnsContext): CheckResult {
  const { answer, name } = random
  if (!isAnswered(answer)) return notTested('DNS-07', ...SILENT)
  if (answer.records.length === 0)
    return pass('DNS-07', 'catch-all-missing', 'Made-up addresses under the domain lead nowhere.')
  if (wildcardDeclared)
    return notApplicable('DNS-07', 'catch-all-declared', 'The owner wants every address to lead somewhere.')
  return fail('DNS-07', 'catch-all', 'Every made-up address under the domain leads somewhere.', [
    name,
    ...answer.records,
  ])
}

/** DNS-11, against the register of vendors. */
export function judgeTokens({ texts }: DnsObservation, { vendors }: DnsContext): CheckResult {
  if (!isAnswered(texts)) return notTested('DNS-11', ...SILENT)
  const found = vendorsOf(texts.records)
  if (found.length === 0) return notApplicable('DNS-11', 'tokens-missing', 'No service has left a token.')
  if (!vendors)
    return notTested('DNS-11', 'vendors-unknown', 'There is no register of vendors to compare.', found)
  const known = vendors.map((vendor) => vendor.toLowerCase())
  const unknown = found.filter((vendor) => !known.some((name) => name.includes(vendor.toLowerCase())))
  if (unknown.length > 0)
    return warn(
      'DNS-11',
      'tokens-unknown',
      'Services are linked to the domain that the register lacks.',
      unknown,
    )
  return pass('DNS-11', 'tokens-known', 'Every linked service is in the register.', found)
}

const namesWhere = (hosts: readonly TargetHost[], resolves: boolean | null): string[] =>
  hosts.filter((one) => one.resolves === resolves).map(({ host }) => host)
