/** An invoice, written by hand: who owes, for what, until when. Works line by line without JavaScript. */
import { displayMoney } from '../../../platform/money.ts'
import type { FieldError } from '../../../platform/result.ts'
import { LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import {
  CheckboxField,
  ErrorSummary,
  errorOf,
  Field,
  Form,
  SubmitButton,
  TextareaField,
} from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { draftTotal } from '../domain/invoice.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'

export interface InvoiceFormValues {
  number: string
  customer_name: string
  customer_email: string
  currency: string
  issued_day: string
  due_day: string
  memo: string
  draft: boolean
  lines: { description: string; quantity: string; unit_price: string }[]
}

export interface InvoiceFormProps {
  values: InvoiceFormValues
  errors?: FieldError[]
  locale: string
}

/** While somebody types: the total alone is brought up to date. */
const LIVE = {
  'hx-post': '/foundry/invoices/total',
  'hx-trigger': 'input delay:400ms',
  'hx-include': 'closest form',
  'hx-select': '#invoice-total',
  'hx-target': '#invoice-total',
  'hx-swap': 'outerMorph',
  'hx-sync': 'replace',
}

export function InvoiceFormPage(props: InvoiceFormProps) {
  const { values, errors } = props
  const field = (name: Exclude<keyof InvoiceFormValues, 'lines' | 'draft'>) => ({
    name,
    value: values[name],
    error: errorOf(errors, name),
  })
  return (
    <>
      <FoundryTabs current="invoices" />
      <PageHeader title="New invoice" crumbs={[{ label: 'Invoices', href: '/foundry/invoices' }]} />
      <Card>
        <Form action="/foundry/invoices">
          <ErrorSummary errors={errors} />
          <div class="grid gap-4 sm:grid-cols-2">
            <Field label="Who owes it" required {...field('customer_name')} />
            <Field label="Their e-mail address" type="email" required={false} {...field('customer_email')} />
            <Field label="Number" required={false} hint="Empty: the next of the year." {...field('number')} />
            <Field label="Currency" {...field('currency')} />
            <Field label="Issued" type="date" {...field('issued_day')} />
            <Field
              label="Due"
              type="date"
              required={false}
              hint="Empty: two weeks later."
              {...field('due_day')}
            />
          </div>
          <Lines {...props} />
          <TextareaField label="Remark (optional)" rows={2} {...field('memo')} />
          <CheckboxField
            label="Keep it as a draft"
            name="draft"
            checked={values.draft}
            hint="Nobody is told of a draft, and no figure counts it."
          />
          <div class="flex flex-wrap gap-2">
            <SubmitButton>Save</SubmitButton>
            <button type="submit" name="more" value="yes" class="btn border-base-300 bg-base-100">
              One more line
            </button>
            <LinkButton href="/foundry/invoices">Cancel</LinkButton>
          </div>
        </Form>
      </Card>
    </>
  )
}

function Lines({ values, errors, locale }: InvoiceFormProps) {
  const total = draftTotal(values.lines, values.currency)
  return (
    <fieldset class="flex flex-col gap-3" {...LIVE}>
      <legend class="mb-1 font-semibold">What it is for</legend>
      {values.lines.map((line, index) => (
        <div class="grid grid-cols-2 gap-3 sm:grid-cols-[1fr_8rem_10rem]">
          <div class="col-span-2 sm:col-span-1">
            <Field
              label={`Line ${index + 1}`}
              name={`lines.${index}.description`}
              value={line.description}
              error={errorOf(errors, `lines.${index}.description`)}
            />
          </div>
          <Field
            label="Quantity"
            inputmode="decimal"
            name={`lines.${index}.quantity`}
            value={line.quantity}
            error={errorOf(errors, `lines.${index}.quantity`)}
          />
          <Field
            label="Price of one"
            inputmode="decimal"
            name={`lines.${index}.unit_price`}
            value={line.unit_price}
            error={errorOf(errors, `lines.${index}.unit_price`)}
          />
        </div>
      ))}
      <p id="invoice-total" class="text-right font-semibold" aria-live="polite">
        {total !== null && `Total ${displayMoney(total, values.currency, locale)}`}
      </p>
    </fieldset>
  )
}
