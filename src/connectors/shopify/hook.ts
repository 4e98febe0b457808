/**
 * Shopify's deliveries: base64 HMAC-SHA256 of the raw body with the app's client secret, and the mandatory privacy topics
 * (shopify.dev, "Privacy law compliance"; header names compared without case).
 */
import * as z from 'zod'
import { hmacSha256Base64, sameText } from '../../platform/crypto/digest.ts'

export interface ShopifyDelivery {
  id: string
  topic: string
  /** `name.myshopify.com`, lower case; a claim until the signature held. */
  shop: string
}

export interface ShopifyPrivacyRequest {
  /** The shop that the body names. */
  account: string
  topic: 'access' | 'erasure' | 'shop_erasure'
  email: string | null
  /** The customer's id, or for a whole shop its domain. */
  ref: string | null
  detail: Record<string, unknown>
}

/** Who says they sent it; null when the headers are not those of a delivery. */
export function shopifyDelivery(headers: Headers): ShopifyDelivery | null {
  const topic = headers.get('X-Shopify-Topic') ?? ''
  const shop = (headers.get('X-Shopify-Shop-Domain') ?? '').toLowerCase()
  const id = headers.get('X-Shopify-Webhook-Id') ?? ''
  if (!topic || !id || !/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/.test(shop) || id.length > 100) return null
  return { id, topic, shop }
}

/** Whether one of the secrets made the signature; each is tried, in constant time. */
export async function shopifySigned(
  body: string,
  headers: Headers,
  secrets: readonly string[],
): Promise<boolean> {
  const given = headers.get('X-Shopify-Hmac-Sha256') ?? ''
  let holds = false
  for (const secret of secrets) {
    if (secret && sameText(given, await hmacSha256Base64(secret, body))) holds = true
  }
  return holds
}

const shop_domain = z.string().max(200).toLowerCase()
const customer = z.object({
  id: z.union([z.number(), z.string()]).transform(String),
  email: z.string().max(320).nullish(),
})
const bodies = {
  'customers/data_request': z.object({
    shop_domain,
    customer,
    orders_requested: z
      .array(z.union([z.number(), z.string()]))
      .max(10_000)
      .default([]),
    data_request: z.object({ id: z.union([z.number(), z.string()]).transform(String) }).optional(),
  }),
  'customers/redact': z.object({
    shop_domain,
    customer,
    orders_to_redact: z
      .array(z.union([z.number(), z.string()]))
      .max(10_000)
      .default([]),
  }),
  'shop/redact': z.object({ shop_domain }),
} as const

/** Null when the topic is none of the three; throws when the body is not what its topic says. */
export function shopifyPrivacyRequest(topic: string, body: string): ShopifyPrivacyRequest | null {
  const json: unknown = JSON.parse(body)
  if (topic === 'customers/data_request') {
    const { shop_domain: account, customer: who, orders_requested } = bodies[topic].parse(json)
    return {
      account,
      topic: 'access',
      email: who.email ?? null,
      ref: who.id,
      detail: { orders: orders_requested.length },
    }
  }
  if (topic === 'customers/redact') {
    const { shop_domain: account, customer: who, orders_to_redact } = bodies[topic].parse(json)
    return {
      account,
      topic: 'erasure',
      email: who.email ?? null,
      ref: who.id,
      detail: { orders: orders_to_redact.length },
    }
  }
  if (topic === 'shop/redact') {
    const { shop_domain: account } = bodies[topic].parse(json)
    return { account, topic: 'shop_erasure', email: null, ref: account, detail: {} }
  }
  return null
}
