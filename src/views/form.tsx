/** Forms that are real forms: words beside each field, the same with and without JavaScript. */
import type { Child } from 'hono/jsx'
import type { FieldError } from '../platform/result.ts'

export type Errors = FieldError[] | undefined

export const errorOf = (errors: Errors, name: string): string | undefined =>
  errors?.find((error) => error.path === name)?.message

export interface FormProps {
  action: string
  children: Child
  method?: 'post' | 'get'
  enctype?: 'multipart/form-data'
  id?: string
  class?: string
  /** Answers are swapped into the page instead of loading a new one. */
  swap?: { target: string; how?: string }
}

export function Form({ action, children, method = 'post', enctype, id, class: className, swap }: FormProps) {
  const htmx = swap
    ? { [`hx-${method}`]: action, 'hx-target': swap.target, 'hx-swap': swap.how ?? 'outerMorph' }
    : {}
  return (
    <form
      action={action}
      method={method}
      enctype={enctype}
      id={id}
      class={className ?? 'flex flex-col gap-4'}
      {...htmx}
    >
      {children}
    </form>
  )
}

export interface FieldProps {
  label: string
  name: string
  value?: string
  type?: 'text' | 'email' | 'password' | 'search' | 'number' | 'date' | 'url'
  error?: string
  hint?: Child
  required?: boolean
  autocomplete?: string
  inputmode?: 'text' | 'numeric' | 'email' | 'decimal'
  placeholder?: string
  autofocus?: boolean
  minlength?: number
  maxlength?: number
  min?: string
  max?: string
  step?: string
  pattern?: string
  list?: string
  readonly?: boolean
}

const describedBy = (name: string, hint: unknown, error: unknown): string | undefined =>
  [error ? `${name}-error` : '', hint ? `${name}-hint` : ''].filter(Boolean).join(' ') || undefined

export function Field({ label, name, error, hint, type = 'text', required, ...rest }: FieldProps) {
  return (
    <Labelled label={label} name={name} error={error} hint={hint} required={required}>
      <input
        id={name}
        name={name}
        type={type}
        class={`input w-full ${error ? 'input-error' : ''}`}
        required={required}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={describedBy(name, hint, error)}
        {...rest}
      />
    </Labelled>
  )
}

export interface Option {
  value: string
  label: string
}

export interface SelectFieldProps {
  label: string
  name: string
  options: Option[]
  value?: string
  error?: string
  hint?: Child
  required?: boolean
  /** An id other than the name, when several forms hold the same field. */
  id?: string
}

export function SelectField({
  label,
  name,
  options,
  value,
  error,
  hint,
  required,
  id = name,
}: SelectFieldProps) {
  return (
    <Labelled label={label} name={id} error={error} hint={hint} required={required}>
      <select
        id={id}
        name={name}
        class={`select w-full ${error ? 'select-error' : ''}`}
        required={required}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={describedBy(id, hint, error)}
      >
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

export interface TextareaFieldProps {
  label: string
  name: string
  value?: string
  error?: string
  hint?: Child
  rows?: number
}

export function TextareaField({ label, name, value, error, hint, rows = 4 }: TextareaFieldProps) {
  return (
    <Labelled label={label} name={name} error={error} hint={hint}>
      <textarea
        id={name}
        name={name}
        rows={rows}
        class={`textarea w-full ${error ? 'textarea-error' : ''}`}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={describedBy(name, hint, error)}
      >
        {value}
      </textarea>
    </Labelled>
  )
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

/** All that is wrong, at the top, each a link to its field. */
export function ErrorSummary({ errors, detail }: { errors: Errors; detail?: string }) {
  if (!errors?.length && !detail) return null
  return (
    <div
      role="alert"
      tabindex={-1}
      class="rounded-box p-3 text-sm outline-none tone-error"
      data-error-summary
    >
      <p class="font-semibold">{detail ?? 'Some fields need another look.'}</p>
      {errors && errors.length > 0 && (
        <ul class="mt-1 list-disc pl-5">
          {errors.map((error) => (
            <li>
              <a href={`#${error.path}`} class="underline">
                {error.message}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

interface LabelledProps {
  label: string
  name: string
  children: Child
  error?: string
  hint?: Child
  required?: boolean
}

function Labelled({ label, name, children, error, hint, required }: LabelledProps) {
  return (
    <div>
      <label for={name} class="mb-1 block font-medium text-sm">
        {label}
        {required === false && <span class="font-normal text-base-content/70"> (optional)</span>}
      </label>
      {children}
      {error && (
        <p id={`${name}-error`} class="mt-1 text-error text-sm">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${name}-hint`} class="mt-1 text-base-content/75 text-xs">
          {hint}
        </p>
      )}
    </div>
  )
}

export interface SubmitButtonProps {
  children: Child
  tone?: 'primary' | 'plain' | 'danger'
  name?: string
  value?: string
  wide?: boolean
}

export function SubmitButton({ children, tone = 'primary', wide = false, ...rest }: SubmitButtonProps) {
  const look = { primary: 'btn-primary', plain: 'border-base-300 bg-base-100', danger: 'btn-error' }[tone]
  return (
    <button type="submit" class={`btn ${look} ${wide ? 'w-full' : 'self-start'}`} {...rest}>
      {children}
    </button>
  )
}
