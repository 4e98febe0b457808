/** Amounts as people type them into a field: `$1,250.50`, `1 250,50 zł`, `1.250,50`. Columns of files are read elsewhere. */

export interface AmountText {
  /** Plain decimal text: `-1250.50`. Of one that can be read two ways, the reading as thousands. */
  plain: string
  /** Whether another reader could take it for another amount: `1,250` is 1250 or 1.25; `1,5` is 1.5 by its comma alone. */
  reading: 'sure' | 'two-ways' | 'by-comma'
}

const CURRENCY = String.raw`(?:(?:US|AU|CA|NZ|HK|MX|A|C|R|S)?\p{Sc}|[A-Z]{3}|z[łl]|[Kk]r|Kč|Ft|Fr)\.?`
const SHAPE = new RegExp(
  String.raw`^([-−]?)\s*(?:${CURRENCY})?\s*([-−]?)\s*(\d[\d.,'’\s]*|[.,]\d+)\s*(?:${CURRENCY}|%)?$`,
  'u',
)
/** Marks that only ever group: spaces (also those that do not break) and apostrophes. */
const GROUPS_ONLY = /(?<=\d)[\s'’](?=\d{3}(?!\d))/g

/**
 * Reads an amount with or without a currency sign or code, thousands grouped or not; null when it is no number. Of two
 * different marks the last is the decimal one; one that stands more than once groups; a lone dot is a decimal mark.
 */
export function readAmountText(text: string): AmountText | null {
  const match = SHAPE.exec(text.trim())
  const [, before = '', after = '', written = ''] = match ?? []
  if (!match || (before && after)) return null
  const digits = written.trim().replace(GROUPS_ONLY, '')
  const read = plainOf(digits)
  if (!read || !/^\d*\.?\d+$/.test(read.plain)) return null
  const whole = read.plain.startsWith('.') ? `0${read.plain}` : read.plain
  return { ...read, plain: `${before || after ? '-' : ''}${whole}` }
}

function plainOf(digits: string): AmountText | null {
  const [dots, commas] = [count(digits, '.'), count(digits, ',')]
  if (dots > 0 && commas > 0) {
    const decimal = digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ','
    return count(digits, decimal) === 1 ? ungrouped(digits, decimal === '.' ? ',' : '.', decimal) : null
  }
  if (dots > 1) return ungrouped(digits, '.', ',')
  if (commas > 1) return ungrouped(digits, ',', '.')
  if (/^[1-9]\d{0,2},\d{3}$/.test(digits)) return { plain: digits.replace(',', ''), reading: 'two-ways' }
  // 12. is 12, but a comma at the end is a slip of the finger
  return commas === 1
    ? { plain: digits.replace(',', '.'), reading: 'by-comma' }
    : { plain: digits.replace(/\.$/, ''), reading: 'sure' }
}

/** Null unless every group has three digits and the first one to three. */
function ungrouped(digits: string, group: string, decimal: string): AmountText | null {
  const [whole = '', fraction] = digits.split(decimal)
  const [first = '', ...groups] = whole.split(group)
  if (!/^\d{1,3}$/.test(first) || groups.some((part) => !/^\d{3}$/.test(part))) return null
  const plain = [first, ...groups].join('')
  return { plain: fraction ? `${plain}.${fraction}` : plain, reading: 'sure' }
}

const count = (text: string, mark: string): number => text.split(mark).length - 1
