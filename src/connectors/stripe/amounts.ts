/** Stripe's amounts, in its own minor units (its exponents differ from ISO 4217 in places), as units of 1/10,000. */

const ZERO = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '))
const THREE = new Set('BHD JOD KWD OMR TND'.split(' '))

export const currencyOf = (code: string): string => code.toUpperCase()

/**
 * `amount` is an integer of the currency's smallest unit at Stripe; ISK and UGX come with two decimals that are 00.
 * Throws when the result is beyond what integers hold: no real charge is.
 */
export function unitsOf(amount: number, currency: string): number {
  const units = amount * unitsPerMinor(currency)
  if (!Number.isSafeInteger(units)) throw new RangeError('The amount is too large to be one.')
  return units
}

/** Units of 1/10,000 in one minor unit of the currency. */
export function unitsPerMinor(currency: string): number {
  const code = currencyOf(currency)
  if (ZERO.has(code)) return 10_000
  return THREE.has(code) ? 10 : 100
}
