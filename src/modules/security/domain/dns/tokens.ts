/** Text records by which services prove that a domain belongs to their customer: who is linked to it. */

/** A vendor, and how its token begins (as its set-up pages give it). */
const VENDORS: readonly { vendor: string; token: RegExp }[] = [
  { vendor: 'Google', token: /^google-site-verification[=:]/i },
  { vendor: 'Microsoft', token: /^MS=ms\d+/i },
  { vendor: 'Facebook', token: /^facebook-domain-verification=/i },
  { vendor: 'Apple', token: /^apple-domain(-verification)?=/i },
  { vendor: 'Adobe', token: /^adobe-(idp-site-verification|sign-verification)=/i },
  { vendor: 'Atlassian', token: /^atlassian-(domain|sending-domain)-verification=/i },
  { vendor: 'Dropbox', token: /^dropbox-domain-verification=/i },
  { vendor: 'DocuSign', token: /^docusign=/i },
  { vendor: 'HubSpot', token: /^hubspot-(domain|developer)-verification=/i },
  { vendor: 'Stripe', token: /^stripe-verification=/i },
  { vendor: 'Zoom', token: /^ZOOM_verify_/i },
  { vendor: 'Slack', token: /^slack-domain-verification=/i },
  { vendor: 'Shopify', token: /^shopify-verification(-code)?=/i },
  { vendor: 'Pinterest', token: /^pinterest-site-verification=/i },
  { vendor: 'Yandex', token: /^yandex-verification[:=]/i },
  { vendor: 'OpenAI', token: /^openai-domain-verification=/i },
  { vendor: 'Anthropic', token: /^anthropic-domain-verification/i },
  { vendor: 'Notion', token: /^notion-domain-verification=/i },
  { vendor: 'Canva', token: /^canva-site-verification=/i },
  { vendor: 'Klaviyo', token: /^klaviyo-site-verification=/i },
  { vendor: 'Mailchimp', token: /^mailchimp(-domain)?-verification=/i },
  { vendor: 'Brevo', token: /^(brevo|sendinblue)-code[:=]/i },
  { vendor: 'Zoho', token: /^zoho-verification=/i },
  { vendor: 'Cisco', token: /^cisco-(ci-)?domain-verification=/i },
  { vendor: 'Citrix', token: /^citrix-verification-code=/i },
  { vendor: '1Password', token: /^1password-site-verification=/i },
  { vendor: 'LastPass', token: /^lastpass-verification-code=/i },
  { vendor: 'Miro', token: /^miro-verification=/i },
  { vendor: 'GlobalSign', token: /^_?globalsign-(domain|smime-dv)(-verification)?=/i },
  { vendor: 'TikTok', token: /^tiktok-(developers-)?site-verification=/i },
  { vendor: 'Proton', token: /^protonmail-verification=/i },
  { vendor: 'TeamViewer', token: /^teamviewer-sso-verification=/i },
  { vendor: 'Wix', token: /^wix-domain-verification=/i },
  { vendor: 'Airtable', token: /^airtable-verification=/i },
  { vendor: 'Calendly', token: /^calendly-site-verification=/i },
  { vendor: 'PayPal', token: /^paypal-/i },
  { vendor: 'Webex', token: /^webexdomainverification/i },
  { vendor: 'Cloudflare', token: /^cloudflare[-_](dashboard-sso|verify)/i },
  { vendor: 'Have I Been Pwned', token: /^have-i-been-pwned-verification=/i },
]
const SOME_TOKEN =
  /^([a-z0-9][a-z0-9-]*?)[-_]?(site|domain|code)?[-_]?(verification|verify|challenge)[a-z0-9-]*[=:]/i

/** The vendors whose tokens stand among the text records, each once, in alphabetical order. */
export function vendorsOf(texts: readonly string[]): string[] {
  const found = texts.flatMap((text) => {
    const known = VENDORS.find(({ token }) => token.test(text))
    return known ? [known.vendor] : (SOME_TOKEN.exec(text)?.slice(1, 2) ?? [])
  })
  return [...new Set(found)].sort()
}
