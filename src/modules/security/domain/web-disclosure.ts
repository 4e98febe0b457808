/** What the server tells about itself and how its headers fit together: HDR-15 to HDR-18. */
import type { CheckResult } from './check.ts'
import { isSignIn } from './cookies.ts'
import { cookiesOf } from './cookies-web.ts'
import { unsupportedVersions, versionsIn } from './software-support.ts'
import { fail, notApplicable, notTested, pass, warn } from './verdict.ts'
import type { WebPage } from './web-page.ts'

const SELF_PORTRAITS = [
  'server',
  'x-powered-by',
  'x-aspnet-version',
  'x-aspnetmvc-version',
  'x-generator',
  'x-powered-cms',
]

/** Headers of which browsers use one value only, so that two different ones contradict each other. */
const SINGLE = [
  'strict-transport-security',
  'x-frame-options',
  'x-content-type-options',
  'cross-origin-opener-policy',
  'cross-origin-embedder-policy',
  'cross-origin-resource-policy',
  'access-control-allow-origin',
]

/** HDR-15 to HDR-18. Support ends on known days, so HDR-16 goes by the answer's own Date header. */
export function evaluateDisclosure(page: WebPage): CheckResult[] {
  const portraits = SELF_PORTRAITS.flatMap((name) => page.all(name))
  return [judgeVersions(portraits), judgeSupport(page, portraits), judgeCaching(page), judgeDuplicates(page)]
}

function judgeVersions(portraits: string[]): CheckResult {
  const telling = portraits.filter((text) => /\d+\.\d+|[a-z]\/\d/i.test(text))
  return telling.length > 0
    ? fail('HDR-15', 'versions-told', 'The server tells its version.', telling)
    : pass('HDR-15', 'versions-kept', 'The server does not tell its version.')
}

function judgeSupport(page: WebPage, portraits: string[]): CheckResult {
  const known = portraits.flatMap(versionsIn)
  if (known.length === 0)
    return notTested('HDR-16', 'support-unknown', 'No version can be seen, so support cannot be judged.')
  const date = Date.parse(page.first('date') ?? '')
  const ended = unsupportedVersions(known, Number.isNaN(date) ? null : date)
  return ended.length > 0
    ? fail('HDR-16', 'support-ended', 'This software gets no security updates any more.', ended)
    : pass('HDR-16', 'support-lasts', 'The visible versions still get security updates.', portraits)
}

function judgeCaching(page: WebPage): CheckResult {
  const isPrivate = page.facts.hasPassword || cookiesOf(page).some(isSignIn)
  if (!isPrivate) return notApplicable('HDR-17', 'caching-public', 'The page shows nothing personal.')
  const header = page.all('cache-control').join(', ').toLowerCase()
  const words = header.split(',').map((word) => word.split('=')[0]?.trim())
  return words.includes('no-store') || words.includes('private')
    ? pass('HDR-17', 'caching-private', 'Shared caches do not keep the page.', [header])
    : fail('HDR-17', 'caching-open', 'Caches may keep a page that is meant for one person.', [
        header || 'none',
      ])
}

function judgeDuplicates(page: WebPage): CheckResult {
  const twice = SINGLE.filter((name) => {
    const values = name === 'access-control-allow-origin' ? page.all(name) : splitAll(page.all(name))
    return new Set(values.map((value) => value.trim().toLowerCase())).size > 1
  })
  if (twice.length > 0)
    return fail('HDR-18', 'headers-contradict', 'The same header comes with two values.', twice)
  const inMeta = ['x-frame-options', 'strict-transport-security'].filter((name) => page.facts.meta.has(name))
  return inMeta.length > 0
    ? warn('HDR-18', 'headers-in-meta', 'Browsers ignore this in the page; it must be a header.', inMeta)
    : pass('HDR-18', 'headers-agree', 'No header contradicts another.')
}

/** Lines and comma-joined values are the same to a browser. */
const splitAll = (values: string[]): string[] => values.flatMap((value) => value.split(','))
