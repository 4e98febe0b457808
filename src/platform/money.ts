/**
 * Money as integers of 1/10,000 of the major unit ("units"), so line items keep four decimals (DESIGN 4.3).
 * Safe up to 900 billion major units; rounded once, at output.
 */
import { numberFormat } from '../kit/format.ts'

export const UNITS_PER_MAJOR = 10_000

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d*))?$/

/** Decimal text ("12.3456", "-7") to units; half away from zero beyond four decimals; null when it is no number or too large. */
export function parseUnits(text: string): number | null {
  const match = DECIMAL.exec(text.trim())
  if (!match) return null
  const [, sign, whole = '0', fraction = ''] = match
  const units = BigInt(whole) * 10_000n + BigInt(fraction.slice(0, 4).padEnd(4, '0'))
  const rounded = Number(fraction[4] ?? '0') >= 5 ? units + 1n : units
  if (rounded > BigInt(Number.MAX_SAFE_INTEGER)) return null
  const value = Number(rounded)
  return sign === '-' && value !== 0 ? -value : value
}

/** Exact product of two unit amounts (e.g. quantity in units × price in units), in units, half away from zero. */
export function multiplyUnits(a: number, b: number): number {
  return divideRound(BigInt(a) * BigInt(b), 10_000n)
}

/** Integer division rounded half away from zero. */
export function divideRound(numerator: bigint, denominator: bigint): number {
  const negative = numerator < 0n !== denominator < 0n
  const n = numerator < 0n ? -numerator : numerator
  const d = denominator < 0n ? -denominator : denominator
  const quotient = (2n * n + d) / (2n * d)
  return Number(negative ? -quotient : quotient)
}

/** Units as decimal text with `digits` decimals (0-4), half away from zero: 22972008600 -> "2297200.86". */
export function formatUnits(units: number, digits = 2): string {
  const scale = 10n ** BigInt(4 - digits)
  const scaled = divideRound(BigInt(Math.round(units)), scale)
  const text = Math.abs(scaled)
    .toString()
    .padStart(digits + 1, '0')
  const body = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
  return scaled < 0 ? `-${body}` : body
}

const ZERO_DECIMALS = new Set(
  'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '),
)
const THREE_DECIMALS = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '))

/** Decimals of a currency's minor unit (ISO 4217). */
export function currencyDigits(currency: string): number {
  if (ZERO_DECIMALS.has(currency)) return 0
  return THREE_DECIMALS.has(currency) ? 3 : 2
}

/** An amount for the API: decimal text in the currency's own precision. */
export const moneyText = (units: number, currency: string): string =>
  formatUnits(units, currencyDigits(currency))

/** An amount for people: "1,234.50 US$" in the way of `locale`. */
export function displayMoney(
  units: number,
  currency: string,
  locale: string,
  options: { compact?: boolean; whole?: boolean } = {},
): string {
  const digits = options.whole ? 0 : currencyDigits(currency)
  const format = numberFormat(locale, {
    style: 'currency',
    currency,
    ...(options.compact
      ? { notation: 'compact', maximumFractionDigits: 1 }
      : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  })
  return format.format(units / UNITS_PER_MAJOR)
}
