/**
 * Why a figure moved: the change between two ranges split into parts that add up to it exactly. Amounts are integers of
 * 1/10,000; counts are integers.
 */

/** Figures whose change can be taken apart to the last cent. */
export const WHY_METRICS = ['revenue', 'net_revenue', 'orders'] as const
export type WhyMetric = (typeof WHY_METRICS)[number]

/** One value of a dimension in both ranges. `amount` is what moved, `quantity` the units (or orders) behind it. */
export interface PartInput {
  value: string
  label: string
  now: { amount: number; quantity: number }
  before: { amount: number; quantity: number }
}

export interface MovedPart {
  value: string
  label: string
  now: number
  before: number
  change: number
  /** New in this range, gone from it, or there in both. */
  state: 'new' | 'gone' | 'both'
}

export interface Effects {
  /** Sold at the old prices in the old mix, but more or fewer. */
  volume: number
  /** A larger or smaller share of what is dear. */
  mix: number
  /** The same at another price. */
  price: number
  /** What was not sold before, and what is not sold any more. */
  arrived: number
  left: number
}

/** Each part's change, the largest move first. Their sum is the change of the sum of all parts. */
export function movedParts(parts: readonly PartInput[]): MovedPart[] {
  return parts
    .map(({ value, label, now, before }) => ({
      value,
      label,
      now: now.amount,
      before: before.amount,
      change: now.amount - before.amount,
      state: stateOf(now.quantity || now.amount, before.quantity || before.amount),
    }))
    .filter((part) => part.change !== 0)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || (a.value < b.value ? -1 : 1))
}

/** The rest of a list that shows only its largest moves, so that what is shown still adds up. */
export function foldRest(
  parts: readonly MovedPart[],
  shown: number,
): { parts: MovedPart[]; rest: number; restCount: number } {
  const hidden = parts.slice(shown)
  return {
    parts: parts.slice(0, shown),
    rest: hidden.reduce((all, part) => all + part.change, 0),
    restCount: hidden.length,
  }
}

/**
 * Price, volume and mix of what was sold in both ranges, and what came and went (the usual price-volume-mix variance).
 * Volume: (all units now − all units before) × the old mean price. Mix: units now × old price − units now × the old mean
 * price. Price: units now × (new price − old price). Each is rounded; the last unit of rounding goes to price, so that
 * the five add up to the change exactly.
 */
export function effectsOf(parts: readonly PartInput[]): Effects {
  const inBoth = ({ now, before }: PartInput) => now.quantity > 0 && before.quantity > 0
  const both = parts.filter(inBoth)
  const others = parts.filter((part) => !inBoth(part))
  const isNew = ({ before }: PartInput) => before.quantity <= 0 && before.amount === 0
  const arrived = sum(others.filter(isNew), ({ now, before }) => now.amount - before.amount)
  const left = sum(
    others.filter((part) => !isNew(part)),
    ({ now, before }) => now.amount - before.amount,
  )
  const change = sum(both, ({ now, before }) => now.amount - before.amount)
  const unitsNow = sum(both, ({ now }) => now.quantity)
  const unitsBefore = sum(both, ({ before }) => before.quantity)
  if (unitsBefore === 0) return { volume: 0, mix: 0, price: 0, arrived, left }
  const mean = sum(both, ({ before }) => before.amount) / unitsBefore
  const volume = Math.round((unitsNow - unitsBefore) * mean)
  const atOldPrices = sum(both, ({ now, before }) => (now.quantity * before.amount) / before.quantity)
  const mix = Math.round(atOldPrices - unitsNow * mean)
  return { volume, mix, price: change - volume - mix, arrived, left }
}

/**
 * Rounds amounts to multiples of `step` so that they still add up to `total` (itself one): each is rounded down or up,
 * those nearest to the next multiple first.
 */
export function roundTogether(amounts: readonly number[], step: number, total: number): number[] {
  const floors = amounts.map((amount) => Math.floor(amount / step) * step)
  const missing = Math.round((total - floors.reduce((all, amount) => all + amount, 0)) / step)
  const order = amounts
    .map((amount, index) => ({ index, over: amount - (floors[index] ?? 0) }))
    .sort((a, b) => b.over - a.over || a.index - b.index)
  const rounds = Math.trunc(missing / Math.max(1, amounts.length))
  const extra = missing - rounds * amounts.length
  const up = new Set((extra >= 0 ? order.slice(0, extra) : order.slice(extra)).map(({ index }) => index))
  return floors.map((floor, index) => floor + step * (rounds + (up.has(index) ? Math.sign(extra) : 0)))
}

const stateOf = (now: number, before: number): MovedPart['state'] =>
  before === 0 ? 'new' : now === 0 ? 'gone' : 'both'

function sum<T>(rows: readonly T[], of: (row: T) => number): number {
  let all = 0
  for (const row of rows) all += of(row)
  return all
}
