/** Words of the money bridge. */
import { displayMoney } from '../../../platform/money.ts'
import type { BridgeStep, StepKey } from '../domain/money/bridge.ts'

export const STEP_WORDS: Record<StepKey, { label: string; note: string }> = {
  sold: { label: 'Sold', note: 'What customers owe for the orders of these days, with tax and shipping.' },
  unpaid: {
    label: 'No payment found',
    note: 'Orders that no charge pays for: cash, bank transfer, or not paid yet.',
  },
  paid_outside: {
    label: 'Paid before or after',
    note: 'Orders of these days whose payment falls outside of them.',
  },
  amount_differs: {
    label: 'Paid more or less',
    note: 'Orders whose payments are not what was owed: tips, part payments.',
  },
  paid_for_outside: {
    label: 'Payments for other days',
    note: 'Payments of these days for orders before or after them.',
  },
  unknown_sale: { label: 'Payments without an order', note: 'Charges that belong to no order we know.' },
  charged: { label: 'Charged', note: 'What the payment providers took from customers in these days.' },
  refunds: { label: 'Refunds', note: 'Given back to customers.' },
  disputes: { label: 'Disputes', note: 'Taken back by customers’ banks, less what was won.' },
  adjustments: { label: 'Adjustments and reserves', note: 'Other movements of the balance.' },
  fees: { label: 'Fees', note: 'What the payment providers keep.' },
  earned: {
    label: 'Left after fees and refunds',
    note: 'How the balance at the payment providers moved in these days.',
  },
  held_after: { label: 'Held or on the way at the end', note: 'Earned in these days, paid out later.' },
  held_before: {
    label: 'From days before',
    note: 'Earned earlier (or booked later), paid out in these days.',
  },
  payout_differs: {
    label: 'Not explained by movements',
    note: 'Payouts whose movements do not add up to them, or are not known.',
  },
  paid_out: { label: 'Paid out', note: 'Payouts that arrive in these days.' },
  not_in_bank: { label: 'Not found at the bank', note: 'Payouts that no deposit in your books matches.' },
  in_bank: { label: 'Arrived at the bank', note: 'Payouts with a deposit of the same amount.' },
}

/** With its sign, as it adds to the figure before. */
export function stepAmount({ amount, isSum }: BridgeStep, currency: string, locale: string): string {
  const text = displayMoney(Math.abs(amount), currency, locale)
  if (isSum) return amount < 0 ? `−${text}` : text
  return amount < 0 ? `− ${text}` : `+ ${text}`
}

export const PAYOUT_STATES: Record<string, string> = {
  pending: 'planned',
  in_transit: 'on its way',
  paid: 'paid out',
  failed: 'failed',
  canceled: 'cancelled',
}
