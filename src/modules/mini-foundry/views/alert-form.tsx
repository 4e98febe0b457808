/** An alert in plain words: what to look at, when to tell, and a try on the last year before it is saved. */
import { Button } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { CheckboxField, type Errors, errorOf, Field, Form, SelectField } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Tabs } from '../../../views/tabs.tsx'
import { ALERT_KINDS, type AlertKind } from '../domain/alert.ts'
import type { FilterValue } from '../domain/alert-filter.ts'
import { DIMENSION_NAMES } from '../domain/templates.ts'
import { RehearsalCard, type RehearsalProps } from './alert-rehearsal.tsx'
import { KIND_LABELS } from './alert-words.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'

/** As the form sends them. */
export type AlertFields = Record<string, string | undefined>

export interface AlertFormProps {
  /** Null: a new one. */
  id: string | null
  fields: AlertFields
  kind: AlertKind
  metrics: { id: string; name: string; group: string }[]
  sources: { id: string; name: string }[]
  /** What sales have had lately, by dimension. */
  filters: readonly FilterValue[]
  currency: string
  errors?: Errors
  rehearsal: RehearsalProps | null
}

export function AlertFormPage(props: AlertFormProps) {
  const { id, kind, fields, rehearsal, errors } = props
  const action = id ? `/foundry/alerts/${id}` : '/foundry/alerts'
  return (
    <>
      <FoundryTabs current="alerts" />
      <PageHeader
        title={id ? 'Change the alert' : 'New alert'}
        lead="It looks at each period once, when it is over and every source is read. Try it on the last year before you save it."
        crumbs={[{ label: 'Alerts', href: '/foundry/alerts' }]}
      />
      {!id && (
        <Tabs
          label="What to tell"
          tabs={ALERT_KINDS.map((one) => ({
            label: KIND_LABELS[one],
            href: `/foundry/alerts/new?kind=${one}`,
            current: one === kind,
          }))}
        />
      )}
      <div class="mt-4 flex flex-col gap-5">
        <Card>
          <Form action={action}>
            <input type="hidden" name="kind" value={kind} />
            {id && <input type="hidden" name="id" value={id} />}
            {kind === 'quiet' ? <QuietFields {...props} /> : <WatchedFields {...props} />}
            {kind === 'threshold' && <ThresholdFields {...props} />}
            {kind === 'change' && <ChangeFields {...props} />}
            {kind === 'anomaly' && <AnomalyFields {...props} />}
            {kind !== 'quiet' && (
              <CheckboxField
                label="Tell again for each further period in which it goes on"
                name="repeat"
                checked={fields.repeat === 'yes'}
              />
            )}
            <Field
              label="Name"
              name="name"
              value={fields.name}
              required={false}
              maxlength={120}
              hint="Left out, it is named after what it does."
              error={errorOf(errors, 'name')}
            />
            <div class="flex flex-wrap gap-2">
              <Button tone="primary">{id ? 'Save' : 'Save the alert'}</Button>
              <Button formaction="/foundry/alerts/rehearse">Rehearse on the last year</Button>
            </div>
          </Form>
        </Card>
        {rehearsal && <RehearsalCard {...rehearsal} />}
      </div>
    </>
  )
}

function WatchedFields({ fields, metrics, filters, errors }: AlertFormProps) {
  return (
    <div class="grid gap-4 sm:grid-cols-3">
      <SelectField
        label="Metric"
        name="metric"
        value={fields.metric ?? 'revenue'}
        options={metrics.map(({ id, name, group }) => ({ value: id, label: `${group}: ${name}` }))}
        error={errorOf(errors, 'metric')}
      />
      <SelectField
        label="Of each"
        name="granularity"
        value={fields.granularity ?? 'day'}
        options={[
          { value: 'day', label: 'Day' },
          { value: 'week', label: 'Week' },
          { value: 'month', label: 'Month' },
        ]}
        error={errorOf(errors, 'granularity')}
      />
      <SelectField
        label="Only where"
        name="filter"
        value={fields.filter ?? ''}
        required={false}
        options={filterOptions(filters, fields.filter)}
        error={errorOf(errors, 'filter')}
      />
    </div>
  )
}

