/** Figures of a pair under their names. */

export type Row = Record<string, number>

/** Writes what two sides say as the lower and the higher, so that their order does not count. */
export function lowHigh(row: Row, low: string, high: string, a: number, b: number): void {
  row[low] = Math.min(a, b)
  row[high] = Math.max(a, b)
}
