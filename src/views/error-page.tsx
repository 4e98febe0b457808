/** What a person reads when something cannot be: what it is, what to do next, and the id to tell us. */
import type { FieldError } from '../platform/result.ts'

export interface ErrorPageProps {
  status: number
  title: string
  detail: string
  requestId: string
  errors?: FieldError[]
}

export function ErrorPage({ status, title, detail, requestId, errors = [] }: ErrorPageProps) {
  return (
    <div class="mx-auto max-w-lg py-6" role="alert">
      <p class="font-mono text-base-content/70 text-sm">{status}</p>
      <h1 class="mt-1 font-semibold text-2xl tracking-tight">{title}</h1>
      <p class="mt-3">{detail}</p>
      {errors.length > 0 && (
        <ul class="mt-3 list-disc pl-5">
          {errors.map((error) => (
            <li>
              <strong>{error.path}</strong>: {error.message}
            </li>
          ))}
        </ul>
      )}
      <p class="mt-6 flex gap-2">
        <a href="/" class="btn btn-primary">
          To the home page
        </a>
      </p>
      <p class="mt-6 text-base-content/70 text-xs">
        Request <code>{requestId}</code>
      </p>
    </div>
  )
}
