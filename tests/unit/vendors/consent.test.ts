/** Every vendor with a consent page, against its stand-in: one table, one set of sentences. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CONSENTS, metaStandIn } from '../../support/vendors/consents.ts'
import {
  agree,
  context,
  finish,
  NOW,
  oauthOf,
  reach,
  reachMood,
  SECRETS,
  vendor,
} from '../../support/vendors/reach.ts'
import { SHOP, shopifyStandIn } from '../../support/vendors/shopify.ts'
import type { StandIn } from '../../support/vendors/stand-in.ts'

interface Row {
  standIn: () => StandIn
  account: string
  accountName: string
  input?: Record<string, string>
  pkce?: boolean
  rotates?: boolean
  /** Seconds that the first access token lives. */
  lives?: number
  revokes?: boolean
}

const on = (kind: string): (() => StandIn) => CONSENTS[kind] as () => StandIn

const ROWS: Record<string, Row> = {
  shopify: {
    standIn: () => shopifyStandIn(() => NOW),
    account: SHOP,
    accountName: 'Corner Shop',
    input: { shop: 'Corner-Shop' },
    rotates: true,
    lives: 3600,
    revokes: true,
  },
  quickbooks: {
    standIn: on('quickbooks'),
    account: '9130350000000001',
    accountName: 'Corner Shop Ltd',
    rotates: true,
    lives: 3600,
    revokes: true,
  },
  hubspot: { standIn: on('hubspot'), account: '62515', accountName: 'HubSpot account 62515', lives: 1800 },
  google_sheets: {
    standIn: on('google_sheets'),
    account: '0815',
    accountName: 'ada@corner.example',
    pkce: true,
    lives: 3599,
    revokes: true,
  },
  google_ads: {
    standIn: on('google_ads'),
    account: '1234567890',
    accountName: 'Google Ads 123-456-7890',
    input: { developer_token: 'dev-token-SECRET', customer_id: '123-456-7890' },
    pkce: true,
    lives: 3599,
    revokes: true,
  },
  google_workspace: {
    standIn: on('google_workspace'),
    account: 'C01abc',
    accountName: 'corner.example',
    pkce: true,
    lives: 3599,
    revokes: true,
  },
  meta_ads: {
    standIn: metaStandIn,
    account: '1001',
    accountName: 'Ada Corner',
    lives: 5_184_000,
    revokes: true,
  },
  square: {
    standIn: on('square'),
    account: 'ML1',
    accountName: 'Corner Till',
    lives: 30 * 86_400 - 43_200,
    revokes: true,
  },
  xero: {
    standIn: on('xero'),
    account: 't-new',
    accountName: 'Corner Books',
    pkce: true,
    rotates: true,
    lives: 1800,
    revokes: true,
  },
  microsoft_365: {
    standIn: on('microsoft_365'),
    account: 'org-1',
    accountName: 'Corner Shop',
    pkce: true,
    rotates: true,
    lives: 3600,
  },
  github: {
    standIn: on('github'),
    account: '583231',
    accountName: 'corner-shop',
    pkce: true,
    rotates: true,
    lives: 28_800,
    revokes: true,
  },
  etsy: {
    standIn: on('etsy'),
    account: '4242',
    accountName: 'CornerCrafts',
    pkce: true,
    rotates: true,
    lives: 3600,
  },
}

async function connected(kind: string, row: Row) {
  const standIn = row.standIn()
  const asked = reach(standIn)
  const one = vendor(kind)
  const { query } = await agree(one, standIn, row.input ?? {})
  const answer = await finish(one, query, row.input ?? {})
  if (!answer.ok) throw new Error(answer.error.detail)
  return { standIn, one, query, asked, ...answer.value }
}

afterEach(() => vi.unstubAllGlobals())

