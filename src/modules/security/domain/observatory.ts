/** The same page graded as MDN Observatory would grade it: its twelve tests, modifiers, bonus rule and letters. */
import type { Cookie } from './cookies.ts'
import { cookiesOf } from './cookies-web.ts'
import { modifierOf } from './observatory-modifiers.ts'
import { sealsOf } from './web-content.ts'
import { judgeEmbedder, judgeOpener, judgeResource, judgeSharing } from './web-cross-origin.ts'
import { judgePolicies, policiesOf, whyAbsent } from './web-csp.ts'
import { judgeFraming } from './web-frame.ts'
import { isProtectedByHsts, judgeHsts } from './web-hsts.ts'
import type { WebObservation, WebPage } from './web-page.ts'
import { readWebPage } from './web-page.ts'
import { judgeReferrer, judgeSniffing } from './web-privacy.ts'
import { judgeRedirect, stopsOf } from './web-redirect.ts'

export interface ObservatoryTest {
  test: string
  /** Our word for the outcome; null when it was not observed and so counts for nothing. */
  outcome: string | null
  pass: boolean | null
  modifier: number
}

export interface ObservatoryGrade {
  /** 0 and up; with bonuses it may pass 100. */
  score: number
  grade: string
  tests: ObservatoryTest[]
}

/** The rules of algorithm version 6, which adds two tests to version 4; preload lists are left out. */
export const OBSERVATORY_ALGORITHM = 6

/** Bonuses count only from this score on. */
const BONUS_FROM = 90
const LETTERS: readonly (readonly [from: number, letter: string])[] = [
  [100, 'A+'],
  [90, 'A'],
  [85, 'A-'],
  [80, 'B+'],
  [70, 'B'],
  [65, 'B-'],
  [60, 'C+'],
  [50, 'C'],
  [45, 'C-'],
  [40, 'D+'],
  [30, 'D'],
  [25, 'D-'],
]

const TESTS: readonly (readonly [test: string, judge: (page: WebPage) => string | null])[] = [
  ['content-security-policy', judgeCsp],
  ['cookies', judgeCookies],
  ['cross-origin-embedder-policy', (page) => judgeEmbedder(page)[1][0]],
  ['cross-origin-opener-policy', (page) => judgeOpener(page)[1][0]],
  ['cross-origin-resource-policy', (page) => judgeResource(page)[1][0]],
  ['cross-origin-resource-sharing', judgeCors],
  ['redirection', judgeRedirection],
  ['referrer-policy', (page) => judgeReferrer(page)[1][0]],
  ['strict-transport-security', (page) => judgeHsts(page)[1][0]],
  ['subresource-integrity', judgeIntegrity],
  ['x-content-type-options', (page) => judgeSniffing(page)[1][0]],
  ['x-frame-options', (page) => judgeFraming(page)[1][0]],
]

/** Score, letter and the twelve tests. */
export function gradeAsObservatory(observation: WebObservation): ObservatoryGrade {
  const page = readWebPage(observation)
  const tests = TESTS.map(([test, judge]): ObservatoryTest => {
    const outcome = judge(page)
    if (outcome === null) return { test, outcome, pass: null, modifier: 0 }
    return { test, outcome, ...modifierOf(outcome) }
  })
  const base = 100 + sum(tests.map(({ modifier }) => Math.min(modifier, 0)))
  const bonus = base >= BONUS_FROM ? sum(tests.map(({ modifier }) => Math.max(modifier, 0))) : 0
  const score = Math.max(0, base + bonus)
  return { score, grade: LETTERS.find(([from]) => score >= from)?.[1] ?? 'F', tests }
}

function judgeCsp(page: WebPage): string {
  const policies = policiesOf(page)
  const absent = whyAbsent(page, policies)
  return absent && policies.length === 0 ? absent[0] : judgePolicies(page, policies)[1][0]
}

/** The worst outcome of all cookies; it knows sign-ins by `login` and `sess`, and guards of forms by `csrf`. */
function judgeCookies(page: WebPage): string {
  const cookies = cookiesOf(page)
  const open = cookies.filter(({ secure }) => !secure)
  const signIns = cookies.filter(({ name }) => /login|sess/i.test(name))
  const safe = isProtectedByHsts(page)
  if (!safe && signIns.some((cookie) => open.includes(cookie))) return 'cookies-sign-in-insecure'
  if (signIns.some(({ httpOnly }) => !httpOnly)) return 'cookies-sign-in-readable'
  if (cookies.some((cookie) => /csrf/i.test(cookie.name) && !hasSameSite(cookie))) return 'cookies-guard-open'
  if (cookies.some(({ sameSite, secure }) => sameSite === 'invalid' || (sameSite === 'none' && !secure)))
    return 'cookies-same-site-invalid'
  if (signIns.some((cookie) => open.includes(cookie))) return 'cookies-sign-in-insecure-hsts'
  if (open.length > 0) return safe ? 'cookies-insecure-hsts' : 'cookies-insecure'
  if (cookies.length === 0) return 'cookies-none'
  return cookies.every(hasSameSite) ? 'cookies-same-site' : 'cookies-secure'
}

function judgeCors({ observation }: WebPage): string | null {
  const answer = observation.crossOrigin?.find(({ origin }) => origin !== 'null')
  return answer ? judgeSharing(answer.origin, answer.headers)[1][0] : null
}

function judgeRedirection(page: WebPage): string | null {
  const stops = stopsOf(page)
  return stops ? judgeRedirect(stops)[1][0] : null
}

function judgeIntegrity(page: WebPage): string {
  if (!page.isHtml) return 'page-not-html'
  const { outside, unsealed, unsafe, sealedOwn } = sealsOf(page)
  if (unsealed.some((script) => unsafe.includes(script))) return 'seals-missing-unsafe'
  if (unsealed.length > 0) return 'seals-missing'
  if (unsafe.length > 0) return 'scripts-unsafe'
  if (outside.length > 0) return 'seals-complete'
  return sealedOwn ? 'seals-own' : 'scripts-own'
}

const hasSameSite = ({ sameSite }: Cookie): boolean => sameSite !== null && sameSite !== 'invalid'

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
