/** Amounts as people and programs write them, into units of 1/10,000, and what a column's values say about its decimal mark. */
import { parseUnits } from '../../../../platform/money.ts'
import type { DecimalMark } from './types.ts'

export interface ParsedNumber {
  /** 1/10,000 of what is written; "20%" gives 20. */
  units: number
  percent: boolean
}

const SIMPLE = /^-?\d{1,9}(?:\.\d{1,4})?$/
/** Currencies as signs, codes and the usual abbreviations: any other letters make it no number ("C536379"). */
const CURRENCY = String.raw`(?:(?:US|AU|CA|NZ|HK|MX|A|C|R|S)?\p{Sc}|[A-Z]{3}|[Kk]r|[Rr]s|RM|z[łl]|Ft|Kč|[Ll]ei|лв|Fr)\.?`
/** Sign, currency, digits with separators, exponent, percent, currency, trailing minus. */
const SHAPE = new RegExp(
  String.raw`^([+-]?)\s*(?:${CURRENCY})?\s*([+-]?)\s*([\d.,'’\s\u00a0\u202f]*\d[.,]?)([eE][+-]?\d{1,2})?\s*(%?)\s*(?:${CURRENCY})?\s*(-?)$`,
  'u',
)
const SPACES = /[\s\u00a0\u202f'’]/g

/** Reads a number whose decimal mark is known; null when it is none in that writing ("12,5" with mark "."). */
export function parseNumber(text: string, mark: DecimalMark): ParsedNumber | null {
  const trimmed = text.trim()
  if (mark === '.' && SIMPLE.test(trimmed)) {
    return { units: Math.round(Number(trimmed) * 10_000) + 0, percent: false }
  }
  const parts = dissect(trimmed)
  if (!parts) return null
  const decimal = decimalText(parts.digits, mark)
  if (decimal === null) return null
  const units = parseUnits(shift(decimal, parts.exponent))
  if (units === null) return null
  return { units: parts.negative && units !== 0 ? -units : units, percent: parts.percent }
}

/** What one value says about the decimal mark of its column. */
export type MarkEvidence = 'dot' | 'comma' | 'dot-or-group' | 'comma-or-group' | 'none' | 'not-a-number'

export function markEvidence(text: string): MarkEvidence {
  const parts = dissect(text.trim())
  if (!parts) return 'not-a-number'
  const { digits } = parts
  const dots = count(digits, '.')
  const commas = count(digits, ',')
  if (dots === 0 && commas === 0) return 'none'
  if (dots > 0 && commas > 0) return digits.lastIndexOf('.') > digits.lastIndexOf(',') ? 'dot' : 'comma'
  if (dots > 1) return 'comma'
  if (commas > 1) return 'dot'
  const separator = dots ? '.' : ','
  const [whole = '', fraction = ''] = digits.split(separator)
  const couldGroup = fraction.length === 3 && whole.length <= 3 && whole !== '' && !whole.startsWith('0')
  if (separator === '.') return couldGroup ? 'dot-or-group' : 'dot'
  return couldGroup ? 'comma-or-group' : 'comma'
}

function dissect(
  text: string,
): { negative: boolean; digits: string; exponent: number; percent: boolean } | null {
  const plain = text.replace(/[−–]/g, '-')
  const bracketed = /^\((.*)\)$/.exec(plain)
  const match = SHAPE.exec(bracketed?.[1] ?? plain)
  if (!match) return null
  const [, lead = '', sign = '', digits = '', exponent = '', percent = '', trail = ''] = match
  const minuses = [lead, sign, trail, bracketed ? '-' : ''].filter((part) => part === '-')
  if (minuses.length > 1) return null
  return {
    negative: minuses.length === 1,
    digits: digits.replace(SPACES, ''),
    exponent: exponent ? Number(exponent.slice(1)) : 0,
    percent: percent === '%',
  }
}

/** Digits with separators to plain decimal text; null when a group is not one ("1,23,4" or "12,5" with mark "."). */
function decimalText(digits: string, mark: DecimalMark): string | null {
  const group = mark === '.' ? ',' : '.'
  const at = digits.indexOf(mark)
  if (at !== digits.lastIndexOf(mark)) return null
  const whole = at < 0 ? digits : digits.slice(0, at)
  const fraction = at < 0 ? '' : digits.slice(at + 1)
  if (fraction.includes(group)) return null
  if (whole.includes(group) && !grouped(whole.split(group))) return null
  const plain = whole.replaceAll(group, '') || '0'
  return fraction ? `${plain}.${fraction}` : plain
}

/** 1,234,567 and the Indian 12,34,567: the last group has three digits, the ones between two or three. */
function grouped(groups: string[]): boolean {
  return groups.every((part, index) => {
    if (index === 0) return part.length >= 1 && part.length <= 3
    return index === groups.length - 1 ? part.length === 3 : part.length === 2 || part.length === 3
  })
}

function shift(decimal: string, exponent: number): string {
  if (exponent === 0) return decimal
  const [whole = '', fraction = ''] = decimal.split('.')
  const digits =
    (exponent > 0 ? '' : '0'.repeat(-exponent)) + whole + fraction + '0'.repeat(Math.max(0, exponent))
  const point = (exponent > 0 ? whole.length : whole.length - exponent) + exponent
  return `${digits.slice(0, point) || '0'}.${digits.slice(point)}`
}

const count = (text: string, character: string): number => text.split(character).length - 1
