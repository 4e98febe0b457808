/** A shop's address, and whether a callback truly comes from Shopify (shopify.dev, "Authorization code grant"). */
import { hmacSha256Hex, sameText } from '../../platform/crypto/digest.ts'

const TOLERANCE_MS = 90_000

/** `name.myshopify.com` from any way people write their shop, or null. */
export function shopDomain(text: string): string | null {
  const plain = text.trim().toLowerCase()
  const [, handle] = /^(?:https?:\/\/)?admin\.shopify\.com\/store\/([a-z0-9-]+)/.exec(plain) ?? []
  const host = handle ?? plain.replace(/^https?:\/\//, '').replace(/[/?#].*$/, '')
  const full = host.includes('.') ? host : `${host}.myshopify.com`
  return /^[a-z0-9][a-z0-9-]{0,99}\.myshopify\.com$/.test(full) ? full : null
}

/** What is wrong with a callback, or null: hexadecimal HMAC-SHA256 over the sorted parameters, and its age (ms). */
export async function callbackFault(
  query: URLSearchParams,
  secret: string,
  shop: string,
  now: number,
): Promise<'signature' | 'age' | 'shop' | null> {
  const given = query.get('hmac') ?? ''
  const message = [...query]
    .filter(([name]) => name !== 'hmac' && name !== 'signature')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&')
  if (!sameText(given, await hmacSha256Hex(secret, message))) return 'signature'
  const at = Number(query.get('timestamp')) * 1000
  if (!(Math.abs(now - at) <= TOLERANCE_MS)) return 'age'
  return query.get('shop') === shop ? null : 'shop'
}
