/** Names beside values, with two empty rows for what is to come. */
import type { Json } from '../domain/definition-model.ts'

export function PairRows(props: {
  prefix: string
  legend: string
  pairs: Record<string, Json>
  names?: string
  hint?: string
}) {
  const { prefix, legend, pairs, names, hint } = props
  const rows = [...Object.entries(pairs), ['', ''], ['', '']] as [string, Json][]
  return (
    <fieldset class="flex flex-col gap-2">
      <legend class="mb-1 font-medium text-sm">{legend}</legend>
      {hint && <p class="text-base-content/75 text-xs">{hint}</p>}
      {rows.map(([name, value], at) => (
        <div class="grid grid-cols-[minmax(0,1fr)_minmax(0,2fr)] gap-2">
          <input
            class="input input-sm w-full"
            name={`${prefix}_${at}_name`}
            value={name}
            placeholder={names ?? 'name'}
            aria-label={`${legend}: name ${at + 1}`}
          />
          <input
            class="input input-sm w-full"
            name={`${prefix}_${at}_value`}
            value={typeof value === 'string' ? value : JSON.stringify(value)}
            placeholder="value"
            aria-label={`${legend}: value ${at + 1}`}
          />
        </div>
      ))}
    </fieldset>
  )
}
