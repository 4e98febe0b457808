/** DKIM: the record of a signing key, and how strong the key is (RFC 6376 section 3.6.1, RFC 8301, RFC 8463). */
import { type Remark, Remarks } from './remark.ts'
import { parsePublicKey } from './tls/public-key.ts'

export interface DkimKey {
  /** Whether signatures can be verified by it. */
  valid: boolean
  kind: 'rsa' | 'ed25519' | null
  /** Of an RSA modulus; 256 for Ed25519; null when there is no key. */
  bits: number | null
  /** The owner has withdrawn the key (an empty p). */
  revoked: boolean
  /** Receivers are asked to ignore failures (t=y). */
  testing: boolean
  errors: Remark[]
  warnings: Remark[]
}

/** RFC 8301 section 3.2: shorter keys must not be trusted; signers should use 2048 bits. */
export const DKIM_LEAST_BITS = 1024
export const DKIM_GOOD_BITS = 2048

const TAG = /^[ \t\r\n]*([a-z][a-z0-9_]*)[ \t\r\n]*=([\s\S]*)$/i

/** Whether a text record can be a key at all: a list of tags with p among them. */
export const isDkimRecord = (text: string): boolean =>
  /(^|;)\s*p\s*=/.test(text) && !/^v=(spf|DMARC)/i.test(text)

/** Reads the record behind `<selector>._domainkey.<domain>`. */
export function parseDkimKey(text: string): DkimKey {
  const remarks = new Remarks()
  const tags = readTags(text, remarks)
  if (tags.has('v') && (tags.get('v') !== 'DKIM1' || [...tags.keys()][0] !== 'v'))
    remarks.error('version-wrong', 'The tag v, where it is given, comes first and is DKIM1.')
  const kind = tags.get('k') ?? 'rsa'
  if (kind !== 'rsa' && kind !== 'ed25519')
    remarks.error('kind-unknown', `Receivers do not know keys of kind ${kind}.`)
  checkUse(tags, remarks)
  const revoked = tags.get('p') === ''
  const bits = revoked ? null : readBits(kind, tags.get('p'), remarks)
  if (bits !== null && kind === 'rsa' && bits < DKIM_LEAST_BITS)
    remarks.error('key-short', `Receivers do not trust keys of ${bits} bits.`)
  return {
    valid: !revoked && bits !== null && remarks.errors.length === 0,
    kind: kind === 'rsa' || kind === 'ed25519' ? kind : null,
    bits,
    revoked,
    testing: listOf(tags.get('t')).includes('y'),
    errors: remarks.errors,
    warnings: remarks.warnings,
  }
}

function readTags(text: string, remarks: Remarks): Map<string, string> {
  const tags = new Map<string, string>()
  const parts = text.split(';')
  if (parts.at(-1)?.trim() === '') parts.pop()
  for (const part of parts) {
    const [, name = '', value = ''] = TAG.exec(part) ?? []
    if (name === '')
      remarks.error('tag-broken', `"${part.trim().slice(0, 40)}" is no tag: name=value is expected.`)
    else if (tags.has(name)) remarks.error('tag-twice', `The tag ${name} appears twice.`)
    else tags.set(name, value.trim())
  }
  if (!tags.has('p')) remarks.error('key-missing', 'The record has no key (tag p).')
  return tags
}

function checkUse(tags: ReadonlyMap<string, string>, remarks: Remarks): void {
  const services = listOf(tags.get('s') ?? '*')
  if (!services.includes('*') && !services.includes('email'))
    remarks.error('service-other', 'The key is not meant for mail.')
  const hashes = listOf(tags.get('h') ?? 'sha256')
  if (!hashes.includes('sha256'))
    remarks.error('hash-old', 'Only SHA-256 is trusted, which the record excludes.')
  if (tags.has('g')) remarks.warn('tag-old', 'The tag g is ignored since RFC 6376.')
}

function readBits(kind: string, written: string | undefined, remarks: Remarks): number | null {
  const bytes = written === undefined ? null : fromBase64(written.replace(/\s/g, ''))
  if (written !== undefined && !bytes) remarks.error('key-broken', 'The key is not written in Base64.')
  if (!bytes) return null
  // RFC 8463 section 4.2: the 32 bytes as they are
  if (kind === 'ed25519' && bytes.length === 32) return 256
  const key = kind === 'rsa' ? parsePublicKey(bytes) : null
  if (key?.kind === 'rsa') return key.bits
  remarks.error('key-broken', 'The bytes of the key are no key of its kind.')
  return null
}

function fromBase64(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.replace(/=+$/, '').length % 4 === 1) return null
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
}

const listOf = (value: string | undefined): string[] => (value ?? '').split(':').map((part) => part.trim())