describe.each(Object.entries(ROWS))('%s', (kind, row) => {
  const input = row.input ?? {}

  it('connects and says who we are, and says it again when checked', async () => {
    const { one, account, accountName, credentials, asked } = await connected(kind, row)
    expect({ account, accountName }).toEqual({ account: row.account, accountName: row.accountName })
    expect(credentials.expiresAt).toBe(NOW + (row.lives ?? 0) * 1000)
    const again = await one.check(credentials, context())
    expect(again.ok && again.value.account).toBe(row.account)
    // addresses end in logs of others: none may carry a secret
    expect(asked.join('\n')).not.toMatch(SECRETS)
  })

  it('sends the state along, and a PKCE challenge where the vendor knows PKCE', async () => {
    const { url } = await agree(vendor(kind), row.standIn(), input)
    expect(url.searchParams.get('state')).toBe('state-1')
    expect(url.searchParams.get('code_challenge_method')).toBe(row.pkce ? 'S256' : null)
    expect(url.toString()).not.toMatch(/XYZZY/)
  })

  it('refuses a code that was used before, in words without the code', async () => {
    const { one, query } = await connected(kind, row)
    const again = await finish(one, query, input)
    expect(again).toMatchObject({ ok: false, error: { kind: 'conflict', slug: 'code-refused' } })
    expect(JSON.stringify(again)).not.toMatch(SECRETS)
  })

  if (row.pkce)
    it('is refused by the vendor with another PKCE verifier', async () => {
      const standIn = row.standIn()
      reach(standIn)
      const { query } = await agree(vendor(kind), standIn, input)
      const answer = await finish(vendor(kind), query, input, { verifier: 'somebody-elses-verifier' })
      expect(answer).toMatchObject({ ok: false, error: { slug: 'code-refused' } })
    })

  it('says that the app is not accepted when its id or secret is wrong', async () => {
    const standIn = row.standIn()
    reach(standIn)
    const { query } = await agree(vendor(kind), standIn, input)
    const wrong = { clientId: 'other-app', clientSecret: 'other-SECRET' }
    const answer = await finish(vendor(kind), query, input, { app: wrong })
    // Shopify signs the way back with the secret, so it shows there first
    const slug = kind === 'shopify' ? 'callback-signature' : 'vendor-app-refused'
    expect(answer).toMatchObject({ ok: false, error: { kind: 'invalid', slug } })
    expect(JSON.stringify(answer)).not.toMatch(SECRETS)
  })

  it('renews its credentials and works with the new ones', async () => {
    const { one, credentials } = await connected(kind, row)
    const later = await oauthOf(one).refresh?.(credentials, context(NOW + 60_000))
    if (!later?.ok) throw new Error(later?.error.detail)
    expect(later.value.accessToken).not.toBe(credentials.accessToken)
    expect(later.value.refreshToken !== credentials.refreshToken).toBe(row.rotates ?? false)
    expect((await one.check(later.value, context())).ok).toBe(true)
  })

  if (row.rotates)
    it('must be connected again when a replaced refresh token is used', async () => {
      const { one, credentials } = await connected(kind, row)
      await oauthOf(one).refresh?.(credentials, context())
      const again = await oauthOf(one).refresh?.(credentials, context())
      expect(again).toMatchObject({ ok: false, error: { kind: 'unauthenticated', slug: 'reconnect' } })
      expect(JSON.stringify(again)).not.toMatch(SECRETS)
    })

  it('tells a busy vendor, a broken one and a silent one from one that refuses', async () => {
    const { one, credentials } = await connected(kind, row)
    const renew = () => oauthOf(one).refresh?.(credentials, context())
    reachMood(429, { 'Retry-After': '17' })
    for (const answer of [await renew(), await one.check(credentials, context())])
      expect(answer).toMatchObject({ ok: false, error: { kind: 'rate_limited', retryAfter: 17 } })
    reachMood(503, { 'Retry-After': '5' })
    expect(await renew()).toMatchObject({ ok: false, error: { kind: 'unavailable', retryAfter: 5 } })
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('SECRET')))
    const silent = await renew()
    expect(silent).toMatchObject({ ok: false, error: { kind: 'unavailable' } })
    expect(JSON.stringify(silent)).not.toMatch(SECRETS)
  })

  it('is told by a check when the access was taken back', async () => {
    const { one, credentials } = await connected(kind, row)
    const answer = await one.check({ ...credentials, accessToken: 'gone-SECRET' }, context())
    expect(answer).toMatchObject({ ok: false, error: { kind: 'unauthenticated', slug: 'reconnect' } })
    expect(JSON.stringify(answer)).not.toMatch(SECRETS)
  })

  if (row.revokes)
    it('tells the vendor that we go, and is shut out after', async () => {
      const { one, standIn, credentials } = await connected(kind, row)
      expect(await one.revoke?.(credentials, context())).toEqual({ ok: true, value: null })
      expect(standIn.revoked).toHaveLength(1)
      expect(await one.check(credentials, context())).toMatchObject({ error: { kind: 'unauthenticated' } })
    })

  it('does not start without an app, and says what to do', () => {
    const started = oauthOf(vendor(kind)).start(input, { ...context(NOW, null), state: 's', challenge: 'c' })
    expect(started).toMatchObject({ ok: false, error: { slug: 'vendor-app-missing' } })
  })
})
