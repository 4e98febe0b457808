/** Which issuers a domain allows (CAA, RFC 8659), and under which names the issuers of certificates go there. */

export interface CaaRecord {
  flags: number
  tag: string
  value: string
}

/** Organisation in a certificate, and its domains in CAA as it publishes them in its own policy. */
const ISSUERS: readonly { organization: RegExp; domains: readonly string[] }[] = [
  { organization: /let's encrypt|internet security research group/i, domains: ['letsencrypt.org'] },
  { organization: /google trust services/i, domains: ['pki.goog', 'google.com'] },
  {
    organization: /digicert|geotrust|rapidssl|thawte/i,
    domains: [
      'digicert.com',
      'digicert.ne.jp',
      'geotrust.com',
      'rapidssl.com',
      'thawte.com',
      'symantec.com',
      'quovadisglobal.com',
    ],
  },
  {
    organization: /sectigo|comodo|usertrust|zerossl/i,
    domains: [
      'sectigo.com',
      'comodo.com',
      'comodoca.com',
      'usertrust.com',
      'trust-provider.com',
      'zerossl.com',
    ],
  },
  { organization: /globalsign/i, domains: ['globalsign.com'] },
  { organization: /amazon/i, domains: ['amazon.com', 'amazontrust.com', 'awstrust.com', 'amazonaws.com'] },
  { organization: /godaddy|starfield/i, domains: ['godaddy.com', 'starfieldtech.com'] },
  { organization: /entrust/i, domains: ['entrust.net', 'affirmtrust.com'] },
  { organization: /ssl corp|ssl\.com/i, domains: ['ssl.com'] },
  { organization: /buypass/i, domains: ['buypass.com', 'buypass.no'] },
  { organization: /actalis/i, domains: ['actalis.it'] },
  { organization: /asseco|certum|unizeto/i, domains: ['certum.pl', 'certum.eu', 'yandex.ru'] },
  { organization: /harica|hellenic academic/i, domains: ['harica.gr'] },
  { organization: /swisssign/i, domains: ['swisssign.com', 'swisssign.net'] },
  { organization: /identrust/i, domains: ['identrust.com'] },
  { organization: /microsoft/i, domains: ['microsoft.com'] },
  { organization: /telesec|telekom security|t-systems/i, domains: ['telesec.de'] },
]

/** A record as the decoder writes it: `0 issue "ca.example; account=1"`. Null for anything else. */
export function parseCaa(text: string): CaaRecord | null {
  const [, flags = '', tag = '', value = ''] = /^(\d+) ([a-z0-9]+) "([\s\S]*)"$/i.exec(text) ?? []
  return tag === ''
    ? null
    : { flags: Number(flags), tag: tag.toLowerCase(), value: value.replace(/\\(.)/g, '$1') }
}

/** The issuers' domains that `issue` (or, for names with a star, `issuewild`) allows; empty: nobody. */
export function allowedIssuers(records: readonly CaaRecord[], wildcard: boolean): string[] {
  const wild = records.filter(({ tag }) => tag === 'issuewild')
  const counting = wildcard && wild.length > 0 ? wild : records.filter(({ tag }) => tag === 'issue')
  return counting.map(({ value }) => (value.split(';')[0] ?? '').trim().toLowerCase()).filter(Boolean)
}

/** The names of a certificate's issuer in CAA; null when we do not know the issuer. */
export const caaNamesOf = (organization: string): readonly string[] | null =>
  ISSUERS.find((issuer) => issuer.organization.test(organization))?.domains ?? null
