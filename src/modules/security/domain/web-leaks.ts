/** What the page gives away in its text: keys, errors, internal addresses, and scripts of known thieves. */
import type { CheckResult } from './check.ts'
import { fail, notApplicable, pass } from './verdict.ts'
import type { WebPage } from './web-page.ts'
import { absolute } from './web-page.ts'

/** Forms of keys as their issuers document them. Keys that are meant to be public are not among them. */
const SECRETS: readonly (readonly [name: string, form: RegExp])[] = [
  ['AWS access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g],
  ['Stripe secret key', /\b[rs]k_live_[0-9A-Za-z]{20,}/g],
  ['GitHub token', /\b(?:gh[pousr]_[0-9A-Za-z]{36}|github_pat_[0-9A-Za-z_]{60,})/g],
  ['Slack token', /\bxox[abeoprs]-[0-9A-Za-z-]{20,}/g],
  ['OpenAI key', /\bsk-(?:proj-)?[A-Za-z0-9_-]{40,}/g],
  ['SendGrid key', /\bSG\.[\w-]{20,}\.[\w-]{40,}/g],
  ['Shopify access token', /\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b/g],
  ['Twilio key', /\bSK[0-9a-f]{32}\b/g],
  ['private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/g],
]

/** Browser keys of Google are public by design, but only safe when restricted to the site. */
const GOOGLE_KEY = /\bAIza[0-9A-Za-z_-]{35}\b/

const TRACES: readonly RegExp[] = [
  /Fatal error<\/b>:.{0,300} in <b>|PHP (?:Fatal|Parse) error:/is,
  /Traceback \(most recent call last\):/,
  /\bat [\w.$<>]+\([\w.]+\.java:\d+\)/,
  /Server Error in '[^']{0,200}' Application/,
  /You're seeing this error because you have <code>DEBUG = True/,
  /<title>Action Controller: Exception caught|Whoops, looks like something went wrong/,
  /\bat (?:async )?[\w.<> ]+ \((?:\/|[A-Z]:\\)[^)\n]{1,200}:\d+:\d+\)/,
  /You have an error in your SQL syntax|ORA-\d{5}:|SQLSTATE\[\w+\]/,
]

const PRIVATE_ADDRESS =
  /(?<![\d.])(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}(?![\d.])/g

/** Hosts that were caught serving card skimmers, coin miners or changed libraries, by public incident reports. */
const KNOWN_BAD = [
  'authedmine.com',
  'bootcdn.net',
  'bootcss.com',
  'coin-hive.com',
  'coinhive.com',
  'crypto-loot.com',
  'googie-anaiytics.com',
  'jsecoin.com',
  'magento-analytics.com',
  'minero.cc',
  'polyfill.com',
  'polyfill.io',
  'staticfile.net',
  'staticfile.org',
  'webmine.cz',
]

/** WEB-08, WEB-09, WEB-10 and WEB-14. A secret is never kept: only its kind and its first four characters. */
export function evaluateLeaks(page: WebPage): CheckResult[] {
  const text = page.observation.html.slice(0, 1_000_000)
  if (text.trim() === '')
    return ['WEB-08', 'WEB-09', 'WEB-10', 'WEB-14'].map((id) =>
      notApplicable(id, 'page-empty', 'The answer has no content.'),
    )
  return [judgeSecrets(text), judgeTraces(text), judgeAddresses(text), judgeBadHosts(page)]
}

function judgeSecrets(text: string): CheckResult {
  const found = SECRETS.flatMap(([name, form]) =>
    [...text.matchAll(form)].map(([key, ..._], index) => `${name} ${key.slice(0, 4)}… (${index + 1})`),
  )
  if (found.length > 0) return fail('WEB-08', 'secret-found', 'A secret key is in the page.', found)
  const browserKey = GOOGLE_KEY.test(text)
  return browserKey
    ? pass(
        'WEB-08',
        'secret-browser-key',
        'Only a Google browser key is in the page; restrict it to your site.',
      )
    : pass('WEB-08', 'secret-none', 'No secret key is in the page.')
}

function judgeTraces(text: string): CheckResult {
  const hit = TRACES.map((form) => form.exec(text)?.[0]).find((match) => match !== undefined)
  return hit === undefined
    ? pass('WEB-09', 'trace-none', 'No error shows the inside of the site.')
    : fail('WEB-09', 'trace-shown', 'An error message shows the inside of the site.', [hit.slice(0, 60)])
}

function judgeAddresses(text: string): CheckResult {
  const found = [...new Set(text.match(PRIVATE_ADDRESS) ?? [])].filter((address) =>
    address.split('.').every((part) => Number(part) <= 255),
  )
  return found.length > 0
    ? fail('WEB-10', 'address-internal', 'The page names addresses of an internal network.', found)
    : pass('WEB-10', 'address-none', 'No internal address is in the page.')
}

function judgeBadHosts(page: WebPage): CheckResult {
  if (!page.isHtml) return notApplicable('WEB-14', 'page-not-html', 'The answer is not a web page.')
  const hosts = page.facts.scripts.map(({ address }) => absolute(page, address)?.hostname ?? '')
  const bad = [...new Set(hosts)].filter((host) =>
    KNOWN_BAD.some((known) => host === known || host.endsWith(`.${known}`)),
  )
  return bad.length > 0
    ? fail('WEB-14', 'host-known-bad', 'A script comes from a host known for attacks.', bad)
    : pass('WEB-14', 'host-none-bad', 'No script comes from a host known for attacks.')
}
