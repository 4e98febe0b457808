/** Klaviyo's way in: a private key. */
import * as z from 'zod'
import { fail, invalid, ok, type Result } from '../../platform/result.ts'
import type { Credentials, Vendor, VendorAccount } from '../../platform/vendor.ts'
import type { Bases } from '../bases.ts'
import { asFieldError, askVendor } from '../vendor-call.ts'

const REVISION = '2026-07-15'

export function klaviyoVendor(bases: Bases): Vendor {
  const rules = bases.rulesFor('KLAVIYO_API_BASE')

  async function check(credentials: Credentials): Promise<Result<VendorAccount>> {
    const headers = { Authorization: `Klaviyo-API-Key ${credentials.accessToken ?? ''}`, revision: REVISION }
    const url = `${bases.of('KLAVIYO_API_BASE')}/api/accounts`
    const answer = await askVendor({ vendor: 'Klaviyo', url, headers, rules }, accounts)
    if (!answer.ok) return answer
    const [own] = answer.value.data
    if (!own)
      return fail('conflict', 'account-not-found', 'Klaviyo names no account for this key. Make a new one.')
    const name = own.attributes.contact_information?.organization_name || own.id
    return ok({ account: own.id, accountName: name, scopes: [] })
  }

  return {
    kind: 'klaviyo',
    name: 'Klaviyo',
    category: 'marketing',
    gives: [
      'How your campaigns and flows do, beside your sales.',
      'Your lists and profiles are at hand for automations.',
    ],
    needs: 'A private key with read access to accounts, campaigns, metrics, lists and profiles.',
    help: 'https://help.klaviyo.com/hc/en-us/articles/7423954176283',
    // tier S: 3 a second, 60 a minute (developers.klaviyo.com, "Rate limits")
    bucket: { capacity: 3, perSecond: 1 },
    methods: [
      {
        kind: 'key',
        label: 'Enter a private key',
        fields: [{ name: 'api_key', label: 'Private key', placeholder: 'pk_...', secret: true }],
        async accept(input) {
          const key = input.api_key ?? ''
          if (!key.startsWith('pk_')) return invalid([{ path: 'api_key', message: wrongKind(key) }])
          const credentials = { accessToken: key }
          const who = await check(credentials)
          if (who.ok) return ok({ ...who.value, credentials })
          return asFieldError(
            who,
            'api_key',
            'Klaviyo does not know this key. Copy it again, or make a new one.',
          )
        },
      },
    ],
    check,
  }
}

const wrongKind = (key: string): string =>
  /^\w{6}$/.test(key)
    ? 'This is the public key (site ID). Make a private key, it starts with pk_.'
    : 'A private key of Klaviyo starts with pk_.'

const accounts = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      attributes: z.object({
        contact_information: z.object({ organization_name: z.string().nullish() }).nullish(),
      }),
    }),
  ),
})