/** One that holds now stays, even when sales have not had it lately or only other figures know it. */
function filterOptions(filters: readonly FilterValue[], chosen: string | undefined) {
  const known = filters.map(({ dimension, value, label }) => ({
    value: `${dimension}:${value}`,
    label: `${capital(DIMENSION_NAMES[dimension])}: ${label}`,
  }))
  const strange = chosen && !known.some(({ value }) => value === chosen)
  return [
    { value: '', label: 'Everything' },
    ...(strange ? [{ value: chosen, label: chosen }] : []),
    ...known,
  ]
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

function ThresholdFields({ fields, currency, errors }: AlertFormProps) {
  return (
    <div class="grid gap-4 sm:grid-cols-2">
      <SelectField
        label="Is"
        name="operator"
        value={fields.operator ?? 'below'}
        options={[
          { value: 'below', label: 'below' },
          { value: 'above', label: 'above' },
        ]}
        error={errorOf(errors, 'rule.operator')}
      />
      <Field
        label="The line"
        name="value"
        value={fields.value}
        inputmode="decimal"
        required
        hint={`Money in ${currency}; percentages as 5 for 5 %.`}
        error={errorOf(errors, 'rule.value')}
      />
    </div>
  )
}

const DIRECTIONS = [
  { value: 'any', label: 'up or down' },
  { value: 'drop', label: 'down' },
  { value: 'rise', label: 'up' },
]

function ChangeFields({ fields, currency, errors }: AlertFormProps) {
  return (
    <div class="grid gap-4 sm:grid-cols-4">
      <SelectField label="Moves" name="direction" value={fields.direction ?? 'any'} options={DIRECTIONS} />
      <Field
        label="By at least"
        name="by"
        value={fields.by ?? '20'}
        inputmode="decimal"
        required
        error={errorOf(errors, 'rule.by')}
      />
      <SelectField
        label="In"
        name="unit"
        value={fields.unit ?? 'percent'}
        options={[
          { value: 'percent', label: '%' },
          { value: 'amount', label: `${currency} or number` },
        ]}
      />
      <SelectField
        label="Against"
        name="against"
        value={fields.against ?? 'previous_period'}
        options={[
          { value: 'previous_period', label: 'the period before' },
          { value: 'same_weekday', label: 'the same weekday a week before' },
          { value: 'previous_year', label: 'the same period a year before' },
        ]}
        error={errorOf(errors, 'rule.against')}
      />
    </div>
  )
}

function AnomalyFields({ fields, errors }: AlertFormProps) {
  return (
    <div class="grid gap-4 sm:grid-cols-2">
      <SelectField
        label="Unusually far"
        name="direction"
        value={fields.direction ?? 'any'}
        options={DIRECTIONS}
      />
      <SelectField
        label="Sensitivity"
        name="sensitivity"
        value={fields.sensitivity ?? 'medium'}
        options={[
          { value: 'low', label: 'Low: only what is far out' },
          { value: 'medium', label: 'Medium: less than one false alarm a year' },
          { value: 'high', label: 'High: two or three false alarms a year' },
        ]}
        hint="Held against the same weekdays of eight weeks, and the season of the year before."
        error={errorOf(errors, 'rule.sensitivity')}
      />
    </div>
  )
}

function QuietFields({ fields, sources, errors }: AlertFormProps) {
  return (
    <SelectField
      label="Source"
      name="source_id"
      value={fields.source_id}
      options={sources.map(({ id, name }) => ({ value: id, label: name }))}
      hint="Its own rhythm says what is long: a shop that rests at weekends is not missed on Sundays."
      error={errorOf(errors, 'rule.source_id')}
    />
  )
}
