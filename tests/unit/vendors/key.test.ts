/** Every vendor that is connected by keys, against its stand-in. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { KEYS, stripeStandIn, TWILIO_SID } from '../../support/vendors/keys.ts'
import { context, keyOf, NOW, reach, reachMood, SECRETS, vendor } from '../../support/vendors/reach.ts'
import { SHOP, shopifyStandIn } from '../../support/vendors/shopify.ts'
import type { StandIn } from '../../support/vendors/stand-in.ts'

interface Row {
  standIn: () => StandIn
  input: Record<string, string>
  /** What makes the vendor refuse. */
  wrong: Record<string, string>
  account: string
  refreshes?: boolean
}

const on = (kind: string): (() => StandIn) => KEYS[kind] as () => StandIn

const ROWS: Record<string, Row> = {
  shopify: {
    standIn: () => shopifyStandIn(() => NOW),
    input: { shop: SHOP, client_id: 'own-app', client_secret: 'own-SECRET' },
    wrong: { client_secret: 'bad-SECRET' },
    account: SHOP,
    refreshes: true,
  },
  stripe: {
    standIn: on('stripe'),
    input: { api_key: 'rk_live_GOODSECRET' },
    wrong: { api_key: 'rk_live_BADSECRET' },
    account: 'acct_1',
  },
  woocommerce: {
    standIn: on('woocommerce'),
    input: { url: 'shop.example.com/', consumer_key: 'ck_GOODSECRET', consumer_secret: 'cs_GOODSECRET' },
    wrong: { consumer_secret: 'cs_BADSECRET' },
    account: 'shop.example.com',
  },
  hubspot: {
    standIn: on('hubspot'),
    input: { token: 'pat-GOODSECRET' },
    wrong: { token: 'pat-BADSECRET' },
    account: '62515',
  },
  klaviyo: {
    standIn: on('klaviyo'),
    input: { api_key: 'pk_GOODSECRET' },
    wrong: { api_key: 'pk_BADSECRET' },
    account: 'XyZ123',
  },
  twilio: {
    standIn: on('twilio'),
    input: { account_sid: TWILIO_SID, auth_token: 'GOODSECRET' },
    wrong: { auth_token: 'BADSECRET' },
    account: TWILIO_SID,
  },
  github: {
    standIn: on('github'),
    input: { token: 'github_pat_GOODSECRET' },
    wrong: { token: 'github_pat_BADSECRET' },
    account: '1',
  },
  cloudflare: {
    standIn: on('cloudflare'),
    input: { token: 'GOODSECRET' },
    wrong: { token: 'BADSECRET' },
    account: 'acc',
  },
  ebay: {
    standIn: on('ebay'),
    input: { client_id: 'Corner-Prices-PRD-1', client_secret: 'GOODSECRET' },
    wrong: { client_secret: 'BADSECRET' },
    account: 'Corner-Prices-PRD-1',
    refreshes: true,
  },
  amazon: {
    standIn: on('amazon'),
    input: {
      region: 'EU',
      seller_id: 'A1EXAMPLESELLER',
      client_id: 'amzn1.app',
      client_secret: 'lwa-GOODSECRET',
      refresh_token: 'Atzr|GOODSECRET',
    },
    wrong: { refresh_token: 'Atzr|BADSECRET' },
    account: 'A1EXAMPLESELLER',
    refreshes: true,
  },
  http: {
    standIn: on('http'),
    input: {
      base_url: 'https://api.example.com/v1/',
      check_path: 'me',
      header_name: 'X-Api-Key',
      header_value: 'GOODSECRET',
    },
    wrong: { header_value: 'BADSECRET' },
    account: 'https://api.example.com/v1',
  },
}

afterEach(() => vi.unstubAllGlobals())

const accept = (kind: string, input: Record<string, string>) => keyOf(vendor(kind)).accept(input, context())

