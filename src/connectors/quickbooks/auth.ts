/** QuickBooks Online's way in: Intuit's consent page, which names the company, and refresh tokens that change. */
import * as z from 'zod'
import { fail, ok, type Result } from '../../platform/result.ts'
import type { Credentials, Vendor, VendorAccount } from '../../platform/vendor.ts'
import type { Bases } from '../bases.ts'
import { bearer, consentMethod, kept } from '../consent.ts'
import { noApp } from '../oauth.ts'
import { askVendor, basicAuth, tellVendor } from '../vendor-call.ts'

const SCOPES = ['com.intuit.quickbooks.accounting']

export function quickbooksVendor(bases: Bases): Vendor {
  const rules = bases.rulesFor('QUICKBOOKS_API_BASE', 'QUICKBOOKS_TOKEN_BASE', 'QUICKBOOKS_REVOKE_BASE')

  async function check(credentials: Credentials): Promise<Result<VendorAccount>> {
    const realm = encodeURIComponent(kept(credentials, 'realmId'))
    const url = `${bases.of('QUICKBOOKS_API_BASE')}/v3/company/${realm}/companyinfo/${realm}?minorversion=75`
    const answer = await askVendor(
      { vendor: 'QuickBooks', url, headers: bearer(credentials), rules },
      company,
    )
    if (!answer.ok) return answer
    const accountName = answer.value.CompanyInfo.CompanyName
    return ok({ account: kept(credentials, 'realmId'), accountName, scopes: SCOPES })
  }

  return {
    kind: 'quickbooks',
    name: 'QuickBooks Online',
    category: 'books',
    gives: [
      'Invoices, bills and payments come from your books.',
      'Profit is worked out with your real costs.',
      'Overdue invoices can start a friendly reminder.',
    ],
    needs: 'You must be an administrator of the company in QuickBooks Online.',
    help: 'https://quickbooks.intuit.com/learn-support/en-us/help-article/app-integrations',
    // 500 a minute for a company, 10 a second for a company and app (developer.intuit.com, "Limits and throttles")
    bucket: { capacity: 10, perSecond: 8 },
    methods: [
      consentMethod({
        vendor: 'QuickBooks',
        page: `${bases.of('QUICKBOOKS_AUTH_BASE')}/connect/oauth2`,
        tokenUrl: `${bases.of('QUICKBOOKS_TOKEN_BASE')}/oauth2/v1/tokens/bearer`,
        rules,
        clientAuth: 'basic',
        pkce: false,
        scopes: SCOPES,
        refreshes: true,
        keep(query) {
          const realmId = query.get('realmId') ?? ''
          if (/^\d{5,30}$/.test(realmId)) return ok({ realmId })
          return fail(
            'invalid',
            'company-missing',
            'QuickBooks did not say which company you chose. Start again.',
          )
        },
        who: check,
      }),
    ],
    check,
    async revoke(credentials, { app }) {
      if (!app) return noApp('QuickBooks')
      return tellVendor({
        vendor: 'QuickBooks',
        url: `${bases.of('QUICKBOOKS_REVOKE_BASE')}/v2/oauth2/tokens/revoke`,
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Authorization: basicAuth(app.clientId, app.clientSecret),
        },
        body: JSON.stringify({ token: credentials.refreshToken ?? credentials.accessToken ?? '' }),
        rules,
      })
    },
  }
}

const company = z.object({ CompanyInfo: z.object({ CompanyName: z.string() }) })
