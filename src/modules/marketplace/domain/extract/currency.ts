/** Which currency a text means: codes first, then signs that only one currency has, then those that need a place. */

const CODES = new Set(
  (
    'AED AFN ALL AMD ARS AUD AZN BAM BDT BGN BHD BND BOB BRL BYN CAD CHF CLP CNY COP CRC CZK DKK DOP DZD EGP EUR GBP GEL GHS ' +
    'GTQ HKD HNL HUF IDR ILS INR IQD ISK JMD JOD JPY KES KRW KWD KZT LBP LKR MAD MDL MKD MUR MXN MYR NGN NOK NPR NZD OMR PAB ' +
    'PEN PHP PKR PLN PYG QAR RON RSD RUB SAR SEK SGD THB TND TRY TTD TWD UAH USD UYU UZS VND XOF ZAR'
  ).split(' '),
)

/** Signs and words that stand for one currency wherever they are written. */
const CLEAR: readonly [RegExp, string][] = [
  [/€|\beuros?\b/i, 'EUR'],
  [/US ?\$|\$ ?US\b|\bUSD\b/i, 'USD'],
  [/C ?\$|CA ?\$|CDN ?\$|\$ ?CA\b/i, 'CAD'],
  [/A ?\$|AU ?\$/i, 'AUD'],
  [/NZ ?\$/i, 'NZD'],
  [/HK ?\$/i, 'HKD'],
  [/S ?\$|SG ?\$/, 'SGD'],
  [/R\$/, 'BRL'],
  [/NT ?\$/i, 'TWD'],
  [/MX ?\$/i, 'MXN'],
  [/£/, 'GBP'],
  [/₹|\bINR\b/i, 'INR'],
  [/₽|(?:^|[^а-яё])(?:руб|р)\.?(?![а-яё])/iu, 'RUB'],
  [/₪/, 'ILS'],
  [/₩/, 'KRW'],
  [/₺|(?:^|\W)TL(?!\w)/, 'TRY'],
  [/₴|грн/iu, 'UAH'],
  [/₫/, 'VND'],
  [/฿/, 'THB'],
  [/₦/, 'NGN'],
  [/₱/, 'PHP'],
  [/zł/iu, 'PLN'],
  [/Kč/iu, 'CZK'],
  [/\bFt\b/, 'HUF'],
  [/\blei\b/i, 'RON'],
  [/лв/iu, 'BGN'],
  [/\bRp\b/i, 'IDR'],
  [/\bRM\b/, 'MYR'],
  [/\bFr\.|\bSFr\b/i, 'CHF'],
]

/** Signs of several currencies, by the land of the locale. */
const BY_LAND: readonly [RegExp, Record<string, string>][] = [
  [
    /\$/,
    {
      ...{ US: 'USD', CA: 'CAD', AU: 'AUD', NZ: 'NZD', MX: 'MXN', AR: 'ARS', CL: 'CLP', CO: 'COP' },
      ...{ UY: 'UYU', SG: 'SGD', HK: 'HKD' },
    },
  ],
  [/\bkr\b/i, { SE: 'SEK', NO: 'NOK', DK: 'DKK', IS: 'ISK' }],
  [/¥|￥|円|元/, { JP: 'JPY', CN: 'CNY' }],
  [/\bRs\b/i, { IN: 'INR', PK: 'PKR', LK: 'LKR', NP: 'NPR', MU: 'MUR' }],
]

/** ISO 4217, or null when it cannot be told. A dollar sign alone is nobody's currency until a hint says whose. */
export function currencyIn(
  text: string,
  { currencyHint, localeHint }: { currencyHint?: string | null; localeHint?: string | null } = {},
): string | null {
  const own = codeIn(text) ?? clearIn(text)
  if (own) return own
  const land = /[-_]([A-Za-z]{2})\b/.exec(localeHint ?? '')?.[1]?.toUpperCase()
  const shared = BY_LAND.find(([sign]) => sign.test(text))?.[1]
  const hinted = currencyHint ? (codeIn(currencyHint) ?? clearIn(currencyHint)) : null
  if (shared) {
    const fitting = hinted && Object.values(shared).includes(hinted) ? hinted : null
    return fitting ?? (land ? (shared[land] ?? null) : null)
  }
  return hinted
}

function codeIn(text: string): string | null {
  for (const [word] of text.matchAll(/(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])/g)) if (CODES.has(word)) return word
  return null
}

const clearIn = (text: string): string | null => CLEAR.find(([sign]) => sign.test(text))?.[1] ?? null

export const isCurrencyCode = (text: string): boolean => CODES.has(text)

const THREE = new Set(['BHD', 'IQD', 'JOD', 'KWD', 'OMR', 'TND'])
const NONE = new Set(['CLP', 'ISK', 'JPY', 'KRW', 'PYG', 'VND', 'XOF'])

/** Decimals that the currency is counted in. */
export const minorDigits = (currency: string): number =>
  THREE.has(currency) ? 3 : NONE.has(currency) ? 0 : 2
