/** Fields that a step can use, with the values of a real record: a click puts one where the writing is. */
import type { StepJson } from '../../../platform/step.ts'
import type { ScopeGroup } from '../domain/scope-fields.ts'

export function FieldPicker({ groups }: { groups: readonly ScopeGroup[] }) {
  return (
    <section class="rounded-box border border-base-300 bg-base-100 p-3 text-sm" aria-label="Fields to use">
      <h2 class="font-semibold text-sm">Fields to use</h2>
      <p class="mb-2 text-base-content/75 text-xs">
        Click one to put it into the text, or write it as it stands here. Beside it: what it holds now.
      </p>
      {groups.map(({ title, fields }, at) => (
        <details class="border-base-300 border-t py-1.5" open={at === 0}>
          <summary class="cursor-pointer font-medium">{title}</summary>
          <ul class="mt-1 flex flex-col gap-1">
            {fields.map(({ path, label, sample }) => (
              <li class="min-w-0">
                <button
                  type="button"
                  class="w-full rounded px-1.5 py-1 text-left hover:bg-base-200"
                  data-insert-field={`{{ ${path} }}`}
                >
                  <span class="block">{label}</span>
                  <code class="block break-all text-base-content/75 text-xs">{`{{ ${path} }}`}</code>
                  <span class="block truncate text-base-content/75 text-xs">{sampleWords(sample)}</span>
                </button>
              </li>
            ))}
          </ul>
        </details>
      ))}
      <details class="border-base-300 border-t py-1.5">
        <summary class="cursor-pointer font-medium">When a value may be missing</summary>
        <p class="mt-1 text-base-content/80 text-xs">
          <code>{"{{ trigger.contact.first_name | default: 'there' }}"}</code> writes “there” for people
          without a name.
        </p>
      </details>
    </section>
  )
}

/** Paths for the fields of conditions, as suggestions. */
export function FieldSuggestions({ id, groups }: { id: string; groups: readonly ScopeGroup[] }) {
  return (
    <datalist id={id}>
      {groups.flatMap(({ title, fields }) =>
        fields.map(({ path, label }) => <option value={path}>{`${title}: ${label}`}</option>),
      )}
    </datalist>
  )
}

const sampleWords = (sample: StepJson): string => {
  const text = typeof sample === 'string' ? sample : JSON.stringify(sample)
  if (text === '' || text === 'null') return '(empty)'
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}
