/** Whom the workspace does not write to, and why. */
import type { FieldError } from '../../../platform/result.ts'
import { Badge } from '../../../views/badge.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { FilterBar, FilterText } from '../../../views/filter-bar.tsx'
import { errorOf, Field, Form, SelectField, SubmitButton } from '../../../views/form.tsx'
import { Pagination } from '../../../views/pagination.tsx'
import { Time } from '../../../views/time.tsx'
import { MailTabs } from './mail-words.tsx'
import { SettingsFrame } from './settings-tabs.tsx'

const AT = '/settings/mail/suppressions'
const REASONS: Record<string, string> = {
  bounce: 'mail bounced',
  complaint: 'called it unwanted',
  unsubscribe: 'unsubscribed',
  manual: 'put here by hand',
}

export interface SuppressionsProps {
  entries: { address: string; scope: string; reason: string; detail: string; created_at: string }[]
  text: string
  mayManage: boolean
  next: string | null
  first: string | null
  values: Record<string, string>
  errors?: FieldError[]
  timeZone: string
  locale: string
}

export function SuppressionsPage(props: SuppressionsProps) {
  const { entries, text, mayManage, next, first, timeZone, locale } = props
  return (
    <SettingsFrame
      at="/settings/mail"
      title="Mail"
      lead="These addresses get no mail, whoever or whatever wants to send one."
    >
      <MailTabs at={AT} />
      <FilterBar action={AT}>
        <FilterText label="Address" name="q" value={text} />
      </FilterBar>
      <DataTable
        caption="Addresses that are not written to"
        rows={entries}
        empty={
          <EmptyState
            icon="check"
            title={text ? 'Not in this list' : 'Everybody can be written to'}
            text="An address comes here by itself when a mail bounces for good, when somebody unsubscribes or calls a mail unwanted."
          />
        }
        columns={[
          { key: 'address', label: 'Address', cell: (entry) => entry.address },
          {
            key: 'scope',
            label: 'Gets',
            cell: (entry) => <Badge>{entry.scope === 'all' ? 'no mail' : 'no marketing'}</Badge>,
          },
          { key: 'reason', label: 'Because', cell: (entry) => REASONS[entry.reason] ?? entry.reason },
          {
            key: 'since',
            label: 'Since',
            cell: (entry) => <Time at={entry.created_at} timeZone={timeZone} locale={locale} show="date" />,
          },
          {
            key: 'lift',
            label: 'Change',
            cell: (entry) =>
              mayManage && entry.reason !== 'complaint' ? (
                <ConfirmButton
                  action={`${AT}/lift`}
                  fields={{ address: entry.address, scope: entry.scope }}
                  label="Write again"
                  title={`Write to ${entry.address} again?`}
                  text="Do this when the person asked for it, or the address was mended."
                  confirmLabel="Write again"
                  tone="primary"
                />
              ) : (
                '–'
              ),
          },
        ]}
      />
      <Pagination next={next} first={first} />
      {mayManage && <AddCard {...props} />}
    </SettingsFrame>
  )
}

function AddCard({ values, errors }: SuppressionsProps) {
  return (
    <div class="mt-5">
      <Card title="Put an address here">
        <Form action={AT} class="grid items-end gap-3 sm:grid-cols-[1fr_1fr_auto]">
          <Field
            label="Address"
            name="address"
            type="email"
            value={values.address}
            error={errorOf(errors, 'address')}
            required
          />
          <SelectField
            label="It gets"
            name="scope"
            value={values.scope ?? 'all'}
            options={[
              { value: 'all', label: 'no mail' },
              { value: 'marketing', label: 'no marketing' },
            ]}
          />
          <SubmitButton>Add it</SubmitButton>
        </Form>
      </Card>
    </div>
  )
}
