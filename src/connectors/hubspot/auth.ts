/** HubSpot's ways in: consent, or the token of a private app. */
import * as z from 'zod'
import { invalid, ok, type Result } from '../../platform/result.ts'
import type { Credentials, Vendor, VendorAccount } from '../../platform/vendor.ts'
import type { Bases } from '../bases.ts'
import { bearer, consentMethod, keptScopes } from '../consent.ts'
import { asFieldError, askVendor } from '../vendor-call.ts'

const SCOPES = ['oauth', 'crm.objects.contacts.read', 'crm.objects.companies.read', 'crm.objects.deals.read']

export function hubspotVendor(bases: Bases): Vendor {
  const rules = bases.rulesFor('HUBSPOT_API_BASE')

  async function check(credentials: Credentials): Promise<Result<VendorAccount>> {
    const url = `${bases.of('HUBSPOT_API_BASE')}/account-info/v3/details`
    const answer = await askVendor({ vendor: 'HubSpot', url, headers: bearer(credentials), rules }, details)
    if (!answer.ok) return answer
    const id = String(answer.value.portalId)
    return ok({ account: id, accountName: `HubSpot account ${id}`, scopes: keptScopes(credentials) })
  }

  return {
    kind: 'hubspot',
    name: 'HubSpot',
    category: 'marketing',
    gives: [
      'Your contacts, companies and deals are at hand.',
      'Open deals show in your numbers.',
      'A new contact or a won deal can start an automation.',
    ],
    needs: 'You must be a super admin in HubSpot, or have the token of a private app.',
    help: 'https://knowledge.hubspot.com/integrations/connect-apps-to-hubspot',
    // 100 requests in 10 seconds for an account on the smallest plan (developers.hubspot.com, "Usage guidelines")
    bucket: { capacity: 50, perSecond: 10 },
    methods: [
      consentMethod({
        vendor: 'HubSpot',
        page: `${bases.of('HUBSPOT_AUTH_BASE')}/oauth/authorize`,
        // v1 of these endpoints ends in February 2027
        tokenUrl: `${bases.of('HUBSPOT_API_BASE')}/oauth/v3/token`,
        rules,
        clientAuth: 'body',
        pkce: false,
        scopes: SCOPES,
        refreshes: true,
        keep: () => ok({ scopes: SCOPES }),
        who: check,
      }),
      {
        kind: 'key',
        label: 'Enter a private app token',
        fields: [{ name: 'token', label: 'Access token', placeholder: 'pat-...', secret: true }],
        async accept(input) {
          const token = input.token ?? ''
          if (!token.startsWith('pat-'))
            return invalid([{ path: 'token', message: 'The token of a private app starts with pat-.' }])
          const credentials = { accessToken: token }
          const who = await check(credentials)
          if (who.ok) return ok({ ...who.value, credentials })
          return asFieldError(
            who,
            'token',
            'HubSpot does not accept this token. Copy it again from the private app.',
          )
        },
      },
    ],
    check,
  }
}

const details = z.object({ portalId: z.number() })
