/** Judges one answer of a website: headers, cookies, what the page loads and what it gives away. */
import type { CheckResult } from './check.ts'
import { evaluateCookies } from './cookies-web.ts'
import { notTested } from './verdict.ts'
import { evaluateContent } from './web-content.ts'
import { evaluateCrossOrigin } from './web-cross-origin.ts'
import { evaluateCsp } from './web-csp.ts'
import { evaluateDisclosure } from './web-disclosure.ts'
import { evaluateFraming } from './web-frame.ts'
import { evaluateHsts } from './web-hsts.ts'
import { evaluateLeaks } from './web-leaks.ts'
import type { WebObservation } from './web-page.ts'
import { readWebPage } from './web-page.ts'
import { evaluatePrivacy } from './web-privacy.ts'
import { evaluateRedirects } from './web-redirect.ts'

const EVALUATORS = [
  evaluateRedirects,
  evaluateHsts,
  evaluateCsp,
  evaluateFraming,
  evaluatePrivacy,
  evaluateCrossOrigin,
  evaluateDisclosure,
  evaluateCookies,
  evaluateContent,
  evaluateLeaks,
]

/**
 * One result per check, in the order of the catalogue. Rules of HSTS, CSP, cookies, redirects, framing, referrers,
 * file types, sharing and script seals follow MDN Observatory. An answer that is an error page (anything but 2xx, 3xx,
 * 401 and 403) says nothing about the site: everything is not tested. The address must be absolute.
 */
export function evaluateWebHeaders(observation: WebObservation): CheckResult[] {
  const page = readWebPage(observation)
  const results = EVALUATORS.flatMap((evaluate) => evaluate(page)).sort((a, b) => orderOf(a) - orderOf(b))
  if (isAnswer(observation.status)) return results
  const summary = `The site answered with status ${observation.status}.`
  return results.map(({ check }) => notTested(check, 'status-unexpected', summary))
}

const isAnswer = (status: number): boolean =>
  (status >= 200 && status < 400) || status === 401 || status === 403

/** Groups in the catalogue's order, then by number. */
function orderOf({ check }: CheckResult): number {
  const [group = '', number = ''] = check.split('-')
  return ['TLS', 'HDR', 'CKE', 'WEB'].indexOf(group) * 100 + Number(number)
}
