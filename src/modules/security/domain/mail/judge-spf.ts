/** EML-01 to EML-04: who may send mail in the name of the domain. */
import type { CheckResult } from '../check.ts'
import { isAnswered } from '../dns/lookup.ts'
import { isSpfRecord, parseSpf } from '../spf-record.ts'
import { fail, notApplicable, notTested, pass, verdict, warn } from '../verdict.ts'
import type { MailObservation } from './observation.ts'

/** RFC 7208 section 4.6.4. */
const MOST_LOOKUPS = 10
const NEAR = 9
/** Wider networks hold more servers than one sender has: 65,536 addresses; of IPv6 what one provider gets. */
const LEAST_BITS = { ip4: 16, ip6: 32 }

/** Each of the four, also when there is no policy to judge. */
export function judgeSpf(seen: MailObservation): CheckResult[] {
  if (!isAnswered(seen.texts))
    return ['EML-01', 'EML-02', 'EML-03', 'EML-04'].map((id) =>
      notTested(id, 'dns-silent', 'The name servers gave no answer that can be trusted.'),
    )
  const policies = seen.texts.records.filter(isSpfRecord)
  if (policies.length === 0)
    return [
      fail('EML-01', 'spf-missing', 'No record says who may send mail in your name.'),
      notApplicable('EML-02', 'spf-missing', 'There is no list of senders to evaluate.'),
      fail('EML-03', 'spf-missing', 'Without a list of senders nobody is refused.'),
      notApplicable('EML-04', 'spf-missing', 'There is no list of senders to look at.'),
    ]
  if (policies.length > 1)
    return [
      fail(
        'EML-01',
        'spf-twice',
        `There are ${policies.length} lists of senders, so receivers use none.`,
        policies,
      ),
      fail('EML-02', 'spf-twice', 'Receivers stop with an error when there is more than one list.'),
      fail('EML-03', 'spf-twice', 'With more than one list nobody is refused.'),
      notApplicable('EML-04', 'spf-twice', 'Receivers use none of the lists.'),
    ]
  return [
    pass('EML-01', 'spf-found', 'One record says who may send mail in your name.', policies),
    judgeEvaluation(seen),
    judgeEnd(seen, policies),
    judgeWidth(seen),
  ]
}

function judgeEvaluation({ stranger, lookups }: MailObservation): CheckResult {
  const why = stranger?.trace.at(-1)?.term ?? ''
  const count = lookups ?? 0
  if (!stranger || stranger.result === 'temperror')
    return notTested('EML-02', 'spf-silent', 'A name server in the list of senders did not answer.', [why])
  if (stranger.result === 'permerror' && count > MOST_LOOKUPS)
    return fail('EML-02', 'spf-too-long', `The list takes ${count} look-ups; receivers stop at 10.`, [why])
  if (stranger.result === 'permerror')
    return fail('EML-02', 'spf-broken', 'Receivers stop with an error at a part of the list.', [why])
  const near = count >= NEAR ? ' One more sender may break it.' : ''
  return pass('EML-02', 'spf-works', `The list takes ${count} of 10 look-ups.${near}`)
}

/** How a stranger fares is what the end of the list says, redirects and all. */
function judgeEnd({ stranger }: MailObservation, [policy = '']: string[]): CheckResult {
  const result = stranger?.result ?? 'temperror'
  if (result === 'fail') return pass('EML-03', 'spf-refuses', 'Everyone who is not listed is refused.')
  if (result === 'softfail')
    return pass('EML-03', 'spf-doubts', 'Mail of everyone who is not listed is doubted.')
  if (result === 'pass')
    return verdict(
      'EML-03',
      'fail',
      ['spf-all-allowed', 'The list allows everybody to send as you.', [policy]],
      'critical',
    )
  if (result === 'temperror')
    return notTested('EML-03', 'spf-silent', 'A name server in the list did not answer.')
  if (result === 'permerror')
    return fail('EML-03', 'spf-broken', 'Receivers cannot read the list to its end, so nobody is refused.', [
      policy,
    ])
  return fail('EML-03', 'spf-open', 'The list says nothing about those who are not on it.', [policy])
}

function judgeWidth({ stranger }: MailObservation): CheckResult {
  const wide: string[] = []
  const reversed: string[] = []
  for (const { domain, term, outcome } of stranger?.trace ?? []) {
    const parsed = outcome === 'record' ? parseSpf(term) : null
    for (const { mechanism, qualifier, text } of parsed?.ok ? parsed.record.directives : []) {
      if (qualifier === '-') continue
      if (mechanism.kind === 'ptr') reversed.push(`${domain}: ${text}`)
      if ('network' in mechanism && mechanism.bits < LEAST_BITS[mechanism.kind])
        wide.push(`${domain}: ${text}`)
    }
  }
  if (wide.length > 0)
    return fail('EML-04', 'spf-wide', 'The list holds networks of thousands of servers.', [
      ...wide,
      ...reversed,
    ])
  if (reversed.length > 0)
    return warn('EML-04', 'spf-ptr', 'The list uses ptr, which is slow and should not be used.', reversed)
  return pass('EML-04', 'spf-narrow', 'The list holds no networks wider than needed.')
}
