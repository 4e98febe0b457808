/** Telephone numbers as E.164 (ITU-T) where the country is known, else as they were written. */

/** Country calling code and the trunk prefix that falls away after it. */
const PLANS: Record<string, readonly [code: string, trunk: string]> = {
  US: ['1', '1'],
  CA: ['1', '1'],
  GB: ['44', '0'],
  IE: ['353', '0'],
  DE: ['49', '0'],
  AT: ['43', '0'],
  CH: ['41', '0'],
  FR: ['33', '0'],
  BE: ['32', '0'],
  NL: ['31', '0'],
  LU: ['352', ''],
  ES: ['34', ''],
  PT: ['351', ''],
  IT: ['39', ''],
  DK: ['45', ''],
  SE: ['46', '0'],
  NO: ['47', ''],
  FI: ['358', '0'],
  IS: ['354', ''],
  PL: ['48', ''],
  CZ: ['420', ''],
  SK: ['421', '0'],
  HU: ['36', '06'],
  RO: ['40', '0'],
  BG: ['359', '0'],
  GR: ['30', ''],
  HR: ['385', '0'],
  SI: ['386', '0'],
  EE: ['372', ''],
  LV: ['371', ''],
  LT: ['370', '0'],
  UA: ['380', '0'],
  TR: ['90', '0'],
  IL: ['972', '0'],
  AE: ['971', '0'],
  SA: ['966', '0'],
  EG: ['20', '0'],
  ZA: ['27', '0'],
  NG: ['234', '0'],
  KE: ['254', '0'],
  MA: ['212', '0'],
  IN: ['91', '0'],
  PK: ['92', '0'],
  BD: ['880', '0'],
  SG: ['65', ''],
  MY: ['60', '0'],
  TH: ['66', '0'],
  VN: ['84', '0'],
  PH: ['63', '0'],
  ID: ['62', '0'],
  JP: ['81', '0'],
  KR: ['82', '0'],
  CN: ['86', '0'],
  HK: ['852', ''],
  TW: ['886', '0'],
  AU: ['61', '0'],
  NZ: ['64', '0'],
  BR: ['55', '0'],
  MX: ['52', ''],
  AR: ['54', '0'],
  CL: ['56', ''],
  CO: ['57', ''],
  PE: ['51', '0'],
}

/**
 * `country` is ISO 3166-1 alpha-2: of the workspace or of the person. A number that fits no plan, or has an extension,
 * stays as written; null for a text without digits.
 */
export function cleanPhone(written: string | null | undefined, country: string): string | null {
  const text = (written ?? '').trim().slice(0, 40)
  if (!/\d/.test(text)) return null
  if (!/^[+\d\s().\-/·]+$/.test(text)) return text
  const abroad = text.startsWith('+') || (text.startsWith('00') && text.replaceAll(/\D/g, '').length > 9)
  // `+49 (0) 30 …` is written for both kinds of caller: the zero in brackets falls away
  const digits = (abroad ? text.replace('(0)', '') : text).replaceAll(/\D/g, '')
  if (abroad) return international(text.startsWith('+') ? digits : digits.slice(2), text)
  const [code, trunk] = PLANS[country.toUpperCase()] ?? []
  if (!code) return text
  const national = trunk && digits.startsWith(trunk) ? digits.slice(trunk.length) : digits
  if (code === '1') return national.length === 10 ? `+1${national}` : text
  return national.length >= 6 ? international(code + national, text) : text
}

/** E.164 holds at most 15 digits; under 8 is no number that can be called from abroad. */
const international = (digits: string, text: string): string =>
  digits.length >= 8 && digits.length <= 15 && digits[0] !== '0' ? `+${digits}` : text
