/** What must be remembered of the rows already read to judge the next: small enough to keep, for files of any size. */

export interface Carry {
  /** Digest of each row -> the line it was first seen on. */
  rows: Map<string, number>
  /** Orders and spend: how many rows each has had. Others: the line each id was first seen on. */
  keys: Map<string, number>
  /** The order of the row before, with what it says of the order as a whole. */
  last: LastOrder | null
  /** Customers and products already handed over in passing; lost between messages without harm. */
  passing: Set<string>
}

export interface LastOrder {
  id: string
  cells: Record<string, string>
}

/** What one chunk adds to the carry, as it is kept beside the cursor. */
export interface CarryDelta {
  rows: [string, number][]
  keys: [string, number][]
  last: LastOrder | null
}

export const emptyCarry = (): Carry => ({ rows: new Map(), keys: new Map(), last: null, passing: new Set() })

/** Deltas in the order of the file give the carry again. */
export function addDelta(carry: Carry, delta: CarryDelta): void {
  for (const [hash, line] of delta.rows) carry.rows.set(hash, line)
  for (const [key, value] of delta.keys) carry.keys.set(key, value)
  carry.last = delta.last
}
