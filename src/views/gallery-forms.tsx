/** The gallery's forms: each field plain, with a hint, and with a mistake. */
import { Card } from './card.tsx'
import { FilterBar, FilterSelect, FilterText } from './filter-bar.tsx'
import {
  CheckboxField,
  ErrorSummary,
  Field,
  FileField,
  Form,
  RadioGroup,
  SelectField,
  SubmitButton,
  TextareaField,
} from './form.tsx'

const CURRENCIES = [
  { value: 'EUR', label: 'Euro' },
  { value: 'PLN', label: 'Polish złoty' },
  { value: 'JPY', label: 'Japanese yen' },
]

export function GalleryForms() {
  return (
    <>
      <Card title="Forms" id="forms">
        <div class="grid gap-8 md:grid-cols-2">
          <Form action="/dev/components">
            <Field label="Company name" name="sample-name" value="Łódź Ceramics" required />
            <Field
              label="Tax number"
              name="sample-tax"
              hint="As it stands on your invoices."
              required={false}
            />
            <SelectField label="Currency" name="sample-currency" options={CURRENCIES} value="PLN" />
            <RadioGroup
              legend="Week begins on"
              name="sample-week"
              value="1"
              options={[
                { value: '1', label: 'Monday', hint: 'As in ISO weeks' },
                { value: '0', label: 'Sunday' },
              ]}
            />
            <CheckboxField
              label="Send me a summary every Monday"
              name="sample-mail"
              checked
              hint="To your address, at eight."
            />
            <SubmitButton>Save</SubmitButton>
          </Form>
          <Form action="/dev/components">
            <ErrorSummary
              errors={[
                { path: 'sample-mail-address', message: 'Write an e-mail address, such as ada@example.com.' },
              ]}
            />
            <Field
              label="E-mail"
              name="sample-mail-address"
              type="email"
              value="ada@"
              error="Write an e-mail address, such as ada@example.com."
            />
            <TextareaField
              label="Note"
              name="sample-note"
              value="A text of some length that runs over more than one line of the field."
              hint="Colleagues see it."
            />
            <FileField label="Orders file" name="sample-file" accept=".csv" hint="CSV, at most 50 MB." />
            <Field label="Read only" name="sample-fixed" value="Set by your plan" readonly />
          </Form>
        </div>
      </Card>
      <Card title="Filters">
        <FilterBar
          action="/dev/components"
          active={[
            { label: 'Country: Poland', href: '/dev/components?source=csv' },
            { label: 'Source: CSV', href: '/dev/components?country=PL' },
          ]}
        >
          <FilterText label="Customer" name="customer" value="Nowak" />
          <FilterSelect
            label="Country"
            name="country"
            value="PL"
            options={[
              { value: 'PL', label: 'Poland' },
              { value: 'JP', label: 'Japan' },
            ]}
          />
          <FilterSelect label="Source" name="source" value="csv" options={[{ value: 'csv', label: 'CSV' }]} />
        </FilterBar>
      </Card>
    </>
  )
}
