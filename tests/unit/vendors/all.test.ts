/** What holds for every vendor. */
import { describe, expect, it } from 'vitest'
import { appsOf, createVendors } from '../../../src/connectors/vendors.ts'
import { settingsWith } from '../../support/vendors/reach.ts'

const vendors = createVendors(settingsWith(), { allowPrivate: [] })

describe('all vendors', () => {
  it('are twenty, each with a kind of its own', () => {
    expect(vendors).toHaveLength(20)
    expect(new Set(vendors.map(({ kind }) => kind)).size).toBe(20)
  })

  it.each(vendors.map((vendor) => [vendor.kind, vendor] as const))(
    '%s tells an owner what it is for',
    (_kind, vendor) => {
      expect(vendor.kind).toMatch(/^[a-z0-9_]+$/)
      expect(vendor.gives.length).toBeGreaterThanOrEqual(2)
      expect(vendor.gives.length).toBeLessThanOrEqual(4)
      for (const sentence of [...vendor.gives, vendor.needs]) expect(sentence).toMatch(/^[A-Z].{10,}\.$/)
      expect(new URL(vendor.help).protocol).toBe('https:')
      expect(vendor.bucket.capacity).toBeGreaterThanOrEqual(1)
      expect(vendor.bucket.perSecond).toBeGreaterThan(0)
      // the flow finds a method by its kind: two of one kind could not be told apart
      const kinds = vendor.methods.map(({ kind }) => kind)
      expect(kinds.length).toBeGreaterThan(0)
      expect(new Set(kinds).size).toBe(kinds.length)
      const secrets = vendor.methods.flatMap(({ fields }) =>
        fields.filter(({ name }) => /secret|token$|password|api_key/.test(name)),
      )
      for (const field of secrets.filter(({ name }) => name !== 'account_sid'))
        expect(field.secret).toBe(true)
    },
  )

  it('have the apps that the installation names, and Google one for all of its three', () => {
    const apps = appsOf(
      settingsWith({
        SHOPIFY_CLIENT_ID: 'a',
        SHOPIFY_CLIENT_SECRET: 'b',
        XERO_CLIENT_ID: 'half',
        GOOGLE_CLIENT_ID: 'g',
        GOOGLE_CLIENT_SECRET: 'h',
        GOOGLE_ADS_CLIENT_ID: 'i',
        GOOGLE_ADS_CLIENT_SECRET: 'j',
        ETSY_CLIENT_ID: 7,
      }),
    )
    expect(apps).toEqual({
      shopify: { clientId: 'a', clientSecret: 'b' },
      google_sheets: { clientId: 'g', clientSecret: 'h' },
      google_ads: { clientId: 'i', clientSecret: 'j' },
      google_workspace: { clientId: 'g', clientSecret: 'h' },
    })
  })

  it('do not start with a base that is no address', () => {
    const wrong = settingsWith({ STRIPE_API_BASE: 'api.stripe.com' })
    expect(() => createVendors(wrong, { allowPrivate: [] })).toThrow(/STRIPE_API_BASE/)
  })
})
