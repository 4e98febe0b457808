/** Pieces of the money pages: a payout as a row, whether it adds up, and its deposit. */
import { Day } from '../../../views/time.tsx'
import type { DepositEntry, PayoutEntry } from '../domain/money/entries.ts'
import type { PayoutCheck } from '../domain/money/payout-check.ts'

export interface PayoutItem extends PayoutEntry {
  check: PayoutCheck
  deposit: DepositEntry | null
  rule: string | null
}

export const payoutHref = ({ source_id, ext_id }: { source_id: string; ext_id: string }): string =>
  `/foundry/money/payouts/${source_id}/${encodeURIComponent(ext_id)}`

export function AddsUp({ check, money }: { check: PayoutCheck; money(units: number): string }) {
  if (check.unknown) return <span class="text-base-content/75">movements not known</span>
  if (check.difference === 0) return <>to the cent, {check.count} movements</>
  return <strong>off by {money(check.difference)}</strong>
}

const RULES: Record<string, string> = {
  amount_and_day: 'same amount, nearest day',
  reference: 'names it',
  person: 'said by a person',
}

export function PayoutMatch({ item, locale }: { item: PayoutItem; locale: string }) {
  if (!item.deposit) return <span class="text-base-content/75">no deposit found</span>
  return (
    <>
      <Day day={item.deposit.day} locale={locale} />
      <span class="block text-base-content/75 text-xs">{RULES[item.rule ?? ''] ?? ''}</span>
    </>
  )
}
