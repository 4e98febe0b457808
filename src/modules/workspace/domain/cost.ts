/**
 * What the platform charges for what was used: Workers Paid list prices in US dollars, as published at
 * developers.cloudflare.com (workers/platform/pricing, d1, queues, durable-objects, r2), read in November 2026.
 */

export interface Price {
  meter: string
  label: string
  /** Dollars for a million. */
  perMillion: number
  /** Uses a month that the plan includes. */
  included: number
}

export const PLAN_DOLLARS = 5

export const PRICES: readonly Price[] = [
  { meter: 'requests', label: 'Requests', perMillion: 0.3, included: 10_000_000 },
  { meter: 'd1_rows_read', label: 'Database rows read', perMillion: 0.001, included: 25_000_000_000 },
  { meter: 'd1_rows_written', label: 'Database rows written', perMillion: 1, included: 50_000_000 },
  { meter: 'queue_operations', label: 'Queue operations', perMillion: 0.4, included: 1_000_000 },
  { meter: 'object_requests', label: 'Durable Object requests', perMillion: 0.15, included: 1_000_000 },
]

const STORAGE_DOLLARS_PER_GB = 0.75
const STORAGE_INCLUDED_GB = 5

export interface CostLine {
  label: string
  used: number
  included: number
  dollars: number
}

export interface Cost {
  lines: CostLine[]
  /** With the plan's base price; what is not metered here (CPU time, R2, mail, models) is not in it. */
  dollars: number
}

/** The month's cost so far: `uses` since its first day, `bytes` of the database now. */
export function costOf(uses: Record<string, number>, bytes: number): Cost {
  const lines = PRICES.map(({ meter, label, perMillion, included }) => {
    const used = uses[meter] ?? 0
    return { label, used, included, dollars: (Math.max(0, used - included) / 1_000_000) * perMillion }
  })
  const gigabytes = bytes / 1_000_000_000
  const storage = Math.max(0, gigabytes - STORAGE_INCLUDED_GB) * STORAGE_DOLLARS_PER_GB
  lines.push({
    label: 'Database storage (bytes)',
    used: bytes,
    included: STORAGE_INCLUDED_GB * 1_000_000_000,
    dollars: storage,
  })
  return { lines, dollars: lines.reduce((sum, line) => sum + line.dollars, PLAN_DOLLARS) }
}
