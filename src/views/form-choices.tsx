/** Fields that are chosen, not written: a tick, one of several, a file. */
import type { Child } from 'hono/jsx'
import { describedBy, Labelled } from './form-label.tsx'

export interface Option {
  value: string
  label: string
}

export interface CheckboxFieldProps {
  label: Child
  name: string
  value?: string
  checked?: boolean
  hint?: Child
  error?: string
}

export function CheckboxField({ label, name, value = 'yes', checked, hint, error }: CheckboxFieldProps) {
  const id = `${name}-${value}`
  return (
    <div>
      <label class="flex cursor-pointer items-start gap-2 text-sm" for={id}>
        <input
          id={id}
          type="checkbox"
          class="checkbox checkbox-sm mt-0.5"
          name={name}
          value={value}
          checked={checked}
          aria-describedby={describedBy(id, hint, error)}
        />
        <span>{label}</span>
      </label>
      {hint && (
        <p id={`${id}-hint`} class="ml-7 text-base-content/75 text-xs">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} class="ml-7 text-error text-sm">
          {error}
        </p>
      )}
    </div>
  )
}

export interface RadioGroupProps {
  legend: string
  name: string
  options: (Option & { hint?: Child })[]
  value?: string
  error?: string
}

export function RadioGroup({ legend, name, options, value, error }: RadioGroupProps) {
  return (
    <fieldset class="flex flex-col gap-2" aria-describedby={error ? `${name}-error` : undefined}>
      <legend class="mb-1 font-medium text-sm">{legend}</legend>
      {options.map((option) => (
        <label class="flex cursor-pointer items-start gap-2 text-sm">
          <input
            type="radio"
            class="radio radio-sm mt-0.5"
            name={name}
            value={option.value}
            checked={option.value === value}
          />
          <span>
            {option.label}
            {option.hint && <span class="block text-base-content/75 text-xs">{option.hint}</span>}
          </span>
        </label>
      ))}
      {error && (
        <p id={`${name}-error`} class="text-error text-sm">
          {error}
        </p>
      )}
    </fieldset>
  )
}

export interface FileFieldProps {
  label: string
  name: string
  accept?: string
  error?: string
  hint?: Child
  required?: boolean
}

export function FileField({ label, name, accept, error, hint, required }: FileFieldProps) {
  return (
    <Labelled label={label} name={name} error={error} hint={hint} required={required}>
      <div
        class="rounded-box border-2 border-base-300 border-dashed bg-base-200/60 p-5 text-center"
        data-drop={name}
      >
        <p class="mb-3 text-base-content/75 text-sm" data-drop-words>
          Drop the file here, or choose it.
        </p>
        <input
          id={name}
          name={name}
          type="file"
          accept={accept}
          required={required}
          class={`file-input w-full max-w-sm ${error ? 'file-input-error' : ''}`}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={describedBy(name, hint, error)}
        />
      </div>
    </Labelled>
  )
}
