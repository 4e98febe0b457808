// Shopify's signature, held against Shopify's own library: what it accepts we accept, what it refuses we refuse.
import { createHmac } from 'node:crypto'
import '@shopify/shopify-api/adapters/node'
import { LogSeverity, shopifyApi } from '@shopify/shopify-api'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shopifySigned } from '../../../src/connectors/shopify/hook.ts'

const secret = 'app-secret-XYZZY'
const theirs = shopifyApi({
  apiKey: 'app-id-1',
  apiSecretKey: secret,
  scopes: ['read_orders'],
  hostName: 'smb.example',
  apiVersion: '2026-10' as never,
  isEmbeddedApp: false,
  logger: { level: LogSeverity.Error, log: () => {} },
})

async function accepts(body: string, signature: string): Promise<[boolean, boolean]> {
  const headers = {
    'X-Shopify-Hmac-Sha256': signature,
    'X-Shopify-Topic': 'orders/create',
    'X-Shopify-Shop-Domain': 'corner-shop.myshopify.com',
    'X-Shopify-Webhook-Id': 'w1',
    'X-Shopify-API-Version': '2026-10',
  }
  const rawRequest = { headers, method: 'POST', url: '/hooks' }
  const judged = await theirs.webhooks.validate({ rawBody: body, rawRequest: rawRequest as never })
  return [judged.valid, await shopifySigned(body, new Headers(headers), [secret])]
}

test('agrees on any body and any signature', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ minLength: 1, unit: 'grapheme' }),
      fc.constantFrom('right', 'other', 'cut', 'hex'),
      async (body, how) => {
        const right = createHmac('sha256', secret).update(body, 'utf8').digest('base64')
        const signature = {
          right,
          other: createHmac('sha256', 'other').update(body).digest('base64'),
          cut: right.slice(1),
          hex: createHmac('sha256', secret).update(body).digest('hex'),
        }[how]
        const [library, own] = await accepts(body, signature)
        expect([how, own]).toEqual([how, library])
        expect(own).toBe(how === 'right')
      },
    ),
    { numRuns: 60 },
  )
})
