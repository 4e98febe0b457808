/** What the cookies of a page say about it: checks CKE-01 to CKE-07. */
import type { CheckResult } from './check.ts'
import type { Cookie } from './cookies.ts'
import {
  isAntiForgery,
  isDeletion,
  isOfThePlatform,
  isSignIn,
  parseSetCookie,
  whyRefused,
} from './cookies.ts'
import { TRACKING_COOKIES } from './cookies-tracking.ts'
import { fail, notApplicable, notTested, pass, verdict, warn } from './verdict.ts'
import { isProtectedByHsts } from './web-hsts.ts'
import type { WebPage } from './web-page.ts'

const LONGEST_SIGN_IN = 30 * 86_400

/** The cookies that a browser keeps; platform cookies that no owner can change are left out. */
export function cookiesOf(page: WebPage): Cookie[] {
  return sentBy(page).filter((cookie) => whyRefused(cookie, page.url.hostname) === null)
}

/** CKE-01 to CKE-07; without cookies each is not applicable. */
export function evaluateCookies(page: WebPage): CheckResult[] {
  const sent = sentBy(page)
  const kept = cookiesOf(page)
  const signIns = kept.filter(isSignIn)
  return [
    ...evaluateAll(page, kept),
    ...evaluateSignIns(page, signIns, sent),
    judgeTracking(kept, sent.length),
  ]
}

function evaluateAll(page: WebPage, kept: Cookie[]): CheckResult[] {
  if (kept.length === 0)
    return ['CKE-01', 'CKE-03', 'CKE-05'].map((id) => notApplicable(id, 'cookies-none', 'No cookie is set.'))
  return [judgeSecure(page, kept), judgeSameSite(kept), judgeDomain(page, kept)]
}

function evaluateSignIns(page: WebPage, signIns: Cookie[], sent: Cookie[]): CheckResult[] {
  const refused = sent
    .filter((cookie) => isSignIn(cookie) && whyRefused(cookie, page.url.hostname) !== null)
    .map((cookie) => `${cookie.name}: ${whyRefused(cookie, page.url.hostname)}`)
  const prefix =
    refused.length > 0
      ? [fail('CKE-04', 'cookies-refused', 'Browsers refuse this sign-in cookie.', refused)]
      : []
  if (signIns.length === 0) {
    const ids = ['CKE-02', ...(refused.length > 0 ? [] : ['CKE-04']), 'CKE-06']
    const none = ids.map((id) => notApplicable(id, 'cookies-no-sign-in', 'No cookie looks like a sign-in.'))
    return [...none, ...prefix]
  }
  return [
    judgeSignIns(signIns),
    ...(prefix.length > 0 ? prefix : [judgePrefix(signIns)]),
    judgeLifetime(page, signIns),
  ]
}

function judgeSecure(page: WebPage, kept: Cookie[]): CheckResult {
  const open = namesOf(kept.filter(({ secure }) => !secure))
  if (open.length === 0) return pass('CKE-01', 'cookies-secure', 'Every cookie travels encrypted only.')
  return isProtectedByHsts(page)
    ? warn('CKE-01', 'cookies-insecure-hsts', 'Only the https-only rule keeps these cookies safe.', open)
    : fail('CKE-01', 'cookies-insecure', 'These cookies may travel unencrypted.', open)
}

function judgeSignIns(signIns: Cookie[]): CheckResult {
  const open = namesOf(signIns.filter(({ secure }) => !secure))
  const readable = namesOf(signIns.filter(({ httpOnly }) => !httpOnly))
  if (open.length > 0)
    return fail('CKE-02', 'cookies-sign-in-insecure', 'Sign-in cookies may travel unencrypted.', open)
  return readable.length > 0
    ? fail('CKE-02', 'cookies-sign-in-readable', 'Scripts can read these sign-in cookies.', readable)
    : pass('CKE-02', 'cookies-sign-in-safe', 'Sign-in cookies are encrypted and out of reach of scripts.')
}

