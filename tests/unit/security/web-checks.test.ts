// Every check on a website's answer has seen a pass, a failure and whatever else it can say, with the word for it.
import { describe, expect, test } from 'vitest'
import type { CheckStatus } from '../../../src/modules/security/domain/check.ts'
import { evaluateWebHeaders } from '../../../src/modules/security/domain/web-headers.ts'
import type { WebObservation } from '../../../src/modules/security/domain/web-page.ts'

type Case = [check: string, status: CheckStatus, outcome: string, seen: Partial<WebObservation>]

const URL = 'https://shop.example/'
const DATE: [string, string] = ['date', 'Mon, 23 Nov 2026 12:00:00 GMT']
const sent = (...headers: [string, string][]): Partial<WebObservation> => ({ headers })
const csp = (...policies: string[]) =>
  sent(...policies.map((policy): [string, string] => ['content-security-policy', policy]))
const cookie = (...lines: string[]) =>
  sent(DATE, ...lines.map((line): [string, string] => ['set-cookie', line]))
const page = (html: string): Partial<WebObservation> => ({ html })
const way = (...urls: string[]): Partial<WebObservation> => ({
  redirects: urls.map((url, index) => ({ url, status: index < urls.length - 1 ? 301 : 200 })),
})
const answered = (origin: string, ...headers: [string, string][]): Partial<WebObservation> => ({
  crossOrigin: [{ origin, headers }],
})
const HSTS = 'strict-transport-security'
const FOREIGN = 'https://other.example'
const allow = (origin: string): [string, string] => ['access-control-allow-origin', origin]
const CREDENTIALS: [string, string] = ['access-control-allow-credentials', 'true']
/** Put together here, so that no file holds anything that looks like a key. */
const KEY = ['sk', 'live', 'x'.repeat(24)].join('_')

