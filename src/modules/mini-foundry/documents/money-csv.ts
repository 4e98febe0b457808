/** The movements of a payout as CSV. */
import { csvLine } from '../../../kit/csv.ts'
import { moneyText } from '../../../platform/money.ts'
import type { BalanceEntry } from '../domain/money/entries.ts'

export function payoutCsv(lines: readonly BalanceEntry[], currency: string): string {
  const rows = lines.map((line) => [
    line.day,
    line.kind,
    line.ext_id,
    line.payment_ext_id ?? '',
    line.order_ext_id ?? '',
    line.description ?? '',
    moneyText(line.amount, currency),
    moneyText(line.fee, currency),
    moneyText(line.net, currency),
    currency,
  ])
  const head = ['day', 'kind', 'id', 'payment', 'order', 'description', 'amount', 'fee', 'net', 'currency']
  return [head, ...rows].map(csvLine).join('')
}
