/** Hosts in a policy: which of them serve anybody's scripts, and which are bare addresses. */
import type { CspDirectives, CspFinding } from './csp.ts'
import { isScheme } from './csp.ts'
import { ANGULAR, FLASH, JSONP, NEEDS_EVAL } from './csp-bypass.ts'

/** Hosts that scripts may come from: `high` when known to serve what is asked of them, else `medium_maybe`. */
export function findScriptHosts(directive: string, directives: CspDirectives): CspFinding[] {
  const values = directives.get(directive) ?? []
  if (values.includes("'none'")) return []
  const mayEval = values.includes("'unsafe-eval'")
  return values.flatMap((value): CspFinding[] => {
    if (value === "'self'") return [{ kind: 'self-allowed', severity: 'medium_maybe', directive, value }]
    if (value.startsWith("'") || isScheme(value) || !value.includes('.')) return []
    return servesAnything(value, mayEval)
      ? [{ kind: 'bypass-host', severity: 'high', directive, value }]
      : [{ kind: 'host-allowed', severity: 'medium_maybe', directive, value }]
  })
}

/** What plugins may load; `directive` is the one that governs object-src, null when none does. */
export function findObjectHosts(directive: string | null, directives: CspDirectives): CspFinding[] {
  const plugins = directives.get('plugin-types')
  if (directive === null || (plugins && !plugins.includes('application/x-shockwave-flash'))) return []
  const values = directives.get(directive) ?? []
  const before = values.includes("'none'") ? [] : values
  return before.flatMap((value): CspFinding[] => {
    if (knownAt(value, FLASH)) return [{ kind: 'bypass-object', severity: 'high', directive, value }]
    if (directive !== 'object-src') return []
    return [{ kind: 'object-allowed', severity: 'medium_maybe', directive, value }]
  })
}

/** Bare IP addresses; browsers ignore all of them except 127.0.0.1. */
export function findAddresses(directives: CspDirectives): CspFinding[] {
  return [...directives].flatMap(([directive, values]) =>
    values
      .filter((value) => isAddress(hostOf(value)))
      .map((value): CspFinding => ({ kind: 'ip-source', severity: 'info', directive, value })),
  )
}

/** A source without its scheme and slashes. */
export const schemeFree = (source: string): string =>
  source.replace(/^\w[+\w.-]*:\/\//i, '').replace(/^\/\//, '')

function servesAnything(source: string, mayEval: boolean): boolean {
  if (knownAt(source, ANGULAR)) return true
  const jsonp = knownAt(source, JSONP)
  return jsonp !== null && (mayEval || !NEEDS_EVAL.includes(jsonp.split('/')[0] ?? ''))
}

/** The first known address that the source allows: by host, by wildcard, and by path when the source has one. */
function knownAt(source: string, known: readonly string[]): string | null {
  const host = hostOf(source)
  const path = pathOf(source)
  return (
    known.find((address) => {
      const at = address.indexOf('/')
      const [name, rest] = [address.slice(0, at), address.slice(at)]
      const fits = host.startsWith('*.') ? name.endsWith(host.slice(1)) : name === host
      if (!fits || path === '/') return fits
      return path.endsWith('/') ? rest.startsWith(path) : rest === path
    }) ?? null
  )
}

const hostOf = (source: string): string =>
  (schemeFree(source).split('/')[0] ?? '').replace(/:(\d+|\*)$/, '').toLowerCase()

function pathOf(source: string): string {
  const rest = schemeFree(source)
  const at = rest.indexOf('/')
  return at < 0 ? '/' : rest.slice(at).replace(/[?#].*$/, '')
}

const isAddress = (host: string): boolean => /^(\[.*\]|\d{1,3}(\.\d{1,3}){3})$/.test(host)
