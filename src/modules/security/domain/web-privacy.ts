/** What the page lets out and what it lets scripts do: Referrer-Policy, Permissions-Policy, file types. */
import type { CheckResult, CheckStatus } from './check.ts'
import type { Finding } from './verdict.ts'
import { fail, pass, verdict, warn } from './verdict.ts'
import type { WebPage } from './web-page.ts'

const KEEPS_PATHS = ['no-referrer', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin']
const LEAKS = ['origin', 'origin-when-cross-origin', 'unsafe-url', 'no-referrer-when-downgrade']
const POWERS = ['camera', 'microphone', 'geolocation', 'payment']

/** HDR-08, HDR-09 and HDR-10. */
export function evaluatePrivacy(page: WebPage): CheckResult[] {
  const sniffing = judgeSniffing(page)
  const referrer = judgeReferrer(page)
  return [verdict('HDR-08', ...sniffing), verdict('HDR-09', ...referrer), judgePowers(page)]
}

/** Of several values of X-Content-Type-Options the first counts (Fetch standard). */
export function judgeSniffing(page: WebPage): [CheckStatus, Finding] {
  const header = page.first('x-content-type-options')
  if (!header) return ['fail', ['sniff-missing', 'Browsers may guess the type of your files.']]
  return header.split(',')[0]?.trim().toLowerCase() === 'nosniff'
    ? ['pass', ['sniff-off', 'Browsers do not guess file types.']]
    : ['fail', ['sniff-invalid', 'Browsers cannot read the X-Content-Type-Options header.', [header]]]
}

/** The last word that browsers know counts, and a meta element comes after the header. */
export function judgeReferrer(page: WebPage): [CheckStatus, Finding] {
  const sent = [...page.all('referrer-policy'), ...(page.facts.meta.get('referrer') ?? []).slice(-1)]
  if (sent.length === 0)
    return [
      'pass',
      ['referrer-unset', 'Not set, so browsers use their own safe default; setting it is better.'],
    ]
  const words = sent.flatMap((value) => value.split(',')).map((word) => word.trim().toLowerCase())
  const last = words.filter((word) => KEEPS_PATHS.includes(word) || LEAKS.includes(word)).at(-1)
  if (last === undefined)
    return ['fail', ['referrer-invalid', 'Browsers cannot read the Referrer-Policy.', sent]]
  return KEEPS_PATHS.includes(last)
    ? ['pass', ['referrer-private', 'Page addresses stay with you.', [last]]]
    : ['fail', ['referrer-leaks', 'Page addresses or your name go to other sites.', [last]]]
}

function judgePowers(page: WebPage): CheckResult {
  const header = page.all('permissions-policy').join(', ')
  if (header.trim() === '') return fail('HDR-10', 'powers-missing', 'There is no Permissions-Policy.')
  const rules = parsePermissions(header)
  if (rules.size === 0)
    return fail('HDR-10', 'powers-invalid', 'Browsers cannot read the Permissions-Policy.', [header])
  const open = POWERS.filter((power) => rules.get(power)?.includes('*'))
  if (open.length > 0) return fail('HDR-10', 'powers-open', 'Any site in a frame may ask for these.', open)
  const unsaid = POWERS.filter((power) => !rules.has(power))
  return unsaid.length > 0
    ? warn('HDR-10', 'powers-unsaid', 'These are left to the browser.', unsaid)
    : pass('HDR-10', 'powers-restricted', 'Camera, microphone, location and payment are restricted.')
}

/** Feature -> origins that may use it; of a feature given twice the last counts, as in structured fields. */
function parsePermissions(header: string): Map<string, string[]> {
  const rules = new Map<string, string[]>()
  for (const [, feature = '', list, word = ''] of header.matchAll(
    /(?:^|,)\s*([a-z][a-z0-9-]*)\s*=\s*(?:\(([^)]*)\)|([^\s,;()]+))/g,
  ))
    rules.set(feature, (list ?? word).split(/\s+/).filter(Boolean))
  return rules
}
