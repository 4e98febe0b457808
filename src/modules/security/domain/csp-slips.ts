/** Slips of the pen in a policy: what browsers ignore although its author meant something by it. */
import type { CspDirectives, CspFinding } from './csp.ts'
import { isHash, isNonce } from './csp.ts'

const DEPRECATED = ['disown-opener', 'prefetch-src', 'referrer', 'reflected-xss']

const KNOWN = new Set([
  ...DEPRECATED,
  'base-uri',
  'block-all-mixed-content',
  'child-src',
  'connect-src',
  'default-src',
  'font-src',
  'form-action',
  'frame-ancestors',
  'frame-src',
  'img-src',
  'manifest-src',
  'media-src',
  'navigate-to',
  'object-src',
  'plugin-types',
  'report-to',
  'report-uri',
  'require-sri-for',
  'require-trusted-types-for',
  'sandbox',
  'script-src',
  'script-src-attr',
  'script-src-elem',
  'style-src',
  'style-src-attr',
  'style-src-elem',
  'trusted-types',
  'upgrade-insecure-requests',
  'webrtc',
  'worker-src',
])

const KEYWORDS = new Set([
  'allow',
  'block',
  'inline-speculation-rules',
  'none',
  'report-sample',
  'self',
  'strict-dynamic',
  'unsafe-eval',
  'unsafe-hashed-attributes',
  'unsafe-hashes',
  'unsafe-inline',
  'wasm-eval',
  'wasm-unsafe-eval',
])

/** Directives and values that are misspelt, out of use, or in the wrong place. */
export function findSlips(directives: CspDirectives): CspFinding[] {
  return [...directives].flatMap(([directive, values]) => [
    ...findDirectiveSlips(directive),
    ...values.flatMap((value) => findValueSlips(directive, value)),
  ])
}

function findDirectiveSlips(directive: string): CspFinding[] {
  if (!KNOWN.has(directive))
    return [{ kind: 'unknown-directive', severity: 'syntax', directive, value: null }]
  return DEPRECATED.includes(directive)
    ? [{ kind: 'deprecated-directive', severity: 'info', directive, value: null }]
    : []
}

function findValueSlips(directive: string, value: string): CspFinding[] {
  if (KNOWN.has(value)) return [{ kind: 'missing-semicolon', severity: 'syntax', directive, value }]
  const unquoted = KEYWORDS.has(value) || /^(nonce|sha256|sha384|sha512)-/.test(value)
  if (!unquoted && (!value.startsWith("'") || isKnownQuoted(directive, value))) return []
  return [{ kind: unquoted ? 'quotes-missing' : 'unknown-keyword', severity: 'syntax', directive, value }]
}

function isKnownQuoted(directive: string, value: string): boolean {
  if (directive === 'require-trusted-types-for') return value === "'script'"
  if (directive === 'trusted-types') return ["'allow-duplicates'", "'none'"].includes(value)
  return KEYWORDS.has(value.slice(1, -1)) || isHash(value) || isNonce(value)
}
