/** What a server says first in a TLS handshake: a hello and its certificates, or an alert. */
import { ByteReader, MalformedBytes } from '../byte-reader.ts'
import { type TlsVersion, WIRE_VERSIONS } from './client-hello.ts'

export type ServerFlight =
  /** Not all bytes are there yet. */
  | { state: 'partial' }
  /** `certificates` in DER, the server's own first; none with 1.3, where they are encrypted. */
  | { state: 'accepted'; version: TlsVersion; cipher: number; certificates: Uint8Array[] }
  | { state: 'refused'; alert: number }
  /** No TLS. */
  | { state: 'garbled' }

interface Hello {
  version: TlsVersion
  cipher: number
}

const ALERT = 21
const HANDSHAKE = 22
const SERVER_HELLO = 2
const CERTIFICATE = 11
const HELLO_DONE = 14
const SUPPORTED_VERSIONS = 43
/** RFC 5246 section 6.2.1, with what encryption may add. */
const LARGEST_RECORD = 16_384 + 2048
const FATAL = 2

/** Reads all bytes that have come so far; to be asked again with more when it is `partial`. */
export function readServerFlight(bytes: Uint8Array): ServerFlight {
  try {
    return readFlight(new ByteReader(bytes))
  } catch (error) {
    if (error instanceof MalformedBytes) return { state: 'garbled' }
    throw error
  }
}

function readFlight(reader: ByteReader): ServerFlight {
  const parts: Uint8Array[] = []
  while (reader.left >= 5) {
    const type = reader.uint(1)
    const major = reader.uint(1)
    reader.uint(1)
    const length = reader.uint(2)
    if (major !== 3 || length > LARGEST_RECORD || (type !== ALERT && type !== HANDSHAKE))
      return { state: 'garbled' }
    if (reader.left < length) break
    const content = reader.part(length)
    if (type === ALERT) {
      const level = content.uint(1)
      const alert = content.uint(1)
      // a warning, e.g. of an unknown name, is followed by the hello
      if (level === FATAL) return afterMessages(parts) ?? { state: 'refused', alert }
      continue
    }
    parts.push(content.rest())
    const flight = afterMessages(parts)
    if (flight) return flight
  }
  const isForeign = reader.left > 0 && parts.length === 0 && !looksLikeRecord(reader.rest())
  return { state: isForeign ? 'garbled' : 'partial' }
}

/** What the handshake messages say as far as they are whole; null when more is needed. */
function afterMessages(parts: readonly Uint8Array[]): ServerFlight | null {
  const reader = new ByteReader(joined(parts))
  let hello: Hello | null = null
  while (reader.left >= 4) {
    const type = reader.uint(1)
    const length = reader.uint(3)
    if (reader.left < length) return null
    const body = reader.part(length)
    if (type === SERVER_HELLO) hello = readHello(body)
    if (!hello) throw new MalformedBytes('no hello first')
    if (hello.version === '1.3') return { state: 'accepted', ...hello, certificates: [] }
    if (type === CERTIFICATE) return { state: 'accepted', ...hello, certificates: readChain(body) }
    if (type === HELLO_DONE) return { state: 'accepted', ...hello, certificates: [] }
  }
  return null
}

function readHello(body: ByteReader): Hello {
  let version = body.uint(2)
  body.take(32)
  body.sized(1)
  const cipher = body.uint(2)
  body.uint(1)
  const extensions = body.left > 0 ? body.sized(2) : null
  while (extensions && extensions.left > 0) {
    const type = extensions.uint(2)
    const data = extensions.sized(2)
    if (type === SUPPORTED_VERSIONS) version = data.uint(2)
  }
  const known = Object.entries(WIRE_VERSIONS).find(([, number]) => number === version)
  if (!known) throw new MalformedBytes('an unknown version')
  return { version: known[0] as TlsVersion, cipher }
}

function readChain(body: ByteReader): Uint8Array[] {
  const list = body.sized(3)
  const chain: Uint8Array[] = []
  while (list.left > 0) chain.push(list.sized(3).rest())
  return chain
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

const looksLikeRecord = ([type, major]: Uint8Array): boolean =>
  (type === ALERT || type === HANDSHAKE) && (major === undefined || major === 3)
