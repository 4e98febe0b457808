/** Everything one widget can be told: what it shows, split by what, against what. */
import type { FieldError } from '../../../platform/result.ts'
import { Button, LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ErrorSummary } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { COMPARISON_LABELS } from '../domain/compare.ts'
import { COMPARISONS, DIMENSIONS, WIDGET_KINDS, type Widget } from '../domain/dashboard.ts'
import { KIND_WORDS } from '../domain/dashboard-edit-steps.ts'
import type { Dashboard } from '../domain/dashboard-model.ts'
import { METRIC_GROUPS, type Metric } from '../domain/metrics.ts'
import { DIMENSION_NAMES } from '../domain/templates.ts'
import { Choice } from './dashboard-controls.tsx'

export interface ConfigureProps {
  dashboard: Dashboard
  widget: Widget
  metrics: Metric[]
  errors?: FieldError[]
}

export function ConfigureWidget({ dashboard, widget, metrics, errors }: ConfigureProps) {
  const base = `/foundry/dashboards/${dashboard.id}`
  const tabs = dashboard.settings.tabs ?? []
  return (
    <>
      <PageHeader
        title={`Configure ${widget.title}`}
        crumbs={[
          { href: base, label: dashboard.name },
          { href: `${base}/edit`, label: 'Build' },
        ]}
      />
      <form action={`${base}/widgets/${widget.id}`} method="post" class="flex max-w-3xl flex-col gap-4">
        {errors && <ErrorSummary errors={errors} />}
        <input type="hidden" name="version" value={String(dashboard.version)} />
        <Card title="What it is">
          <div class="flex flex-wrap items-end gap-3">
            <TextField label="Title" name="title" value={widget.title} required max={80} />
            <Choice
              label="Kind"
              name="kind"
              value={widget.kind}
              options={WIDGET_KINDS.map((kind): [string, string] => [kind, KIND_WORDS[kind].name])}
            />
            {tabs.length > 0 && (
              <Choice
                label="Tab"
                name="tab"
                value={widget.tab ?? tabs[0]?.id ?? ''}
                options={tabs.map((tab): [string, string] => [tab.id, tab.name])}
              />
            )}
          </div>
        </Card>
        <Card title="Metrics" lead="Up to six. A number, bars, a donut or a map show the first.">
          <MetricPicker metrics={metrics} chosen={widget.metrics} />
        </Card>
        <Card title="How it is cut">
          <div class="flex flex-wrap items-end gap-3">
            <Choice
              label="Split by"
              name="group_by"
              value={widget.group_by ?? ''}
              options={[
                ['', 'Nothing'],
                ...DIMENSIONS.map((one): [string, string] => [one, DIMENSION_NAMES[one]]),
              ]}
            />
            <Choice
              label="Compare with"
              name="compare"
              value={widget.compare ?? ''}
              options={[
                ['', 'Nothing'],
                ...COMPARISONS.map((one): [string, string] => [one, COMPARISON_LABELS[one]]),
              ]}
            />
            <TextField
              label="Rows (1 to 50)"
              name="limit"
              value={widget.limit ? String(widget.limit) : ''}
              max={2}
            />
            <TextField label="Only (e.g. country:DE)" name="filter" value={widget.filter ?? ''} max={200} />
            <Choice
              label="Map"
              name="map"
              value={widget.map ?? 'world'}
              options={[
                ['world', 'World'],
                ['us', 'US states'],
              ]}
            />
          </div>
          <label class="mt-3 flex flex-col gap-1 text-xs">
            <span class="text-base-content/80">Text, for text widgets (Markdown)</span>
            <textarea name="text" rows={4} maxlength={4000} class="textarea w-full">
              {widget.text ?? ''}
            </textarea>
          </label>
        </Card>
        <div class="flex gap-2">
          <Button tone="primary">Save widget</Button>
          <LinkButton href={`${base}/edit`}>Cancel</LinkButton>
        </div>
      </form>
    </>
  )
}

/** Groups that open: a search of the page finds within them, and the chosen ones stand open. */
function MetricPicker({ metrics, chosen }: { metrics: Metric[]; chosen: string[] }) {
  return (
    <div class="flex flex-col gap-2">
      {METRIC_GROUPS.map((group) => {
        const members = metrics.filter((metric) => metric.group === group)
        if (members.length === 0) return null
        const open = members.some(({ id }) => chosen.includes(id))
        return (
          <details open={open}>
            <summary class="cursor-pointer font-semibold text-sm">
              {group} <span class="font-normal text-base-content/75">({members.length})</span>
            </summary>
            <div class="mt-1 grid gap-1 sm:grid-cols-2">
              {members.map((metric) => (
                <label class="flex items-start gap-2 text-sm">
                  <input
                    type="checkbox"
                    name="metrics"
                    value={metric.id}
                    checked={chosen.includes(metric.id)}
                    class="checkbox checkbox-sm"
                  />
                  <span>
                    {metric.name} <span class="text-base-content/75 text-xs">{metric.meaning}</span>
                  </span>
                </label>
              ))}
            </div>
          </details>
        )
      })}
    </div>
  )
}

function TextField({
  label,
  name,
  value,
  max,
  required,
}: {
  label: string
  name: string
  value: string
  max: number
  required?: boolean
}) {
  return (
    <label class="flex flex-col gap-1 text-xs">
      <span class="text-base-content/80">{label}</span>
      <input name={name} value={value} maxlength={max} required={required} class="input input-sm w-56" />
    </label>
  )
}
