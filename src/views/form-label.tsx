/** What stands around a field: its name above, what is wrong and what helps below, tied to it by ids. */
import type { Child } from 'hono/jsx'

export const describedBy = (name: string, hint: unknown, error: unknown): string | undefined =>
  [error ? `${name}-error` : '', hint ? `${name}-hint` : ''].filter(Boolean).join(' ') || undefined

interface LabelledProps {
  label: string
  name: string
  children: Child
  error?: string
  hint?: Child
  required?: boolean
}

export function Labelled({ label, name, children, error, hint, required }: LabelledProps) {
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
