/** Prices as shops write them: any separators, any currency, one number out of a line of words. */
import { currencyIn, minorDigits } from './extract/currency.ts'

export interface PriceHints {
  /** Text near the price, or an ISO code: `USD`, `Price in €`. */
  currencyHint?: string | null
  /** BCP 47: `de-AT`. */
  localeHint?: string | null
}

export interface ParsedPrice {
  /** Plain decimal, no grouping, no zeros at the end: `1234.5`. */
  amount: string
  /** ISO 4217; null when the text and the hints do not settle it. */
  currency: string | null
}

const NUMBER =
  /(?:\d{1,3}(?:[ '’]\d{3})+(?!\d)|\d+(?:[.,'’٬]\d+)*)(?:\s?[.,٫]\s?\d{1,2}(?!\d))?|(?<![\d.,])[.,]\d{1,2}(?!\d)/g
/** Said before a price that is not the one to pay. */
const BEFORE =
  /\b(was|rrp|uvp|msrp|list price|statt|instead of|old price|regular(?: price)?|before|avant|antes|prima)\s*:?\s*$/i
const NOW = /\b(now|only|sale(?: price)?|jetzt|nur|ahora|adesso|maintenant|aktuell|your price)\s*:?\s*$/i
/** Beside a number that is none of a price: share, count, size, time. */
const NO_PRICE_AFTER =
  /^\s?(%|x\b|×|pcs|pieces|st(?:ü|u)ck|für\b|for\b|kg\b|cm\b|mm\b|ml\b|hours?\b|days?\b|stars?\b|reviews?\b)/i

interface Found {
  text: string
  at: number
  /** A currency stands right beside it. */
  priced: boolean
  score: number
}

/** Null: there is no price in it. Never throws, whatever the text. */
export function parsePriceText(text: string, hints: PriceHints = {}): ParsedPrice | null {
  const line = plain(text).slice(0, 2000)
  const [best] = numbersIn(line).sort((a, b) => b.score - a.score || a.at - b.at)
  if (!best) return null
  const near = line.slice(Math.max(0, best.at - 16), best.at + best.text.length + 16)
  const currency = currencyIn(near, hints) ?? currencyIn(line, hints)
  const amount = amountOf(withCents(best, line), currency, hints.localeHint ?? null)
  return amount === null ? null : { amount, currency }
}

/** ASCII digits and spaces. */
function plain(text: string): string {
  return text
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/[\u0966-\u096f]/g, (digit) => String(digit.charCodeAt(0) - 0x0966))
    .replace(/[\uff10-\uff19]/g, (digit) => String(digit.charCodeAt(0) - 0xff10))
    .replace(/[\u00a0\u2000-\u200b\u202f\u3000\s]+/g, ' ')
}

const CURRENCY_BESIDE =
  /[$€£¥₹₽₪₩₺₴₫฿₦₱₡₲₸₼₾₿¢]|\b(?:[A-Z]{3}|zł|kč|kr|руб|грн|rs|ft|lei|лв|rp|rm|р)(?![a-zа-яё])/iu

function numbersIn(line: string): Found[] {
  return [...line.matchAll(NUMBER)].map((match) => {
    const { 0: text, index: at } = match
    const before = line.slice(Math.max(0, at - 24), at)
    const words = before.replace(/[\s$€£¥₹₽]+$/, '')
    const after = line.slice(at + text.length, at + text.length + 12)
    const priced = CURRENCY_BESIDE.test(before.slice(-5)) || CURRENCY_BESIDE.test(after.slice(0, 6))
    const score =
      (priced ? 4 : 0) +
      (NOW.test(words) ? 2 : 0) -
      (BEFORE.test(words) ? 3 : 0) -
      (NO_PRICE_AFTER.test(after) ? 6 : 0) -
      (/[-–]\s?$/.test(before) && /^\s?%/.test(after) ? 4 : 0)
    return { text, at, priced, score }
  })
}

/** `12€99` and `12 € 99`: the cents stand behind the sign. */
function withCents({ text, at }: Found, line: string): string {
  if (/[.,]\d{1,2}$/.test(text)) return text
  const after = line.slice(at + text.length)
  const cents = /^\s?[€$£]\s?(\d{2})(?![\d.,]|\s?[€$£%])/.exec(after)
  return cents ? `${text.replace(/[.,](?=\d{3}(?!\d))/g, '')}.${cents[1]}` : text
}

function amountOf(text: string, currency: string | null, locale: string | null): string | null {
  const body = text.replace(/[ '’٬]/g, '').replace(/٫/g, '.')
  const point = decimalPoint(body, currency, locale)
  const [whole, part] = point === null ? [body, ''] : [body.slice(0, point), body.slice(point + 1)]
  const digits = `${whole.replace(/\D/g, '').replace(/^0+(?=\d)/, '') || '0'}`
  if (digits.length > 15) return null
  const cents = part.replace(/\D/g, '').replace(/0+$/, '')
  return cents === '' ? digits : `${digits}.${cents}`
}

/** Where the decimals begin; null: there are none. */
function decimalPoint(body: string, currency: string | null, locale: string | null): number | null {
  const last = Math.max(body.lastIndexOf('.'), body.lastIndexOf(','))
  if (last < 0) return null
  const both = body.includes('.') && body.includes(',')
  const behind = body.length - last - 1
  if (both) return behind === 3 && isGrouped(body) ? null : last
  const sign = body[last] ?? '.'
  if (body.indexOf(sign) !== last) return behind === 3 ? null : last
  if (behind !== 3) return last
  if (/^0?[.,]/.test(body)) return last
  if (currency && minorDigits(currency) === 3) return last
  return locale && decimalSign(locale) === sign && currency === null && behind !== 3 ? last : null
}

/** `1.234,567`: groups of three throughout, the last of them too, in two kinds of signs: the last one is decimal. */
const isGrouped = (body: string): boolean =>
  /^\d{1,3}([.,]\d{3})+$/.test(body) && new Set(body.match(/[.,]/g)).size === 1

const decimalSign = (locale: string): string => (/^(en|ja|zh|ko|th|he|hi)\b/i.test(locale) ? '.' : ',')
