/** One payout: what it is made of, and the deposit that it became. */
import { displayMoney } from '../../../platform/money.ts'
import { Alert } from '../../../views/alert.tsx'
import { Button, LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { DescriptionList } from '../../../views/description-list.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Day } from '../../../views/time.tsx'
import type { BalanceEntry, DepositEntry } from '../domain/money/entries.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'
import { AddsUp, type PayoutItem, PayoutMatch, payoutHref } from './money-parts.tsx'
import { PAYOUT_STATES } from './money-words.ts'

export interface PayoutPageProps {
  payout: PayoutItem & { currency: string; source: string }
  lines: BalanceEntry[]
  candidates: DepositEntry[]
  mayWrite: boolean
  locale: string
}

const SHOWN = 200

export function PayoutPage({ payout, lines, candidates, mayWrite, locale }: PayoutPageProps) {
  const money = (units: number) => displayMoney(units, payout.currency, locale)
  return (
    <>
      <FoundryTabs current="money" />
      <PageHeader
        title={`Payout of ${money(payout.amount)}`}
        crumbs={[{ label: 'Where’s my money', href: '/foundry/money' }]}
        actions={
          <LinkButton href={`${payoutHref(payout)}/lines.csv`} small icon="download">
            Movements as CSV
          </LinkButton>
        }
      />
      <div class="flex flex-col gap-5">
        <Card title="In short">
          <DescriptionList
            items={[
              { label: 'From', value: payout.source },
              { label: 'Arrives', value: <Day day={payout.day} locale={locale} /> },
              { label: 'State', value: PAYOUT_STATES[payout.status] ?? payout.status },
              { label: 'Its movements add up', value: <AddsUp check={payout.check} money={money} /> },
              { label: 'At the bank', value: <PayoutMatch item={payout} locale={locale} /> },
              { label: 'Id', value: payout.ext_id },
            ]}
          />
          {payout.deposit && mayWrite && (
            <LinkForm
              payout={payout}
              deposit={payout.deposit}
              together={false}
              label="This is not its deposit"
            />
          )}
        </Card>
        {!payout.deposit && (
          <Candidates payout={payout} candidates={candidates} mayWrite={mayWrite} locale={locale} />
        )}
        <Card title={`Movements (${lines.length})`}>
          <DataTable
            caption="Movements of this payout"
            rows={lines.slice(0, SHOWN)}
            empty={
              <Alert tone="warning" title="Not known">
                The source has not told what this payout is made of. Read its balance movements again from the
                source’s page.
              </Alert>
            }
            columns={[
              { key: 'day', label: 'Day', cell: (row) => <Day day={row.day} locale={locale} /> },
              { key: 'kind', label: 'Kind', cell: (row) => row.kind },
              {
                key: 'what',
                label: 'What',
                cell: (row) => row.description ?? row.order_ext_id ?? row.ext_id,
              },
              { key: 'amount', label: 'Amount', numeric: true, cell: (row) => money(row.amount) },
              { key: 'fee', label: 'Fee', numeric: true, cell: (row) => money(row.fee) },
              { key: 'net', label: 'Net', numeric: true, cell: (row) => money(row.net) },
            ]}
          />
          {lines.length > SHOWN && (
            <p class="mt-2 text-base-content/75 text-xs">
              The first {SHOWN} of {lines.length}; the CSV holds all.
            </p>
          )}
        </Card>
      </div>
    </>
  )
}

function Candidates({ payout, candidates, mayWrite, locale }: Omit<PayoutPageProps, 'lines'>) {
  if (candidates.length === 0) return null
  return (
    <Card title="Is it one of these deposits?" lead="Near in days, and matched to nothing else.">
      <DataTable
        caption="Deposits that could be this payout"
        rows={candidates}
        columns={[
          { key: 'day', label: 'Day', cell: (row) => <Day day={row.day} locale={locale} /> },
          { key: 'memo', label: 'Words', cell: (row) => row.memo ?? row.ext_id },
          {
            key: 'amount',
            label: 'Amount',
            numeric: true,
            cell: (row) => displayMoney(row.amount, payout.currency, locale),
          },
          {
            key: 'do',
            label: 'Choose',
            cell: (row) =>
              mayWrite ? <LinkForm payout={payout} deposit={row} together label="This is it" /> : null,
          },
        ]}
      />
    </Card>
  )
}

interface LinkFormProps {
  payout: PayoutItem
  deposit: DepositEntry
  together: boolean
  label: string
}

function LinkForm({ payout, deposit, together, label }: LinkFormProps) {
  return (
    <form method="post" action={`${payoutHref(payout)}/deposit`} class="mt-2">
      <input type="hidden" name="source" value={deposit.source_id} />
      <input type="hidden" name="deposit" value={deposit.ext_id} />
      <input type="hidden" name="together" value={together ? 'yes' : 'no'} />
      <Button small>{label}</Button>
    </form>
  )
}
