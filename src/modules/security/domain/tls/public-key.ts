/** What kind of public key it is and how strong (SubjectPublicKeyInfo, RFC 5280 section 4.1.2.7). */
import { ByteReader, MalformedBytes } from '../byte-reader.ts'
import { DER, readElement, readOid } from './der.ts'

export interface PublicKey {
  kind: 'rsa' | 'ec' | 'ed25519' | 'ed448' | 'other'
  /** Of the modulus or the field; 0 when the kind is not known. */
  bits: number
}

const RSA = ['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.10']
const EC = '1.2.840.10045.2.1'
const CURVE_BITS: Readonly<Record<string, number>> = {
  '1.2.840.10045.3.1.1': 192,
  '1.2.840.10045.3.1.7': 256,
  '1.3.132.0.10': 256,
  '1.3.132.0.33': 224,
  '1.3.132.0.34': 384,
  '1.3.132.0.35': 521,
}

/** The key at the reader. Throws `MalformedBytes`. */
export function readPublicKey(reader: ByteReader): PublicKey {
  const { content } = readElement(reader, DER.sequence)
  const algorithm = readElement(content, DER.sequence).content
  const oid = readOid(algorithm)
  const bits = readElement(content, DER.bitString).content
  bits.uint(1)
  if (oid === '1.3.101.112') return { kind: 'ed25519', bits: 256 }
  if (oid === '1.3.101.113') return { kind: 'ed448', bits: 456 }
  if (oid === EC) return { kind: 'ec', bits: curveBits(algorithm, bits) }
  return RSA.includes(oid) ? { kind: 'rsa', bits: readModulus(bits) } : { kind: 'other', bits: 0 }
}

/** The bits of an RSA key written without its wrapping (RSAPublicKey of RFC 8017), which some DKIM records hold. */
export function readModulus(reader: ByteReader): number {
  const modulus = readElement(readElement(reader, DER.sequence).content, DER.integer).content.rest()
  const at = modulus.findIndex((byte) => byte !== 0)
  return at < 0 ? 0 : (modulus.length - at) * 8 - Math.clz32(modulus[at] ?? 0) + 24
}

/** A key that stands alone, or null when the bytes are none. */
export function parsePublicKey(bytes: Uint8Array): PublicKey | null {
  for (const read of [
    readPublicKey,
    (reader: ByteReader): PublicKey => ({ kind: 'rsa', bits: readModulus(reader) }),
  ])
    try {
      return read(new ByteReader(bytes))
    } catch (error) {
      if (!(error instanceof MalformedBytes)) throw error
    }
  return null
}

/** By the curve's name; of an unnamed one by the size of its point. */
function curveBits(algorithm: ByteReader, point: ByteReader): number {
  const named = algorithm.left > 0 && algorithm.bytes[algorithm.at] === DER.oid
  const known = named ? CURVE_BITS[readOid(algorithm)] : undefined
  return known ?? Math.max(0, Math.floor((point.left - 1) / 2)) * 8
}
