/** The metrics that people of this workspace made, and the targets with how they stand. */
import { Badge } from '../../../views/badge.tsx'
import { Button, LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { type Errors, errorOf, Field, Form, SelectField } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { UNIT_WORDS } from '../domain/custom-metric.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'
import { TargetCards, type TargetLine } from './target-cards.tsx'

export interface CustomMetricLine {
  id: string
  key: string
  name: string
  formula: string
  unit: string
  archivedAt: string | null
}

export function CustomMetricListPage({
  metrics,
  mayWrite,
}: {
  metrics: CustomMetricLine[]
  mayWrite: boolean
}) {
  const action = mayWrite && (
    <LinkButton href="/foundry/metrics/custom/new" tone="primary" icon="plus">
      New metric
    </LinkButton>
  )
  return (
    <>
      <FoundryTabs current="metrics" />
      <PageHeader
        title="Your own metrics"
        lead="A formula over the platform’s figures, checked for units: money and orders do not add up, and we say so."
        crumbs={[{ label: 'Metrics', href: '/foundry/metrics' }]}
        actions={metrics.length > 0 && action}
      />
      <DataTable
        caption="Your own metrics"
        rows={metrics}
        empty={
          <EmptyState
            icon="chart"
            title="No metric of your own yet"
            text="What do you look at that nobody shows you? Revenue after ads is revenue - ad_spend."
            actions={action}
          />
        }
        columns={[
          {
            key: 'name',
            label: 'Metric',
            cell: ({ id, name, archivedAt }) => (
              <span class="flex flex-wrap items-center gap-2">
                <a class="link link-hover font-medium" href={`/foundry/metrics/custom/${id}`}>
                  {name}
                </a>
                {archivedAt && <Badge>Archived</Badge>}
              </span>
            ),
          },
          { key: 'formula', label: 'Formula', cell: ({ formula }) => <code class="text-xs">{formula}</code> },
          {
            key: 'unit',
            label: 'Gives',
            cell: ({ unit }) => UNIT_WORDS[unit as keyof typeof UNIT_WORDS] ?? unit,
          },
          { key: 'key', label: 'Its word', cell: ({ key }) => <code class="text-xs">{key}</code> },
        ]}
      />
    </>
  )
}

export interface TargetsPageProps {
  targets: TargetLine[]
  metrics: { id: string; name: string; group: string }[]
  fields: Record<string, string>
  errors?: Errors
  mayWrite: boolean
  currency: string
  locale: string
}

export function TargetsPage({
  targets,
  metrics,
  fields,
  errors,
  mayWrite,
  currency,
  locale,
}: TargetsPageProps) {
  return (
    <>
      <FoundryTabs current="targets" />
      <PageHeader
        title="Targets"
        lead="How far each should be by now, in your own rhythm of weekdays and seasons, and what is needed a day from here on."
        crumbs={[{ label: 'Metrics', href: '/foundry/metrics' }]}
      />
      <div class="flex flex-col gap-5">
        <TargetCards targets={targets} locale={locale} mayWrite={mayWrite} />
        {mayWrite && (
          <Card title="Set a target">
            <Form action="/foundry/targets">
              <div class="grid gap-4 sm:grid-cols-4">
                <SelectField
                  label="Metric"
                  name="metric"
                  value={fields.metric ?? 'revenue'}
                  options={metrics.map(({ id, name, group }) => ({ value: id, label: `${group}: ${name}` }))}
                  error={errorOf(errors, 'metric')}
                />
                <SelectField
                  label="For a"
                  name="granularity"
                  value={fields.granularity ?? 'month'}
                  options={['month', 'quarter', 'year'].map((value) => ({ value, label: value }))}
                />
                <Field
                  label="With this day"
                  name="period"
                  type="date"
                  value={fields.period}
                  required={false}
                  hint="Left out: the one that runs."
                  error={errorOf(errors, 'period')}
                />
                <Field
                  label="Target"
                  name="value"
                  value={fields.value}
                  inputmode="decimal"
                  required
                  hint={`Money in ${currency}.`}
                  error={errorOf(errors, 'value')}
                />
              </div>
              <div>
                <Button tone="primary">Set the target</Button>
              </div>
            </Form>
          </Card>
        )}
      </div>
    </>
  )
}
