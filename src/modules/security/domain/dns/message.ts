/** DNS messages on the wire: the query that we send and the answer that comes (RFC 1035, EDNS of RFC 6891). */
import { ByteReader, MalformedBytes } from '../byte-reader.ts'
import { encodeName, readName } from './name.ts'
import { DNS_TYPES, type DnsType, readData, typeName } from './record.ts'

export interface DnsQuestion {
  name: string
  type: DnsType
  /** Answers that do not validate come too (CD), to tell a broken signature from a broken server. */
  unchecked?: boolean
}

export interface DnsRecord {
  /** With a final dot. */
  name: string
  /** E.g. `MX`, or `TYPE99`. */
  type: string
  /** Seconds. */
  ttl: number
  data: string
}

export interface DnsMessage {
  id: number
  isResponse: boolean
  isTruncated: boolean
  /** The resolver has verified the signatures (AD). */
  isAuthenticated: boolean
  /** 0 no error, 2 server failure, 3 no such name, 5 refused. */
  code: number
  /** Names with a final dot. */
  questions: { name: string; type: string }[]
  answers: DnsRecord[]
  authorities: DnsRecord[]
}

const CLASS_INTERNET = 1
const TYPE_OPT = 41
const UDP_SIZE = 4096
const RECURSE = 0x0100
const CHECKING_DISABLED = 0x0010
const DNSSEC_OK = 0x80

/**
 * The bytes of a recursive query that asks for validation, or null when the name is none. The id is 0, so that equal
 * questions over HTTP are equal bytes (RFC 8484 section 4.1).
 */
export function encodeQuery({ name, type, unchecked }: DnsQuestion): Uint8Array<ArrayBuffer> | null {
  const encoded = encodeName(name)
  if (!encoded) return null
  const flags = RECURSE | (unchecked ? CHECKING_DISABLED : 0)
  const head = [0, 0, ...pair(flags), ...pair(1), ...pair(0), ...pair(0), ...pair(1)]
  const option = [0, ...pair(TYPE_OPT), ...pair(UDP_SIZE), 0, 0, DNSSEC_OK, 0, ...pair(0)]
  return Uint8Array.from([...head, ...encoded, ...pair(DNS_TYPES[type]), ...pair(CLASS_INTERNET), ...option])
}

/** A whole message, or null when it is broken anywhere: half an answer is no answer. */
export function decodeMessage(bytes: Uint8Array): DnsMessage | null {
  try {
    return readMessage(new ByteReader(bytes))
  } catch (error) {
    if (error instanceof MalformedBytes) return null
    throw error
  }
}

function readMessage(reader: ByteReader): DnsMessage {
  const id = reader.uint(2)
  const flags = reader.uint(2)
  const counts = Array.from({ length: 4 }, () => reader.uint(2))
  const [questions = 0, answers = 0, authorities = 0, additional = 0] = counts
  const message: DnsMessage = {
    id,
    isResponse: (flags & 0x8000) !== 0,
    isTruncated: (flags & 0x0200) !== 0,
    isAuthenticated: (flags & 0x0020) !== 0,
    code: flags & 0x000f,
    questions: times(questions, () => readQuestion(reader)),
    answers: times(answers, () => readRecord(reader)).flatMap(known),
    authorities: times(authorities, () => readRecord(reader)).flatMap(known),
  }
  for (const { option } of times(additional, () => readRecord(reader)))
    if (option !== undefined) message.code |= (option >>> 24) << 4
  return message
}

function readQuestion(reader: ByteReader): { name: string; type: string } {
  const name = readName(reader)
  const type = typeName(reader.uint(2))
  reader.uint(2)
  return { name, type }
}

/** `option` is the field of EDNS that stands where other records have their time to live. */
function readRecord(reader: ByteReader): { record?: DnsRecord; option?: number } {
  const name = readName(reader)
  const type = reader.uint(2)
  const kind = reader.uint(2)
  const ttl = reader.uint(4)
  const data = reader.sized(2)
  if (type === TYPE_OPT) return { option: ttl }
  if (kind !== CLASS_INTERNET) return {}
  const text = readData(typeName(type), data)
  if (data.left > 0) throw new MalformedBytes('data behind the record')
  return { record: { name, type: typeName(type), ttl, data: text } }
}

const known = ({ record }: { record?: DnsRecord }): DnsRecord[] => (record ? [record] : [])

const times = <T>(count: number, read: () => T): T[] => Array.from({ length: count }, read)

const pair = (value: number): [number, number] => [value >> 8, value & 0xff]
