/** ASN.1 in DER, as far as certificates and keys need it (ITU-T X.690). */
import { type ByteReader, MalformedBytes } from '../byte-reader.ts'

export interface DerElement {
  /** The identifying byte, e.g. 0x30 for a sequence, 0xa3 for the context's [3]. */
  tag: number
  content: ByteReader
  /** Content with its head. */
  whole: Uint8Array
}

export const DER = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** The next element. Throws `MalformedBytes` for forms that DER does not have, or another tag than the one expected. */
export function readElement(reader: ByteReader, expected?: number): DerElement {
  const start = reader.at
  const tag = reader.uint(1)
  if ((tag & 0x1f) === 0x1f) throw new MalformedBytes('a long tag')
  if (expected !== undefined && tag !== expected) throw new MalformedBytes(`not the tag ${expected}`)
  const content = reader.part(readLength(reader))
  return { tag, content, whole: reader.bytes.subarray(start, reader.at) }
}

/** Every element that is left. */
export function readElements(reader: ByteReader): DerElement[] {
  const elements: DerElement[] = []
  while (reader.left > 0) elements.push(readElement(reader))
  return elements
}

/** Numbers with dots between, e.g. `2.5.29.17`. */
export function readOid(reader: ByteReader): string {
  const bytes = readElement(reader, DER.oid).content.rest()
  const arcs: number[] = []
  let value = 0
  for (const byte of bytes) {
    value = value * 128 + (byte & 0x7f)
    if (value > Number.MAX_SAFE_INTEGER) throw new MalformedBytes('an endless number')
    if (byte & 0x80) continue
    arcs.push(value)
    value = 0
  }
  const [first = 0, ...others] = arcs
  const root = Math.min(2, Math.floor(first / 40))
  return [root, first - root * 40, ...others].join('.')
}

/** Milliseconds since the epoch, of both kinds of time that certificates have (RFC 5280 section 4.1.2.5). */
export function readTime(reader: ByteReader): number {
  const { tag, content } = readElement(reader)
  const text = new TextDecoder().decode(content.rest())
  const [, digits = ''] = /^(\d{12}|\d{14})Z$/.exec(text) ?? []
  const isUtc = tag === DER.utcTime && digits.length === 12
  if (!isUtc && (tag !== DER.generalizedTime || digits.length !== 14)) throw new MalformedBytes('no time')
  // a year of two digits is of 1950 to 2049
  const full = isUtc ? `${Number(digits.slice(0, 2)) < 50 ? '20' : '19'}${digits}` : digits
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = [0, 4, 6, 8, 10, 12].map((at) =>
    Number(full.slice(at, at === 0 ? 4 : at + 2)),
  )
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

function readLength(reader: ByteReader): number {
  const first = reader.uint(1)
  if (first < 0x80) return first
  const size = first - 0x80
  if (size < 1 || size > 4) throw new MalformedBytes('a length that DER does not have')
  return reader.uint(size as 1 | 2 | 3 | 4)
}
