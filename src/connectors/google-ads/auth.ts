/** Google Ads' way in: consent, and a developer token of the installation or of the owner's manager account. */
import * as z from 'zod'
import { fail, ok, type Result } from '../../platform/result.ts'
import type { Credentials, Vendor, VendorAccount } from '../../platform/vendor.ts'
import type { Bases } from '../bases.ts'
import { bearer, kept } from '../consent.ts'
import { googleMethod, revokeGoogle } from '../google/consent.ts'
import { askVendor } from '../vendor-call.ts'

const SCOPES = ['https://www.googleapis.com/auth/adwords']
/** The newest of November 2026; each lives about a year. */
export const GOOGLE_ADS_VERSION = 'v26'

export function googleAdsVendor(bases: Bases, installedToken: string): Vendor {
  async function check(credentials: Credentials): Promise<Result<VendorAccount>> {
    const developerToken = kept(credentials, 'developerToken') || installedToken
    const url = `${bases.of('GOOGLE_ADS_API_BASE')}/${GOOGLE_ADS_VERSION}/customers:listAccessibleCustomers`
    const rules = bases.rulesFor('GOOGLE_ADS_API_BASE')
    const headers = { ...bearer(credentials), 'developer-token': developerToken }
    const answer = await askVendor({ vendor: 'Google Ads', url, headers, rules }, accessible)
    if (!answer.ok) return answer
    const ids = answer.value.resourceNames.map((name) => name.replace('customers/', ''))
    const wanted = kept(credentials, 'customerId')
    const account = wanted ? ids.find((id) => id === wanted) : ids[0]
    if (!account) return wanted ? notYours() : noAccount()
    return ok({ account, accountName: `Google Ads ${dashed(account)}`, scopes: SCOPES })
  }

  return {
    kind: 'google_ads',
    name: 'Google Ads',
    category: 'marketing',
    gives: ['What your campaigns cost, day by day.', 'Cost of an order beside what the order brought in.'],
    needs: installedToken
      ? 'A Google account with access to your Google Ads account.'
      : 'A Google account with access to Google Ads, and a developer token from the API Center of a manager account.',
    help: 'https://developers.google.com/google-ads/api/docs/get-started/dev-token',
    // basic access has 15,000 operations a day and meters each second (developers.google.com, "Rate limits")
    bucket: { capacity: 10, perSecond: 1 },
    methods: [
      googleMethod(bases, 'GOOGLE_ADS_API_BASE', {
        vendor: 'Google Ads',
        scopes: SCOPES,
        fields: [
          {
            name: 'customer_id',
            label: 'Customer ID',
            placeholder: '123-456-7890',
            hint: 'Only when you have several accounts.',
            optional: true,
          },
          {
            name: 'developer_token',
            label: 'Developer token',
            secret: true,
            optional: installedToken !== '',
          },
        ],
        keep: (_query, input) =>
          ok({
            customerId: (input.customer_id ?? '').replace(/\D/g, ''),
            developerToken: input.developer_token ?? '',
          }),
        who: check,
      }),
    ],
    check,
    revoke: (credentials) => revokeGoogle('Google Ads', bases, credentials),
  }
}

const accessible = z.object({ resourceNames: z.array(z.string()).default([]) })

const dashed = (id: string): string => id.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1-$2-$3')

const notYours = () =>
  fail(
    'conflict',
    'account-not-found',
    'This Google account cannot open that customer ID. Check the ID, or sign in with another account.',
  )

const noAccount = () =>
  fail(
    'conflict',
    'account-not-found',
    'This Google account has no Google Ads account. Sign in with the one that manages your ads.',
  )
