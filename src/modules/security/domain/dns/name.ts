/** Names in DNS messages: labels, compression pointers and escapes (RFC 1035 sections 3.1, 4.1.4 and 5.1). */
import { type ByteReader, MalformedBytes } from '../byte-reader.ts'

const LONGEST_LABEL = 63
/** With the length of every label and the final zero. */
const LONGEST_NAME = 255

/** Null when the name is no name: an empty or too long label, or more than 255 bytes. Text is taken as ASCII. */
export function encodeName(name: string): Uint8Array<ArrayBuffer> | null {
  const bytes: number[] = []
  for (const label of labelsOf(name)) {
    if (label.length === 0 || label.length > LONGEST_LABEL || label.some((byte) => byte > 255)) return null
    bytes.push(label.length, ...label)
  }
  bytes.push(0)
  return bytes.length > LONGEST_NAME ? null : Uint8Array.from(bytes)
}

/** The name at the reader, with a final dot; the root is `.`. A pointer may only lead to an earlier place. */
export function readName(reader: ByteReader): string {
  const { bytes } = reader
  let text = ''
  let size = 1
  let at = reader.at
  let earliest = at
  for (let jumped = false; ; ) {
    const length = byteAt(bytes, at)
    if (length >= 0xc0) {
      const target = ((length & 0x3f) << 8) | byteAt(bytes, at + 1)
      if (target >= earliest) throw new MalformedBytes('a pointer leads forward')
      if (!jumped) reader.take(at + 2 - reader.at)
      jumped = true
      earliest = target
      at = target
      continue
    }
    if (length > LONGEST_LABEL) throw new MalformedBytes('unknown kind of label')
    size += length + 1
    if (size > LONGEST_NAME + 1) throw new MalformedBytes('a name of more than 255 bytes')
    if (length === 0) {
      if (!jumped) reader.take(at + 1 - reader.at)
      return text || '.'
    }
    if (at + 1 + length > bytes.length) throw new MalformedBytes('too short')
    for (const byte of bytes.subarray(at + 1, at + 1 + length)) text += escapeByte(byte)
    text += '.'
    at += length + 1
  }
}

function labelsOf(name: string): number[][] {
  const labels: number[][] = [[]]
  for (const [part] of name.matchAll(/\\\d{3}|\\?[\s\S]/g)) {
    if (part === '.') labels.push([])
    else labels.at(-1)?.push(part.length === 4 ? Number(part.slice(1)) : part.charCodeAt(part.length - 1))
  }
  if (labels.at(-1)?.length === 0) labels.pop()
  return name === '.' ? [] : labels
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at]
  if (byte === undefined) throw new MalformedBytes('too short')
  return byte
}

function escapeByte(byte: number): string {
  if (byte === 0x2e || byte === 0x5c) return `\\${String.fromCharCode(byte)}`
  return byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`
}
