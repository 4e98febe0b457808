/** Where every vendor answers: the documented address, or the one that a setting of the same name puts in its place. */
import type { Settings } from '../env.ts'
import type { FetchRules } from '../platform/safe-fetch.ts'

/** An empty default: the address is the shop's own. `_AUTH_` is the consent page, `_TOKEN_` and `_REVOKE_` are for us. */
const DEFAULTS = {
  SHOPIFY_API_BASE: '',
  STRIPE_API_BASE: 'https://api.stripe.com',
  QUICKBOOKS_API_BASE: 'https://quickbooks.api.intuit.com',
  QUICKBOOKS_AUTH_BASE: 'https://appcenter.intuit.com',
  QUICKBOOKS_TOKEN_BASE: 'https://oauth.platform.intuit.com',
  QUICKBOOKS_REVOKE_BASE: 'https://developer.api.intuit.com',
  SQUARE_API_BASE: 'https://connect.squareup.com',
  XERO_API_BASE: 'https://api.xero.com',
  XERO_AUTH_BASE: 'https://login.xero.com',
  XERO_TOKEN_BASE: 'https://identity.xero.com',
  HUBSPOT_API_BASE: 'https://api.hubapi.com',
  HUBSPOT_AUTH_BASE: 'https://app.hubspot.com',
  GOOGLE_AUTH_BASE: 'https://accounts.google.com',
  GOOGLE_TOKEN_BASE: 'https://oauth2.googleapis.com',
  GOOGLE_SHEETS_API_BASE: 'https://sheets.googleapis.com',
  GOOGLE_DRIVE_API_BASE: 'https://www.googleapis.com',
  GOOGLE_ADS_API_BASE: 'https://googleads.googleapis.com',
  GOOGLE_WORKSPACE_API_BASE: 'https://admin.googleapis.com',
  META_ADS_API_BASE: 'https://graph.facebook.com',
  META_ADS_AUTH_BASE: 'https://www.facebook.com',
  KLAVIYO_API_BASE: 'https://a.klaviyo.com',
  TWILIO_API_BASE: 'https://api.twilio.com',
  GITHUB_API_BASE: 'https://api.github.com',
  GITHUB_AUTH_BASE: 'https://github.com',
  MICROSOFT_365_API_BASE: 'https://graph.microsoft.com',
  MICROSOFT_365_AUTH_BASE: 'https://login.microsoftonline.com',
  CLOUDFLARE_API_BASE: 'https://api.cloudflare.com',
  ETSY_API_BASE: 'https://openapi.etsy.com',
  ETSY_AUTH_BASE: 'https://www.etsy.com',
  ETSY_TOKEN_BASE: 'https://api.etsy.com',
  EBAY_API_BASE: 'https://api.ebay.com',
  AMAZON_API_BASE: '',
  AMAZON_AUTH_BASE: 'https://api.amazon.com',
} as const

export type BaseName = keyof typeof DEFAULTS

export interface Bases {
  /** Without a slash at the end. */
  of(name: BaseName): string
  /** Rules under which one vendor's calls go out: its configured hosts may be private, nobody else's. */
  rulesFor(...names: BaseName[]): FetchRules
}

/** Throws with the name of a setting that is no web address. */
export function readBases(settings: Settings, rules: FetchRules): Bases {
  const configured = (name: string): string => {
    const text = textSetting(settings, name)
    if (text && !/^https?:\/\/[^/]/.test(text)) throw new Error(`${name} must be an http(s) address`)
    return text.replace(/\/+$/, '')
  }
  const of = (name: BaseName): string => {
    // one setting is enough for a stand-in that answers for the consent page and the token alike
    const pages = name.replace(/_(TOKEN|REVOKE)_BASE$/, '_AUTH_BASE')
    return configured(name) || configured(pages) || DEFAULTS[name]
  }
  return {
    of,
    rulesFor: (...names) => ({
      ...rules,
      // a redirect could carry a key in a header of the vendor's own to another host
      redirects: 0,
      allowPrivate: [
        ...rules.allowPrivate,
        ...names.filter((name) => of(name) !== DEFAULTS[name]).map((name) => new URL(of(name)).host),
      ],
    }),
  }
}

/** A setting that has no schema of its own; anything but text counts as not set. */
export function textSetting(settings: Settings, name: string): string {
  const value = settings[name]
  return typeof value === 'string' ? value.trim() : ''
}
