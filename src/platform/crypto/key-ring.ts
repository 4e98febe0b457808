/** A ring of named keys, `k2:<base64>,k1:<base64>`: the first makes, all of them open. */

export interface RingKey {
  id: string
  bytes: Uint8Array<ArrayBuffer>
}

export interface KeyRing {
  current: RingKey
  find(id: string): RingKey | undefined
}

/** Throws on a ring that is empty or has a key of other than 32 bytes: a Worker must not start so. */
export function parseKeyRing(text: string, name: string): KeyRing {
  const keys = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => parseKey(part, name))
  const current = keys[0]
  if (!current) throw new Error(`${name} is empty; give at least one key as "k1:<base64 of 32 bytes>"`)
  return { current, find: (id) => keys.find((key) => key.id === id) }
}

function parseKey(part: string, name: string): RingKey {
  const [id = '', encoded = ''] = part.split(':', 2)
  const bytes = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0))
  if (!/^[a-z0-9-]{1,16}$/.test(id) || bytes.length !== 32) {
    throw new Error(`${name} holds a key that is not "name:<base64 of 32 bytes>"`)
  }
  return { id, bytes }
}
