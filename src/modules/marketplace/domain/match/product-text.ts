/** A product's texts as the matcher reads them: plain words, numbers with their units joined, squashed runs. */

export interface ProductSide {
  title: string
  brand?: string | null
  description?: string | null
  price?: string | number | null
  category?: string | null
  mpn?: string | null
  gtin?: string | null
}

const STOP = new Set(
  'a an and the of for with w in on by to or from at as is it your our this that s plus version ver'.split(
    ' ',
  ),
)

/** Shop spellings of one word. General shop English; no brand and no data set is named. */
const SAME_WORD = new Map<string, string>(
  Object.entries({
    windows: 'win',
    macintosh: 'mac',
    inches: 'inch',
    in: 'inch',
    feet: 'ft',
    foot: 'ft',
    pound: 'lb',
    pounds: 'lb',
    lbs: 'lb',
    ounce: 'oz',
    ounces: 'oz',
    grey: 'gray',
    megapixel: 'mp',
    megapixels: 'mp',
    gigabyte: 'gb',
    watts: 'watt',
    pk: 'pack',
    packs: 'pack',
    std: 'standard',
    professional: 'pro',
    dlx: 'deluxe',
    upg: 'upgrade',
    edu: 'education',
    educational: 'education',
    ed: 'edition',
    vol: 'volume',
    users: 'user',
    disc: 'disk',
    discs: 'disk',
    licence: 'license',
  }),
)

const UNITS = new Set(
  'gb mb tb kb ghz mhz hz inch ft cm mm m yd mp lb oz g kg ml l gal watt w v mah x pack user port ch channel disk'.split(
    ' ',
  ),
)

const LOOSE_UNITS = new Set(['v', 'x', 'm', 'l', 'w', 'inch', 'pack', 'user', 'disk', 'port', 'ch'])

const NOT_ASCII = /[\u0080-\uffff]/
const DIGIT_0 = 48
const DIGIT_9 = 57

/** Whether a word begins with a digit: asked of every word, so without a regular expression. */
export function startsWithDigit(word: string): boolean {
  const code = word.charCodeAt(0)
  return code >= DIGIT_0 && code <= DIGIT_9
}

/** Lower case without accents; typographic marks in their plain form. */
export function plainText(text: string): string {
  if (!NOT_ASCII.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[\u2018\u2019\u2032]/g, "'")
    .replace(/[\u201c\u201d\u2033]/g, '"')
}

/** Letters and digits only: `DSC-W120/P` is `dscw120p`. Takes plain text. */
export function squash(plain: string): string {
  return NOT_ASCII.test(plain) ? plain.replace(/[^\p{L}\p{N}]+/gu, '') : plain.replace(/[^a-z0-9]+/g, '')
}

/**
 * Words in reading order, repeated ones kept: punctuation dropped, spellings of one word united, a number and its unit
 * one word (`4 GB` and `4gb`, `52"` and `52 inch`), `2.0` as `2`, stop words left out. Takes plain text.
 */
export function wordsOf(plain: string): string[] {
  if (plain === '') return []
  const marked = markNumbers(plain)
  const found =
    (NOT_ASCII.test(marked)
      ? marked.match(/\d+(?:\.\d+)+|\.\d+|[\p{L}\p{N}]+/gu)
      : marked.match(/\d+(?:\.\d+)+|\.\d+|[a-z0-9]+/g)) ?? []
  const words: string[] = []
  // Whether the last word is a bare number: then a unit belongs to it.
  let afterNumber = false
  for (const raw of found) {
    const digit = startsWithDigit(raw) || raw.startsWith('.')
    const known = SAME_WORD.get(raw) ?? raw
    if (afterNumber && !digit && UNITS.has(known) && !isYearBeside(words.at(-1), known)) {
      words[words.length - 1] += known
      afterNumber = false
      continue
    }
    if (!digit) {
      if (STOP.has(raw)) continue
      words.push(known)
      afterNumber = false
      continue
    }
    afterNumber = /^[\d.]+$/.test(raw)
    words.push(afterNumber ? plainNumber(raw) : withUnit(raw))
  }
  return words
}

/** `2007 v ...`, `2008 in ...`: a year does not count what loose units count. */
const isYearBeside = (number: string | undefined, unit: string): boolean =>
  LOOSE_UNITS.has(unit) && /^(?:19[89]|20[0-4])\d$/.test(number ?? '')

/** `500gb` keeps its number, the unit in its one spelling. */
function withUnit(word: string): string {
  const split = /^(\d+)([a-z]{1,4})$/.exec(word)
  const unit = split?.[2] ? (SAME_WORD.get(split[2]) ?? split[2]) : ''
  return split?.[1] && UNITS.has(unit) ? split[1] + unit : word
}

/** Inch marks, mixed numbers, `6-in-1` and thousands in a form that words can be cut from. */
function markNumbers(plain: string): string {
  let text = plain
  if (text.includes('/')) text = text.replace(/(\d+)[-\s](\d)\/(\d{1,2})(?!\d)/g, mixedNumber)
  if (/['"]/.test(text)) text = text.replace(/(\d)\s*(?:''|"|'(?!\w))/g, '$1 inch ')
  if (text.includes(' in ') || text.includes('-in-')) text = text.replace(/(\d)[-\s]in[-\s](?=\d)/g, '$1 ')
  return text.includes(',') ? text.replace(/(\d),(?=\d{3}(?!\d))/g, '$1') : text
}

/** `22-1/2` is `22.5`. */
function mixedNumber(text: string, whole: string, over: string, under: string): string {
  const part = Number(over) / Number(under)
  return part > 0 && part < 1 ? String(Math.round((Number(whole) + part) * 1000) / 1000) : text
}

/** `2.0` is `2`, `.5` is `0.5`, `007` stays: leading zeros belong to codes. */
function plainNumber(text: string): string {
  const whole = text.startsWith('.') ? `0${text}` : text
  return /^\d+\.\d+$/.test(whole) ? whole.replace(/\.?0+$/, '') : whole
}

/**
 * Model codes of a text, squashed, three characters or more: a run of letters and digits together (`dsc-w120`, `wrv54g`)
 * or of five digits and more. Numbers with a unit (`500gb`) are no codes. Takes plain text.
 */
export function codesOf(plain: string): string[] {
  const codes = new Set<string>()
  for (const chunk of plain.split(/[\s,;()[\]"]+/)) {
    if (!/\d/.test(chunk)) continue
    const code = squash(chunk)
    if (code.length < 3) continue
    if (/^\d+$/.test(code) ? code.length < 5 || /^\d+[.,]\d+$/.test(chunk) : isMeasure(code, chunk)) continue
    codes.add(code)
  }
  return [...codes]
}

function isMeasure(code: string, chunk: string): boolean {
  const measure = /^\d+([a-z]{1,10})$/.exec(code)
  if (measure?.[1] && (UNITS.has(SAME_WORD.get(measure[1]) ?? measure[1]) || measure[1].length > 4))
    return true
  return /^[\d.]+(-|x|\/)[\d.]*[a-z]{0,6}$/.test(chunk) || /^\d+(st|nd|rd|th|d|p|i|k|bit)$/.test(code)
}
