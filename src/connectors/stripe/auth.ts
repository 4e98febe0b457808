/** Stripe's way in: a restricted key that the owner makes for us. */
import * as z from 'zod'
import { fail, invalid, ok, type Result } from '../../platform/result.ts'
import type { Credentials, Vendor, VendorAccount } from '../../platform/vendor.ts'
import type { Bases } from '../bases.ts'
import { bearer } from '../consent.ts'
import { asFieldError, askVendor, tellVendor } from '../vendor-call.ts'

export const API_VERSION = '2026-10-28.endive'
/** What we read, and the words of the permission in Stripe's own form. */
const READS = [
  { path: 'charges', scope: 'charges:read', words: 'Charges and Refunds' },
  { path: 'customers', scope: 'customers:read', words: 'Customers' },
  { path: 'invoices', scope: 'invoices:read', words: 'Invoices' },
  { path: 'balance_transactions', scope: 'balance:read', words: 'Balance transactions' },
] as const

export function stripeVendor(bases: Bases): Vendor {
  const rules = bases.rulesFor('STRIPE_API_BASE')
  const call = (credentials: Credentials, path: string) => ({
    vendor: 'Stripe',
    url: `${bases.of('STRIPE_API_BASE')}/v1/${path}`,
    headers: { ...bearer(credentials), 'Stripe-Version': API_VERSION },
    rules,
  })

  async function check(credentials: Credentials): Promise<Result<VendorAccount>> {
    const answer = await askVendor(call(credentials, 'account'), accountAnswer)
    if (!answer.ok) return answer
    const { id, settings, business_profile, email } = answer.value
    const name = settings?.dashboard?.display_name || business_profile?.name || email || id
    const reads = await readable(credentials)
    return reads.ok ? ok({ account: id, accountName: name, scopes: reads.value }) : reads
  }

  /** Asks for one row of each: a restricted key says only so what it may read. */
  async function readable(credentials: Credentials): Promise<Result<string[]>> {
    const tries = await Promise.all(
      READS.map(async (read) => ({
        read,
        answer: await tellVendor(call(credentials, `${read.path}?limit=1`)),
      })),
    )
    const broken = tries.find(({ answer }) => !answer.ok && answer.error.kind !== 'forbidden')
    if (broken && !broken.answer.ok) return broken.answer
    const lacking = tries.filter(({ answer }) => !answer.ok).map(({ read }) => read.words)
    if (lacking.length === 0) return ok(READS.map(({ scope }) => scope))
    return fail(
      'forbidden',
      'permission-missing',
      `The Stripe key may not read: ${lacking.join(', ')}. Edit the key in Stripe and set these to Read.`,
    )
  }

  return {
    kind: 'stripe',
    name: 'Stripe',
    category: 'payments',
    gives: [
      'Payments, refunds and fees are counted as they happen.',
      'Recurring income is worked out from your subscriptions.',
      'Failed payments and overdue invoices can start a reminder.',
    ],
    needs:
      'A restricted key from your Stripe dashboard that may read charges, customers, invoices, balance and the account.',
    help: 'https://docs.stripe.com/keys-best-practices',
    // 25 requests a second for an endpoint and in a sandbox (docs.stripe.com/rate-limits)
    bucket: { capacity: 25, perSecond: 25 },
    methods: [
      {
        kind: 'key',
        label: 'Enter a restricted key',
        fields: [{ name: 'api_key', label: 'Restricted key', placeholder: 'rk_live_...', secret: true }],
        async accept(input) {
          const key = input.api_key ?? ''
          const wrong = wrongKind(key)
          if (wrong) return invalid([{ path: 'api_key', message: wrong }], wrong)
          const credentials = { accessToken: key }
          const who = await check(credentials)
          if (who.ok) return ok({ ...who.value, credentials })
          return asFieldError(
            who,
            'api_key',
            'Stripe does not know this key. Copy it again, or make a new one.',
          )
        },
      },
    ],
    check,
  }
}

/** Why a text is not the key that we want; by its kind only, never by its content. */
function wrongKind(key: string): string | null {
  if (/^rk_(live|test)_\w+$/.test(key) || /^sk_test_\w+$/.test(key)) return null
  const mode = key.includes('_live_') ? 'live' : 'test'
  if (key.startsWith('pk_'))
    return `This is the publishable key (${mode}), which can read nothing. Make a restricted key, it starts with rk_.`
  if (key.startsWith('sk_live_'))
    return 'This is the secret key, which may do everything with your money. Make a restricted key that only reads, it starts with rk_.'
  if (key.startsWith('whsec_'))
    return 'This is the secret of a webhook. Make a restricted key, it starts with rk_.'
  return 'This is no Stripe key. A restricted key starts with rk_live_ or rk_test_.'
}

const accountAnswer = z.object({
  id: z.string(),
  email: z.string().nullish(),
  business_profile: z.object({ name: z.string().nullish() }).nullish(),
  settings: z.object({ dashboard: z.object({ display_name: z.string().nullish() }).nullish() }).nullish(),
})
