/** Meta Ads' way in: consent, then the short token is changed for one of about 60 days. */
import * as z from 'zod'
import { hmacSha256Hex } from '../../platform/crypto/digest.ts'
import { ok, type Result } from '../../platform/result.ts'
import type { Credentials, Vendor, VendorAccount, VendorContext } from '../../platform/vendor.ts'
import type { Bases } from '../bases.ts'
import { bearer, consentMethod } from '../consent.ts'
import { credentialsOf, missingScopes, noApp, requestToken } from '../oauth.ts'
import { askVendor, reconnect, tellVendor } from '../vendor-call.ts'
import { explain, GRAPH_VERSION } from './graph.ts'

const SCOPES = ['ads_read']
const VERSION = GRAPH_VERSION
const NAME = 'Meta'

export function metaAdsVendor(bases: Bases): Vendor {
  const rules = bases.rulesFor('META_ADS_API_BASE')
  const graph = `${bases.of('META_ADS_API_BASE')}/${VERSION}`
  const endpoint = { vendor: NAME, url: `${graph}/oauth/access_token`, clientAuth: 'body' as const, rules }
  const consent = consentMethod({
    vendor: NAME,
    label: 'Sign in with Facebook',
    page: `${bases.of('META_ADS_AUTH_BASE')}/${VERSION}/dialog/oauth`,
    tokenUrl: endpoint.url,
    rules,
    clientAuth: 'body',
    pkce: false,
    scopes: SCOPES,
    scopeSeparator: ',',
    refreshes: false,
    who: check,
  })

  /** The same call makes the first long token and each one after it. */
  async function exchange(credentials: Credentials, context: VendorContext): Promise<Result<Credentials>> {
    if (!context.app) return noApp(NAME)
    const answer = await requestToken(endpoint, context.app, {
      grant_type: 'fb_exchange_token',
      fb_exchange_token: credentials.accessToken ?? '',
    })
    if (answer.ok) return ok(credentialsOf(answer.value, context.now, credentials))
    // Graph puts an object where RFC 6749 has a word: what is left of a refused token is a plain 400
    const refused = answer.error.slug === 'vendor-refused'
    return refused ? { ok: false, error: reconnect(NAME) } : answer
  }

  /** `appsecret_proof` shows that a stolen token alone is of no use (Graph API, "Secure Requests"). */
  async function call(path: string, credentials: Credentials, context: VendorContext) {
    const secret = context.app?.clientSecret
    const url = new URL(`${graph}/${path}`)
    if (secret)
      url.searchParams.set('appsecret_proof', await hmacSha256Hex(secret, credentials.accessToken ?? ''))
    return { vendor: NAME, url: url.toString(), headers: bearer(credentials), rules, explain }
  }

  async function check(credentials: Credentials, context: VendorContext): Promise<Result<VendorAccount>> {
    const me = await askVendor(await call('me?fields=id,name', credentials, context), person)
    if (!me.ok) return me
    const held = await askVendor(await call('me/permissions', credentials, context), permissions)
    if (!held.ok) return held
    const scopes = held.value.data.filter(({ status }) => status === 'granted').map((row) => row.permission)
    return (
      missingScopes(NAME, SCOPES, scopes) ?? ok({ account: me.value.id, accountName: me.value.name, scopes })
    )
  }

  return {
    kind: 'meta_ads',
    name: 'Meta Ads',
    category: 'marketing',
    gives: [
      'What your ads on Facebook and Instagram cost, day by day.',
      'Which campaigns bring orders, beside your real sales.',
    ],
    needs: 'A Facebook account that may see your ad account.',
    help: 'https://www.facebook.com/business/help/155909647811305',
    // development tier: 60 points, gone after 300 seconds, a read is one (developers.facebook.com, "Rate Limiting")
    bucket: { capacity: 30, perSecond: 0.2 },
    methods: [
      {
        ...consent,
        async finish(query, input, context) {
          const short = await consent.finish(query, input, context)
          if (!short.ok) return short
          const long = await exchange(short.value.credentials, context)
          return long.ok ? ok({ ...short.value, credentials: long.value }) : long
        },
        refresh: exchange,
      },
    ],
    check,
    revoke: async (credentials, context) =>
      tellVendor({ ...(await call('me/permissions', credentials, context)), method: 'DELETE' }),
  }
}

const person = z.object({ id: z.string(), name: z.string() })
const permissions = z.object({ data: z.array(z.object({ permission: z.string(), status: z.string() })) })
