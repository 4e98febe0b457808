/** Digests, comparison in constant time, and HMAC, on WebCrypto. */

const encoder = new TextEncoder()

export const toHex = (bytes: Uint8Array | ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes)), (b) =>
    b.toString(16).padStart(2, '0'),
  ).join('')

export async function sha256Hex(text: string): Promise<string> {
  return toHex(await crypto.subtle.digest('SHA-256', encoder.encode(text)))
}

/** Compares two texts without telling by time where they differ. */
export function sameText(a: string, b: string): boolean {
  const left = encoder.encode(a)
  const right = encoder.encode(b)
  let difference = left.length ^ right.length
  for (let i = 0; i < left.length; i++)
    difference |= (left[i] ?? 0) ^ (right[i % Math.max(1, right.length)] ?? 0)
  return difference === 0
}

export async function hmacSha256Hex(secret: string, message: string): Promise<string> {
  return toHex(await hmacSha256(encoder.encode(secret), message))
}

export async function hmacSha256Base64(
  secret: string | Uint8Array<ArrayBuffer>,
  message: string,
): Promise<string> {
  const key = typeof secret === 'string' ? encoder.encode(secret) : secret
  return btoa(String.fromCharCode(...new Uint8Array(await hmacSha256(key, message))))
}

async function hmacSha256(secret: BufferSource, message: string): Promise<ArrayBuffer> {
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return crypto.subtle.sign('HMAC', key, encoder.encode(message))
}
