/**
 * Secrets at rest: AES-256-GCM under a key derived per tenant by HKDF, bound to its place by additional data, written
 * `v1.<key id>.<iv>.<ciphertext>` (research/platform 4.6). A blob moved to another row does not open.
 */
import type { KeyRing, RingKey } from './key-ring.ts'

export interface SecretBox {
  /** `place` names table, row and column, e.g. `connectors/<id>/credentials`. */
  seal(scope: string, place: string, plain: string): Promise<string>
  /** Throws when the text was altered, moved or sealed by an unknown key. */
  open(scope: string, place: string, sealed: string): Promise<string>
  /** True when the blob was sealed by another key than the current one. */
  isStale(sealed: string): boolean
}

const encoder = new TextEncoder()
const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (char) => char.charCodeAt(0))

export function createSecretBox(ring: KeyRing): SecretBox {
  return {
    async seal(scope, place, plain) {
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const key = await derive(ring.current, scope)
      const parameters = { name: 'AES-GCM', iv, additionalData: encoder.encode(`${scope}|${place}`) }
      const sealed = await crypto.subtle.encrypt(parameters, key, encoder.encode(plain))
      return `v1.${ring.current.id}.${base64(iv)}.${base64(new Uint8Array(sealed))}`
    },
    async open(scope, place, sealed) {
      const [version, keyId = '', iv = '', body = ''] = sealed.split('.')
      const key = ring.find(keyId)
      if (version !== 'v1' || !key) throw new Error('sealed by an unknown key')
      const parameters = {
        name: 'AES-GCM',
        iv: bytesOf(iv),
        additionalData: encoder.encode(`${scope}|${place}`),
      }
      return new TextDecoder().decode(
        await crypto.subtle.decrypt(parameters, await derive(key, scope), bytesOf(body)),
      )
    },
    isStale: (sealed) => sealed.split('.')[1] !== ring.current.id,
  }
}

async function derive(key: RingKey, scope: string): Promise<CryptoKey> {
  const master = await crypto.subtle.importKey('raw', key.bytes, 'HKDF', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: encoder.encode(`secret-box|${scope}`) },
    master,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}
