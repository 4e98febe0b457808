/** EML-07 to EML-10: what receivers do with mail that only claims to be from the domain. */
import type { CheckResult } from '../check.ts'
import { parseReportAddresses } from '../dmarc-address.ts'
import { type DmarcPolicy, type DmarcWalk, policyFor } from '../dmarc-walk.ts'
import { Remarks } from '../remark.ts'
import { fail, notApplicable, notTested, pass, warn } from '../verdict.ts'
import type { MailObservation } from './observation.ts'

type Policy = NonNullable<DmarcWalk['policy']>

const STRENGTH: Readonly<Record<DmarcPolicy, number>> = { none: 0, quarantine: 1, reject: 2 }

/** Each of the four, also when there is no policy. */
export function judgeDmarc(seen: MailObservation): CheckResult[] {
  const { dmarc, domain } = seen
  if (dmarc.organizationalDomain === null)
    return ['EML-07', 'EML-08', 'EML-09', 'EML-10'].map((id) =>
      notTested(id, 'dns-silent', 'The name servers gave no answer.'),
    )
  if (!dmarc.policy) return withoutPolicy(dmarc)
  return [
    judgeRecord(dmarc.policy, dmarc, domain),
    judgePolicy(dmarc.policy, domain),
    judgeReports(dmarc.policy, seen),
    judgeTags(dmarc.policy),
  ]
}

function withoutPolicy({ steps }: DmarcWalk): CheckResult[] {
  const twice = steps.find(({ records }) => records.length > 1)
  const missing = 'No DMARC record tells receivers to check mail in your name.'
  return [
    twice
      ? fail(
          'EML-07',
          'dmarc-twice',
          `There are two DMARC records at ${twice.domain}: none counts.`,
          twice.records,
        )
      : fail('EML-07', 'dmarc-missing', missing),
    fail('EML-08', 'dmarc-missing', 'Nothing asks receivers to refuse fraud mail.'),
    fail('EML-09', 'dmarc-missing', 'Nobody reports on mail in your name.'),
    notApplicable('EML-10', 'dmarc-missing', 'There is no DMARC record to look at.'),
  ]
}

function judgeRecord(policy: Policy, { steps }: DmarcWalk, domain: string): CheckResult {
  const own = steps.find((step) => step.domain === domain)?.records ?? []
  const { errors, tags } = policy.record
  const seen = [policy.text, ...errors.map(({ message }) => message)]
  if (own.length > 1)
    return fail('EML-07', 'dmarc-twice', 'The domain has two DMARC records: none of them counts.', own)
  if (policyFor(policy, domain, true) === null)
    return fail(
      'EML-07',
      'dmarc-unusable',
      'Receivers ignore the record, as its policy cannot be read.',
      seen,
    )
  if (errors.length > 0) return fail('EML-07', 'dmarc-broken', 'Parts of the DMARC record are wrong.', seen)
  if (!('p' in tags))
    return warn('EML-07', 'dmarc-without-policy', 'The record names no policy, which counts as none.', seen)
  return pass('EML-07', 'dmarc-found', `The record at ${policy.domain} holds for the domain.`, seen)
}

function judgePolicy(policy: Policy, domain: string): CheckResult {
  const { tags } = policy.record
  const chosen = policyFor(policy, domain, true)
  const seen = [policy.text]
  if (chosen === null) return fail('EML-08', 'dmarc-unusable', 'Receivers ignore the record.', seen)
  if (tags.t === 'y')
    return fail(
      'EML-08',
      'dmarc-testing',
      'The policy is marked as a test and is applied one step weaker.',
      seen,
    )
  if (chosen === 'none')
    return fail('EML-08', 'dmarc-none', 'Receivers only watch; fraud mail is delivered.', seen)
  const below = policyFor(policy, `sub.${policy.domain}`, true) ?? 'none'
  const invented = policyFor(policy, `sub.${policy.domain}`, false) ?? 'none'
  if (STRENGTH[below] < STRENGTH[chosen] || STRENGTH[invented] < STRENGTH[chosen])
    return fail('EML-08', 'dmarc-subdomains-weaker', 'Fraud mail from made-up subdomains gets through.', seen)
  if (/^\d+$/.test(tags.pct ?? '') && Number(tags.pct) < 100)
    return warn(
      'EML-08',
      'dmarc-partly',
      `Older receivers apply the policy to ${tags.pct} % of fraud mail only.`,
      seen,
    )
  const effect = chosen === 'reject' ? 'refused' : 'put aside as spam'
  return pass('EML-08', 'dmarc-enforced', `Fraud mail in your name is ${effect}.`, seen)
}

function judgeReports({ record, text }: Policy, { consents }: MailObservation): CheckResult {
  const addresses = parseReportAddresses(record.tags.rua ?? '', new Remarks(), 'rua')
  const refused = consents.filter(({ granted }) => granted === false).map(({ host }) => host)
  const open = consents.filter(({ granted }) => granted === null).map(({ host }) => host)
  if (addresses.length === 0) return fail('EML-09', 'reports-missing', 'No address gets reports.', [text])
  if (refused.length > 0)
    return fail(
      'EML-09',
      'reports-not-consented',
      'A host that should get reports has not agreed to it.',
      refused,
    )
  if (open.length > 0)
    return notTested('EML-09', 'dns-silent', 'A host that should get reports did not answer.', open)
  return pass(
    'EML-09',
    'reports-arrive',
    'You get reports about mail in your name.',
    addresses.map(({ uri }) => uri),
  )
}

function judgeTags({ record }: Policy): CheckResult {
  const removed = ['pct', 'rf', 'ri'].filter((name) => name in record.tags)
  if (removed.length === 0) return pass('EML-10', 'dmarc-current', 'The record uses no removed tags.')
  const seen = removed.map((name) => `${name}=${record.tags[name]}`)
  return warn('EML-10', 'dmarc-removed-tags', 'The record uses tags that RFC 9989 has removed.', seen)
}
