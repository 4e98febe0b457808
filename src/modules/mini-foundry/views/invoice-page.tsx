/** One invoice: what is owed, since when, and what can be done about it. */
import { displayMoney } from '../../../platform/money.ts'
import { Alert } from '../../../views/alert.tsx'
import { Badge, type Tone } from '../../../views/badge.tsx'
import { Button } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { DescriptionList } from '../../../views/description-list.tsx'
import { Field, Form, SubmitButton } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Day } from '../../../views/time.tsx'
import type { InvoiceLineValue } from '../domain/invoice.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'

export interface InvoicePageProps {
  invoice: {
    source: string
    source_type: string
    number: string | null
    ext_id: string
    customer_name: string | null
    customer_email: string | null
    status: string
    currency: string
    total: number
    paid: number
    issued_day: string
    due_day: string | null
    paid_day: string | null
    memo: string | null
  }
  lines: InvoiceLineValue[]
  href: string
  today: string
  mayWrite: boolean
  fault?: string
  locale: string
}

const TONES: Record<string, Tone> = { paid: 'success', open: 'info', overdue: 'warning' }

export function InvoicePage(props: InvoicePageProps) {
  const { invoice, lines, today, mayWrite, fault, locale } = props
  const money = (units: number) => displayMoney(units, invoice.currency, locale)
  const late = invoice.status === 'open' && invoice.due_day !== null && invoice.due_day < today
  const state = late ? 'overdue' : invoice.status
  return (
    <>
      <FoundryTabs current="invoices" />
      <PageHeader
        title={`Invoice ${invoice.number ?? invoice.ext_id}`}
        crumbs={[{ label: 'Invoices', href: '/foundry/invoices' }]}
      />
      {fault && (
        <Alert tone="error" title="That did not work">
          {fault}
        </Alert>
      )}
      <div class="flex flex-col gap-5">
        <Card>
          <DescriptionList
            items={[
              { label: 'State', value: <Badge tone={TONES[state]}>{state}</Badge> },
              {
                label: 'Who owes it',
                value:
                  [invoice.customer_name, invoice.customer_email].filter(Boolean).join(', ') || 'Not known',
              },
              { label: 'Total', value: money(invoice.total) },
              { label: 'Paid', value: money(invoice.paid) },
              { label: 'Issued', value: <Day day={invoice.issued_day} locale={locale} /> },
              {
                label: 'Due',
                value: invoice.due_day ? <Day day={invoice.due_day} locale={locale} /> : 'no day',
              },
              ...(invoice.paid_day
                ? [{ label: 'Paid on', value: <Day day={invoice.paid_day} locale={locale} /> }]
                : []),
              { label: 'From', value: invoice.source },
              ...(invoice.memo ? [{ label: 'Remark', value: invoice.memo }] : []),
            ]}
          />
        </Card>
        {lines.length > 0 && (
          <Card title="What it is for">
            <DataTable
              caption="Lines of the invoice"
              rows={lines}
              columns={[
                { key: 'what', label: 'What', cell: (row) => row.description },
                {
                  key: 'quantity',
                  label: 'Quantity',
                  numeric: true,
                  cell: (row) => (row.quantity / 10_000).toLocaleString(locale),
                },
                { key: 'price', label: 'Price of one', numeric: true, cell: (row) => money(row.unitPrice) },
                { key: 'total', label: 'Total', numeric: true, cell: (row) => money(row.total) },
              ]}
            />
          </Card>
        )}
        {mayWrite && <Doings {...props} />}
      </div>
    </>
  )
}

function Doings({ invoice, href, today }: InvoicePageProps) {
  if (invoice.source_type !== 'manual') {
    return (
      <p class="text-base-content/75 text-sm">
        This invoice comes from {invoice.source}. Mark it paid there; it is here within minutes.
      </p>
    )
  }
  return (
    <Card title="What happened">
      <div class="flex flex-wrap items-end gap-4">
        {invoice.status === 'draft' && (
          <form method="post" action={`${href}/issue`}>
            <Button tone="primary">Issue it</Button>
          </form>
        )}
        {invoice.status === 'open' && (
          <Form action={`${href}/paid`} class="flex flex-wrap items-end gap-3">
            <Field label="Paid on" name="day" type="date" value={today} />
            <Field label="Amount" name="amount" hint="Empty: all of it." />
            <SubmitButton>Mark as paid</SubmitButton>
          </Form>
        )}
        {(invoice.status === 'paid' || invoice.status === 'void' || invoice.paid > 0) && (
          <form method="post" action={`${href}/reopen`}>
            <Button>It is still owed</Button>
          </form>
        )}
        {(invoice.status === 'open' || invoice.status === 'draft') && (
          <ConfirmButton
            action={`${href}/void`}
            label="Take it back"
            title="Take this invoice back?"
            text="It is not owed any more, and stays in the list as void. You can open it again."
            confirmLabel="Take it back"
          />
        )}
      </div>
    </Card>
  )
}
