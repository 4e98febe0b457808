/** Cloudflare's way in: an API token that sees the zones of the business. */
import * as z from 'zod'
import { fail, ok, type Result } from '../../platform/result.ts'
import type { Credentials, Vendor, VendorAccount } from '../../platform/vendor.ts'
import type { Bases } from '../bases.ts'
import { bearer } from '../consent.ts'
import { asFieldError, askVendor, reconnect } from '../vendor-call.ts'

export function cloudflareVendor(bases: Bases): Vendor {
  const rules = bases.rulesFor('CLOUDFLARE_API_BASE')
  const call = (credentials: Credentials, path: string) => ({
    vendor: 'Cloudflare',
    url: `${bases.of('CLOUDFLARE_API_BASE')}/client/v4/${path}`,
    headers: bearer(credentials),
    rules,
  })

  async function check(credentials: Credentials): Promise<Result<VendorAccount>> {
    const token = await askVendor({ ...call(credentials, 'user/tokens/verify'), explain: badToken }, verified)
    if (!token.ok) return token
    if (token.value.result.status !== 'active') return { ok: false, error: reconnect('Cloudflare') }
    const found = await askVendor(call(credentials, 'zones?per_page=5'), zones)
    if (!found.ok) return found
    const [zone] = found.value.result
    if (!zone)
      return fail(
        'conflict',
        'no-zones',
        'This token sees no domain. In Cloudflare, give it Zone Read for the domains you want to look after.',
      )
    return ok({ account: zone.account.id, accountName: zone.account.name, scopes: [] })
  }

  return {
    kind: 'cloudflare',
    name: 'Cloudflare',
    category: 'web',
    gives: [
      'Security settings of your domains are checked from the inside.',
      'Safe fixes can be made for you with one click, and undone.',
    ],
    needs: 'An API token with Zone Read; add Zone Settings Edit and DNS Edit to let us fix things.',
    help: 'https://developers.cloudflare.com/fundamentals/api/get-started/create-token/',
    // 1,200 requests in 5 minutes (developers.cloudflare.com/fundamentals/api/reference/limits)
    bucket: { capacity: 50, perSecond: 4 },
    methods: [
      {
        kind: 'key',
        label: 'Enter an API token',
        fields: [
          {
            name: 'token',
            label: 'API token',
            hint: 'Not the global API key: a token from My Profile, API Tokens.',
            secret: true,
          },
        ],
        async accept(input) {
          const credentials = { accessToken: input.token ?? '' }
          const who = await check(credentials)
          if (who.ok) return ok({ ...who.value, credentials })
          return asFieldError(
            who,
            'token',
            'Cloudflare does not accept this token. Copy it again, or make a new one.',
          )
        },
      },
    ],
    check,
  }
}

/** 400 is what a text that cannot be a token gets. */
const badToken = (status: number) => (status === 400 ? reconnect('Cloudflare') : null)

const verified = z.object({ result: z.object({ id: z.string(), status: z.string() }) })
const zones = z.object({
  result: z.array(z.object({ name: z.string(), account: z.object({ id: z.string(), name: z.string() }) })),
})
