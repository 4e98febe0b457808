/** The policies of a page together: each is enforced, so a hole counts only when every policy has it. */
import type { CheckResult } from './check.ts'
import type { CspPolicy } from './csp.ts'
import { effectiveSources, parseCsp, parseCspList, sourcesOf, vouchesForScripts } from './csp.ts'
import { findCspWeaknesses } from './csp-findings.ts'
import type { Finding } from './verdict.ts'
import { fail, notApplicable, pass, verdict } from './verdict.ts'
import type { WebPage } from './web-page.ts'

const BROAD = new Set(['ftp:', 'http:', 'https:', '*', 'http://*', 'http://*.*', 'https://*', 'https://*.*'])
const REPORTING = new Set(['report-uri', 'report-to'])
const PASSIVE = new Set(['img-src', 'media-src'])

/** Policies in force: header lines, split at commas, then meta elements of an HTML page. */
export function policiesOf(page: WebPage): CspPolicy[] {
  return [
    ...page.all('content-security-policy').flatMap(parseCspList),
    ...(page.facts.meta.get('content-security-policy') ?? []).map((text) => parseCsp(text, 'meta')),
  ].filter(({ directives }) => directives.size > 0)
}

/** Whether a list lets in nearly every host. */
export const isBroad = (sources: readonly string[]): boolean =>
  sources.some((source) => BROAD.has(source.toLowerCase()))

/** HDR-03 to HDR-06. */
export function evaluateCsp(page: WebPage): CheckResult[] {
  const policies = policiesOf(page)
  const absent = whyAbsent(page, policies)
  if (absent) {
    const none = (id: string) => notApplicable(id, 'csp-missing', 'There is no policy to judge.')
    return [fail('HDR-03', ...absent), none('HDR-04'), none('HDR-05'), none('HDR-06')]
  }
  const seen = policies.map(asText)
  const [status, finding] = judgePolicies(page, policies)
  return [
    pass('HDR-03', 'csp-in-force', 'A content security policy restricts scripts.', seen),
    verdict('HDR-04', status, finding),
    evaluateLocks(policies),
    evaluateHosts(policies),
  ]
}

/** By MDN Observatory's order of badness; the outcome words are what its modifiers hang on. */
export function judgePolicies(page: WebPage, policies: readonly CspPolicy[]): ['pass' | 'fail', Finding] {
  const at = (sources: readonly string[]) => [...new Set(sources)]
  const repeated = policies.flatMap((policy) => policy.repeated)
  const mistaken = repeated.filter((name) => !REPORTING.has(name))
  if (mistaken.length > 0)
    return ['fail', ['csp-repeated', 'A directive comes twice; browsers ignore the second.', at(mistaken)]]
  if (policies.some((policy) => isDynamicAlone(scriptsOf(policy))))
    return ['fail', ['csp-dynamic-alone', "'strict-dynamic' without a nonce or hash blocks every script."]]
  if (policies.every((policy) => runsAnyScript(scriptsOf(policy))))
    return [
      'fail',
      ['csp-any-script', 'Injected scripts still run: the policy allows inline code or any host.'],
    ]
  if (policies.every((policy) => isBroad(inForce(policy, 'object-src') ?? ['*'])))
    return ['fail', ['csp-any-object', 'Plugins may load from anywhere, and they can run scripts.']]
  const plain = page.https ? insecureDirectives(policies) : []
  const active = plain.filter((name) => !PASSIVE.has(name))
  if (active.length > 0)
    return ['fail', ['csp-http', 'The policy lets unencrypted content into an encrypted page.', active]]
  if (policies.every(allowsEval)) return ['fail', ['csp-eval', "'unsafe-eval' lets text become script."]]
  if (plain.length > 0)
    return ['pass', ['csp-http-passive', 'Scripts are restricted; pictures may still load over http.', plain]]
  if (policies.every(allowsAnyStyle))
    return ['pass', ['csp-any-style', 'Scripts are restricted; styles may come from anywhere.']]
  if (repeated.length > 0)
    return ['pass', ['csp-reporting-repeated', 'Scripts are restricted; a report address comes twice.']]
  const nothing = policies.some((policy) => policy.directives.get('default-src')?.join() === "'none'")
  return ['pass', [nothing ? 'csp-default-none' : 'csp-good', 'Injected scripts do not run.']]
}

