/** How a visitor gets from plain http to https: TLS-02 and TLS-03. */
import type { CheckResult, CheckStatus } from './check.ts'
import type { Finding } from './verdict.ts'
import { fail, notApplicable, notTested, pass, verdict, warn } from './verdict.ts'
import type { WebPage } from './web-page.ts'

interface Stop {
  url: URL
  status: number
}

const MOST_REDIRECTS = 5
const PERMANENT = [301, 308]

/** TLS-02 and TLS-03, from the stops that were seen; a page that came over http is a stop of its own. */
export function evaluateRedirects(page: WebPage): CheckResult[] {
  const stops = stopsOf(page)
  if (!stops)
    return ['TLS-02', 'TLS-03'].map((id) =>
      notTested(id, 'redirect-not-asked', 'The plain http address was not asked.'),
    )
  const first = judgeRedirect(stops)
  return [verdict('TLS-02', ...first), judgeWay(stops)]
}

/** Status and outcome of the first step; MDN Observatory's modifiers hang on the outcome words. */
export function judgeRedirect(stops: readonly Stop[]): [CheckStatus, Finding] {
  const [first, second] = stops
  const last = stops.at(-1)
  const seen = stops.map(({ url }) => url.href)
  if (!first || !last) return ['pass', ['redirect-http-closed', 'Plain http is closed.']]
  if (!second) return ['fail', ['redirect-missing', 'The site answers without https.', seen]]
  if (last.url.protocol !== 'https:')
    return ['fail', ['redirect-not-https', 'Visitors end on a page without https.', seen]]
  if (second.url.protocol !== 'https:')
    return ['fail', ['redirect-http-first', 'The first step goes to another page without https.', seen]]
  if (first.url.hostname !== second.url.hostname)
    return [
      'fail',
      ['redirect-other-host', 'The first step goes to another host, so no https-only rule is learnt.', seen],
    ]
  return PERMANENT.includes(first.status)
    ? ['pass', ['redirect-https', 'Plain http leads to https.', seen]]
    : ['pass', ['redirect-temporary', 'Plain http leads to https; a permanent redirect is better.', seen]]
}

/** The stops from plain http on, an empty list when http is closed, or null when nobody asked. */
export function stopsOf(page: WebPage): Stop[] | null {
  const { redirects, url, status } = page.observation
  const read = (stop: { url: string; status: number }) => ({ url: new URL(stop.url), status: stop.status })
  if (redirects) return redirects.map(read)
  if (page.https) return null
  const location = page.first('location')
  const next = status >= 300 && status < 400 && location ? URL.parse(location, url) : null
  return [read({ url, status }), ...(next ? [{ url: next, status: 0 }] : [])]
}

function judgeWay(stops: readonly Stop[]): CheckResult {
  if (stops.length < 2) return notApplicable('TLS-03', 'way-none', 'There are no redirects to follow.')
  const seen = stops.map(({ url }) => url.href)
  const secure = stops.map(({ url }) => url.protocol === 'https:')
  const from = secure.indexOf(true)
  if (from < 0 || secure.slice(from).includes(false))
    return fail('TLS-03', 'way-falls-back', 'A step on the way goes without https.', seen)
  return stops.length - 1 > MOST_REDIRECTS
    ? warn('TLS-03', 'way-long', `There are ${stops.length - 1} redirects on the way.`, seen)
    : pass('TLS-03', 'way-secure', 'Once on https, visitors stay there.')
}
