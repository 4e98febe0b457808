/** Orders and payments of one number and two amounts, side by side, for a person to say what they are. */
import { displayMoney } from '../../../platform/money.ts'
import { Button } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { Day } from '../../../views/time.tsx'
import type { Namesake } from '../domain/money/namesakes.ts'

interface NamesakesProps {
  namesakes: readonly Namesake[]
  range: { from: string; to: string }
  currency: string
  mayWrite: boolean
  locale: string
}

const SHOWN = 50

export function NamesakesCard(props: NamesakesProps) {
  const { namesakes, currency, mayWrite, locale } = props
  const money = (units: number) => displayMoney(units, currency, locale)
  return (
    <Card
      title={`Same number, other amount (${namesakes.length})`}
      lead="The payment names the order, but the two amounts differ: a tip, a part payment, a change after the order. Nothing is tied before you say so."
    >
      <DataTable
        caption="Orders and payments with the same number"
        rows={namesakes.slice(0, SHOWN)}
        columns={[
          {
            key: 'order',
            label: 'Order',
            cell: ({ sale }) => [sale.number ?? sale.ext_id, sale.customer].filter(Boolean).join(', '),
          },
          { key: 'day', label: 'Day', cell: ({ sale }) => <Day day={sale.day} locale={locale} /> },
          { key: 'owed', label: 'Owed', numeric: true, cell: ({ sale }) => money(sale.total) },
          { key: 'paid', label: 'Paid', numeric: true, cell: ({ line }) => money(line.amount) },
          {
            key: 'difference',
            label: 'Difference',
            numeric: true,
            cell: ({ difference }) => `${difference > 0 ? '+' : '−'} ${money(Math.abs(difference))}`,
          },
          ...(mayWrite
            ? [{ key: 'say', label: '', cell: (pair: Namesake) => <Say pair={pair} {...props} /> }]
            : []),
        ]}
      />
      {namesakes.length > SHOWN && (
        <p class="mt-2 text-base-content/75 text-xs">
          And {namesakes.length - SHOWN} more; choose fewer days to see them.
        </p>
      )}
    </Card>
  )
}

function Say({ pair: { sale, line }, range, currency }: NamesakesProps & { pair: Namesake }) {
  const action = `/foundry/money/orders/${sale.source_id}/${encodeURIComponent(sale.ext_id)}/charge`
  const hidden = { source: line.source_id, charge: line.ext_id, ...range, currency }
  return (
    <form method="post" action={action} class="flex flex-wrap gap-1">
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Button small name="together" value="yes">
        They belong together
      </Button>
      <Button small name="together" value="no">
        They do not
      </Button>
    </form>
  )
}
