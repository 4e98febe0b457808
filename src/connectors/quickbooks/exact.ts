/** QuickBooks writes amounts as JSON numbers: they are read as the text that arrived, never through a float. */
import { divideRound, parseUnits, UNITS_PER_MAJOR } from '../../platform/money.ts'

/** A string (left as it is) or a number of JSON text. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** JSON with every number as the string of its digits. Throws SyntaxError on text that is no JSON. */
export const parseExact = (text: string): unknown =>
  JSON.parse(text.replace(TOKEN, (token) => (token.startsWith('"') ? token : `"${token}"`)))

const SCIENTIFIC = /^(-?)(\d+)(?:\.(\d+))?[eE]([+-]?\d{1,3})$/

/** Decimal text, in either notation, as units of 1/10,000. Throws RangeError on what is no amount. */
export function unitsOf(text: string): number {
  const units = parseUnits(plainText(text))
  if (units === null) throw new RangeError(`"${text.slice(0, 40)}" is no amount.`)
  return units
}

/** Units of a foreign amount in the currency of the books: `rate` is decimal text, home for one foreign. */
export function inHome(units: number, rate: string): number {
  const match = /^(\d{1,12})(?:\.(\d{1,12}))?/.exec(plainText(rate))
  if (!match) throw new RangeError(`"${rate.slice(0, 40)}" is no rate of exchange.`)
  const [, whole = '0', fraction = ''] = match
  const scaled = BigInt(whole + fraction.padEnd(12, '0'))
  // the books round to cents
  return divideRound(BigInt(units) * scaled, 100n * 10n ** 12n) * (UNITS_PER_MAJOR / 100)
}

function plainText(text: string): string {
  const match = SCIENTIFIC.exec(text.trim())
  if (!match) return text
  const [, sign, whole = '', fraction = '', exponent] = match
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return `${sign}${digits.slice(0, point).padEnd(point, '0')}.${digits.slice(point)}`
}
