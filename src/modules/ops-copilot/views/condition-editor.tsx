/** Lines of a condition: field, how, value. Two empty ones are there for what is to come. */
import { operatorChoices } from '../../../kit/condition.ts'
import type { ConditionRows } from '../domain/condition-form.ts'

const EMPTY = { field: '', operator: 'equals', value: '' }

export function ConditionEditor(props: {
  prefix: string
  legend: string
  rows: ConditionRows
  /** Id of a datalist with fields. */
  suggestions: string
  hint?: string
  error?: string
}) {
  const { prefix, legend, rows, suggestions, hint, error } = props
  return (
    <fieldset class="flex flex-col gap-2">
      <legend class="mb-1 font-medium text-sm">{legend}</legend>
      {hint && <p class="text-base-content/75 text-xs">{hint}</p>}
      {error && <p class="text-error text-sm">{error}</p>}
      {rows.json === null ? (
        <>
          <Join prefix={prefix} join={rows.join} />
          {[...rows.rows, EMPTY, EMPTY].map((row, at) => (
            <Row prefix={prefix} at={at} row={row} suggestions={suggestions} />
          ))}
        </>
      ) : (
        <>
          <p class="text-base-content/75 text-xs">This condition nests, so it is shown as JSON.</p>
          <textarea
            class="textarea w-full font-mono text-xs"
            rows={8}
            name={`${prefix}_json`}
            aria-label={`${legend}, as JSON`}
          >
            {rows.json}
          </textarea>
        </>
      )}
    </fieldset>
  )
}

function Join({ prefix, join }: { prefix: string; join: 'all' | 'any' }) {
  return (
    <label class="flex items-center gap-2 text-sm">
      <select class="select select-sm w-auto" name={`${prefix}_join`}>
        <option value="all" selected={join === 'all'}>
          All of these hold
        </option>
        <option value="any" selected={join === 'any'}>
          Any of these holds
        </option>
      </select>
      <span class="sr-only">How the lines are joined</span>
    </label>
  )
}

function Row(props: {
  prefix: string
  at: number
  row: { field: string; operator: string; value: string }
  suggestions: string
}) {
  const { prefix, at, row, suggestions } = props
  const name = `${prefix}_${at}`
  return (
    <div class="grid gap-2 sm:grid-cols-[minmax(0,2fr)_minmax(0,1.4fr)_minmax(0,1.6fr)]">
      <input
        class="input input-sm w-full"
        id={`${name}_field`}
        name={`${name}_field`}
        value={row.field}
        list={suggestions}
        placeholder="trigger.invoice.total"
        aria-label={`Field of line ${at + 1}`}
      />
      <select class="select select-sm w-full" name={`${name}_operator`} aria-label={`How, line ${at + 1}`}>
        {operatorChoices().map(({ value, label }) => (
          <option value={value} selected={value === row.operator}>
            {label}
          </option>
        ))}
      </select>
      <input
        class="input input-sm w-full"
        name={`${name}_value`}
        value={row.value}
        aria-label={`Value of line ${at + 1}`}
      />
    </div>
  )
}
