/** Strict-Transport-Security (RFC 6797). */
import type { CheckResult } from './check.ts'
import type { Finding } from './verdict.ts'
import { fail, notApplicable, pass, verdict, warn } from './verdict.ts'
import type { WebPage } from './web-page.ts'

export interface HstsFacts {
  maxAge: number
  includeSubDomains: boolean
  preload: boolean
}

/** Six months of 30 days, as many sites write it; MDN Observatory passes from here on. */
const SIX_MONTHS = 15_552_000
const YEAR = 31_536_000

/** The header's directives; null when a browser would ignore it: no max-age, one twice, or two values in one. */
export function parseHsts(header: string): HstsFacts | null {
  if (header.includes(',')) return null
  const directives = new Map<string, string>()
  for (const part of header.split(';')) {
    const [name = '', ...rest] = part.split('=')
    const key = name.trim().toLowerCase()
    if (key === '') continue
    if (directives.has(key)) return null
    directives.set(
      key,
      rest
        .join('=')
        .trim()
        .replace(/^"(.*)"$/, '$1'),
    )
  }
  const maxAge = directives.get('max-age')
  if (maxAge === undefined || !/^\d+$/.test(maxAge)) return null
  return {
    maxAge: Number(maxAge),
    includeSubDomains: directives.has('includesubdomains'),
    preload: directives.has('preload'),
  }
}

/** What is in force for the page: null without https, without the header, or with one that browsers ignore. */
export function hstsOf(page: WebPage): HstsFacts | null {
  const header = page.first('strict-transport-security')
  return page.https && header !== null ? parseHsts(header) : null
}

/** Whether cookies without Secure are kept off plain http after the first visit. */
export const isProtectedByHsts = (page: WebPage): boolean => (hstsOf(page)?.maxAge ?? 0) >= SIX_MONTHS

/** HDR-01 and HDR-02. */
export function evaluateHsts(page: WebPage): CheckResult[] {
  const [status, finding] = judgeHsts(page)
  const facts = hstsOf(page)
  const first = verdict('HDR-01', status, finding)
  if (!facts || facts.maxAge === 0)
    return [first, notApplicable('HDR-02', 'hsts-not-in-force', 'There is no https-only rule to extend.')]
  return [first, evaluateScope(facts)]
}

/** Status and outcome; the modifiers of MDN Observatory hang on the outcome words. */
export function judgeHsts(page: WebPage): ['pass' | 'fail', Finding] {
  const header = page.first('strict-transport-security')
  if (!page.https)
    return ['fail', ['hsts-no-https', 'The page came without https, where browsers ignore this rule.']]
  if (header === null) return ['fail', ['hsts-missing', 'The Strict-Transport-Security header is missing.']]
  const facts = parseHsts(header)
  if (!facts)
    return ['fail', ['hsts-invalid', 'Browsers cannot read the Strict-Transport-Security header.', [header]]]
  if (facts.maxAge === 0)
    return ['fail', ['hsts-switched-off', 'The header tells browsers to forget the rule.', [header]]]
  if (facts.maxAge < SIX_MONTHS)
    return ['fail', ['hsts-short', `The rule lasts ${days(facts)} days; six months is the least.`, [header]]]
  const more = facts.maxAge < YEAR ? ' A year is better.' : ''
  return ['pass', ['hsts-in-force', `Browsers use https only for ${days(facts)} days.${more}`, [header]]]
}

function evaluateScope({ includeSubDomains, preload, maxAge }: HstsFacts): CheckResult {
  if (!includeSubDomains)
    return fail('HDR-02', 'hsts-without-subdomains', 'The https-only rule leaves out the subdomains.')
  if (preload && maxAge < YEAR)
    return warn('HDR-02', 'hsts-preload-short', 'Preloading asks for a max-age of a year at least.')
  return pass('HDR-02', 'hsts-with-subdomains', 'The https-only rule covers all subdomains.')
}

const days = ({ maxAge }: HstsFacts): number => Math.floor(maxAge / 86_400)
