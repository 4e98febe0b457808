/** Microsoft 365's way in: an administrator agrees to reading people and sign-in rules through Graph. */
import * as z from 'zod'
import { fail, ok, type Result } from '../../platform/result.ts'
import type { Credentials, Vendor, VendorAccount } from '../../platform/vendor.ts'
import type { Bases } from '../bases.ts'
import { bearer, consentMethod, keptScopes } from '../consent.ts'
import { askVendor } from '../vendor-call.ts'

const READS = ['User.Read', 'Directory.Read.All', 'Policy.Read.All', 'AuditLog.Read.All']

export function microsoft365Vendor(bases: Bases): Vendor {
  const rules = bases.rulesFor('MICROSOFT_365_API_BASE', 'MICROSOFT_365_AUTH_BASE')
  const login = `${bases.of('MICROSOFT_365_AUTH_BASE')}/organizations/oauth2/v2.0`

  async function check(credentials: Credentials): Promise<Result<VendorAccount>> {
    const url = `${bases.of('MICROSOFT_365_API_BASE')}/v1.0/organization?$select=id,displayName`
    const answer = await askVendor(
      { vendor: 'Microsoft 365', url, headers: bearer(credentials), rules },
      found,
    )
    if (!answer.ok) return answer
    const [organisation] = answer.value.value
    if (!organisation)
      return fail(
        'conflict',
        'account-not-found',
        'This account belongs to no organisation. Sign in with a work account.',
      )
    return ok({
      account: organisation.id,
      accountName: organisation.displayName,
      scopes: keptScopes(credentials),
    })
  }

  return {
    kind: 'microsoft_365',
    name: 'Microsoft 365',
    category: 'people',
    gives: [
      'See who has no second step at sign-in.',
      'See which sign-in rules are on, and who is an administrator.',
      'Evidence for your compliance list is gathered by itself.',
    ],
    needs: 'A global administrator of your Microsoft 365 must agree once.',
    help: 'https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/grant-admin-consent',
    // identity and access: 3,500 units in 10 seconds for a small tenant, a list of users is 2 (learn.microsoft.com, "Throttling limits")
    bucket: { capacity: 50, perSecond: 20 },
    methods: [
      consentMethod({
        vendor: 'Microsoft 365',
        label: 'Sign in with Microsoft',
        page: `${login}/authorize`,
        tokenUrl: `${login}/token`,
        rules,
        clientAuth: 'body',
        pkce: true,
        scopes: ['offline_access', ...READS],
        // the answer never names offline_access
        required: READS,
        pageQuery: { prompt: 'select_account', response_mode: 'query' },
        refreshes: true,
        who: check,
      }),
    ],
    check,
  }
}

const found = z.object({ value: z.array(z.object({ id: z.string(), displayName: z.string() })) })
