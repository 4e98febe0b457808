/** A content security policy as data: parsing, and which sources govern which kind of content (CSP Level 3). */

export interface CspPolicy {
  /** The first directive of a name counts, later ones do not. */
  directives: CspDirectives
  /** Names that came more than once. */
  repeated: readonly string[]
  /** By a header, or by a meta element, where frame-ancestors, report-uri and sandbox have no effect. */
  from: 'header' | 'meta'
}

/** `maybe` is a weakness that depends on what the allowed host serves; `syntax` is a slip of the pen. */
export type CspSeverity = 'high' | 'syntax' | 'medium' | 'medium_maybe' | 'info'

export interface CspFinding {
  kind: string
  severity: CspSeverity
  directive: string
  /** The source at fault; null when something is missing. */
  value: string | null
}

/** Lower-case directive name -> its values in order. */
export type CspDirectives = ReadonlyMap<string, readonly string[]>

/** Directives that fall back to default-src. */
const FETCH_DIRECTIVES = new Set([
  'child-src',
  'connect-src',
  'default-src',
  'font-src',
  'frame-src',
  'img-src',
  'manifest-src',
  'media-src',
  'object-src',
  'script-src',
  'script-src-attr',
  'script-src-elem',
  'style-src',
  'style-src-attr',
  'style-src-elem',
  'worker-src',
])

const NOT_IN_META = ['frame-ancestors', 'report-uri', 'sandbox']
const KEYWORD = /^'[a-z-]+'$/i
const SCHEME = /^[a-z][a-z0-9+.-]*:$/i
const NONCE = /^'nonce-[a-z0-9+/_-]+={0,2}'$/i
const HASH = /^'sha(256|384|512)-[a-z0-9+/_-]+={0,2}'$/i

/** One serialized policy. Keywords and bare schemes come out in lower case; nonces, hashes and paths as written. */
export function parseCsp(text: string, from: CspPolicy['from'] = 'header'): CspPolicy {
  const directives = new Map<string, readonly string[]>()
  const repeated = new Set<string>()
  for (const part of text.split(';')) {
    const [name, ...values] = part.trim().split(/\s+/)
    if (!name) continue
    const directive = name.toLowerCase()
    if (directives.has(directive)) repeated.add(directive)
    else directives.set(directive, [...new Set(values.map(normalise))])
  }
  if (from === 'meta') for (const name of NOT_IN_META) directives.delete(name)
  return { directives, repeated: [...repeated], from }
}

/** A header line may carry several policies, parted by commas; each is enforced. */
export function parseCspList(value: string): CspPolicy[] {
  return value
    .split(',')
    .filter((text) => text.trim() !== '')
    .map((text) => parseCsp(text))
}

/** The directive that governs this one: itself, script-src or style-src for their parts, default-src; or null. */
export function governing(policy: CspPolicy, directive: string): string | null {
  const parent = /^(script|style)-src-(attr|elem)$/.exec(directive)?.[1]
  const chain = [directive, ...(parent ? [`${parent}-src`] : [])]
  if (FETCH_DIRECTIVES.has(directive)) chain.push('default-src')
  return chain.find((name) => policy.directives.has(name)) ?? null
}

/** The values that govern a directive, or null when the policy says nothing about it and so allows all. */
export function sourcesOf(policy: CspPolicy, directive: string): readonly string[] | null {
  const name = governing(policy, directive)
  return name === null ? null : (policy.directives.get(name) ?? [])
}

/** Nonces and hashes in base64 only; browsers ignore what is written otherwise. */
export function vouchesForScripts(sources: readonly string[]): boolean {
  return sources.some((source) => isNonce(source) || isHash(source))
}

/**
 * What a browser of CSP Level 3 makes of a list of script or style sources: 'unsafe-inline' does nothing beside a
 * nonce or hash, hosts and schemes do nothing beside 'strict-dynamic'.
 */
export function effectiveSources(sources: readonly string[]): string[] {
  const vouched = vouchesForScripts(sources)
  const dynamic = sources.includes("'strict-dynamic'")
  return sources.filter((source) => {
    if (source === "'unsafe-inline'") return !vouched && !dynamic
    return !dynamic || (source.startsWith("'") && source !== "'self'")
  })
}

export const isNonce = (source: string): boolean => NONCE.test(source)
export const isHash = (source: string): boolean => HASH.test(source)
export const isScheme = (source: string): boolean => SCHEME.test(source)

function normalise(value: string): string {
  return KEYWORD.test(value) || SCHEME.test(value) ? value.toLowerCase() : value
}
