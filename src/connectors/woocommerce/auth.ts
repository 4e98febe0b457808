/** WooCommerce's way in: the shop's own address with a key and secret made in its settings. */
import * as z from 'zod'
import { type Failure, invalid, ok, type Result } from '../../platform/result.ts'
import type { FetchRules } from '../../platform/safe-fetch.ts'
import type { Credentials, Vendor, VendorAccount } from '../../platform/vendor.ts'
import { kept } from '../consent.ts'
import { asFieldError, askVendor, basicAuth } from '../vendor-call.ts'

export function woocommerceVendor(rules: FetchRules): Vendor {
  const asked = { ...rules, redirects: 0 }

  async function check(credentials: Credentials): Promise<Result<VendorAccount>> {
    const shop = kept(credentials, 'url')
    const headers = { Authorization: basicAuth(kept(credentials, 'key'), kept(credentials, 'secret')) }
    const orders = `${shop}/wp-json/wc/v3/orders?per_page=1&_fields=id`
    const held = await askVendor({ vendor: 'WooCommerce', url: orders, headers, rules: asked, explain }, rows)
    if (!held.ok) return held
    const site = await askVendor({ vendor: 'WooCommerce', url: `${shop}/wp-json/`, rules: asked }, about)
    const host = new URL(shop).host
    // a shop that hides its name is still a shop
    return ok({ account: host, accountName: (site.ok && site.value.name) || host, scopes: ['read'] })
  }

  return {
    kind: 'woocommerce',
    name: 'WooCommerce',
    category: 'shop',
    gives: [
      'Your orders, refunds and customers appear by themselves.',
      'Products, prices and stock stay up to date.',
    ],
    needs:
      'A REST API key: in WordPress under WooCommerce, Settings, Advanced, REST API. Read is enough; with Read/Write your shop also tells us of changes at once.',
    help: 'https://woocommerce.com/document/woocommerce-rest-api/',
    // no documented limit; small hosts are slow, so we are gentle
    bucket: { capacity: 5, perSecond: 2 },
    methods: [
      {
        kind: 'key',
        label: 'Enter a key of your shop',
        fields: [
          { name: 'url', label: 'Address of your shop', placeholder: 'https://shop.example.com' },
          { name: 'consumer_key', label: 'Consumer key', placeholder: 'ck_...', secret: true },
          { name: 'consumer_secret', label: 'Consumer secret', placeholder: 'cs_...', secret: true },
        ],
        async accept(input) {
          const url = shopAddress(input.url ?? '', rules.allowPrivate)
          if (!url)
            return invalid([
              { path: 'url', message: 'Enter the address of your shop, starting with https://.' },
            ])
          const key = input.consumer_key ?? ''
          const secret = input.consumer_secret ?? ''
          if (!key.startsWith('ck_'))
            return invalid([{ path: 'consumer_key', message: 'A consumer key starts with ck_.' }])
          if (!secret.startsWith('cs_'))
            return invalid([{ path: 'consumer_secret', message: 'A consumer secret starts with cs_.' }])
          const credentials = { url, key, secret }
          const who = await check(credentials)
          if (who.ok) return ok({ ...who.value, credentials })
          return asFieldError(
            who,
            'consumer_key',
            'Your shop does not accept this key and secret. Make new ones.',
          )
        },
      },
    ],
    check,
  }
}

/** Keys travel with every call, so plain http is for hosts of the development list only. */
function shopAddress(text: string, plainHosts: readonly string[]): string | null {
  const full = /^https?:\/\//i.test(text) ? text : `https://${text}`
  if (!URL.canParse(full)) return null
  const url = new URL(full)
  if (url.username || url.password) return null
  if (url.protocol !== 'https:' && !plainHosts.includes(url.host)) return null
  return `${url.origin}${url.pathname.replace(/\/(wp-admin|wp-json)(\/.*)?$/, '').replace(/\/+$/, '')}`
}

function explain(status: number): Failure | null {
  const words = (detail: string): Failure => ({ kind: 'invalid', slug: 'shop-refused', detail })
  if (status === 404)
    return words(
      'There is no WooCommerce at this address. Check the address; in WordPress, permalinks must not be "Plain".',
    )
  if (status >= 300 && status < 400)
    return words('This address leads to another one. Enter the address that your browser shows in your shop.')
  return null
}

const rows = z.array(z.unknown())
const about = z.object({ name: z.string() })
