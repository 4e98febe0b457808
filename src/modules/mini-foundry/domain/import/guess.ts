/** Which column is which field: a guess from the names of columns and from what stands in them. */
import { orderEvidence } from './dates.ts'
import { FIELDS, type ImportField } from './fields.ts'
import { markEvidence } from './numbers.ts'
import { MISLEADING, SYNONYMS } from './synonyms.ts'
import type { ImportKind, ImportMapping } from './types.ts'

export interface Guess {
  column: string
  field: string
  /** 0-1; below 0.6 a person should look at it. */
  confidence: number
}

/** `sample`: rows of cells in the order of the columns. Each column and each field is used once at most. */
export function guessMapping(kind: ImportKind, columns: string[], sample: string[][]): Guess[] {
  const values = columns.map((_, index) =>
    sample.map((row) => row[index] ?? '').filter((cell) => cell !== ''),
  )
  const candidates = columns
    .flatMap((column, index) =>
      FIELDS[kind].map((field) => ({
        column,
        field: field.name,
        confidence: score(kind, column, field, values[index] ?? []),
      })),
    )
    .filter((candidate) => candidate.confidence >= 0.35)
    .sort((a, b) => b.confidence - a.confidence)
  const chosen: Guess[] = []
  const taken = (guess: Guess) =>
    chosen.some((other) => other.column === guess.column || other.field === guess.field)
  for (const candidate of candidates) if (!taken(candidate)) chosen.push(candidate)
  const ordered = kind === 'orders' ? mendOrders(chosen, columns, values) : chosen
  const mended = mendCurrency(kind, ordered, columns, values)
  return columns.flatMap((column) => mended.find((guess) => guess.column === column) ?? [])
}

export const toMapping = (guesses: Guess[]): ImportMapping =>
  Object.fromEntries(guesses.map(({ column, field }) => [column, field]))

/** "Line Item_Qty" -> "lineitemqty": names are compared without marks, capitals and whatever stands between words. */
export function plainName(column: string): string {
  return column
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/ł/gi, 'l')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/\(.*?\)/g, '')
    .replace(/[^a-z0-9%]+/g, '')
}

function score(kind: ImportKind, column: string, field: ImportField, values: string[]): number {
  const byName = nameScore(kind, plainName(column), field.name)
  if (byName === 0) return 0
  return byName * valueScore(field, values)
}

/** 1 for the first name in the list, a little less for each later one; contained names count for half and more. */
function nameScore(kind: ImportKind, name: string, field: string): number {
  const list = SYNONYMS[kind][field] ?? []
  const bare = name.replace(/\d*%/g, '')
  const place = list.indexOf(bare)
  if (place >= 0) return 1 - (place / list.length) * 0.2
  if (MISLEADING[field]?.test(name)) return 0
  let best = 0
  for (const [index, word] of list.entries()) {
    if (word.length < 4 || !bare.includes(word)) continue
    const share = word.length / bare.length
    best = Math.max(best, 0.35 + 0.4 * share - (index / list.length) * 0.1)
  }
  return best
}

/** How well the values fit the field: 1 when nothing speaks against it. */
function valueScore(field: ImportField, values: string[]): number {
  if (values.length === 0) return 0.8
  const share = (fits: (value: string) => boolean) => values.filter(fits).length / values.length
  const isNumber = (value: string) => markEvidence(value) !== 'not-a-number'
  switch (field.type) {
    case 'date':
      return share((value) => orderEvidence(value) !== 'not-a-date') > 0.5 ? 1 : 0
    case 'number':
      return share(isNumber) > 0.5 ? 1 : 0
    case 'email':
      return share((value) => /^[^\s@]+@[^\s@]+$/.test(value)) > 0.3 ? 1 : 0
    case 'currency':
      return share((value) => value.length <= 4 && !/^\d/.test(value)) > 0.5 ? 1 : 0
    default:
      return textScore(field.name, share(isNumber), values)
  }
}

function textScore(field: string, numeric: number, values: string[]): number {
  const mustBeWords = [
    'customer_name',
    'product_name',
    'category',
    'country',
    'city',
    'status',
    'channel',
    'name',
    'campaign',
  ]
  if (mustBeWords.includes(field) && numeric > 0.9)
    return field === 'category' || field === 'channel' ? 0.6 : 0.3
  const longest = Math.max(...values.map((value) => value.length))
  return /_id$|^sku$|^number$/.test(field) && longest > 120 ? 0.5 : 1
}

/**
 * A column of currency codes under a name that nobody foresaw: left out, its amounts would all come in as the
 * workspace's own currency. A person is asked to look at it.
 */
function mendCurrency(kind: ImportKind, guesses: Guess[], columns: string[], values: string[][]): Guess[] {
  const wants = FIELDS[kind].some((field) => field.name === 'currency')
  if (!wants || guesses.some((guess) => guess.field === 'currency')) return guesses
  const free = columns.find(
    (column, index) =>
      !guesses.some((guess) => guess.column === column) && areCurrencies(values[index] ?? []),
  )
  return free === undefined ? guesses : [...guesses, { column: free, field: 'currency', confidence: 0.5 }]
}

/** Nearly all are three capitals, and at least half of them codes of ISO 4217: a wrong code among them changes nothing. */
function areCurrencies(values: readonly string[]): boolean {
  const codes = values.filter((value) => /^[A-Z]{3}$/.test(value))
  const known = codes.filter((code) => CURRENCIES.has(code))
  return codes.length > 0 && codes.length >= values.length * 0.8 && known.length >= codes.length * 0.5
}

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

/**
 * Order files have two traps. An order's total repeated or standing once beside each line's price is not the line's
 * total; and a file without any known name for its date or its amount may still have just one column that can be it.
 */
function mendOrders(guesses: Guess[], columns: string[], values: string[][]): Guess[] {
  const has = (field: string) => guesses.find((guess) => guess.field === field)
  let mended = guesses
  const total = has('line_total')
  if (total && has('unit_price') && has('quantity') && orderLevel(total.column, columns, values)) {
    mended = mended.filter((guess) => guess !== total)
  }
  const discount = has('discount')
  if (discount && isItemised(columns) && !/line|item/.test(plainName(discount.column))) {
    mended = mended.filter((guess) => guess !== discount)
  }
  if (!mended.some((guess) => guess.field === 'date')) {
    const dates = columns.filter((column, index) => {
      const own = values[index] ?? []
      const plain = plainName(column)
      const dated = own.filter((value) => orderEvidence(value) !== 'not-a-date').length
      const fits = own.length > 0 && dated >= own.length * 0.6
      return fits && !/birth|expir/.test(plain) && own.some((value) => !/^\d+$/.test(value))
    })
    const free = dates.find((column) => !mended.some((guess) => guess.column === column))
    if (free)
      mended = [...mended, { column: free, field: 'date', confidence: dates.length === 1 ? 0.5 : 0.4 }]
  }
  return mended
}

/** Exports of shops that write the order and its items side by side: what is not the item's is the order's. */
const isItemised = (columns: string[]): boolean =>
  columns.some((column) => /^(line)?item(price|cost|name|quantity|qty)/.test(plainName(column)))

/** True for a total beside "Lineitem ..." columns, or one that is empty where lines are not. */
function orderLevel(column: string, columns: string[], values: string[][]): boolean {
  const name = plainName(column)
  if (/line|item/.test(name)) return false
  if (name.startsWith('order')) return true
  const own = values[columns.indexOf(column)]?.length ?? 0
  const fullest = Math.max(0, ...values.map((list) => list.length))
  return isItemised(columns) || own < fullest * 0.9
}
