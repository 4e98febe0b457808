/** What is weak in one policy, finding by finding; severities agree with those of Google's csp_evaluator 1.1.8. */
import type { CspDirectives, CspFinding, CspPolicy, CspSeverity } from './csp.ts'
import { effectiveSources, governing, isHash, isNonce, vouchesForScripts } from './csp.ts'
import { findAddresses, findObjectHosts, findScriptHosts, schemeFree } from './csp-hosts.ts'
import { findSlips } from './csp-slips.ts'

const SCRIPTS = ['script-src', 'script-src-attr', 'script-src-elem']

/** All findings of a policy as a browser of CSP Level 3 understands it. */
export function findCspWeaknesses(policy: CspPolicy): CspFinding[] {
  const directives = inForce(policy)
  const effective = { ...policy, directives }
  const named = (names: string[]) => [
    ...new Set(names.map((name) => governing(effective, name)).filter((name) => name !== null)),
  ]
  return [
    ...named(SCRIPTS).flatMap((name) => findUnsafeKeywords(name, directives)),
    ...named([...SCRIPTS, 'object-src', 'base-uri']).flatMap((name) => findBroadSources(name, directives)),
    ...findMissing(directives),
    ...named(['script-src', 'script-src-elem']).flatMap((name) => findScriptHosts(name, directives)),
    ...findObjectHosts(governing(effective, 'object-src'), directives),
    ...findAddresses(directives),
    ...findNonceFaults(directives),
    ...findPlainHttp(directives),
    ...findSlips(directives),
  ]
}

function inForce(policy: CspPolicy): CspDirectives {
  const directives = new Map(policy.directives)
  for (const name of new Set(SCRIPTS.map((script) => governing(policy, script)))) {
    if (name !== null) directives.set(name, effectiveSources(directives.get(name) ?? []))
  }
  return directives
}

function findUnsafeKeywords(directive: string, directives: CspDirectives): CspFinding[] {
  const worth: Record<string, CspSeverity> = {
    "'unsafe-inline'": 'high',
    "'unsafe-hashes'": 'medium_maybe',
    "'unsafe-eval'": 'medium_maybe',
  }
  return (directives.get(directive) ?? []).flatMap((value) => {
    const severity = worth[value]
    return severity ? [{ kind: value.slice(1, -1), severity, directive, value }] : []
  })
}

function findBroadSources(directive: string, directives: CspDirectives): CspFinding[] {
  return (directives.get(directive) ?? []).flatMap((value): CspFinding[] => {
    if (['data:', 'http:', 'https:'].includes(value))
      return [{ kind: 'plain-scheme', severity: 'high', directive, value }]
    return schemeFree(value) === '*' ? [{ kind: 'wildcard', severity: 'high', directive, value }] : []
  })
}

function findMissing(directives: CspDirectives): CspFinding[] {
  const missing = (directive: string): CspFinding => ({
    kind: 'missing-directive',
    severity: 'high',
    directive,
    value: null,
  })
  const objects = directives.get('object-src') ?? directives.get('default-src') ?? []
  const scripts = directives.get('script-src') ?? directives.get('default-src')
  const vouched = scripts ?? []
  const baseMatters =
    vouched.some(isNonce) || (vouchesForScripts(vouched) && vouched.includes("'strict-dynamic'"))
  return [
    ...(objects.length === 0 ? [missing('object-src')] : []),
    ...(scripts === undefined ? [missing('script-src')] : []),
    ...(baseMatters && !directives.has('base-uri') ? [missing('base-uri')] : []),
  ]
}

function findNonceFaults(directives: CspDirectives): CspFinding[] {
  return everyValue(directives).flatMap(({ directive, value }): CspFinding[] => {
    const nonce = /^'nonce-(.+)'$/.exec(value)?.[1]
    if (nonce === undefined) return []
    return [
      ...(nonce.length < 8 ? [{ kind: 'nonce-short', severity: 'medium' as const, directive, value }] : []),
      ...(isNonce(value) || isHash(value)
        ? []
        : [{ kind: 'nonce-characters', severity: 'info' as const, directive, value }]),
    ]
  })
}

function findPlainHttp(directives: CspDirectives): CspFinding[] {
  return everyValue(directives)
    .filter(({ value }) => value.startsWith('http://'))
    .map((at) => ({ kind: 'http-source', severity: 'medium', ...at }))
}

function everyValue(directives: CspDirectives): { directive: string; value: string }[] {
  return [...directives].flatMap(([directive, values]) => values.map((value) => ({ directive, value })))
}
