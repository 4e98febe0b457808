/** Every outside system that can be connected, in the order the connections page shows them. */
import type { Settings } from '../env.ts'
import type { FetchRules } from '../platform/safe-fetch.ts'
import type { Vendor, VendorApp } from '../platform/vendor.ts'
import { amazonVendor } from './amazon/auth.ts'
import { readBases, textSetting } from './bases.ts'
import { cloudflareVendor } from './cloudflare/auth.ts'
import { ebayVendor } from './ebay/auth.ts'
import { etsyVendor } from './etsy/auth.ts'
import { githubVendor } from './github/auth.ts'
import { googleAdsVendor } from './google-ads/auth.ts'
import { googleSheetsVendor } from './google-sheets/auth.ts'
import { googleWorkspaceVendor } from './google-workspace/auth.ts'
import { httpVendor } from './http/auth.ts'
import { hubspotVendor } from './hubspot/auth.ts'
import { klaviyoVendor } from './klaviyo/auth.ts'
import { metaAdsVendor } from './meta-ads/auth.ts'
import { microsoft365Vendor } from './microsoft-365/auth.ts'
import { quickbooksVendor } from './quickbooks/auth.ts'
import { shopifyVendor } from './shopify/auth.ts'
import { squareVendor } from './square/auth.ts'
import { stripeVendor } from './stripe/auth.ts'
import { twilioVendor } from './twilio/auth.ts'
import { woocommerceVendor } from './woocommerce/auth.ts'
import { xeroVendor } from './xero/auth.ts'

export function createVendors(settings: Settings, rules: FetchRules): Vendor[] {
  const bases = readBases(settings, rules)
  return [
    shopifyVendor(bases, textSetting(settings, 'SHOPIFY_SCOPES')),
    woocommerceVendor(rules),
    stripeVendor(bases),
    squareVendor(bases),
    quickbooksVendor(bases),
    xeroVendor(bases),
    googleSheetsVendor(bases),
    googleAdsVendor(bases, textSetting(settings, 'GOOGLE_ADS_DEVELOPER_TOKEN')),
    metaAdsVendor(bases),
    klaviyoVendor(bases),
    hubspotVendor(bases),
    twilioVendor(bases),
    etsyVendor(bases),
    ebayVendor(bases),
    amazonVendor(bases),
    googleWorkspaceVendor(bases),
    microsoft365Vendor(bases),
    githubVendor(bases),
    cloudflareVendor(bases),
    httpVendor(rules),
  ]
}

/** Kinds with a consent page; Google's share one app unless each has its own. */
const APP_SETTINGS: Record<string, readonly string[]> = {
  shopify: ['SHOPIFY'],
  square: ['SQUARE'],
  quickbooks: ['QUICKBOOKS'],
  xero: ['XERO'],
  google_sheets: ['GOOGLE_SHEETS', 'GOOGLE'],
  google_ads: ['GOOGLE_ADS', 'GOOGLE'],
  meta_ads: ['META_ADS'],
  hubspot: ['HUBSPOT'],
  etsy: ['ETSY'],
  google_workspace: ['GOOGLE_WORKSPACE', 'GOOGLE'],
  microsoft_365: ['MICROSOFT_365'],
  github: ['GITHUB'],
}

/** The installation's own apps, by kind: those of which id and secret are both set. */
export function appsOf(settings: Settings): Record<string, VendorApp> {
  const apps: Record<string, VendorApp> = {}
  for (const [kind, names] of Object.entries(APP_SETTINGS)) {
    const found = names
      .map((name) => ({
        clientId: textSetting(settings, `${name}_CLIENT_ID`),
        clientSecret: textSetting(settings, `${name}_CLIENT_SECRET`),
      }))
      .find((app) => app.clientId && app.clientSecret)
    if (found) apps[kind] = found
  }
  return apps
}