/** Why no policy restricts scripts; null when one does. */
export function whyAbsent(page: WebPage, policies: readonly CspPolicy[]): Finding | null {
  if (policies.some((policy) => sourcesOf(policy, 'script-src') !== null)) return null
  if (policies.length > 0)
    return ['csp-no-script-rule', 'The policy says nothing about scripts.', policies.map(asText)]
  const sent = page.all('content-security-policy')
  if (sent.length > 0) return ['csp-empty', 'The Content-Security-Policy header is empty.']
  const reported = page.all('content-security-policy-report-only')
  return reported.length > 0
    ? ['csp-report-only', 'The policy only reports; nothing is blocked.', reported]
    : ['csp-missing', 'There is no Content-Security-Policy.']
}

function evaluateLocks(policies: readonly CspPolicy[]): CheckResult {
  const objects = policies.some((policy) => isNothing(sourcesOf(policy, 'object-src')))
  const base = policies.some((policy) => {
    const sources = sourcesOf(policy, 'base-uri')
    return sources !== null && (isNothing(sources) || sources.join() === "'self'")
  })
  if (objects && base) return pass('HDR-05', 'csp-locked', 'Plugins and base addresses are locked.')
  const open = [...(objects ? [] : ['object-src']), ...(base ? [] : ['base-uri'])]
  return fail('HDR-05', 'csp-open', 'The policy leaves plugins or base addresses open.', open)
}

function evaluateHosts(policies: readonly CspPolicy[]): CheckResult {
  const bypasses = policies.map((policy) =>
    findCspWeaknesses(policy).filter(({ kind }) => kind === 'bypass-host' || kind === 'bypass-object'),
  )
  if (bypasses.some((found) => found.length === 0))
    return pass('HDR-06', 'csp-no-bypass', 'No allowed host is known to serve scripts on request.')
  const hosts = bypasses.flat().map(({ directive, value }) => `${directive} ${value}`)
  return fail('HDR-06', 'csp-bypass', 'An allowed host serves scripts to whoever asks for them.', hosts)
}

const scriptsOf = (policy: CspPolicy) => sourcesOf(policy, 'script-src') ?? ['*']

function runsAnyScript(sources: readonly string[]): boolean {
  const effective = effectiveSources(sources)
  return isBroad(effective) || effective.includes("'unsafe-inline'") || effective.includes('data:')
}

/** 'strict-dynamic' means nothing to styles. */
function allowsAnyStyle(policy: CspPolicy): boolean {
  const sources = sourcesOf(policy, 'style-src') ?? ['*']
  const inline = sources.includes("'unsafe-inline'") && !vouchesForScripts(sources)
  return isBroad(sources) || inline || sources.includes('data:')
}

const isDynamicAlone = (sources: readonly string[]): boolean =>
  sources.includes("'strict-dynamic'") && !vouchesForScripts(sources)

const allowsEval = (policy: CspPolicy): boolean =>
  [...scriptsOf(policy), ...(sourcesOf(policy, 'style-src') ?? [])].includes("'unsafe-eval'")

/** Directives through which every policy that governs them lets http or ftp in. */
function insecureDirectives(policies: readonly CspPolicy[]): string[] {
  const names = new Set(policies.flatMap((policy) => [...policy.directives.keys()]))
  if (names.has('default-src')) for (const name of PASSIVE) names.add(name)
  return [...names].filter((name) => {
    const lists = policies.map((policy) => inForce(policy, name)).filter((list) => list !== null)
    return lists.every((list) => list.some((source) => /^(http|ftp):/i.test(source)))
  })
}

/** The list that governs a directive; one that governs scripts too counts as browsers read it for scripts. */
function inForce(policy: CspPolicy, directive: string): readonly string[] | null {
  const sources = sourcesOf(policy, directive)
  return sources === null || sources !== sourcesOf(policy, 'script-src') ? sources : effectiveSources(sources)
}

const isNothing = (sources: readonly string[] | null): boolean =>
  sources !== null && (sources.length === 0 || sources.join() === "'none'")

const asText = (policy: CspPolicy): string =>
  [...policy.directives].map(([name, values]) => [name, ...values].join(' ')).join('; ')
