/** Stripe's amounts, in its own minor units (its exponents differ from ISO 4217 in places), as units of 1/10,000. */

const ZERO = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '))
const THREE = new Set('BHD JOD KWD OMR TND'.split(' '))

export const currencyOf = (code: string): string => code.toUpperCase()

/** `amount` is an integer of the currency's smallest unit at Stripe; ISK and UGX come with two decimals that are 00. */
export function unitsOf(amount: number, currency: string): number {
  const code = currencyOf(currency)
  if (ZERO.has(code)) return amount * 10_000
  return THREE.has(code) ? amount * 10 : amount * 100
}
