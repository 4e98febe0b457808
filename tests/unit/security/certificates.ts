/** Certificates of every kind, made while the test runs: their own small writer of DER, so that the reader is tested by another. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

type Bytes = number[]

export interface Party {
  name: string
  key: KeyObject
  publicKey: KeyObject
}

export interface Wishes {
  subject: Party
  issuer?: Party
  names?: string[]
  addresses?: number[][]
  notBefore?: Date
  notAfter?: Date
  hash?: 'sha256' | 'sha1' | 'sha384' | 'md5'
  authority?: boolean
  issuerUrl?: string
}

export const ecParty = (name: string, namedCurve = 'P-256'): Party => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
  return { name, key: privateKey, publicKey }
}

export const rsaParty = (name: string, modulusLength: number): Party => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength })
  return { name, key: privateKey, publicKey }
}

export const edParty = (name: string): Party => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { name, key: privateKey, publicKey }
}

const DAY_MS = 86_400_000
const SIGNATURES: Record<string, string> = {
  'rsa sha256': '1.2.840.113549.1.1.11',
  'rsa sha384': '1.2.840.113549.1.1.12',
  'rsa sha1': '1.2.840.113549.1.1.5',
  'rsa md5': '1.2.840.113549.1.1.4',
  'ec sha256': '1.2.840.10045.4.3.2',
  'ec sha384': '1.2.840.10045.4.3.3',
  'ec sha1': '1.2.840.10045.4.1',
  'ed25519 sha256': '1.3.101.112',
}

/** One certificate in DER; without an issuer it signs itself. */
export function certify(wishes: Wishes): Buffer {
  const { subject, issuer = subject, hash = 'sha256', names = [], addresses = [] } = wishes
  const kind = issuer.key.asymmetricKeyType ?? ''
  const algorithm = seq(oid(SIGNATURES[`${kind} ${hash}`] ?? ''), ...(kind === 'rsa' ? [[5, 0]] : []))
  const { notBefore = new Date(Date.now() - DAY_MS), notAfter = new Date(Date.now() + 89 * DAY_MS) } = wishes
  const alternatives = [
    ...names.map((name) => tlv(0x82, utf8(name))),
    ...addresses.map((address) => tlv(0x87, address)),
  ]
  const access = seq(seq(oid('1.3.6.1.5.5.7.48.2'), tlv(0x86, utf8(wishes.issuerUrl ?? ''))))
  const extensions = [
    ...(wishes.authority ? [extension('2.5.29.19', seq(tlv(1, [255])))] : []),
    ...(alternatives.length > 0 ? [extension('2.5.29.17', seq(...alternatives))] : []),
    ...(wishes.issuerUrl ? [extension('1.3.6.1.5.5.7.1.1', access)] : []),
  ]
  const body = seq(
    tlv(0xa0, tlv(2, [2])),
    tlv(2, [1, Math.floor(Math.random() * 256), 7]),
    algorithm,
    nameOf(issuer),
    seq(time(notBefore), time(notAfter)),
    nameOf(subject),
    [...subject.publicKey.export({ type: 'spki', format: 'der' })],
    ...(extensions.length > 0 ? [tlv(0xa3, seq(...extensions))] : []),
  )
  const signature = sign(kind === 'ed25519' ? null : hash, Buffer.from(body), issuer.key)
  return Buffer.from(seq(body, algorithm, tlv(3, [0, ...signature])))
}

export const pem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`

export const keyPem = ({ key }: Party): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()

function tlv(tag: number, content: Bytes): Bytes {
  const { length } = content
  if (length < 0x80) return [tag, length, ...content]
  const size = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return [tag, ...size, ...content]
}

const seq = (...parts: Bytes[]): Bytes => tlv(0x30, parts.flat())

const utf8 = (text: string): Bytes => [...new TextEncoder().encode(text)]

function oid(text: string): Bytes {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number)
  const arc = (value: number): Bytes => {
    const bytes = [value & 0x7f]
    for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128))
      bytes.unshift((left & 0x7f) | 0x80)
    return bytes
  }
  return tlv(6, [first * 40 + second, ...rest].flatMap(arc))
}

const nameOf = ({ name }: Party): Bytes =>
  seq(
    tlv(0x31, seq(oid('2.5.4.10'), tlv(12, utf8(`${name} Ltd`)))),
    tlv(0x31, seq(oid('2.5.4.3'), tlv(12, utf8(name)))),
  )

const extension = (id: string, value: Bytes): Bytes => seq(oid(id), tlv(4, value))

/** Two digits of the year before 2050, four from then on. */
function time(date: Date): Bytes {
  const digits = date.toISOString().replace(/\D/g, '').slice(0, 14)
  return date.getUTCFullYear() < 2050 ? tlv(0x17, utf8(`${digits.slice(2)}Z`)) : tlv(0x18, utf8(`${digits}Z`))
}
