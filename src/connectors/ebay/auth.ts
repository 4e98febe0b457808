/** eBay's way in: the keyset of the owner's developer account (client credentials), for public listings. */
import * as z from 'zod'
import { ok, type Result } from '../../platform/result.ts'
import type { Credentials, Vendor, VendorAccount, VendorContext } from '../../platform/vendor.ts'
import type { Bases } from '../bases.ts'
import { bearer, kept } from '../consent.ts'
import { credentialsOf, requestToken } from '../oauth.ts'
import { asFieldError, askVendor } from '../vendor-call.ts'

const SCOPE = 'https://api.ebay.com/oauth/api_scope'

export function ebayVendor(bases: Bases): Vendor {
  const rules = bases.rulesFor('EBAY_API_BASE')
  const base = bases.of('EBAY_API_BASE')

  async function refresh(credentials: Credentials, context: VendorContext): Promise<Result<Credentials>> {
    const app = { clientId: kept(credentials, 'clientId'), clientSecret: kept(credentials, 'clientSecret') }
    const url = `${base}/identity/v1/oauth2/token`
    const grant = { grant_type: 'client_credentials', scope: SCOPE }
    const answer = await requestToken({ vendor: 'eBay', url, clientAuth: 'basic', rules }, app, grant)
    return answer.ok ? ok(credentialsOf(answer.value, context.now, credentials)) : answer
  }

  /** A keyset has no name of its own: it is known by its id, once eBay has answered a call with it. */
  async function check(credentials: Credentials): Promise<Result<VendorAccount>> {
    const url = `${base}/commerce/taxonomy/v1/get_default_category_tree_id?marketplace_id=EBAY_US`
    const answer = await askVendor({ vendor: 'eBay', url, headers: bearer(credentials), rules }, tree)
    if (!answer.ok) return answer
    const id = kept(credentials, 'clientId')
    return ok({ account: id, accountName: `eBay app ${id.split('-')[1] ?? id}`, scopes: [SCOPE] })
  }

  return {
    kind: 'ebay',
    name: 'eBay',
    category: 'market',
    gives: [
      'Prices of comparable listings on eBay, from the source.',
      'Price checks that need no reading of web pages.',
    ],
    needs: 'A production keyset from your account at developer.ebay.com.',
    help: 'https://developer.ebay.com/api-docs/static/gs_create-the-ebay-api-keysets.html',
    // Browse API: 5,000 calls a day (developer.ebay.com, "API call limits"): one in 17 seconds, saved up to 100
    bucket: { capacity: 100, perSecond: 0.058 },
    methods: [
      {
        kind: 'key',
        label: 'Enter your keyset',
        fields: [
          { name: 'client_id', label: 'App ID (client ID)' },
          { name: 'client_secret', label: 'Cert ID (client secret)', secret: true },
        ],
        async accept(input, context) {
          const keyset = { clientId: input.client_id ?? '', clientSecret: input.client_secret ?? '' }
          const fresh = await refresh(keyset, context)
          const words = 'eBay does not accept this keyset. Copy App ID and Cert ID again.'
          if (!fresh.ok) return asFieldError(fresh, 'client_secret', words)
          const who = await check(fresh.value)
          return who.ok ? ok({ ...who.value, credentials: fresh.value }) : who
        },
        refresh,
      },
    ],
    check,
  }
}

const tree = z.object({ categoryTreeId: z.string() })
