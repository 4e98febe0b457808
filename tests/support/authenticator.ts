// A security key in software: makes P-256 credentials and answers challenges, as WebAuthn level 3 and CTAP say.
const encoder = new TextEncoder()

export interface SoftKey {
  id: string
  /** The answer to creation options, as a browser posts it. */
  make(options: string, more?: Tricks): Promise<string>
  /** The answer to request options. */
  answer(options: object, more?: Tricks): Promise<string>
  counter: number
}

/** What a liar may do. */
export interface Tricks {
  origin?: string
  rpId?: string
  challenge?: string
  /** False: touched, but nobody was recognised. */
  verified?: boolean
  counter?: number
  userHandle?: string
  /** Signs with another key than the one that was made. */
  stranger?: boolean
}

export async function softKey(origin = 'http://example.com'): Promise<SoftKey> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const pair = (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair
  const other = (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair
  const idBytes = crypto.getRandomValues(new Uint8Array(16))
  const id = base64url(idBytes)
  let userHandle = ''
  const key: SoftKey = {
    id,
    counter: 0,
    async make(options, more = {}) {
      const { challenge, user } = JSON.parse(options)
      userHandle = user.id
      const client = clientData('webauthn.create', more.challenge ?? challenge, more.origin ?? origin)
      const jwk = (await crypto.subtle.exportKey('jwk', pair.publicKey)) as JsonWebKey
      const publicKey = join([
        bytes(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21),
        cborBytes(fromBase64url(jwk.x ?? '')),
        bytes(0x22),
        cborBytes(fromBase64url(jwk.y ?? '')),
      ])
      const attested = join([new Uint8Array(16), bytes(0, idBytes.length), idBytes, publicKey])
      const data = await authenticatorData(
        more.rpId ?? new URL(origin).hostname,
        0x40,
        more,
        key.counter,
        attested,
      )
      const object = join([
        bytes(0xa3),
        cborText('fmt'),
        cborText('none'),
        cborText('attStmt'),
        bytes(0xa0),
        cborText('authData'),
        cborBytes(data),
      ])
      const response = {
        clientDataJSON: base64url(client),
        attestationObject: base64url(object),
        transports: ['internal'],
      }
      return JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response })
    },
    async answer(options, more = {}) {
      const { challenge } = options as { challenge: string }
      const client = clientData('webauthn.get', more.challenge ?? challenge, more.origin ?? origin)
      const data = await authenticatorData(more.rpId ?? new URL(origin).hostname, 0, more, key.counter)
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', client))
      const signer = more.stranger ? other.privateKey : pair.privateKey
      const raw = new Uint8Array(
        await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, signer, join([data, digest])),
      )
      const response = {
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature: base64url(derSignature(raw)),
        userHandle: more.userHandle ?? userHandle,
      }
      return JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response })
    },
  }
  return key
}

async function authenticatorData(
  rpId: string,
  extra: number,
  more: Tricks,
  counter: number,
  attested: Uint8Array = new Uint8Array(),
): Promise<Uint8Array<ArrayBuffer>> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(rpId)))
  const flags = 0x01 | (more.verified === false ? 0 : 0x04) | extra
  const count = new Uint8Array(4)
  new DataView(count.buffer).setUint32(0, more.counter ?? counter)
  return join([hash, bytes(flags), count, attested])
}

const clientData = (type: string, challenge: string, origin: string): Uint8Array<ArrayBuffer> =>
  join([encoder.encode(JSON.stringify({ type, challenge, origin, crossOrigin: false }))])

/** r and s as DER integers, as authenticators write them. */
function derSignature(raw: Uint8Array): Uint8Array {
  const integer = (half: Uint8Array) => {
    let start = 0
    while (start < half.length - 1 && half[start] === 0) start++
    const rest = half.slice(start)
    const padded = (rest[0] ?? 0) & 0x80 ? join([bytes(0), rest]) : rest
    return join([bytes(0x02, padded.length), padded])
  }
  const body = join([integer(raw.slice(0, 32)), integer(raw.slice(32))])
  return join([bytes(0x30, body.length), body])
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

const cborText = (text: string): Uint8Array => join([bytes(0x60 + text.length), encoder.encode(text)])

const cborBytes = (value: Uint8Array): Uint8Array =>
  join([
    value.length < 256 ? bytes(0x58, value.length) : bytes(0x59, value.length >> 8, value.length & 255),
    value,
  ])

function join(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

export const base64url = (value: Uint8Array): string =>
  btoa(String.fromCharCode(...value))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

const fromBase64url = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
