/** EML-05 and EML-06: the keys that mails are signed with. */
import type { CheckResult } from '../check.ts'
import { DKIM_GOOD_BITS, type DkimKey, parseDkimKey } from '../dkim.ts'
import { fail, notApplicable, notTested, pass, warn } from '../verdict.ts'
import { isWithoutMail, type MailObservation } from './observation.ts'

interface Seen {
  selector: string
  key: DkimKey
}

/** Both; keys under names that we did not try stay unseen, which is said. */
export function judgeDkim(seen: MailObservation): CheckResult[] {
  const { keys, tried, unanswered } = seen.dkim
  const found = keys.map(({ selector, text }) => ({ selector, key: parseDkimKey(text) }))
  if (found.length > 0) return [judgeStrength(found), judgeState(found)]
  if (unanswered === tried.length)
    return ['EML-05', 'EML-06'].map((id) => notTested(id, 'dns-silent', 'The name servers gave no answer.'))
  const without = notApplicable('EML-06', 'dkim-missing', 'There is no key to look at.')
  if (isWithoutMail(seen) && seen.stranger?.result === 'fail')
    return [notApplicable('EML-05', 'mail-none', 'The domain sends no mail.'), without]
  const summary = `No key was found under ${tried.length} usual names. If your mails are signed, tell us the selector.`
  return [warn('EML-05', 'dkim-missing', summary, tried), without]
}

function judgeStrength(found: readonly Seen[]): CheckResult {
  const usable = found.filter(({ key }) => key.valid)
  const names = found.map(describe)
  const strong = usable.filter(({ key }) => key.kind === 'ed25519' || (key.bits ?? 0) >= DKIM_GOOD_BITS)
  const rsa = strong.some(({ key }) => key.kind === 'rsa')
  if (usable.length === 0)
    return fail('EML-05', 'dkim-unusable', 'No key that receivers trust was found.', names)
  if (strong.length === 0)
    return warn('EML-05', 'dkim-short', 'The keys are short; 2048 bits are the measure today.', names)
  if (!rsa)
    return warn(
      'EML-05',
      'dkim-without-rsa',
      'Many receivers cannot verify Ed25519 alone: add an RSA key.',
      names,
    )
  return pass('EML-05', 'dkim-strong', 'Mails can be signed with a strong key.', names)
}

function judgeState(found: readonly Seen[]): CheckResult {
  const testing = found.filter(({ key }) => key.testing).map(describe)
  const broken = found.filter(({ key }) => !key.valid && !key.revoked).map(describe)
  const revoked = found.filter(({ key }) => key.revoked).map(describe)
  if (broken.length > 0)
    return fail('EML-06', 'dkim-broken', 'Receivers cannot use every published key.', broken)
  if (testing.length > 0)
    return fail('EML-06', 'dkim-testing', 'A key is marked as a test, so receivers may ignore it.', testing)
  // an empty key is how a change of keys ends; only while nothing else is there does it hurt
  if (revoked.length === found.length)
    return fail('EML-06', 'dkim-revoked', 'Every key that was found is withdrawn.', revoked)
  return pass('EML-06', 'dkim-in-use', 'No key is withdrawn by mistake or in test.', revoked)
}

const describe = ({ selector, key }: Seen): string => {
  const state = key.revoked ? 'withdrawn' : (key.errors[0]?.message ?? (key.testing ? 'in test' : 'in use'))
  return `${selector}: ${key.bits === null ? '' : `${key.kind} ${key.bits} bits, `}${state}`
}
