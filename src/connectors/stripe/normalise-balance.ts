/** A movement of the Stripe balance as a line of a payout. */
import { businessDay } from '../../kit/calendar/business-day.ts'
import type { PayoutLineFact } from '../../modules/mini-foundry/domain/facts.ts'
import { isoInstant } from '../../platform/clock.ts'
import { currencyOf, unitsOf } from './amounts.ts'
import type { BalanceTransaction } from './objects.ts'

/** Stripe's `reporting_category`; where an old object has none, its `type`. */
const KINDS: Record<string, PayoutLineFact['kind']> = {
  charge: 'charge',
  payment: 'charge',
  refund: 'refund',
  payment_refund: 'refund',
  charge_failure: 'refund',
  partial_capture_reversal: 'refund',
  refund_failure: 'refund',
  dispute: 'dispute',
  dispute_reversal: 'dispute',
  fee: 'fee',
  stripe_fee: 'fee',
  network_cost: 'fee',
  tax: 'fee',
  adjustment: 'adjustment',
  other_adjustment: 'adjustment',
  risk_reserved_funds: 'reserve',
  payout: 'payout',
  payout_reversal: 'payout',
  payout_failure: 'payout',
  payout_cancel: 'payout',
}

/** A movement never changes but for the payout it ends in: the line that names one is the newer. */
export function payoutLineOf(line: BalanceTransaction, timeZone: string): PayoutLineFact {
  const money = (amount: number) => unitsOf(amount, line.currency)
  const source = line.source ?? null
  const isPayment = /^(ch|py|re|pyr|dp|du)_/.test(source ?? '')
  return {
    extId: line.id,
    srcUpdatedAt: line.created * 1000 + (line.payout ? 1 : 0),
    payoutExtId: line.payout ?? null,
    kind: KINDS[line.reporting_category ?? line.type] ?? 'other',
    amount: money(line.amount),
    fee: money(line.fee),
    net: money(line.net),
    currency: currencyOf(line.currency),
    paymentExtId: isPayment ? source : null,
    orderExtId: /^(ch|py)_/.test(source ?? '') ? source : null,
    happenedAt: isoInstant(line.created * 1000),
    businessDay: businessDay(line.created * 1000, timeZone),
    availableDay: line.available_on ? businessDay(line.available_on * 1000, 'UTC') : null,
    description: line.description ?? null,
  }
}
