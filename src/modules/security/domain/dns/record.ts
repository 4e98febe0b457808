/** Data of DNS records as text, in the form that zone files write. */
import ipaddr from 'ipaddr.js'
import { type ByteReader, toHex } from '../byte-reader.ts'
import { readName } from './name.ts'

/** Numbers of the types that we ask for (IANA registry). */
export const DNS_TYPES = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  DS: 43,
  DNSKEY: 48,
  TLSA: 52,
  CAA: 257,
} as const

export type DnsType = keyof typeof DNS_TYPES

const NAMES = new Map<number, string>(Object.entries(DNS_TYPES).map(([name, number]) => [number, name]))

/** `TYPE99` for a type that we do not know (RFC 3597). */
export const typeName = (number: number): string => NAMES.get(number) ?? `TYPE${number}`

/**
 * The data of one record: `10 mail.example.` for MX, the joined string for TXT, `0 issue "ca.example"` for CAA. Unknown
 * types as `\# length hex` (RFC 3597). Throws `MalformedBytes` when the data breaks the type's form.
 */
export function readData(type: string, reader: ByteReader): string {
  if (type === 'A' || type === 'AAAA') return readAddress(reader.take(type === 'A' ? 4 : 16))
  if (type === 'NS' || type === 'CNAME' || type === 'PTR') return readName(reader)
  if (type === 'MX') return `${reader.uint(2)} ${readName(reader)}`
  if (type === 'SOA') return [readName(reader), readName(reader), ...fiveNumbers(reader)].join(' ')
  if (type === 'TXT') return readTexts(reader)
  if (type === 'CAA') return readCaa(reader)
  if (type === 'DS') return [reader.uint(2), reader.uint(1), reader.uint(1), toHex(reader.rest())].join(' ')
  if (type === 'TLSA') return [reader.uint(1), reader.uint(1), reader.uint(1), toHex(reader.rest())].join(' ')
  if (type === 'DNSKEY')
    return [reader.uint(2), reader.uint(1), reader.uint(1), toBase64(reader.rest())].join(' ')
  return `\\# ${reader.left} ${toHex(reader.rest())}`.trimEnd()
}

const readAddress = (bytes: Uint8Array): string => ipaddr.fromByteArray([...bytes]).toString()

const fiveNumbers = (reader: ByteReader): number[] => Array.from({ length: 5 }, () => reader.uint(4))

/** The strings of a TXT record joined without anything between (RFC 7208 section 3.3). */
function readTexts(reader: ByteReader): string {
  const parts: Uint8Array[] = []
  while (reader.left > 0) parts.push(reader.sized(1).rest())
  const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true })
  return parts.map((part) => decoder.decode(part, { stream: true })).join('') + decoder.decode()
}

function readCaa(reader: ByteReader): string {
  const flags = reader.uint(1)
  const tag = new TextDecoder().decode(reader.sized(1).rest())
  const value = new TextDecoder().decode(reader.rest())
  return `${flags} ${tag} "${value.replace(/["\\]/g, '\\$&')}"`
}

const toBase64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
