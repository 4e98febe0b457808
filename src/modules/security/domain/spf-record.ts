/** The grammar of an SPF record (RFC 7208 sections 4.5, 4.6 and 12). */
import ipaddr from 'ipaddr.js'
import { parseDomainSpec, parseMacroString, type SpfMacroToken } from './spf-macro.ts'

export type SpfQualifier = '+' | '-' | '~' | '?'

/** `domain` null means the domain that is being checked. Lengths are of the networks to compare, in bits. */
export type SpfMechanism =
  | { kind: 'all' }
  | { kind: 'include'; domain: SpfMacroToken[] }
  | { kind: 'exists'; domain: SpfMacroToken[] }
  | { kind: 'a'; domain: SpfMacroToken[] | null; bits4: number; bits6: number }
  | { kind: 'mx'; domain: SpfMacroToken[] | null; bits4: number; bits6: number }
  | { kind: 'ptr'; domain: SpfMacroToken[] | null }
  | { kind: 'ip4'; network: string; bits: number }
  | { kind: 'ip6'; network: string; bits: number }

export interface SpfDirective {
  qualifier: SpfQualifier
  mechanism: SpfMechanism
  /** As written. */
  text: string
}

export interface SpfRecord {
  directives: SpfDirective[]
  redirect: SpfMacroToken[] | null
  explanation: SpfMacroToken[] | null
}

export type SpfParsed = { ok: true; record: SpfRecord } | { ok: false; wrong: string }

const MODIFIER = /^([a-z][a-z0-9._-]*)=(.*)$/i
const DIRECTIVE = /^([+\-~?]?)([a-z][a-z0-9]*)(.*)$/i
const LENGTHS = /^(.*?)(?:\/(0|[1-9]\d?))?(?:\/\/(0|[1-9]\d{0,2}))?$/
const NETWORK = /^:(.+?)(?:\/(0|[1-9]\d{0,2}))?$/
const QUAD = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/

/** Whether a text record is one of SPF: the version word and then a space or the end (section 4.5). */
export const isSpfRecord = (text: string): boolean => /^v=spf1(?: |$)/i.test(text)

/** Every term of the record, or the first that breaks the grammar: one wrong term voids the record (4.6). */
export function parseSpf(text: string): SpfParsed {
  const record: SpfRecord = { directives: [], redirect: null, explanation: null }
  for (const term of text.split(' ').slice(1)) {
    if (term === '') continue
    const modifier = MODIFIER.exec(term)
    const right = modifier
      ? addModifier(record, (modifier[1] ?? '').toLowerCase(), modifier[2] ?? '')
      : addDirective(record, term)
    if (!right) return { ok: false, wrong: term }
  }
  return { ok: true, record }
}

function addModifier(record: SpfRecord, name: string, value: string): boolean {
  if (name !== 'redirect' && name !== 'exp') return parseMacroString(value, 'explanation') !== null
  const key = name === 'exp' ? 'explanation' : 'redirect'
  // section 6: each of the two may appear once
  if (record[key]) return false
  record[key] = parseDomainSpec(value)
  return record[key] !== null
}

function addDirective(record: SpfRecord, term: string): boolean {
  const [, qualifier = '', name = '', rest = ''] = DIRECTIVE.exec(term) ?? []
  const mechanism = parseMechanism(name.toLowerCase(), rest)
  if (!mechanism) return false
  record.directives.push({ qualifier: (qualifier || '+') as SpfQualifier, mechanism, text: term })
  return true
}

function parseMechanism(name: string, rest: string): SpfMechanism | null {
  if (name === 'all') return rest === '' ? { kind: name } : null
  if (name === 'ip4' || name === 'ip6') return parseNetwork(name, rest)
  if (name === 'a' || name === 'mx') return parseHosts(name, rest)
  if (name !== 'include' && name !== 'exists' && name !== 'ptr') return null
  const domain = rest.startsWith(':') ? parseDomainSpec(rest.slice(1)) : null
  if (name === 'ptr') return domain || rest === '' ? { kind: name, domain } : null
  return domain && { kind: name, domain }
}

function parseNetwork(kind: 'ip4' | 'ip6', rest: string): SpfMechanism | null {
  const widest = kind === 'ip4' ? 32 : 128
  const [, network = '', length = String(widest)] = NETWORK.exec(rest) ?? []
  const right = kind === 'ip4' ? QUAD.test(network) : !network.includes('%') && ipaddr.IPv6.isValid(network)
  const bits = Number(length)
  return right && bits <= widest ? { kind, network, bits } : null
}

function parseHosts(kind: 'a' | 'mx', rest: string): SpfMechanism | null {
  const [, host = '', length4 = '32', length6 = '128'] = LENGTHS.exec(rest) ?? []
  const bits4 = Number(length4)
  const bits6 = Number(length6)
  const domain = host.startsWith(':') ? parseDomainSpec(host.slice(1)) : null
  if (bits4 > 32 || bits6 > 128 || (!domain && host !== '')) return null
  return { kind, domain, bits4, bits6 }
}
