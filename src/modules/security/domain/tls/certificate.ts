/** X.509 certificates, as far as a check needs them (RFC 5280). */
import ipaddr from 'ipaddr.js'
import { ByteReader, MalformedBytes, toHex } from '../byte-reader.ts'
import { DER, type DerElement, readElement, readElements, readOid, readTime } from './der.ts'
import { type PublicKey, readPublicKey } from './public-key.ts'

export interface Certificate {
  /** Hexadecimal. */
  serial: string
  subject: CertificateName
  issuer: CertificateName
  /** Milliseconds since the epoch. */
  notBefore: number
  notAfter: number
  key: PublicKey
  /** Of the signature, e.g. `sha256`; `unknown` for an algorithm that we do not know. */
  hash: string
  /** Small letters; of the subject alternative names. */
  dnsNames: string[]
  addresses: string[]
  isAuthority: boolean
  /** Where the issuer's own certificate is published, when it says so. */
  issuerUrls: string[]
}

export interface CertificateName {
  commonName: string
  organization: string
  /** The bytes as hexadecimal, to compare issuer and subject. */
  exact: string
}

const HASHES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.2': 'md2',
  '1.2.840.113549.1.1.4': 'md5',
  '1.2.840.113549.1.1.5': 'sha1',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.113549.1.1.14': 'sha224',
  '1.2.840.10045.4.1': 'sha1',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '1.2.840.10040.4.3': 'sha1',
  '1.3.101.112': 'sha512',
  '1.3.101.113': 'shake256',
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}
const RSA_PSS = '1.2.840.113549.1.1.10'
const COMMON_NAME = '2.5.4.3'
const ORGANIZATION = '2.5.4.10'
const ALTERNATIVE_NAMES = '2.5.29.17'
const BASIC_CONSTRAINTS = '2.5.29.19'
const ISSUER_ACCESS = '1.3.6.1.5.5.7.1.1'
const CA_ISSUERS = '1.3.6.1.5.5.7.48.2'
/** Tags of general names: [2] dNSName, [6] a URI, [7] an address. */
const DNS_NAME = 0x82
const URI = 0x86
const ADDRESS = 0x87

/** One certificate in DER, or null when the bytes are none. Its signature is not verified. */
export function parseCertificate(bytes: Uint8Array): Certificate | null {
  try {
    return readCertificate(new ByteReader(bytes))
  } catch (error) {
    if (error instanceof MalformedBytes) return null
    throw error
  }
}

/** Whether it was signed in the name that it carries itself. */
export const isSelfIssued = ({ subject, issuer }: Certificate): boolean => subject.exact === issuer.exact

function readCertificate(reader: ByteReader): Certificate {
  const outer = readElement(reader, DER.sequence).content
  const body = readElement(outer, DER.sequence).content
  const hash = readHash(readElement(outer, DER.sequence).content)
  if (body.bytes[body.at] === 0xa0) readElement(body)
  const serial = toHex(readElement(body, DER.integer).content.rest())
  readElement(body, DER.sequence)
  const issuer = readNames(readElement(body, DER.sequence))
  const validity = readElement(body, DER.sequence).content
  const notBefore = readTime(validity)
  const notAfter = readTime(validity)
  const subject = readNames(readElement(body, DER.sequence))
  const key = readPublicKey(body)
  const extensions = readElements(body).find(({ tag }) => tag === 0xa3)
  const extra = extensions ? readExtensions(extensions.content) : NO_EXTENSIONS
  return { serial, subject, issuer, notBefore, notAfter, key, hash, ...extra }
}

function readHash(algorithm: ByteReader): string {
  const oid = readOid(algorithm)
  if (oid !== RSA_PSS) return HASHES[oid] ?? 'unknown'
  // RFC 4055: the hash is the parameter [0], and SHA-1 when it is left out
  const parameters = readElements(readElement(algorithm, DER.sequence).content)
  const chosen = parameters.find(({ tag }) => tag === 0xa0)
  if (!chosen) return 'sha1'
  return HASHES[readOid(readElement(chosen.content, DER.sequence).content)] ?? 'unknown'
}

function readNames({ content, whole }: DerElement): CertificateName {
  const names: Record<string, string> = {}
  for (const set of readElements(content))
    for (const attribute of readElements(set.content)) {
      const oid = readOid(attribute.content)
      names[oid] ??= readText(readElement(attribute.content))
    }
  return {
    commonName: names[COMMON_NAME] ?? '',
    organization: names[ORGANIZATION] ?? '',
    exact: toHex(whole),
  }
}

/** BMPString has two bytes a letter; all the other kinds are read as UTF-8. */
function readText({ tag, content }: DerElement): string {
  const bytes = content.rest()
  if (tag !== 0x1e) return new TextDecoder().decode(bytes)
  const letters = Array.from({ length: bytes.length >> 1 }, (_, index) =>
    String.fromCharCode(((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)),
  )
  return letters.join('')
}

type Extensions = Pick<Certificate, 'dnsNames' | 'addresses' | 'isAuthority' | 'issuerUrls'>

const NO_EXTENSIONS: Extensions = { dnsNames: [], addresses: [], isAuthority: false, issuerUrls: [] }

function readExtensions(reader: ByteReader): Extensions {
  const found = { ...NO_EXTENSIONS }
  for (const { content } of readElements(readElement(reader, DER.sequence).content)) {
    const oid = readOid(content)
    const value = readElements(content).find(({ tag }) => tag === DER.octetString)?.content
    if (!value) throw new MalformedBytes('an extension without a value')
    if (oid === ALTERNATIVE_NAMES) Object.assign(found, readAlternativeNames(value))
    if (oid === BASIC_CONSTRAINTS) found.isAuthority = readIsAuthority(value)
    if (oid === ISSUER_ACCESS) found.issuerUrls = readIssuerUrls(value)
  }
  return found
}

function readAlternativeNames(value: ByteReader): Pick<Certificate, 'dnsNames' | 'addresses'> {
  const names = readElements(readElement(value, DER.sequence).content)
  const text = ({ content }: DerElement) => new TextDecoder().decode(content.rest()).toLowerCase()
  const address = ({ content }: DerElement) => {
    const bytes = [...content.rest()]
    return bytes.length === 4 || bytes.length === 16 ? [ipaddr.fromByteArray(bytes).toString()] : []
  }
  return {
    dnsNames: names.filter(({ tag }) => tag === DNS_NAME).map(text),
    addresses: names.filter(({ tag }) => tag === ADDRESS).flatMap(address),
  }
}

function readIsAuthority(value: ByteReader): boolean {
  const [first] = readElements(readElement(value, DER.sequence).content)
  return first?.tag === DER.boolean && first.content.uint(1) !== 0
}

function readIssuerUrls(value: ByteReader): string[] {
  return readElements(readElement(value, DER.sequence).content).flatMap(({ content }) => {
    const method = readOid(content)
    const place = readElement(content)
    return method === CA_ISSUERS && place.tag === URI ? [new TextDecoder().decode(place.content.rest())] : []
  })
}
