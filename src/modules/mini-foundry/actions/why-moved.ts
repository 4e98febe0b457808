/** Why a figure moved between two ranges: its parts by a dimension, and price, volume and mix, adding up exactly. */
import { addDays, businessDay, type DayRange, daysBetween, isDay } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { currencyDigits } from '../../../platform/money.ts'
import { type FieldError, forbidden, invalid, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { Query } from '../../../platform/tenant-db.ts'
import { compareRange } from '../domain/compare.ts'
import { converter } from '../domain/metrics-currency.ts'
import {
  type Effects,
  effectsOf,
  type MovedPart,
  movedParts,
  type PartInput,
  roundTogether,
  WHY_METRICS,
  type WhyMetric,
} from '../domain/why-moved.ts'
import { ratesFor } from '../store/fx.ts'
import { type WhyRow, whyRows, whyRowsByCustomer } from '../store/why-moved.ts'

export const WHY_DIMENSIONS = [
  'product',
  'category',
  'channel',
  'country',
  'region',
  'source',
  'customer',
] as const
export type WhyDimension = (typeof WHY_DIMENSIONS)[number]
const COMPARED = ['previous_period', 'previous_year', 'same_weekday'] as const
const BOOKS = ['order_date', 'event_date'] as const

/** New against returning is read from the events themselves. */
const LONGEST_BY_CUSTOMER = 92
const LONGEST = 1100

export interface WhyQuestion {
  metric?: string
  from?: string
  to?: string
  compare?: string
  by?: string
  book?: string
}

export interface WhyAnswer {
  metric: WhyMetric
  by: WhyDimension
  compare: (typeof COMPARED)[number]
  book: (typeof BOOKS)[number]
  range: DayRange
  before: DayRange
  /** The business's own today: dashboards count it so far. */
  today: string
  /** ISO currency for amounts (units of 1/10,000), null for counts. */
  currency: string | null
  total: { now: number; before: number; change: number }
  parts: MovedPart[]
  /** For money by product or category; null elsewhere. */
  effects: Effects | null
  /** Currencies that were left out because a rate is missing. */
  unconverted: string[]
}

/** Without dates: the last 30 days that are over, against the 30 before. */
export async function whyMoved(
  services: Services,
  actor: Actor,
  question: WhyQuestion,
): Promise<Result<WhyAnswer>> {
  if (!can(actor, 'foundry:read')) return forbidden('see metrics')
  const today = businessDay(services.clock.now(), actor.workspace.timeZone)
  const asked = askedOf(question, today)
  if (!asked.ok) return asked
  const { metric, by, compare, book, range } = asked.value
  const before = compareRange(range, compare)
  const { currency } = actor.workspace
  const db = services.tenant(actor.tenantId)
  const rowsOf = (days: DayRange): Query<WhyRow[]> =>
    by === 'customer'
      ? whyRowsByCustomer(db, { book, currency }, days)
      : whyRows(db, { book, dimension: by, currency }, days)
  const [now, earlier, rates, ratesBefore, sources] = await db.getAll([
    rowsOf(range),
    rowsOf(before),
    ratesFor(db, book, range, currency),
    ratesFor(db, book, before, currency),
    db.sql<{ id: string; name: string }>('SELECT id, name FROM data_sources WHERE tenant_id = ?1'),
  ])
  const convert = converter(currency, [...rates, ...ratesBefore])
  const labels = new Map(sources.map(({ id, name }) => [id, name]))
  const { parts, unconverted } = partsOf({ now, earlier, metric, convert, labelOf: labelFor(by, labels) })
  const isMoney = metric !== 'orders'
  const step = isMoney ? 10 ** (4 - currencyDigits(currency)) : 1
  const round = (amount: number) => Math.round(amount / step) * step || 0
  const total = { now: round(sumOf(parts, 'now')), before: round(sumOf(parts, 'before')) }
  const change = total.now - total.before
  return ok({
    ...asked.value,
    before,
    today,
    currency: isMoney ? currency : null,
    total: { ...total, change },
    parts: roundedParts(movedParts(parts), step, change),
    effects:
      isMoney && (by === 'product' || by === 'category')
        ? roundedEffects(effectsOf(parts), step, change)
        : null,
    unconverted,
  })
}

/** Shown in the currency's own precision, the parts must still add up to the change that is shown. */
function roundedParts(parts: MovedPart[], step: number, change: number): MovedPart[] {
  const changes = roundTogether(
    parts.map((part) => part.change),
    step,
    change,
  )
  return parts.map((part, index) => ({
    ...part,
    now: Math.round(part.now / step) * step,
    before: Math.round(part.before / step) * step,
    change: changes[index] ?? 0,
  }))
}

function roundedEffects(effects: Effects, step: number, change: number): Effects {
  const names = ['volume', 'mix', 'price', 'arrived', 'left'] as const
  const rounded = roundTogether(
    names.map((name) => effects[name]),
    step,
    change,
  )
  return Object.fromEntries(names.map((name, index) => [name, rounded[index] ?? 0])) as unknown as Effects
}

interface Gathered {
  now: WhyRow[]
  earlier: WhyRow[]
  metric: WhyMetric
  convert(currency: string, day: string): number | null
  labelOf(value: string): string
}

function partsOf({ now, earlier, metric, convert, labelOf }: Gathered) {
  const parts = new Map<string, PartInput>()
  const unconverted = new Set<string>()
  const add = (rows: WhyRow[], side: 'now' | 'before') => {
    for (const row of rows) {
      const rate = metric === 'orders' ? 1 : convert(row.currency, row.day)
      if (rate === null) {
        unconverted.add(row.currency)
        continue
      }
      const part = parts.get(row.value) ?? {
        value: row.value,
        label: labelOf(row.value),
        now: { amount: 0, quantity: 0 },
        before: { amount: 0, quantity: 0 },
      }
      part[side].amount += Math.round(amountOf(row, metric) * rate)
      part[side].quantity += row.quantity
      parts.set(row.value, part)
    }
  }
  add(now, 'now')
  add(earlier, 'before')
  return { parts: [...parts.values()], unconverted: [...unconverted].sort() }
}

function amountOf(row: WhyRow, metric: WhyMetric): number {
  if (metric === 'orders') return row.orders
  return metric === 'revenue' ? row.revenue : row.revenue - row.refunds
}

const sumOf = (parts: readonly PartInput[], side: 'now' | 'before'): number =>
  parts.reduce((all, part) => all + part[side].amount, 0)

const CUSTOMERS: Record<string, string> = {
  new: 'New customers',
  returning: 'Returning customers',
  '': 'No customer known',
}

const labelFor = (by: WhyDimension, sources: Map<string, string>) => (value: string) => {
  if (by === 'customer') return CUSTOMERS[value] ?? value
  if (by === 'source') return sources.get(value) ?? value
  return value || `No ${by}`
}

type Asked = Pick<WhyAnswer, 'metric' | 'by' | 'compare' | 'book' | 'range'>

function askedOf(question: WhyQuestion, today: string): Result<Asked> {
  const errors: FieldError[] = []
  const oneOf = <T extends string>(path: keyof WhyQuestion, words: readonly T[], fallback: T): T => {
    const text = question[path] || fallback
    const found = words.find((word) => word === text)
    if (!found) errors.push({ path, message: `"${text}" is none of ${words.join(', ')}.` })
    return found ?? fallback
  }
  const metric = oneOf('metric', WHY_METRICS, 'revenue')
  const by = oneOf('by', WHY_DIMENSIONS, metric === 'orders' ? 'channel' : 'product')
  const compare = oneOf('compare', COMPARED, 'previous_period')
  const book = oneOf('book', BOOKS, 'order_date')
  if (metric === 'orders' && (by === 'product' || by === 'category')) {
    const message = `An order holds several products, so orders cannot be split by ${by}. Choose revenue, or another split.`
    errors.push({ path: 'by', message })
  }
  const to = question.to || addDays(today, -1)
  const from = question.from || (isDay(to) ? addDays(to, -29) : to)
  if (!isDay(from)) errors.push({ path: 'from', message: 'Write the first day as 2026-01-31.' })
  if (!isDay(to)) errors.push({ path: 'to', message: 'Write the last day as 2026-01-31.' })
  if (errors.length === 0 && from > to)
    errors.push({ path: 'to', message: 'The last day lies before the first.' })
  const longest = by === 'customer' ? LONGEST_BY_CUSTOMER : LONGEST
  if (errors.length === 0 && daysBetween(from, to) >= longest) {
    errors.push({ path: 'to', message: `Choose at most ${longest} days for this split.` })
  }
  if (errors.length > 0) return invalid(errors, 'The question could not be read.')
  return ok({ metric, by, compare, book, range: { from, to } })
}