const CASES: Case[] = [
  ['TLS-02', 'not_tested', 'redirect-not-asked', {}],
  ['TLS-02', 'pass', 'redirect-http-closed', { redirects: [] }],
  ['TLS-02', 'pass', 'redirect-https', way('http://shop.example/', URL)],
  ['TLS-02', 'fail', 'redirect-missing', way('http://shop.example/')],
  ['TLS-02', 'fail', 'redirect-not-https', way('http://shop.example/', 'http://shop.example/home')],
  ['TLS-02', 'fail', 'redirect-http-first', way('http://shop.example/', 'http://www.shop.example/', URL)],
  ['TLS-02', 'fail', 'redirect-other-host', way('http://shop.example/', 'https://www.shop.example/')],
  ['TLS-03', 'pass', 'way-secure', way('http://shop.example/', URL)],
  ['TLS-03', 'fail', 'way-falls-back', way('http://shop.example/', URL, 'http://shop.example/b', URL)],
  [
    'TLS-03',
    'warn',
    'way-long',
    way('http://shop.example/', ...Array.from({ length: 6 }, (_, n) => URL + n)),
  ],
  ['TLS-03', 'not_applicable', 'way-none', { redirects: [] }],

  ['HDR-01', 'pass', 'hsts-in-force', sent([HSTS, 'max-age=15552000'])],
  ['HDR-01', 'fail', 'hsts-short', sent([HSTS, 'max-age=15551999'])],
  ['HDR-01', 'fail', 'hsts-switched-off', sent([HSTS, 'max-age=0'])],
  ['HDR-01', 'fail', 'hsts-invalid', sent([HSTS, 'max-age=1; max-age=2'])],
  ['HDR-01', 'fail', 'hsts-no-https', { url: 'http://shop.example/', ...sent([HSTS, 'max-age=31536000']) }],
  ['HDR-02', 'pass', 'hsts-with-subdomains', sent([HSTS, 'max-age=31536000; includeSubDomains'])],
  ['HDR-02', 'warn', 'hsts-preload-short', sent([HSTS, 'max-age=15552000; includeSubDomains; preload'])],
  ['HDR-02', 'fail', 'hsts-without-subdomains', sent([HSTS, 'max-age=31536000'])],
  ['HDR-02', 'not_applicable', 'hsts-not-in-force', {}],

  ['HDR-03', 'pass', 'csp-in-force', csp("script-src 'self'")],
  ['HDR-03', 'fail', 'csp-missing', {}],
  ['HDR-03', 'fail', 'csp-no-script-rule', csp('upgrade-insecure-requests')],
  ['HDR-03', 'fail', 'csp-report-only', sent(['content-security-policy-report-only', "script-src 'self'"])],
  [
    'HDR-03',
    'pass',
    'csp-in-force',
    page(`<meta http-equiv="Content-Security-Policy" content="script-src 'self'">`),
  ],
  ['HDR-04', 'pass', 'csp-default-none', csp("default-src 'none'; script-src 'self'")],
  ['HDR-04', 'pass', 'csp-good', csp("default-src 'self'")],
  ['HDR-04', 'pass', 'csp-any-style', csp("default-src 'self'; style-src 'self' 'unsafe-inline'")],
  ['HDR-04', 'fail', 'csp-any-script', csp("default-src 'self' 'unsafe-inline'")],
  ['HDR-04', 'fail', 'csp-any-script', csp("script-src 'self' data:; object-src 'none'")],
  [
    'HDR-04',
    'pass',
    'csp-any-style',
    csp("script-src 'unsafe-inline' 'nonce-c29tZXRoaW5n'; object-src 'none'"),
  ],
  ['HDR-04', 'pass', 'csp-good', csp("default-src * 'unsafe-inline'", "default-src 'self'")],
  ['HDR-04', 'fail', 'csp-any-object', csp("script-src 'self'")],
  ['HDR-04', 'fail', 'csp-eval', csp("default-src 'self'; script-src 'self' 'unsafe-eval'")],
  ['HDR-04', 'fail', 'csp-http', csp("default-src 'self'; script-src http://cdn.example")],
  ['HDR-04', 'fail', 'csp-dynamic-alone', csp("default-src 'none'; script-src 'strict-dynamic'")],
  ['HDR-04', 'fail', 'csp-repeated', csp("script-src 'none'; object-src 'none'; script-src *")],
  ['HDR-04', 'not_applicable', 'csp-missing', {}],
  ['HDR-05', 'pass', 'csp-locked', csp("default-src 'none'; base-uri 'self'")],
  ['HDR-05', 'fail', 'csp-open', csp("default-src 'self'")],
  ['HDR-05', 'not_applicable', 'csp-missing', {}],
  ['HDR-06', 'pass', 'csp-no-bypass', csp('script-src https://static.shop.example')],
  ['HDR-06', 'fail', 'csp-bypass', csp('script-src https://ajax.googleapis.com')],
  ['HDR-06', 'not_applicable', 'csp-missing', {}],

  ['HDR-07', 'pass', 'frame-ancestors', csp("frame-ancestors 'none'")],
  ['HDR-07', 'pass', 'frame-options', sent(['x-frame-options', 'SameOrigin'])],
  ['HDR-07', 'warn', 'frame-allow-from', sent(['x-frame-options', 'ALLOW-FROM https://a.example'])],
  ['HDR-07', 'fail', 'frame-missing', {}],
  ['HDR-07', 'fail', 'frame-invalid', sent(['x-frame-options', 'ALLOWALL'])],
  ['HDR-07', 'fail', 'frame-conflict', sent(['x-frame-options', 'DENY'], ['x-frame-options', 'SAMEORIGIN'])],
  [
    'HDR-07',
    'fail',
    'frame-ancestors-broad',
    sent(['content-security-policy', 'frame-ancestors *'], ['x-frame-options', 'DENY']),
  ],
  ['HDR-08', 'pass', 'sniff-off', sent(['X-Content-Type-Options', 'NoSniff'])],
  ['HDR-08', 'fail', 'sniff-missing', {}],
  ['HDR-08', 'fail', 'sniff-invalid', sent(['x-content-type-options', 'none'])],
  ['HDR-09', 'pass', 'referrer-private', sent(['referrer-policy', 'unsafe-url, strict-origin'])],
  ['HDR-09', 'pass', 'referrer-unset', {}],
  ['HDR-09', 'pass', 'referrer-private', page('<meta name="referrer" content="no-referrer">')],
  ['HDR-09', 'fail', 'referrer-leaks', sent(['referrer-policy', 'unsafe-url'])],
  ['HDR-09', 'fail', 'referrer-invalid', sent(['referrer-policy', 'never'])],
  [
    'HDR-10',
    'pass',
    'powers-restricted',
    sent(['permissions-policy', 'camera=(), microphone=(), geolocation=(self), payment=(self)']),
  ],
  ['HDR-10', 'warn', 'powers-unsaid', sent(['permissions-policy', 'camera=()'])],
  ['HDR-10', 'fail', 'powers-open', sent(['permissions-policy', 'camera=*'])],
  ['HDR-10', 'fail', 'powers-invalid', sent(['permissions-policy', 'camera none'])],
  ['HDR-10', 'fail', 'powers-missing', {}],
  ['HDR-11', 'not_tested', 'sharing-not-asked', {}],
  ['HDR-11', 'fail', 'sharing-everything', answered(FOREIGN, allow(FOREIGN), CREDENTIALS)],
  ['HDR-11', 'pass', 'sharing-reflected', answered(FOREIGN, allow(FOREIGN))],
  ['HDR-11', 'pass', 'sharing-public', answered(FOREIGN, allow('*'), CREDENTIALS)],
  ['HDR-11', 'pass', 'sharing-restricted', answered(FOREIGN, allow(URL), CREDENTIALS)],
  ['HDR-12', 'fail', 'sharing-everything', answered('null', allow('null'), CREDENTIALS)],
  ['HDR-12', 'pass', 'sharing-none', answered('null')],
  ['HDR-12', 'not_tested', 'sharing-not-asked', answered(FOREIGN)],
  ['HDR-13', 'pass', 'coop-same-origin', sent(['cross-origin-opener-policy', 'same-origin; report-to="a"'])],
  ['HDR-13', 'pass', 'coop-unset', {}],
  ['HDR-13', 'fail', 'coop-invalid', sent(['cross-origin-opener-policy', 'Same-Origin'])],
  ['HDR-14', 'pass', 'corp-same-site', sent(['cross-origin-resource-policy', 'same-site'])],
  ['HDR-14', 'fail', 'corp-invalid', sent(['cross-origin-resource-policy', 'everyone'])],
  ['HDR-15', 'pass', 'versions-kept', sent(['server', 'nginx'])],
  ['HDR-15', 'fail', 'versions-told', sent(['server', 'nginx/1.18.0'])],
  ['HDR-16', 'fail', 'support-ended', sent(DATE, ['x-powered-by', 'PHP/7.4.33'])],
  ['HDR-16', 'pass', 'support-lasts', sent(DATE, ['x-powered-by', 'PHP/8.4.1'])],
  ['HDR-16', 'not_tested', 'support-unknown', sent(['server', 'nginx/1.18.0'])],
  [
    'HDR-17',
    'pass',
    'caching-private',
    sent(['set-cookie', 'sid=1'], ['cache-control', 'private, max-age=0']),
  ],
  ['HDR-17', 'fail', 'caching-open', page('<input type="password">')],
  ['HDR-17', 'not_applicable', 'caching-public', {}],
  ['HDR-18', 'pass', 'headers-agree', sent(['x-frame-options', 'DENY'], ['x-frame-options', 'deny'])],
  ['HDR-18', 'fail', 'headers-contradict', sent([HSTS, 'max-age=1'], [HSTS, 'max-age=2'])],
  ['HDR-18', 'warn', 'headers-in-meta', page('<meta http-equiv="X-Frame-Options" content="DENY">')],

  ['CKE-01', 'pass', 'cookies-secure', cookie('theme=dark; Secure')],
  ['CKE-01', 'fail', 'cookies-insecure', cookie('theme=dark')],
  ['CKE-01', 'warn', 'cookies-insecure-hsts', sent(['set-cookie', 'a=1'], [HSTS, 'max-age=31536000'])],
  ['CKE-01', 'not_applicable', 'cookies-none', {}],
  ['CKE-01', 'not_applicable', 'cookies-none', cookie('gone=; Max-Age=0')],
  ['CKE-02', 'pass', 'cookies-sign-in-safe', cookie('PHPSESSID=1; Secure; HttpOnly')],
  ['CKE-02', 'fail', 'cookies-sign-in-insecure', cookie('PHPSESSID=1; HttpOnly')],
  ['CKE-02', 'fail', 'cookies-sign-in-readable', cookie('auth_token=1; Secure')],
  ['CKE-02', 'not_applicable', 'cookies-no-sign-in', cookie('theme=dark; Secure')],
  ['CKE-03', 'pass', 'cookies-same-site', cookie('a=1; SameSite=None; Secure', 'b=1; samesite=lax')],
  ['CKE-03', 'warn', 'cookies-same-site-missing', cookie('a=1; Secure')],
  ['CKE-03', 'fail', 'cookies-same-site-invalid', cookie('a=1; SameSite=None')],
  ['CKE-03', 'fail', 'cookies-guard-open', cookie('csrftoken=1; Secure')],
  ['CKE-03', 'not_applicable', 'cookies-none', {}],
  ['CKE-04', 'pass', 'cookies-prefixed', cookie('__Host-session=1; Secure; Path=/')],
  ['CKE-04', 'fail', 'cookies-unprefixed', cookie('session=1; Secure')],
  ['CKE-04', 'fail', 'cookies-refused', cookie('__Host-session=1; Secure; Path=/; Domain=shop.example')],
  ['CKE-04', 'not_applicable', 'cookies-no-sign-in', {}],
  ['CKE-05', 'pass', 'cookies-narrow', cookie('session=1')],
  [
    'CKE-05',
    'warn',
    'cookies-wide',
    { url: 'https://www.shop.example/', ...cookie('a=1; Domain=.shop.example') },
  ],
  [
    'CKE-05',
    'fail',
    'cookies-sign-in-wide',
    { url: 'https://www.shop.example/', ...cookie('session=1; Domain=shop.example') },
  ],
  ['CKE-05', 'not_applicable', 'cookies-none', {}],
  ['CKE-06', 'pass', 'cookies-short', cookie('session=1; Max-Age=2592000')],
  ['CKE-06', 'fail', 'cookies-long', cookie('session=1; Max-Age=2592001')],
  ['CKE-06', 'fail', 'cookies-long', cookie('session=1; Expires=Wed, 23 Nov 2027 12:00:00 GMT')],
  [
    'CKE-06',
    'not_tested',
    'cookies-no-date',
    sent(['set-cookie', 'session=1; Expires=Wed, 23 Nov 2027 12:00:00 GMT']),
  ],
  ['CKE-06', 'not_applicable', 'cookies-no-sign-in', {}],
  ['CKE-07', 'pass', 'cookies-no-tracking', cookie('session=1')],
  ['CKE-07', 'fail', 'cookies-tracking', cookie('_ga_ABC=GS1.1; Secure')],

  ['WEB-01', 'pass', 'mixed-none', page('<script src="/a.js"></script>')],
  ['WEB-01', 'fail', 'mixed-content', page('<link rel="stylesheet" href="http://shop.example/a.css">')],
  [
    'WEB-01',
    'not_applicable',
    'page-not-html',
    { ...sent(['content-type', 'application/json']), html: '{}' },
  ],
  ['WEB-02', 'pass', 'mixed-none', page('<img src="//cdn.example/a.png">')],
  ['WEB-02', 'fail', 'mixed-content', page('<base href="http://cdn.example/"><img src="a.png">')],
  ['WEB-02', 'not_applicable', 'mixed-no-https', { url: 'http://shop.example/' }],
  ['WEB-03', 'pass', 'forms-safe', page('<form action="/cart"></form>')],
  ['WEB-03', 'fail', 'forms-plain', page('<form action="http://shop.example/cart"></form>')],
  ['WEB-03', 'fail', 'forms-away', page('<form action="https://a.example/"><input type=password></form>')],
  ['WEB-03', 'not_applicable', 'forms-none', {}],
  [
    'WEB-04',
    'pass',
    'seals-complete',
    page('<script src="https://a.example/1.2.3/a.js" integrity="sha384-x"></script>'),
  ],
  ['WEB-04', 'fail', 'seals-missing', page('<script src="https://a.example/1.2.3/a.js"></script>')],
  [
    'WEB-04',
    'warn',
    'seals-missing-styles',
    page('<link rel=stylesheet href="https://a.example/b@1.2.3/b.css">'),
  ],
  [
    'WEB-04',
    'not_applicable',
    'seals-nothing',
    page('<script src="https://cdn.shop.example/a.js"></script>'),
  ],
  ['WEB-05', 'pass', 'scripts-https', page('<script src="https://a.example/a.js"></script>')],
  ['WEB-05', 'fail', 'scripts-unsafe', page('<script src="//a.example/a.js"></script>')],
  ['WEB-05', 'not_applicable', 'scripts-own', {}],
  ['WEB-08', 'pass', 'secret-none', {}],
  ['WEB-08', 'fail', 'secret-found', page(`<script>pay("${KEY}")</script>`)],
  ['WEB-08', 'pass', 'secret-browser-key', page(`<script>map("AIza${'x'.repeat(35)}")</script>`)],
  ['WEB-08', 'not_applicable', 'page-empty', page('')],
  ['WEB-09', 'pass', 'trace-none', {}],
  ['WEB-09', 'fail', 'trace-shown', page('<pre>Traceback (most recent call last):</pre>')],
  ['WEB-10', 'pass', 'address-none', page('version 1.10.0.0.1 of 8.8.8.8')],
  ['WEB-10', 'fail', 'address-internal', page('<a href="http://192.168.0.12/">')],
  ['WEB-11', 'pass', 'password-encrypted', page('<form><input type="password"></form>')],
  ['WEB-11', 'fail', 'password-plain', { url: 'http://shop.example/', html: '<input type=password>' }],
  ['WEB-11', 'not_applicable', 'password-none', {}],
  ['WEB-14', 'pass', 'host-none-bad', page('<script src="https://notpolyfill.io/a.js"></script>')],
  ['WEB-14', 'fail', 'host-known-bad', page('<script src="https://cdn.polyfill.io/a.js"></script>')],
]

const judge = (seen: Partial<WebObservation>) =>
  evaluateWebHeaders({
    url: URL,
    status: 200,
    html: '<p>Welcome</p>',
    ...seen,
    headers: [...(seen.headers ?? []), ['content-type', 'text/html']],
  })

describe('a check of the answer', () => {
  test.each(CASES)('%s says %s: %s (%#)', (check, status, outcome, seen) => {
    const result = judge(seen).find((one) => one.check === check)
    expect(result && [result.status, result.evidence.outcome]).toEqual([status, outcome])
    expect(result?.evidence.summary).toMatch(/^[A-Z'].*\.$/)
  })

  test('has seen both a pass and a failure, whichever it is', () => {
    const ids = judge({}).map(({ check }) => check)
    const of = (id: string) => new Set(CASES.filter(([check]) => check === id).map(([, status]) => status))
    expect(ids.filter((id) => !of(id).has('pass') || !of(id).has('fail'))).toEqual([])
    expect(ids.length).toBe(37)
  })

  test('keeps a found key out of its evidence', () => {
    const text = JSON.stringify(judge(page(`<script>pay("${KEY}")</script>`)))
    expect(text).toContain('sk_l')
    expect(text).not.toContain(KEY.slice(0, 12))
  })
})
