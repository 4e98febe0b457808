/** Square's way in: consent in the code flow, where the refresh token stays the same. */
import * as z from 'zod'
import { ok, type Result } from '../../platform/result.ts'
import type { Credentials, Vendor, VendorAccount } from '../../platform/vendor.ts'
import type { Bases } from '../bases.ts'
import { bearer, consentMethod, keptScopes } from '../consent.ts'
import { noApp } from '../oauth.ts'
import { askVendor, tellVendor } from '../vendor-call.ts'

const SCOPES = ['MERCHANT_PROFILE_READ', 'ORDERS_READ', 'PAYMENTS_READ', 'ITEMS_READ', 'CUSTOMERS_READ']
const VERSION = { 'Square-Version': '2026-09-16' }

export function squareVendor(bases: Bases): Vendor {
  const rules = bases.rulesFor('SQUARE_API_BASE')
  const base = bases.of('SQUARE_API_BASE')

  async function check(credentials: Credentials): Promise<Result<VendorAccount>> {
    const headers = { ...bearer(credentials), ...VERSION }
    const url = `${base}/v2/merchants/me`
    const answer = await askVendor({ vendor: 'Square', url, headers, rules }, merchantAnswer)
    if (!answer.ok) return answer
    const { id, business_name } = answer.value.merchant
    return ok({ account: id, accountName: business_name ?? id, scopes: keptScopes(credentials) })
  }

  return {
    kind: 'square',
    name: 'Square',
    category: 'payments',
    gives: [
      'Sales at your till count beside your online sales.',
      'Payments, fees and refunds appear by themselves.',
    ],
    needs: 'You must be the owner of the Square account, or manage its apps.',
    help: 'https://squareup.com/help/us/en/article/5068-what-is-the-square-app-marketplace',
    // no number is documented, only 429 with back-off (developer.squareup.com, "Rate limiting"): we stay well below trouble
    bucket: { capacity: 10, perSecond: 5 },
    methods: [
      consentMethod({
        vendor: 'Square',
        page: `${base}/oauth2/authorize`,
        tokenUrl: `${base}/oauth2/token`,
        rules,
        clientAuth: 'json',
        tokenHeaders: VERSION,
        // a PKCE verifier would stand in the place of the secret, and the token would rotate
        pkce: false,
        scopes: SCOPES,
        pageQuery: { session: 'false' },
        refreshes: true,
        keep: () => ok({ scopes: SCOPES }),
        who: check,
      }),
    ],
    check,
    async revoke(credentials, { app }) {
      if (!app) return noApp('Square')
      return tellVendor({
        vendor: 'Square',
        url: `${base}/oauth2/revoke`,
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Authorization: `Client ${app.clientSecret}`,
          ...VERSION,
        },
        body: JSON.stringify({ client_id: app.clientId, access_token: credentials.accessToken }),
        rules,
      })
    },
  }
}

const merchantAnswer = z.object({
  merchant: z.object({ id: z.string(), business_name: z.string().nullish() }),
})
