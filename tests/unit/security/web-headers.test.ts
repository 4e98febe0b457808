// One answer of a website, judged: a careful shop, a careless one, and one that answers with an error.
import { describe, expect, test } from 'vitest'
import { CATALOGUE } from '../../../src/modules/security/domain/catalogue.ts'
import {
  gradeAsObservatory,
  OBSERVATORY_ALGORITHM,
} from '../../../src/modules/security/domain/observatory.ts'
import { evaluateWebHeaders } from '../../../src/modules/security/domain/web-headers.ts'

const url = 'https://shop.example/'
const HTML = '<!doctype html><html><head><title>Shop</title></head><body>Hello</body></html>'
const CAREFUL: [string, string][] = [
  ['content-type', 'text/html; charset=utf-8'],
  ['strict-transport-security', 'max-age=63072000; includeSubDomains'],
  [
    'content-security-policy',
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
  ],
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'strict-origin-when-cross-origin'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=()'],
  ['cache-control', 'no-store'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['set-cookie', '__Host-session=abc; Path=/; Secure; HttpOnly; SameSite=Lax'],
]
const CARELESS: [string, string][] = [
  ['content-type', 'text/html'],
  ['content-security-policy', "script-src * 'unsafe-inline' 'unsafe-eval'"],
  ['access-control-allow-origin', '*'],
  ['access-control-allow-credentials', 'true'],
  ['set-cookie', 'sessionid=abc; Path=/'],
  ['x-powered-by', 'PHP/5.6.40'],
  ['server', 'Apache/2.2.15'],
]
const judge = (headers: [string, string][], more: { status?: number; html?: string } = {}) =>
  evaluateWebHeaders({ url, status: more.status ?? 200, headers, html: more.html ?? HTML })
const failed = (results: ReturnType<typeof judge>) =>
  results.filter(({ status }) => status === 'fail').map(({ check }) => check)

describe('an answer of a website', () => {
  test('is judged by checks of the catalogue, each once', () => {
    const results = judge(CAREFUL)
    const known = new Set(CATALOGUE.map(({ id }) => id))
    expect(results.every(({ check }) => known.has(check))).toBe(true)
    expect(new Set(results.map(({ check }) => check)).size).toBe(results.length)
  })

  test('that is careful fails nothing', () => {
    expect(failed(judge(CAREFUL))).toEqual([])
  })

  test('that is careless fails where a careful one passes, and says what was seen', () => {
    const results = judge(CARELESS)
    expect(failed(results).length).toBeGreaterThanOrEqual(5)
    for (const { status, evidence } of results)
      if (status === 'fail') expect(JSON.stringify(evidence).length).toBeGreaterThan(10)
  })

  test('that is an error page says nothing about the site: nothing passes', () => {
    expect(new Set(judge(CAREFUL, { status: 503 }).map(({ status }) => status))).toEqual(
      new Set(['not_tested']),
    )
  })

  test.each([
    [
      'endless headers',
      Array.from({ length: 2000 }, (_, n): [string, string] => [`x-${n}`, 'y'.repeat(50)]),
      HTML,
    ],
    [
      'a policy of nonsense',
      [['content-security-policy', ";;;;default-src ;script-src 'none' 'none' \u0000"]] as [string, string][],
      HTML,
    ],
    ['a page of nonsense', CAREFUL, '<'.repeat(50_000)],
  ])('with %s is judged all the same', (_, headers, html) => {
    expect(judge(headers, { html }).length).toBeGreaterThan(10)
  })

  test('is graded by the rules of one algorithm, the careful one far above the careless one', () => {
    expect(OBSERVATORY_ALGORITHM).toBe(6)
    const grade = (headers: [string, string][]) =>
      gradeAsObservatory({ url, status: 200, headers, html: HTML }).score
    expect(grade(CAREFUL)).toBeGreaterThan(grade(CARELESS) + 50)
  })
})
