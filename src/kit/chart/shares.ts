/** Parts of a whole: the largest by name, the rest as one, and percentages that add up to 100. */

export interface Share {
  label: string
  value: number
  /** 0-100 with one decimal; all of them add up to exactly 100. */
  percent: number
}

/**
 * The `most` largest parts and the rest as one. Parts of zero or less have no share of a whole: `leftOut` counts those
 * below zero, so that the page can say so.
 */
export function sharesOf(
  parts: readonly { label: string; value: number | null }[],
  most = 8,
  restName = 'All others',
): { shares: Share[]; leftOut: number } {
  const known = parts.flatMap(({ label, value }) => (value !== null && value > 0 ? [{ label, value }] : []))
  const leftOut = parts.filter(({ value }) => value !== null && value < 0).length
  const sorted = known.toSorted((a, b) => b.value - a.value)
  const rest = sorted.slice(most)
  const shown = [
    ...sorted.slice(0, most),
    ...(rest.length > 0 ? [{ label: restName, value: rest.reduce((sum, { value }) => sum + value, 0) }] : []),
  ]
  const tenths = largestRemainders(
    shown.map(({ value }) => value),
    1000,
  )
  return { shares: shown.map((part, index) => ({ ...part, percent: (tenths[index] ?? 0) / 10 })), leftOut }
}

/** Whole numbers in the proportion of `values` that add up to `whole`; what rounding leaves goes to the largest remainders. */
function largestRemainders(values: readonly number[], whole: number): number[] {
  const sum = values.reduce((total, value) => total + value, 0)
  if (sum <= 0) return values.map(() => 0)
  const exact = values.map((value) => (value / sum) * whole)
  const floors = exact.map(Math.floor)
  const left = whole - floors.reduce((total, value) => total + value, 0)
  const order = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .toSorted((a, b) => b.rest - a.rest || a.index - b.index)
  for (const { index } of order.slice(0, left)) floors[index] = (floors[index] ?? 0) + 1
  return floors
}
