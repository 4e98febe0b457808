/** What single vendors with a consent page do beyond the common path. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CONSENTS } from '../../support/vendors/consents.ts'
import { agree, context, finish, NOW, oauthOf, reach, vendor } from '../../support/vendors/reach.ts'
import { SHOP, shopifyStandIn } from '../../support/vendors/shopify.ts'
import { APP, type StandIn } from '../../support/vendors/stand-in.ts'

const on = (kind: string): (() => StandIn) => CONSENTS[kind] as () => StandIn

afterEach(() => vi.unstubAllGlobals())

describe('what single vendors do beyond the common path', () => {
  const shopifyBack = async (change: (query: URLSearchParams) => void, now = NOW) => {
    const standIn = shopifyStandIn(() => NOW)
    reach(standIn)
    const { query } = await agree(vendor('shopify'), standIn, { shop: SHOP })
    change(query)
    const answer = await finish(vendor('shopify'), query, { shop: SHOP }, { now })
    return answer.ok ? 'connected' : answer.error.slug
  }

  it('Shopify: a changed parameter, an old callback and another shop are refused', async () => {
    expect(await shopifyBack((query) => query.set('code', 'code-of-another'))).toBe('callback-signature')
    expect(await shopifyBack((query) => query.delete('hmac'))).toBe('callback-signature')
    expect(await shopifyBack(() => {}, NOW + 91_000)).toBe('callback-age')
    expect(await shopifyBack(() => {}, NOW - 91_000)).toBe('callback-age')
    expect(await shopifyBack(() => {}, NOW + 89_000)).toBe('connected')
    const standIn = shopifyStandIn(() => NOW)
    reach(standIn)
    const { query } = await agree(vendor('shopify'), standIn, { shop: SHOP })
    const other = await finish(vendor('shopify'), query, { shop: 'other-shop' })
    expect(other).toMatchObject({ ok: false, error: { slug: 'callback-shop' } })
  })

  it('Shopify: a permission that was not given is named', async () => {
    const standIn = shopifyStandIn(() => NOW, ['write_orders', 'read_products'])
    reach(standIn)
    const { query } = await agree(vendor('shopify'), standIn, { shop: SHOP })
    const answer = await finish(vendor('shopify'), query, { shop: SHOP })
    expect(!answer.ok && answer.error.detail).toMatch(/missing: read_inventory, read_customers/)
  })

  it.each([
    ['corner-shop', true],
    ['https://corner-shop.myshopify.com/admin', true],
    ['https://admin.shopify.com/store/corner-shop/orders', true],
    ['corner-shop.myshopify.com.evil.example', false],
    ['evil.example', false],
    ['corner-shop.myshopify.com@evil.example', false],
    ['', false],
  ])('Shopify: "%s" is a shop: %s', (shop, good) => {
    const started = oauthOf(vendor('shopify')).start({ shop }, { ...context(), state: 's', challenge: 'c' })
    expect(started.ok ? new URL(started.value.url).host : null).toBe(good ? SHOP : null)
  })

  it('QuickBooks: a callback without a company is refused', async () => {
    const standIn = on('quickbooks')()
    reach(standIn)
    const { query } = await agree(vendor('quickbooks'), standIn, {})
    query.set('realmId', '../1')
    expect(await finish(vendor('quickbooks'), query, {})).toMatchObject({
      error: { slug: 'company-missing' },
    })
  })

  it('Google Ads: a customer ID of somebody else is refused, and a wrong developer token is a missing permission', async () => {
    const answerTo = async (input: Record<string, string>) => {
      const standIn = on('google_ads')()
      reach(standIn)
      const { query } = await agree(vendor('google_ads'), standIn, input)
      const answer = await finish(vendor('google_ads'), query, input)
      return answer.ok ? 'connected' : answer.error.slug
    }
    expect(await answerTo({ developer_token: 'dev-token-SECRET', customer_id: '999' })).toBe(
      'account-not-found',
    )
    expect(await answerTo({ developer_token: 'wrong' })).toBe('permission-missing')
  })

  it('Google: a permission that was unticked is named, and an access that would not last is not kept', async () => {
    const answerOf = async (body: unknown) => {
      vi.stubGlobal('fetch', async () => new Response(JSON.stringify(body)))
      const answer = await finish(vendor('google_sheets'), new URLSearchParams('code=x'), {})
      return answer.ok ? 'connected' : answer.error.slug
    }
    const lasting = { access_token: 'a', refresh_token: 'r' }
    expect(await answerOf({ ...lasting, scope: 'openid' })).toBe('scopes-missing')
    expect(await answerOf({ access_token: 'a', scope: 'https://www.googleapis.com/auth/drive.file' })).toBe(
      'no-lasting-access',
    )
    expect(await answerOf({ error: 42 })).toBe('vendor-unreadable')
  })

  it('GitHub: an error that comes with status 200 is a refusal', async () => {
    vi.stubGlobal('fetch', async () => new Response('{"error":"bad_verification_code"}'))
    const answer = await finish(vendor('github'), new URLSearchParams('code=x'), {})
    expect(answer).toMatchObject({ ok: false, error: { slug: 'code-refused' } })
  })

  it('a base that a setting configures takes the place of the vendor, also for the token', async () => {
    const asked: string[] = []
    vi.stubGlobal('fetch', async (url: string) => {
      asked.push(url)
      return new Response('{}', { status: 500 })
    })
    const local = 'http://127.0.0.1:9999'
    const one = vendor('quickbooks', { QUICKBOOKS_API_BASE: local, QUICKBOOKS_AUTH_BASE: `${local}/` })
    await finish(one, new URLSearchParams('code=x&realmId=12345'), {}, { app: APP })
    await one.check({ realmId: '12345' }, context())
    expect(asked.map((url) => new URL(url).origin)).toEqual([local, local])
  })
})
