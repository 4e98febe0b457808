/** EML-11 and EML-12: whether mail to the domain travels encrypted, and who hears when it does not. */
import type { CheckResult } from '../check.ts'
import { isAnswered } from '../dns/lookup.ts'
import { coversMailServer, isMtaStsRecord, parseMtaStsId, parseMtaStsPolicy } from '../mta-sts.ts'
import { isTlsRptRecord, parseTlsRpt } from '../tls-rpt.ts'
import { fail, notApplicable, notTested, pass, warn } from '../verdict.ts'
import { isDaneComplete, isWithoutMail, type MailObservation } from './observation.ts'

/** Both, which matter only where mail is received. */
export function judgeTransport(seen: MailObservation): CheckResult[] {
  if (isWithoutMail(seen))
    return ['EML-11', 'EML-12'].map((id) => notApplicable(id, 'mail-none', 'The domain receives no mail.'))
  return [judgeMtaSts(seen), judgeTlsRpt(seen)]
}

function judgeMtaSts(seen: MailObservation): CheckResult {
  const { mtaSts, servers, mx } = seen
  const { record, policy } = mtaSts
  const records = record.records.filter(isMtaStsRecord)
  const [text = ''] = records
  if (!isAnswered(record)) return notTested('EML-11', 'dns-silent', 'The name servers gave no answer.')
  if (records.length === 0 && isDaneComplete(seen))
    return warn(
      'EML-11',
      'mta-sts-missing-dane',
      'DANE encrypts mail to you from some senders; MTA-STS adds the others.',
    )
  if (records.length === 0)
    return fail('EML-11', 'mta-sts-missing', 'Other servers may send you mail without encryption.')
  if (records.length > 1 || parseMtaStsId(text) === null)
    return fail('EML-11', 'mta-sts-record-broken', 'The record that announces MTA-STS is broken.', records)
  if (!policy) return fail('EML-11', 'mta-sts-unreachable', 'The policy file cannot be fetched over https.')
  if (policy.status !== 200)
    return fail('EML-11', 'mta-sts-unreachable', `The policy file is answered with status ${policy.status}.`)
  if (!/^text\/plain\s*(;|$)/i.test(policy.contentType))
    return fail('EML-11', 'mta-sts-not-plain', 'The policy file is not served as text/plain.', [
      policy.contentType,
    ])
  const { valid, errors, mode, mx: patterns, warnings } = parseMtaStsPolicy(policy.text)
  const lines = policy.text.split('\n')
  if (!valid)
    return fail(
      'EML-11',
      'mta-sts-broken',
      'The policy file is broken.',
      errors.map(({ message }) => message),
    )
  if (mode === 'none') return fail('EML-11', 'mta-sts-off', 'The policy is switched off (mode none).', lines)
  if (!isAnswered(mx))
    return notTested('EML-11', 'dns-silent', 'The mail servers of the domain are not known.')
  const uncovered = servers.map(({ host }) => host).filter((host) => !coversMailServer(patterns, host))
  if (uncovered.length > 0)
    return fail('EML-11', 'mta-sts-server-missing', 'The policy leaves out a mail server in use.', uncovered)
  if (mode === 'testing')
    return warn('EML-11', 'mta-sts-testing', 'The policy is in test: mail still goes out unencrypted.', lines)
  if (warnings.length > 0) return warn('EML-11', 'mta-sts-short', 'The policy lasts less than a week.', lines)
  return pass('EML-11', 'mta-sts-enforced', 'Other servers must encrypt mail to you.', lines)
}

function judgeTlsRpt({ tlsRpt }: MailObservation): CheckResult {
  const records = tlsRpt.records.filter(isTlsRptRecord)
  const [text] = records
  if (!isAnswered(tlsRpt)) return notTested('EML-12', 'dns-silent', 'The name servers gave no answer.')
  if (text === undefined) return fail('EML-12', 'tls-rpt-missing', 'Nobody tells you of failed encryption.')
  if (records.length > 1)
    return fail('EML-12', 'tls-rpt-twice', 'There are two records for these reports: none counts.', records)
  const { valid, errors, rua } = parseTlsRpt(text)
  if (!valid)
    return fail(
      'EML-12',
      'tls-rpt-broken',
      'The record for these reports is broken.',
      errors.map((one) => one.message),
    )
  return pass('EML-12', 'tls-rpt-found', 'You hear of failed encryption.', rua)
}
