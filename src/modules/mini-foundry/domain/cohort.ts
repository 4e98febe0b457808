/** Customers by the month of their first order, and how many of them ordered again in each month since. */

/** Different customers of a first month who ordered in a month; months as `2026-03`. */
export interface CohortRow {
  first: string
  month: string
  customers: number
}

export interface Cohort {
  first: string
  /** Customers whose first order was in that month. */
  size: number
  /** By months since: 0-100 with one decimal; the first is the month itself and always 100. Months to come are absent. */
  retained: number[]
}

/** `last` is the newest month shown, `2026-11`; a cohort without customers of its first month is left out. */
export function cohortsOf(rows: readonly CohortRow[], last: string): Cohort[] {
  const byFirst = Map.groupBy(
    rows.filter(({ first, month }) => month >= first && month <= last),
    ({ first }) => first,
  )
  return [...byFirst]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([first, months]) => {
      const customers = new Map(months.map((row) => [row.month, row.customers]))
      const size = customers.get(first) ?? 0
      if (size === 0) return []
      const since = monthNumber(last) - monthNumber(first)
      const retained = Array.from({ length: since + 1 }, (_, index) =>
        percent(customers.get(monthText(monthNumber(first) + index)) ?? 0, size),
      )
      return [{ first, size, retained }]
    })
}

/** Months as numbers, so that they can be counted on: `2026-03` is 2026 × 12 + 2. */
export const monthNumber = (month: string): number =>
  Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1

export const monthText = (number: number): string =>
  `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`

const percent = (part: number, whole: number): number => Math.round((part / whole) * 1000) / 10
