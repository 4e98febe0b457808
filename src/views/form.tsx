/** Forms that are real forms: words beside each field, the same with and without JavaScript. */
import type { Child } from 'hono/jsx'
import type { FieldError } from '../platform/result.ts'
import type { Option } from './form-choices.tsx'
import { describedBy, Labelled } from './form-label.tsx'

export { CheckboxField, FileField, RadioGroup } from './form-choices.tsx'

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

/** All that is wrong, at the top, each a link to its field. */
export function ErrorSummary({ errors, detail }: { errors: Errors; detail?: string }) {
  if (!errors?.length && !detail) return null
  return (
    <div
      role="alert"
      tabindex={-1}
      class="mb-4 rounded-box p-3 text-sm outline-none tone-error [form>&]:mb-0"
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
