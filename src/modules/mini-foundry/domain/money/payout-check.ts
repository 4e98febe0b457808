/** Whether a payout is the sum of its movements, to the last digit. */
import type { BalanceEntry, PayoutEntry } from './entries.ts'

export interface PayoutCheck {
  /** Sum of the movements' net amounts. */
  lines: number
  count: number
  /** The payout less its movements; 0 when it adds up. */
  difference: number
  /** No movement is known (yet): nothing can be said. */
  unknown: boolean
}

export function checkPayout(payout: PayoutEntry, lines: readonly BalanceEntry[]): PayoutCheck {
  const own = lines.filter((line) => line.kind !== 'payout')
  const sum = own.reduce((all, line) => all + line.net, 0)
  return { lines: sum, count: own.length, difference: payout.amount - sum, unknown: own.length === 0 }
}
