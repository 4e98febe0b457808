/** Where the money is: the bridge from sales to the bank, the payouts, and what nothing matches. */
import { displayMoney } from '../../../platform/money.ts'
import { Alert } from '../../../views/alert.tsx'
import { LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { FilterBar, FilterSelect } from '../../../views/filter-bar.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Day } from '../../../views/time.tsx'
import type { BridgeStep } from '../domain/money/bridge.ts'
import { type BalanceEntry, type DepositEntry, keyOf, type SaleEntry } from '../domain/money/entries.ts'
import type { Namesake } from '../domain/money/namesakes.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'
import { NamesakesCard } from './money-namesakes.tsx'
import { AddsUp, type PayoutItem, PayoutMatch, payoutHref } from './money-parts.tsx'
import { PAYOUT_STATES, STEP_WORDS, stepAmount } from './money-words.ts'

export interface MoneyPageProps {
  range: { from: string; to: string }
  currency: string
  currencies: string[]
  steps: BridgeStep[]
  unpaidSales: SaleEntry[]
  unknownCharges: BalanceEntry[]
  namesakes: Namesake[]
  unmatchedDeposits: DepositEntry[]
  payouts: PayoutItem[]
  isEmpty: boolean
  mayWrite: boolean
  locale: string
}

const SHOWN = 25
const PAYOUTS_SHOWN = 200

export function MoneyPage(props: MoneyPageProps) {
  const { range, currency, currencies, isEmpty } = props
  return (
    <>
      <FoundryTabs current="money" />
      <PageHeader
        title="Where’s my money"
        lead="From what you sold to what arrived at the bank, with everything in between."
      />
      {isEmpty ? (
        <NothingYet />
      ) : (
        <>
          <FilterBar action="/foundry/money">
            <DayField label="From" name="from" value={range.from} />
            <DayField label="To" name="to" value={range.to} />
            {currencies.length > 1 && (
              <FilterSelect
                label="Currency"
                name="currency"
                value={currency}
                options={currencies.map((value) => ({ value, label: value }))}
              />
            )}
          </FilterBar>
          <div class="flex flex-col gap-5">
            <BridgeCard {...props} />
            <PayoutsCard {...props} />
            <Unmatched {...props} />
          </div>
        </>
      )}
    </>
  )
}

function NothingYet() {
  return (
    <EmptyState
      icon="plug"
      title="No payouts yet"
      text="Connect the payment provider that pays out to you (Stripe, Shopify Payments), and your books (QuickBooks) to see each payout arrive at the bank."
      actions={
        <LinkButton href="/foundry/sources" tone="primary" icon="plug">
          Connect a source
        </LinkButton>
      }
    />
  )
}

const DayField = ({ label, name, value }: { label: string; name: string; value: string }) => (
  <label class="flex flex-col gap-1 text-xs">
    <span>{label}</span>
    <input type="date" class="input input-sm" name={name} value={value} />
  </label>
)

function BridgeCard({ steps, currency, locale }: MoneyPageProps) {
  const shown = steps.filter((step) => step.isSum || step.amount !== 0)
  const most = Math.max(1, ...shown.map((step) => Math.abs(step.amount)))
  return (
    <Card title="From sales to the bank" lead="Each line adds to the one before; the bold ones are sums.">
      <section class="overflow-x-auto" tabindex={0} aria-label="From sales to the bank, as a table">
        <table class="table-sm table">
          <caption class="sr-only">From sales to the bank, in {currency}</caption>
          <thead class="sr-only">
            <tr>
              <th scope="col">Step</th>
              <th scope="col">Amount</th>
              <th scope="col">Size</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((step) => (
              <StepRow step={step} most={most} currency={currency} locale={locale} />
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  )
}

function StepRow({
  step,
  most,
  currency,
  locale,
}: {
  step: BridgeStep
  most: number
  currency: string
  locale: string
}) {
  const { label, note } = STEP_WORDS[step.key]
  const weight = step.isSum ? 'font-semibold' : 'font-normal'
  return (
    <tr class={step.isSum ? 'bg-base-200' : ''}>
      <th scope="row" class={weight}>
        {label}
        <span class="block font-normal text-base-content/75 text-xs">
          {note}
          {!step.isSum && step.count > 0 ? ` ${step.count.toLocaleString(locale)} of them.` : ''}
        </span>
      </th>
      <td class={`whitespace-nowrap text-right tabular-nums ${weight}`}>
        {stepAmount(step, currency, locale)}
      </td>
      <td class="hidden w-40 sm:table-cell" aria-hidden="true">
        <progress class="progress w-full" value={Math.abs(step.amount)} max={most} />
      </td>
    </tr>
  )
}

function PayoutsCard({ payouts, currency, locale }: MoneyPageProps) {
  const money = (units: number) => displayMoney(units, currency, locale)
  return (
    <Card title="Payouts" lead="Each is checked against its own movements and against the bank.">
      <DataTable
        caption="Payouts of these days"
        rows={payouts.slice(0, PAYOUTS_SHOWN)}
        empty={<p class="text-base-content/75 text-sm">No payouts arrive in these days.</p>}
        rowTone={(row) => (row.check.difference !== 0 && !row.check.unknown ? 'warning' : undefined)}
        columns={[
          {
            key: 'day',
            label: 'Arrives',
            cell: (row) => (
              <a class="link" href={payoutHref(row)}>
                <Day day={row.day} locale={locale} />
              </a>
            ),
          },
          { key: 'state', label: 'State', cell: (row) => PAYOUT_STATES[row.status] ?? row.status },
          { key: 'amount', label: 'Amount', numeric: true, cell: (row) => money(row.amount) },
          { key: 'adds', label: 'Adds up', cell: (row) => <AddsUp check={row.check} money={money} /> },
          { key: 'bank', label: 'Bank', cell: (row) => <PayoutMatch item={row} locale={locale} /> },
        ]}
      />
    </Card>
  )
}

function Unmatched(props: MoneyPageProps) {
  const { namesakes, unmatchedDeposits, currency, locale } = props
  const money = (units: number) => displayMoney(units, currency, locale)
  const paired = new Set(namesakes.flatMap(({ sale, line }) => [`s ${keyOf(sale)}`, `l ${keyOf(line)}`]))
  const unpaidSales = props.unpaidSales.filter((sale) => !paired.has(`s ${keyOf(sale)}`))
  const unknownCharges = props.unknownCharges.filter((line) => !paired.has(`l ${keyOf(line)}`))
  if (namesakes.length + unpaidSales.length + unknownCharges.length + unmatchedDeposits.length === 0) {
    return (
      <Alert tone="success" title="Everything is matched">
        Each order has its payment, and each deposit its payout.
      </Alert>
    )
  }
  return (
    <>
      {namesakes.length > 0 && <NamesakesCard {...props} />}
      {unpaidSales.length > 0 && (
        <List
          title={`Orders without a payment (${unpaidSales.length})`}
          lead="Cash, bank transfer, or not paid yet. What is paid elsewhere stays here; nothing is guessed."
          rows={unpaidSales.slice(0, SHOWN).map((sale) => ({
            what: [sale.number ?? sale.ext_id, sale.customer].filter(Boolean).join(', '),
            day: sale.day,
            amount: money(sale.total),
          }))}
          rest={unpaidSales.length - SHOWN}
          locale={locale}
        />
      )}
      {unknownCharges.length > 0 && (
        <List
          title={`Payments without an order (${unknownCharges.length})`}
          lead="Charged at the payment provider, but no order of the same amount is near."
          rows={unknownCharges.slice(0, SHOWN).map((line) => ({
            what: line.description ?? line.ext_id,
            day: line.day,
            amount: money(line.amount),
          }))}
          rest={unknownCharges.length - SHOWN}
          locale={locale}
        />
      )}
      {unmatchedDeposits.length > 0 && (
        <List
          title={`Deposits without a payout (${unmatchedDeposits.length})`}
          lead="Booked at the bank, but no payout of the same amount is near."
          rows={unmatchedDeposits.slice(0, SHOWN).map((row) => ({
            what: row.memo ?? row.ext_id,
            day: row.day,
            amount: money(row.amount),
          }))}
          rest={unmatchedDeposits.length - SHOWN}
          locale={locale}
        />
      )}
    </>
  )
}

interface ListProps {
  title: string
  lead: string
  rows: { what: string; day: string; amount: string }[]
  rest: number
  locale: string
}

function List({ title, lead, rows, rest, locale }: ListProps) {
  return (
    <Card title={title} lead={lead}>
      <DataTable
        caption={`Table: ${title}`}
        rows={rows}
        columns={[
          { key: 'what', label: 'What', cell: (row) => row.what },
          { key: 'day', label: 'Day', cell: (row) => <Day day={row.day} locale={locale} /> },
          { key: 'amount', label: 'Amount', numeric: true, cell: (row) => row.amount },
        ]}
      />
      {rest > 0 && (
        <p class="mt-2 text-base-content/75 text-xs">And {rest} more; choose fewer days to see them.</p>
      )}
    </Card>
  )
}
