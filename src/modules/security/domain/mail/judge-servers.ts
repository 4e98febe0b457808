/** EML-13 to EML-15: the logo, the domain without mail, and the entries of the mail servers. */
import ipaddr from 'ipaddr.js'
import type { CheckResult } from '../check.ts'
import { policyFor } from '../dmarc-walk.ts'
import { isAnswered } from '../dns/lookup.ts'
import { fail, notApplicable, notTested, pass, warn } from '../verdict.ts'
import { isDaneComplete, isNullMx, isWithoutMail, type MailObservation } from './observation.ts'

/** EML-13, EML-14 and EML-15. */
export const judgeServers = (seen: MailObservation): CheckResult[] => [
  judgeLogo(seen),
  judgeSilence(seen),
  judgeEntries(seen),
]

/** `l` is the picture, `a` the certificate of the mark; an empty `l` declines. */
function judgeLogo({ bimi, dmarc, domain }: MailObservation): CheckResult {
  const records = bimi.records.filter((text) => /^v=BIMI1\s*;/i.test(text))
  const [text = ''] = records
  if (!isAnswered(bimi)) return notTested('EML-13', 'dns-silent', 'The name servers gave no answer.')
  if (records.length === 0) return notApplicable('EML-13', 'bimi-missing', 'No logo is published.')
  if (records.length > 1) return fail('EML-13', 'bimi-twice', 'There are two records for the logo.', records)
  const place = /;\s*l\s*=\s*([^;]*)/i.exec(text)?.[1]?.trim()
  if (place === undefined || (place !== '' && !/^https:\/\/\S+\.svgz?(\?\S*)?$/i.test(place)))
    return fail('EML-13', 'bimi-broken', 'The logo needs an https address of an SVG picture.', records)
  if (place === '') return notApplicable('EML-13', 'bimi-declined', 'The domain declines to show a logo.')
  const policy = dmarc.policy && policyFor(dmarc.policy, domain, true)
  if (policy !== 'quarantine' && policy !== 'reject')
    return warn('EML-13', 'bimi-without-dmarc', 'The logo shows only once DMARC refuses fraud mail.', records)
  return pass('EML-13', 'bimi-found', 'A logo is published for your mails.', records)
}

/** A domain that takes no mail should say that it sends none either. */
function judgeSilence(seen: MailObservation): CheckResult {
  const silent = isWithoutMail(seen)
  if (silent === null) return notTested('EML-14', 'dns-silent', 'The name servers gave no answer.')
  if (!silent) return notApplicable('EML-14', 'mail-in-use', 'The domain receives mail.')
  const { dmarc, domain, stranger, mx, texts } = seen
  if (dmarc.organizationalDomain === null || !isAnswered(texts) || stranger?.result === 'temperror')
    return notTested('EML-14', 'dns-silent', 'The name servers gave no answer.')
  const missing = [
    ...(mx.records.some(isNullMx) ? [] : ['a null MX']),
    ...(stranger?.result === 'fail' ? [] : ['SPF with -all']),
    ...(dmarc.policy && policyFor(dmarc.policy, domain, true) === 'reject' ? [] : ['DMARC with p=reject']),
  ]
  if (missing.length === 0)
    return pass('EML-14', 'silence-declared', 'The domain says that it sends no mail.')
  // without a null MX mail still cannot be forged: receivers are told by the other two
  if (missing.length === 1 && !mx.records.some(isNullMx))
    return warn('EML-14', 'silence-partly', 'The domain lacks a null MX.', missing)
  return fail(
    'EML-14',
    'silence-missing',
    `The domain has no mail, but lacks ${missing.join(', ')}.`,
    missing,
  )
}

function judgeEntries(seen: MailObservation): CheckResult {
  const silent = isWithoutMail(seen)
  if (silent === null) return notTested('EML-15', 'dns-silent', 'The name servers gave no answer.')
  if (silent) return notApplicable('EML-15', 'mail-none', 'The domain has no mail servers.')
  const hosts = seen.servers.map(({ host }) => host)
  const addresses = hosts.filter((host) => ipaddr.isValid(host))
  const aliases = seen.servers.filter(({ isAlias }) => isAlias).map(({ host }) => host)
  if (addresses.length > 0)
    return fail(
      'EML-15',
      'mx-address',
      'A mail server is entered as an address instead of a name.',
      addresses,
    )
  if (seen.mx.records.some(isNullMx))
    return fail(
      'EML-15',
      'mx-null-among-others',
      'A null MX stands beside real mail servers.',
      seen.mx.records,
    )
  if (aliases.length > 0) return fail('EML-15', 'mx-alias', 'A mail server is entered by an alias.', aliases)
  const dane = isDaneComplete(seen) ? ' DANE binds each to its certificate.' : ''
  return pass('EML-15', 'mx-correct', `The mail servers are entered by their names.${dane}`, hosts)
}
