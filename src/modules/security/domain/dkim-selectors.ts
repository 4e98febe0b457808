/** Under which names senders publish their DKIM keys: a selector cannot be listed, only tried. */

/** A provider, how its part in the mail of a domain shows, and the selectors that its set-up gives. */
const PROVIDERS: readonly { seen: RegExp; selectors: readonly string[] }[] = [
  { seen: /google(mail)?\.com/i, selectors: ['google'] },
  { seen: /outlook\.com|protection\.outlook/i, selectors: ['selector1', 'selector2'] },
  { seen: /zoho/i, selectors: ['zoho', 'zmail'] },
  { seen: /messagingengine|fastmail/i, selectors: ['fm1', 'fm2', 'fm3'] },
  { seen: /protonmail/i, selectors: ['protonmail', 'protonmail2', 'protonmail3'] },
  { seen: /icloud/i, selectors: ['sig1'] },
  { seen: /sendgrid/i, selectors: ['s1', 's2', 'smtpapi'] },
  { seen: /mcsv|mailchimp|mandrill/i, selectors: ['k1', 'k2', 'k3', 'mandrill', 'mte1', 'mte2'] },
  { seen: /mailgun/i, selectors: ['k1', 'mailo', 'smtp', 'pic', 'mx'] },
  { seen: /klaviyo/i, selectors: ['kl', 'kl2', 'dkim'] },
  { seen: /sendinblue|brevo/i, selectors: ['mail', 'brevo1', 'brevo2'] },
  { seen: /mailjet/i, selectors: ['mailjet'] },
  { seen: /zendesk/i, selectors: ['zendesk1', 'zendesk2'] },
  { seen: /shopify/i, selectors: ['shopify', 's1', 's2'] },
  { seen: /titan\.email/i, selectors: ['titan1', 'titan2'] },
  { seen: /yandex/i, selectors: ['mail'] },
  { seen: /mimecast/i, selectors: ['mimecast20190104'] },
  { seen: /hostinger/i, selectors: ['hostingermail-a', 'hostingermail-b', 'hostingermail-c'] },
]
const COMMON = [
  'default',
  'dkim',
  'mail',
  'google',
  'selector1',
  'selector2',
  's1',
  's2',
  'k1',
  'smtp',
  'key1',
]

const MOST = 24

/** What to try: given ones first, then those of the providers seen in MX and SPF, then the common ones. */
export function selectorsToTry(
  given: readonly string[],
  mx: readonly string[],
  spf: readonly string[],
): string[] {
  const seen = [...mx, ...spf].join(' ')
  const providers = PROVIDERS.filter((provider) => provider.seen.test(seen))
  const all = [...given, ...providers.flatMap(({ selectors }) => selectors), ...COMMON]
  return [...new Set(all)].slice(0, Math.max(MOST, given.length))
}