describe.each(Object.entries(ROWS))('%s', (kind, row) => {
  it('connects and says who we are, and says it again when checked', async () => {
    const asked = reach(row.standIn())
    const answer = await accept(kind, row.input)
    if (!answer.ok) throw new Error(answer.error.detail)
    expect(answer.value.account).toBe(row.account)
    expect(answer.value.accountName).not.toBe('')
    const again = await vendor(kind).check(answer.value.credentials, context())
    expect(again.ok && again.value.account).toBe(row.account)
    expect(asked.join('\n')).not.toMatch(SECRETS)
  })

  it('says of a wrong key that it is wrong, without repeating it, and not as if the person were signed out', async () => {
    reach(row.standIn())
    const answer = await accept(kind, { ...row.input, ...row.wrong })
    expect(answer).toMatchObject({ ok: false, error: { kind: 'invalid' } })
    expect(JSON.stringify(answer)).not.toMatch(SECRETS)
  })

  it('tells a busy vendor and a broken one from one that refuses', async () => {
    reachMood(429, { 'Retry-After': '3' })
    expect(await accept(kind, row.input)).toMatchObject({ error: { kind: 'rate_limited', retryAfter: 3 } })
    reachMood(502)
    expect(await accept(kind, row.input)).toMatchObject({ error: { kind: 'unavailable' } })
  })

  it('never follows a redirect with its key', async () => {
    const asked: string[] = []
    vi.stubGlobal('fetch', async (url: string) => {
      asked.push(new URL(url).host)
      return new Response('', { status: 302, headers: { Location: 'https://elsewhere.example/' } })
    })
    expect((await accept(kind, row.input)).ok).toBe(false)
    expect(asked).not.toContain('elsewhere.example')
  })

  it('is told by a check when the key was taken back', async () => {
    reach(row.standIn())
    const answer = await accept(kind, row.input)
    if (!answer.ok) throw new Error(answer.error.detail)
    reachMood(401)
    const check = await vendor(kind).check(answer.value.credentials, context())
    expect(check).toMatchObject({ ok: false, error: { kind: 'unauthenticated', slug: 'reconnect' } })
  })

  if (row.refreshes)
    it('gets a new token for the same keys', async () => {
      reach(row.standIn())
      const answer = await accept(kind, row.input)
      if (!answer.ok) throw new Error(answer.error.detail)
      const before = answer.value.credentials
      const after = await keyOf(vendor(kind)).refresh?.(before, context(NOW + 60_000))
      if (!after?.ok) throw new Error(after?.error.detail)
      expect(after.value.accessToken).not.toBe(before.accessToken)
      expect(after.value.expiresAt).toBe((before.expiresAt ?? 0) + 60_000)
      expect((await vendor(kind).check(after.value, context())).ok).toBe(true)
    })
})

describe('what is seen before any vendor is asked', () => {
  it.each([
    ['stripe', { api_key: 'pk_live_XSECRET' }, /publishable key \(live\)/],
    ['stripe', { api_key: 'pk_test_XSECRET' }, /publishable key \(test\)/],
    ['stripe', { api_key: 'sk_live_XSECRET' }, /secret key, which may do everything/],
    ['stripe', { api_key: 'whsec_XSECRET' }, /webhook/],
    ['klaviyo', { api_key: 'AbC123' }, /public key/],
    ['twilio', { account_sid: 'SK1', auth_token: 'x' }, /account SID is AC/],
    ['hubspot', { token: 'abc' }, /starts with pat-/],
    [
      'woocommerce',
      { url: 'http://shop.example.com', consumer_key: 'ck_a', consumer_secret: 'cs_a' },
      /https/,
    ],
    [
      'woocommerce',
      { url: 'https://shop.example.com', consumer_key: 'cs_a', consumer_secret: 'cs_a' },
      /ck_/,
    ],
    ['amazon', { region: 'constructor', seller_id: 'A1EXAMPLESELLER' }, /na, eu or fe/],
    ['http', { base_url: 'http://api.example.com', token: 'xSECRET' }, /plain http/],
    ['http', { base_url: 'http://10.0.0.1/' }, /not on the public internet/],
    ['http', { base_url: 'https://api.example.com', token: 'a', user: 'b' }, /one way only/],
    [
      'http',
      { base_url: 'https://api.example.com', header_name: 'Host', header_value: 'x' },
      /cannot be used/,
    ],
    [
      'http',
      { base_url: 'https://api.example.com', header_name: 'X-A', header_value: 'a\r\nHost: b' },
      /line breaks/,
    ],
  ])('%s refuses %o', async (kind, input, words) => {
    const fetched = vi.fn()
    vi.stubGlobal('fetch', fetched)
    const answer = await accept(kind, input as Record<string, string>)
    expect(answer).toMatchObject({ ok: false, error: { kind: 'invalid' } })
    expect(JSON.stringify(answer)).toMatch(words)
    expect(JSON.stringify(answer)).not.toMatch(SECRETS)
    expect(fetched).not.toHaveBeenCalled()
  })

  it('Stripe names the permissions that a restricted key lacks', async () => {
    reach(stripeStandIn(['invoices', 'charges']))
    const answer = await accept('stripe', { api_key: 'rk_live_GOODSECRET' })
    expect(!answer.ok && answer.error.detail).toMatch(/may not read: Charges and Refunds, Invoices/)
  })

  it('a generic API reports the status it got', async () => {
    reachMood(404)
    const answer = await accept('http', { base_url: 'https://api.example.com' })
    expect(!answer.ok && answer.error.detail).toMatch(/api\.example\.com answered with status 404/)
  })

  it('an app of the shop owner is not taken out of the shop when we go', async () => {
    const standIn = shopifyStandIn(() => NOW)
    reach(standIn)
    const answer = await accept('shopify', ROWS.shopify?.input ?? {})
    if (!answer.ok) throw new Error(answer.error.detail)
    await vendor('shopify').revoke?.(answer.value.credentials, context())
    expect(standIn.revoked).toEqual([])
  })
})