function judgeSameSite(kept: Cookie[]): CheckResult {
  const wrong = namesOf(
    kept.filter(({ sameSite, secure }) => sameSite === 'invalid' || (sameSite === 'none' && !secure)),
  )
  if (wrong.length > 0)
    return fail('CKE-03', 'cookies-same-site-invalid', 'Browsers ignore or refuse this SameSite.', wrong)
  const missing = kept.filter(({ sameSite }) => sameSite === null)
  const guards = namesOf(missing.filter(isAntiForgery))
  if (guards.length > 0)
    return fail('CKE-03', 'cookies-guard-open', 'A cookie that guards forms has no SameSite.', guards)
  return missing.length > 0
    ? warn('CKE-03', 'cookies-same-site-missing', 'Each browser decides by itself.', namesOf(missing))
    : pass('CKE-03', 'cookies-same-site', 'Every cookie says when other sites may send it.')
}

function judgePrefix(signIns: Cookie[]): CheckResult {
  const plain = namesOf(signIns.filter(({ name }) => !/^__(host|secure)-/i.test(name)))
  return plain.length > 0
    ? fail('CKE-04', 'cookies-unprefixed', 'A subdomain could overwrite these cookies.', plain)
    : pass('CKE-04', 'cookies-prefixed', 'Sign-in cookies cannot be overwritten.')
}

function judgeDomain(page: WebPage, kept: Cookie[]): CheckResult {
  const wide = kept.filter(({ domain }) => domain !== null && domain !== page.url.hostname)
  if (wide.length === 0) return pass('CKE-05', 'cookies-narrow', 'Cookies stay with the site that set them.')
  const signIns = namesOf(wide.filter(isSignIn))
  return signIns.length > 0
    ? fail('CKE-05', 'cookies-sign-in-wide', 'Sign-in cookies go to every subdomain.', signIns)
    : warn('CKE-05', 'cookies-wide', 'These cookies go to every subdomain.', namesOf(wide))
}

function judgeLifetime(page: WebPage, signIns: Cookie[]): CheckResult {
  const now = Date.parse(page.first('date') ?? '')
  const unknown = signIns.filter(({ maxAge, expires }) => maxAge === null && expires !== null)
  const lives = signIns.map((cookie) => ({ name: cookie.name, seconds: secondsOf(cookie, now) }))
  const long = lives.filter(({ seconds }) => seconds > LONGEST_SIGN_IN)
  if (long.length > 0) {
    const seen = long.map(({ name, seconds }) => `${name}: ${Math.round(seconds / 86_400)} days`)
    return fail('CKE-06', 'cookies-long', 'Sign-ins last for more than 30 days.', seen)
  }
  return unknown.length > 0 && Number.isNaN(now)
    ? notTested('CKE-06', 'cookies-no-date', 'The answer has no date to reckon from.', namesOf(unknown))
    : pass('CKE-06', 'cookies-short', 'Sign-ins end within 30 days.')
}

function judgeTracking(kept: Cookie[], sentCount: number): CheckResult {
  const trackers = namesOf(kept.filter(({ name }) => TRACKING_COOKIES.some((form) => form.test(name))))
  if (trackers.length > 0)
    return fail('CKE-07', 'cookies-tracking', 'Tracking cookies come before any consent.', trackers)
  return verdict('CKE-07', 'pass', [
    sentCount === 0 ? 'cookies-none' : 'cookies-no-tracking',
    'The first answer sets no known tracking cookie.',
  ])
}

/** Of cookies with the same name, domain and path the last one stays. */
function sentBy(page: WebPage): Cookie[] {
  const kept = new Map<string, Cookie>()
  for (const cookie of page.all('set-cookie').map(parseSetCookie)) {
    if (cookie === null || isOfThePlatform(cookie)) continue
    const key = [cookie.name, cookie.domain ?? '', cookie.path ?? page.url.pathname].join(';')
    if (isDeletion(cookie)) kept.delete(key)
    else kept.set(key, cookie)
  }
  return [...kept.values()]
}

/** Browsers put Max-Age before Expires; a cookie with neither ends with the browser. */
function secondsOf({ maxAge, expires }: Cookie, now: number): number {
  if (maxAge !== null) return maxAge
  return expires === null || Number.isNaN(now) ? 0 : (expires - now) / 1000
}

const namesOf = (cookies: readonly Cookie[]): string[] => [...new Set(cookies.map(({ name }) => name))]
