/** Amazon's way in: the seller's own private SP-API app (Login with Amazon client and refresh token). */
import * as z from 'zod'
import { fail, invalid, ok, type Result } from '../../platform/result.ts'
import type { Credentials, Vendor, VendorAccount, VendorContext } from '../../platform/vendor.ts'
import type { Bases } from '../bases.ts'
import { kept } from '../consent.ts'
import { credentialsOf, redeemRefreshToken } from '../oauth.ts'
import { asFieldError, askVendor } from '../vendor-call.ts'

/** developer-docs.amazon.com, "SP-API Endpoints". */
const REGIONS: Record<string, string> = {
  na: 'https://sellingpartnerapi-na.amazon.com',
  eu: 'https://sellingpartnerapi-eu.amazon.com',
  fe: 'https://sellingpartnerapi-fe.amazon.com',
}

export function amazonVendor(bases: Bases): Vendor {
  const rules = bases.rulesFor('AMAZON_API_BASE', 'AMAZON_AUTH_BASE')

  async function refresh(credentials: Credentials, context: VendorContext): Promise<Result<Credentials>> {
    const app = { clientId: kept(credentials, 'clientId'), clientSecret: kept(credentials, 'clientSecret') }
    const url = `${bases.of('AMAZON_AUTH_BASE')}/auth/o2/token`
    const endpoint = { vendor: 'Amazon', url, clientAuth: 'body' as const, rules }
    const answer = await redeemRefreshToken(endpoint, app, credentials.refreshToken)
    return answer.ok ? ok(credentialsOf(answer.value, context.now, credentials)) : answer
  }

  async function check(credentials: Credentials): Promise<Result<VendorAccount>> {
    const host = bases.of('AMAZON_API_BASE') || REGIONS[kept(credentials, 'region')]
    const url = `${host}/sellers/v1/marketplaceParticipations`
    const headers = { 'x-amz-access-token': credentials.accessToken ?? '' }
    const answer = await askVendor({ vendor: 'Amazon', url, headers, rules }, participations)
    if (!answer.ok) return answer
    const active = answer.value.payload.filter(({ participation }) => participation.isParticipating)
    const [first] = active
    if (!first)
      return fail(
        'conflict',
        'account-not-found',
        'This seller account sells in no marketplace of the region you chose.',
      )
    const account = kept(credentials, 'sellerId')
    return ok({
      account,
      accountName: first.storeName ?? `Amazon seller ${account}`,
      scopes: active.map(({ marketplace }) => marketplace.id),
    })
  }

  return {
    kind: 'amazon',
    name: 'Amazon Seller',
    category: 'market',
    gives: [
      'Who has the featured offer, and at which price.',
      'Your Amazon orders count beside your other sales.',
    ],
    needs: 'A professional seller account with a private SP-API app that you have authorised for yourself.',
    help: 'https://developer-docs.amazon.com/sp-api/docs/self-authorization',
    // 0.033 a second for batch prices, 15 saved up for participations (developer-docs.amazon.com, "Usage plans")
    bucket: { capacity: 15, perSecond: 0.033 },
    methods: [
      {
        kind: 'key',
        label: 'Enter your own app',
        fields: [
          {
            name: 'region',
            label: 'Region',
            placeholder: 'na',
            hint: 'na (Americas), eu (Europe) or fe (Far East)',
          },
          { name: 'seller_id', label: 'Merchant token', hint: 'In Seller Central under Account Info.' },
          { name: 'client_id', label: 'LWA client ID', placeholder: 'amzn1.application-oa2-client...' },
          { name: 'client_secret', label: 'LWA client secret', secret: true },
          { name: 'refresh_token', label: 'Refresh token', placeholder: 'Atzr|...', secret: true },
        ],
        async accept(input, context) {
          const region = (input.region ?? '').toLowerCase()
          const sellerId = input.seller_id ?? ''
          if (!Object.hasOwn(REGIONS, region))
            return invalid([{ path: 'region', message: 'Enter na, eu or fe.' }])
          if (!/^A[A-Z0-9]{8,20}$/.test(sellerId))
            return invalid([
              { path: 'seller_id', message: 'A merchant token is A and capital letters and digits.' },
            ])
          const given = {
            region,
            sellerId,
            clientId: input.client_id ?? '',
            clientSecret: input.client_secret ?? '',
            refreshToken: input.refresh_token ?? '',
          }
          const fresh = await refresh(given, context)
          const words =
            'Amazon does not accept this refresh token. Authorise your app again and copy the new one.'
          if (!fresh.ok) return asFieldError(fresh, 'refresh_token', words)
          const who = await check(fresh.value)
          return who.ok ? ok({ ...who.value, credentials: fresh.value }) : who
        },
        refresh,
      },
    ],
    check,
  }
}

const participations = z.object({
  payload: z.array(
    z.object({
      marketplace: z.object({ id: z.string() }),
      participation: z.object({ isParticipating: z.boolean() }),
      storeName: z.string().nullish(),
    }),
  ),
})
