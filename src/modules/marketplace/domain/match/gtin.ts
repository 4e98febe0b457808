/** Global trade item numbers as hard keys: check digit, one length, numbers that only a shop gives left out. */

/**
 * The 14-digit form of a GTIN-8, -12, -13, -14 or ISBN-10, or null: wrong length or check digit, one repeated digit, or
 * a number restricted to one company (GS1 General Specifications: prefixes 02, 04 and 20-29 of a GTIN-13).
 */
export function readGtin(text: string | null | undefined): string | null {
  const digits = (text ?? '').replace(/[\s-]/g, '')
  if (/^\d{9}[\dXx]$/.test(digits)) return fromIsbn10(digits)
  if (!/^(?:\d{8}|\d{12,14})$/.test(digits)) return null
  const padded = digits.padStart(14, '0')
  if (/^(\d)\1+$/.test(digits) || checkDigit(padded.slice(0, 13)) !== Number(padded[13])) return null
  if (isRestricted(digits, padded)) return null
  return padded
}

function isRestricted(digits: string, padded: string): boolean {
  if (digits.length === 8) return /^[02]/.test(digits)
  return /^0(?:02|04|2)/.test(padded)
}

function fromIsbn10(isbn: string): string | null {
  const sum = [...isbn.toUpperCase()].reduce(
    (total, char, index) => total + (char === 'X' ? 10 : Number(char)) * (10 - index),
    0,
  )
  if (sum % 11 !== 0) return null
  const body = `0978${isbn.slice(0, 9)}`
  return body + checkDigit(body)
}

/** GS1 modulo 10: weights 3 and 1 from the right. */
function checkDigit(body: string): number {
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0)
  return (10 - (sum % 10)) % 10
}
