/** Xero's way in: consent with PKCE, then the organisation that was chosen there. */
import * as z from 'zod'
import { fail, ok, type Result } from '../../platform/result.ts'
import type { Credentials, Vendor, VendorAccount } from '../../platform/vendor.ts'
import type { Bases } from '../bases.ts'
import { bearer, consentMethod, kept, keptScopes } from '../consent.ts'
import { noApp, tokenClaims } from '../oauth.ts'
import { askVendor, basicAuth, tellVendor } from '../vendor-call.ts'

/** Apps made since 2 March 2026 are given narrow scopes only. */
const SCOPES = [
  'offline_access',
  'accounting.invoices.read',
  'accounting.payments.read',
  'accounting.banktransactions.read',
  'accounting.contacts.read',
  'accounting.settings.read',
]

export function xeroVendor(bases: Bases): Vendor {
  const rules = bases.rulesFor('XERO_API_BASE', 'XERO_TOKEN_BASE')

  async function check(credentials: Credentials): Promise<Result<VendorAccount>> {
    const url = `${bases.of('XERO_API_BASE')}/connections`
    const answer = await askVendor({ vendor: 'Xero', url, headers: bearer(credentials), rules }, connections)
    if (!answer.ok) return answer
    const event = kept(credentials, 'authEventId')
    const organisations = answer.value.filter(({ tenantType }) => tenantType === 'ORGANISATION')
    const chosen = organisations.find(({ authEventId }) => event && authEventId === event) ?? organisations[0]
    if (!chosen)
      return fail(
        'conflict',
        'account-not-found',
        'No organisation was chosen at Xero. Start again and choose one.',
      )
    return ok({
      account: chosen.tenantId,
      accountName: chosen.tenantName ?? 'Xero organisation',
      scopes: keptScopes(credentials),
    })
  }

  return {
    kind: 'xero',
    name: 'Xero',
    category: 'books',
    gives: [
      'Invoices, bills and payments come from your books.',
      'Profit is worked out with your real costs.',
      'Overdue invoices can start a friendly reminder.',
    ],
    needs: 'You must be an adviser or standard user of the organisation in Xero.',
    help: 'https://central.xero.com/s/article/Connect-an-app-to-Xero',
    // 60 a minute and 5,000 a day for an organisation (developer.xero.com, "OAuth 2.0 API limits")
    bucket: { capacity: 30, perSecond: 1 },
    methods: [
      consentMethod({
        vendor: 'Xero',
        page: `${bases.of('XERO_AUTH_BASE')}/identity/connect/authorize`,
        tokenUrl: `${bases.of('XERO_TOKEN_BASE')}/connect/token`,
        rules,
        clientAuth: 'basic',
        pkce: true,
        scopes: SCOPES,
        required: SCOPES.filter((scope) => scope !== 'offline_access'),
        refreshes: true,
        keep: (_query, _input, { access_token }) =>
          ok({ authEventId: String(tokenClaims(access_token).authentication_event_id ?? '') }),
        who: check,
      }),
    ],
    check,
    async revoke(credentials, { app }) {
      if (!app) return noApp('Xero')
      return tellVendor({
        vendor: 'Xero',
        url: `${bases.of('XERO_TOKEN_BASE')}/connect/revocation`,
        method: 'POST',
        headers: {
          'Content-Type': 'application/x-www-form-urlencoded',
          Authorization: basicAuth(app.clientId, app.clientSecret),
        },
        body: new URLSearchParams({ token: credentials.refreshToken ?? '' }).toString(),
        rules,
      })
    },
  }
}

const connections = z.array(
  z.object({
    tenantId: z.string(),
    tenantType: z.string(),
    tenantName: z.string().nullish(),
    authEventId: z.string().nullish(),
  }),
)
