/** What a person reads when something cannot be: what it is, what to do next, and the id to tell us. */
import type { Child } from 'hono/jsx'
import type { FieldError } from '../platform/result.ts'
import { LinkButton } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'

export interface ErrorPageProps {
  status: number
  title: string
  detail: string
  requestId: string
  errors?: FieldError[]
}

export function ErrorPage({ status, title, detail, requestId, errors = [] }: ErrorPageProps) {
  const way = wayOut(status)
  return (
    <div class="mx-auto max-w-lg py-6" role="alert">
      <span class="grid size-12 place-items-center rounded-full tone-neutral">
        <Icon name={way.icon} size={24} />
      </span>
      <h1 class="mt-4 font-semibold text-2xl tracking-tight">{title}</h1>
      <p class="mt-2">{detail}</p>
      {errors.length > 0 && (
        <ul class="mt-3 list-disc pl-5">
          {errors.map((error) => (
            <li>
              <strong>{error.path}</strong>: {error.message}
            </li>
          ))}
        </ul>
      )}
      {way.next && <p class="mt-2 text-base-content/80">{way.next}</p>}
      <div class="mt-6 flex flex-wrap gap-2">{way.actions}</div>
      <p class="mt-8 text-base-content/70 text-xs">
        Status {status}, request <code class="select-all">{requestId}</code>
      </p>
    </div>
  )
}

interface WayOut {
  icon: IconName
  next?: string
  actions: Child
}

const home = (
  <LinkButton href="/" tone="primary">
    To the home page
  </LinkButton>
)

/** The next step, by what went wrong. The empty address is this page again. */
function wayOut(status: number): WayOut {
  const again = (
    <LinkButton href="" tone="primary" icon="refresh">
      Try again
    </LinkButton>
  )
  switch (status) {
    case 401:
      return {
        icon: 'key',
        actions: (
          <LinkButton href="/sign-in" tone="primary">
            Sign in
          </LinkButton>
        ),
      }
    case 403:
      return { icon: 'shield', actions: home }
    case 404:
      return { icon: 'search', next: 'Check the address, or find it from the home page.', actions: home }
    case 409:
    case 412:
      return {
        icon: 'refresh',
        next: 'Load the page again to see how it is now; then make your change.',
        actions: again,
      }
    case 429:
      return { icon: 'clock', next: 'Wait a moment, then try again.', actions: again }
    case 500:
    case 503:
      return { icon: 'warning', actions: [again, <LinkButton href="/">To the home page</LinkButton>] }
    default:
      return {
        icon: 'warning',
        next: 'Go back with your browser: what you wrote is still there.',
        actions: home,
      }
  }
}
