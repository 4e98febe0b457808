/** Etsy's way in: consent with PKCE; every call carries the app's key beside the token. */
import * as z from 'zod'
import { fail, ok, type Result } from '../../platform/result.ts'
import type { Credentials, Vendor, VendorAccount, VendorContext } from '../../platform/vendor.ts'
import type { Bases } from '../bases.ts'
import { bearer, consentMethod, keptScopes } from '../consent.ts'
import { noApp } from '../oauth.ts'
import { askVendor } from '../vendor-call.ts'

const SCOPES = ['shops_r', 'listings_r', 'transactions_r']

export function etsyVendor(bases: Bases): Vendor {
  const rules = bases.rulesFor('ETSY_API_BASE', 'ETSY_TOKEN_BASE')

  async function check(credentials: Credentials, context: VendorContext): Promise<Result<VendorAccount>> {
    const { app } = context
    if (!app) return noApp('Etsy')
    // since February 2026 the key alone is refused: key and shared secret with a colon
    const headers = { ...bearer(credentials), 'x-api-key': `${app.clientId}:${app.clientSecret}` }
    const ask = (path: string) => ({
      vendor: 'Etsy',
      url: `${bases.of('ETSY_API_BASE')}/v3/application/${path}`,
      headers,
      rules,
    })
    const me = await askVendor(ask('users/me'), person)
    if (!me.ok) return me
    const { shop_id } = me.value
    if (!shop_id)
      return fail(
        'conflict',
        'account-not-found',
        'This Etsy account has no shop. Sign in with the account of your shop.',
      )
    const shop = await askVendor(ask(`shops/${shop_id}`), shopAnswer)
    if (!shop.ok) return shop
    return ok({
      account: String(shop_id),
      accountName: shop.value.shop_name,
      scopes: keptScopes(credentials),
    })
  }

  return {
    kind: 'etsy',
    name: 'Etsy',
    category: 'market',
    gives: ['Your Etsy orders count beside your other sales.', 'Your listings and prices are at hand.'],
    needs: 'You must be the owner of the Etsy shop.',
    help: 'https://developers.etsy.com/documentation/essentials/authentication',
    // 10 a second and 10,000 a day for an app (developers.etsy.com, "Rate limits"): a day's worth is spread
    bucket: { capacity: 10, perSecond: 2 },
    methods: [
      consentMethod({
        vendor: 'Etsy',
        page: `${bases.of('ETSY_AUTH_BASE')}/oauth/connect`,
        tokenUrl: `${bases.of('ETSY_TOKEN_BASE')}/v3/public/oauth/token`,
        rules,
        clientAuth: 'none',
        pkce: true,
        scopes: SCOPES,
        refreshes: true,
        keep: () => ok({ scopes: SCOPES }),
        who: check,
      }),
    ],
    check,
  }
}

const person = z.object({ user_id: z.number(), shop_id: z.number().nullish() })
const shopAnswer = z.object({ shop_name: z.string() })
