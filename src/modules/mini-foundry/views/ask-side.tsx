/** Beside the answer to a question: how it was understood, the same as a form, and where it can be kept. */
import { Button } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { COMPARISON_LABELS } from '../domain/compare.ts'
import { COMPARISONS, DIMENSIONS, type Dimension, GRANULARITIES } from '../domain/dashboard.ts'
import type { MetricAnswer } from '../domain/metrics-answer.ts'
import { PERIOD_NAMES } from './dashboard-words.ts'
import { DIMENSION_WORDS } from './metric-words.ts'

export interface Found {
  question: string
  query: {
    metrics?: string
    from: string
    to: string
    granularity: string
    compare?: string
    group_by?: string
    filter: string[]
  }
  understanding: { parts: string[]; left: string[] }
  data: MetricAnswer[]
  problem: string | null
  metrics: { id: string; name: string; dimensions: readonly Dimension[] }[]
  dashboards: { id: string; name: string }[]
}

/** The same question, to be seen every day: the dashboard asks it of its own days. */
export function Keep({ answer, found }: { answer: MetricAnswer; found: Found }) {
  const { compare, group_by, filter } = found.query
  const fields = { q: found.question, metric: answer.metric, compare, group_by, filter: filter[0] }
  if (found.dashboards.length === 0) return null
  return (
    <form method="post" action="/foundry/ask/keep" class="mt-4 flex flex-wrap items-end gap-2">
      {Object.entries(fields).map(
        ([name, value]) => value && <input type="hidden" name={name} value={value} />,
      )}
      <label class="flex flex-col gap-1 text-xs">
        <span>Put on a dashboard</span>
        <select name="dashboard" class="select select-sm w-auto">
          {found.dashboards.map(({ id, name }) => (
            <option value={id}>{name}</option>
          ))}
        </select>
      </label>
      <Button small>Put it there</Button>
    </form>
  )
}

export function Understood({ found }: { found: Found }) {
  const { parts, left } = found.understanding
  return (
    <Card title="How it was understood">
      <ul class="flex flex-col gap-1 text-sm">
        {parts.map((part) => (
          <li>{part}</li>
        ))}
      </ul>
      {left.length > 0 && (
        <p class="mt-2 text-sm">Not understood: {left.map((word) => `“${word}”`).join(', ')}</p>
      )}
      <p class="mt-2 text-base-content/75 text-xs">Understood by rules.</p>
    </Card>
  )
}

export function ByHand({ found: { question, query, metrics } }: { found: Found }) {
  const only = (query.metrics ?? '').split(',')
  const name = (id: string) => metrics.find((metric) => metric.id === id)?.name ?? id
  const chosen = only.length > 1 ? [{ value: only.join(','), label: only.map(name).join(', ') }] : []
  return (
    <Card title="Change it by hand">
      <form method="get" action="/foundry/ask" class="flex flex-col gap-2">
        <input type="hidden" name="q" value={question} />
        <Choice
          label="Figure"
          name="metrics"
          value={query.metrics ?? ''}
          options={[...chosen, ...metrics.map((metric) => ({ value: metric.id, label: metric.name }))]}
        />
        {(['from', 'to'] as const).map((day) => (
          <label class="flex flex-col gap-1 text-xs">
            <span>{day === 'from' ? 'First day' : 'Last day'}</span>
            <input type="date" name={day} value={query[day]} class="input input-sm w-full" />
          </label>
        ))}
        <Choice
          label="Compared with"
          name="compare"
          value={query.compare ?? ''}
          options={[NONE, ...COMPARISONS.map((one) => ({ value: one, label: COMPARISON_LABELS[one] }))]}
        />
        <Choice
          label="Split by"
          name="group_by"
          value={query.group_by ?? ''}
          options={[NONE, ...DIMENSIONS.map((one) => ({ value: one, label: DIMENSION_WORDS[one] }))]}
        />
        <Choice
          label="A point for each"
          name="granularity"
          value={query.granularity}
          options={GRANULARITIES.map((one) => ({ value: one, label: PERIOD_NAMES[one] }))}
        />
        <div>
          <Button small>Show</Button>
        </div>
      </form>
    </Card>
  )
}

const NONE = { value: '', label: 'Nothing' }

interface ChoiceProps {
  label: string
  name: string
  value: string
  options: { value: string; label: string }[]
}

function Choice({ label, name, value, options }: ChoiceProps) {
  return (
    <label class="flex flex-col gap-1 text-xs">
      <span>{label}</span>
      <select name={name} class="select select-sm w-full">
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}
