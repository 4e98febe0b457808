/** Open invoices by how likely they are paid late. */
import { numberFormat } from '../../../kit/format.ts'
import { displayMoney } from '../../../platform/money.ts'
import { Alert } from '../../../views/alert.tsx'
import { LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Day } from '../../../views/time.tsx'
import { type BackTest, FEWEST, type Outlook, STRENGTH } from '../domain/invoice-lateness.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'

interface Line {
  source_id: string
  ext_id: string
  number: string | null
  customer_name: string | null
  currency: string
  outstanding: number
  due_day: string
  outlook: Outlook | null
}

export interface LatenessPageProps {
  lines: Line[]
  more: boolean
  learned: number
  atRisk: { currency: string; owed: number; late: number }[]
  test: BackTest | null
  today: string
  locale: string
}

export function LatenessPage({ lines, more, learned, atRisk, test, today, locale }: LatenessPageProps) {
  const money = (units: number, currency: string) => displayMoney(units, currency, locale)
  const percent = numberFormat(locale, { style: 'percent' })
  return (
    <>
      <FoundryTabs current="invoices" />
      <PageHeader
        title="Likely late"
        lead="Which open invoices are likely to be paid after their day, from how each customer paid before."
        crumbs={[{ label: 'Invoices', href: '/foundry/invoices' }]}
      />
      {lines.length === 0 ? (
        <EmptyState
          icon="check"
          title="Nothing is owed"
          text="Open invoices with a day to be paid by appear here, those with the most money at risk first."
          actions={<LinkButton href="/foundry/invoices">See the invoices</LinkButton>}
        />
      ) : (
        <div class="flex flex-col gap-5">
          {learned < FEWEST && (
            <Alert tone="info">
              {learned === 0 ? 'No invoice has' : `Only ${learned} have`} been paid so far. From {FEWEST} on
              there is enough to say who pays late.
            </Alert>
          )}
          {learned >= FEWEST && (
            <Card>
              <ul class="flex flex-col gap-1">
                {atRisk.map(({ currency, owed, late }) => (
                  <li>
                    <span class="font-semibold text-2xl tabular-nums">{money(late, currency)}</span> of{' '}
                    {money(owed, currency)} is likely to come late.
                  </li>
                ))}
              </ul>
              <p class="mt-2 text-base-content/75 text-sm">{methodWords(learned, test, percent)}</p>
            </Card>
          )}
          <DataTable
            caption="Open invoices"
            rows={lines}
            columns={[
              {
                key: 'invoice',
                label: 'Invoice',
                cell: ({ source_id, ext_id, number, customer_name }) => (
                  <>
                    <a class="link" href={`/foundry/invoices/${source_id}/${encodeURIComponent(ext_id)}`}>
                      {number ?? ext_id}
                    </a>
                    <span class="block text-base-content/75 text-xs">
                      {customer_name ?? 'Customer not known'}
                    </span>
                  </>
                ),
              },
              {
                key: 'owed',
                label: 'Owed',
                numeric: true,
                cell: ({ outstanding, currency }) => money(outstanding, currency),
              },
              { key: 'due', label: 'Due', cell: ({ due_day }) => <Day day={due_day} locale={locale} /> },
              {
                key: 'chance',
                label: 'Late',
                cell: ({ outlook, due_day }) => (
                  <>
                    {due_day < today ? 'late already' : outlook ? percent.format(outlook.chance) : 'unknown'}
                    {outlook && (
                      <span class="block text-base-content/75 text-xs">{pastWords(outlook.past)}</span>
                    )}
                  </>
                ),
              },
              {
                key: 'expected',
                label: 'Likely paid on',
                cell: ({ outlook }) =>
                  outlook?.expectedOn ? <Day day={outlook.expectedOn} locale={locale} /> : 'nobody can say',
              },
            ]}
          />
          {more && <p class="text-sm">Only the first 500 by their day are judged here.</p>}
        </div>
      )}
    </>
  )
}

function pastWords({ paid, late, averageDays }: Outlook['past']): string {
  if (paid === 0) return 'no invoice paid before; judged as usual'
  const when =
    averageDays === null || averageDays === 0
      ? 'on the day on average'
      : `${Math.abs(averageDays)} ${Math.abs(averageDays) === 1 ? 'day' : 'days'} ${averageDays > 0 ? 'late' : 'early'} on average`
  return `paid ${late} of ${paid} late, ${when}`
}

/** How it is worked out, and how far it was off before. */
function methodWords(learned: number, test: BackTest | null, percent: Intl.NumberFormat): string {
  const how = `Learned from ${learned} paid invoices; each customer counts with ${STRENGTH} of the usual kind beside their own.`
  if (!test) return how
  const [own, usual] = [test.error, test.usualError].map((error) => percent.format(Math.sqrt(error)))
  const verdict = test.error < test.usualError ? 'better than' : 'no better than'
  return `${how} On ${test.judged} past invoices the chance was off by ${own}, ${verdict} the usual share for all (${usual}).`
}
