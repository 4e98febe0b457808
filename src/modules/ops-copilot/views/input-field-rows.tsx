/** Rows that say what is asked for: of whoever starts a run, fills in a form, or approves. */
import type { InputField } from '../domain/automation-model.ts'

const KINDS: Record<InputField['kind'], string> = {
  text: 'a line',
  long_text: 'a text',
  number: 'a number',
  choice: 'one of a list',
  yes_no: 'yes or no',
  date: 'a day',
  email: 'an e-mail address',
}

export function InputFieldRows(props: {
  legend: string
  fields: readonly Pick<InputField, 'name' | 'label' | 'kind' | 'required' | 'choices'>[]
  kinds?: readonly InputField['kind'][]
  prefix?: string
}) {
  const { legend, fields, kinds = Object.keys(KINDS) as InputField['kind'][], prefix = 'field' } = props
  const blank = { name: '', label: '', kind: 'text' as const, required: false, choices: undefined }
  return (
    <fieldset class="flex flex-col gap-2">
      <legend class="mb-1 font-medium text-sm">{legend}</legend>
      {[...fields, blank, blank].map((field, at) => {
        const of = (name: string) => `${prefix}_${at}_${name}`
        return (
          <div class="grid gap-2 rounded-box border border-base-300 p-2 sm:grid-cols-[2fr_1.3fr_2fr_auto]">
            <input type="hidden" name={of('name')} value={field.name} />
            <input
              class="input input-sm w-full"
              name={of('label')}
              value={field.label}
              placeholder="What is asked"
              aria-label={`Field ${at + 1}: what is asked`}
            />
            <select class="select select-sm w-full" name={of('kind')} aria-label={`Field ${at + 1}: as what`}>
              {kinds.map((kind) => (
                <option value={kind} selected={kind === field.kind}>
                  {KINDS[kind]}
                </option>
              ))}
            </select>
            <input
              class="input input-sm w-full"
              name={of('choices')}
              value={(field.choices ?? []).join(', ')}
              placeholder="Choices, with commas"
              aria-label={`Field ${at + 1}: choices`}
            />
            <label class="flex items-center gap-2 text-sm">
              <input
                type="checkbox"
                class="checkbox checkbox-sm"
                name={of('required')}
                value="yes"
                checked={field.required}
              />
              needed
            </label>
          </div>
        )
      })}
      <p class="text-base-content/75 text-xs">A row without a name goes.</p>
    </fieldset>
  )
}
