/** Links that are counted: which ones, and what a hit on them probably was. */
import { escapeHtml } from '../../../kit/html-text.ts'

/** Never led through us: where somebody unsubscribes, writes, calls, decides, or that leads through us already. */
export function isTracked(href: string, own: string): boolean {
  if (!/^https?:\/\//i.test(href)) return false
  return !(
    href.startsWith(`${own}/track/`) ||
    href.startsWith(`${own}/mail/`) ||
    href.startsWith(`${own}/p/`)
  )
}

/** The page with each counted link led through `track`; the links in the order of their numbers. */
export function trackLinks(
  { html, text }: { html: string; text: string },
  links: readonly string[],
  track: (index: number) => string,
): { html: string; text: string } {
  let page = html
  for (const [index, link] of links.entries()) {
    const written = `href="${escapeHtml(link)}"`
    page = page.replaceAll(written, `href="${escapeHtml(track(index))}"`)
  }
  return { html: page, text }
}

export type Verdict = 'human' | 'machine' | 'unknown'

export interface Hit {
  kind: 'open' | 'click'
  method: string
  userAgent: string
  /** Milliseconds since the mail went out. */
  sinceSent: number
  /** Other links of the mail that were hit within the same few seconds. */
  burst: number
  /** The client says that it only looks ahead (`Purpose: prefetch`). */
  prefetch: boolean
  /** Judged by the user agent alone. */
  isBot: boolean
}

/** Faster than anybody reads. */
const TOO_FAST_MS = 10_000
/** Fetchers of mail programs that load pictures for everybody. */
const PROXY =
  /GoogleImageProxy|YahooMailProxy|ggpht\.com|Barracuda|Mimecast|Proofpoint|SafeLinks|BitdefenderMTA|Cloudmark/i

/**
 * What a hit probably was, with the reasons. What cannot be told is unknown: a click a moment after an open may be a
 * quick reader (research 5.7).
 */
export function judgeHit(hit: Hit): { verdict: Verdict; reasons: string[] } {
  const machine: string[] = []
  if (hit.method === 'HEAD') machine.push('asked for the head only')
  if (hit.isBot) machine.push('says that it is a program')
  if (hit.prefetch) machine.push('says that it looks ahead')
  if (PROXY.test(hit.userAgent)) machine.push('a mail program fetches for everybody')
  if (hit.kind === 'click' && hit.burst >= 2) machine.push('several links at once')
  if (machine.length > 0) return { verdict: 'machine', reasons: machine }
  const doubt: string[] = []
  if (hit.sinceSent < TOO_FAST_MS) doubt.push('within seconds of sending')
  if (hit.userAgent.trim() === '') doubt.push('does not say what it is')
  // pictures are loaded ahead by privacy proxies that look like browsers
  if (hit.kind === 'open') doubt.push('opens may be made by mail programs')
  return doubt.length > 0
    ? { verdict: 'unknown', reasons: doubt }
    : { verdict: 'human', reasons: ['a person, as far as can be told'] }
}
