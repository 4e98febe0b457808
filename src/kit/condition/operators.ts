/** Operators of conditions: what they ask, and how they read. */

export const OPERATORS = [
  'equals',
  'not_equals',
  'contains',
  'not_contains',
  'starts_with',
  'ends_with',
  'greater_than',
  'at_least',
  'less_than',
  'at_most',
  'in',
  'not_in',
  'before',
  'after',
  'within_last_days',
  'older_than_days',
  'within_next_days',
  'is_empty',
  'is_not_empty',
  'is_true',
  'is_false',
] as const
export type Operator = (typeof OPERATORS)[number]

/** What comparing needs beside the values. */
export interface Known {
  /** Milliseconds. */
  now: number
}

type Needs = 'text' | 'number' | 'list' | 'time' | 'nothing'

export const WORDS: Record<Operator, { verb: string; needs: Needs; unit?: string }> = {
  equals: { verb: 'is', needs: 'text' },
  not_equals: { verb: 'is not', needs: 'text' },
  contains: { verb: 'contains', needs: 'text' },
  not_contains: { verb: 'does not contain', needs: 'text' },
  starts_with: { verb: 'starts with', needs: 'text' },
  ends_with: { verb: 'ends with', needs: 'text' },
  greater_than: { verb: 'is more than', needs: 'number' },
  at_least: { verb: 'is at least', needs: 'number' },
  less_than: { verb: 'is less than', needs: 'number' },
  at_most: { verb: 'is at most', needs: 'number' },
  in: { verb: 'is one of', needs: 'list' },
  not_in: { verb: 'is none of', needs: 'list' },
  before: { verb: 'is before', needs: 'time' },
  after: { verb: 'is after', needs: 'time' },
  within_last_days: { verb: 'is within the last', needs: 'number', unit: ' days' },
  older_than_days: { verb: 'is longer ago than', needs: 'number', unit: ' days' },
  within_next_days: { verb: 'is within the next', needs: 'number', unit: ' days' },
  is_empty: { verb: 'is empty', needs: 'nothing' },
  is_not_empty: { verb: 'is not empty', needs: 'nothing' },
  is_true: { verb: 'is yes', needs: 'nothing' },
  is_false: { verb: 'is no', needs: 'nothing' },
}

const DAY_MS = 86_400_000

/** Never throws: what cannot be compared does not hold (and its opposite does). */
export function compare(operator: Operator, found: unknown, value: unknown, known: Known): boolean {
  switch (operator) {
    case 'equals':
      return same(found, value)
    case 'not_equals':
      return !same(found, value)
    case 'contains':
      return contains(found, value)
    case 'not_contains':
      return !contains(found, value)
    case 'starts_with':
      return !isEmpty(found) && textOf(found).startsWith(textOf(value))
    case 'ends_with':
      return !isEmpty(found) && textOf(found).endsWith(textOf(value))
    case 'greater_than':
      return ordered(found, value, (order) => order > 0)
    case 'at_least':
      return ordered(found, value, (order) => order >= 0)
    case 'less_than':
      return ordered(found, value, (order) => order < 0)
    case 'at_most':
      return ordered(found, value, (order) => order <= 0)
    case 'in':
      return listOf(value).some((one) => same(found, one))
    case 'not_in':
      return !listOf(value).some((one) => same(found, one))
    case 'before':
      return timed(found, timeOf(value), (at, than) => at < than)
    case 'after':
      return timed(found, timeOf(value), (at, than) => at > than)
    case 'within_last_days':
      return timed(found, numberOf(value), (at, days) => at <= known.now && at >= known.now - days * DAY_MS)
    case 'older_than_days':
      return timed(found, numberOf(value), (at, days) => at < known.now - days * DAY_MS)
    case 'within_next_days':
      return timed(found, numberOf(value), (at, days) => at >= known.now && at <= known.now + days * DAY_MS)
    case 'is_empty':
      return isEmpty(found)
    case 'is_not_empty':
      return !isEmpty(found)
    case 'is_true':
      return truth(found) === true
    case 'is_false':
      return truth(found) === false
  }
}

/** Nothing, blank text, an empty list or object. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  if (typeof value === 'object') return Object.keys(value).length === 0
  return false
}

function same(a: unknown, b: unknown): boolean {
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b)
  const [x, y] = [numberOf(a), numberOf(b)]
  if (x !== null && y !== null) return x === y
  if (typeof a === 'boolean' || typeof b === 'boolean') return truth(a) === truth(b)
  return textOf(a) === textOf(b)
}

function contains(found: unknown, value: unknown): boolean {
  if (isEmpty(found)) return false
  if (Array.isArray(found)) return found.some((one) => same(one, value))
  return textOf(found).includes(textOf(value))
}

/** Numbers as numbers, days and instants by time; anything else is in no order. */
function ordered(found: unknown, value: unknown, holds: (order: number) => boolean): boolean {
  const [x, y] = [numberOf(found), numberOf(value)]
  if (x !== null && y !== null) return holds(x - y)
  const [at, than] = [timeOf(found), timeOf(value)]
  return at !== null && than !== null && holds(at - than)
}

function timed(found: unknown, than: number | null, holds: (at: number, than: number) => boolean): boolean {
  const at = timeOf(found)
  return at !== null && than !== null && holds(at, than)
}

function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'string' || !/^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/.test(value)) return null
  return Number(value)
}

/** Days count from their first moment in UTC. */
function timeOf(value: unknown): number | null {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}([T ]|$)/.test(value)) return null
  const at = Date.parse(value.replace(' ', 'T'))
  return Number.isNaN(at) ? null : at
}

function truth(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  const text = textOf(value)
  if (['true', 'yes', '1', 'on'].includes(text)) return true
  return ['false', 'no', '0', 'off'].includes(text) ? false : null
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

const textOf = (value: unknown): string =>
  (typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? ''))
    .trim()
    .toLowerCase()
