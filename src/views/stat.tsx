/** One number with its change in words, and where it has been. */
import type { Child } from 'hono/jsx'
import { Icon } from './icon.tsx'

export interface StatChange {
  /** Words, e.g. `12.4 % more than the 30 days before`. */
  text: string
  direction: 'up' | 'down' | 'flat'
  /** Whether that is good news; null when it is neither. */
  good: boolean | null
}

export interface StatProps {
  label: string
  value: string
  change?: StatChange | null
  hint?: Child
  sparkline?: Child
  href?: string
  id?: string
}

export function Stat({ label, value, change, hint, sparkline, href, id }: StatProps) {
  return (
    <div id={id} class="flex h-full flex-col">
      <p class="text-base-content/80 text-sm">
        {href ? (
          <a href={href} class="link-hover link">
            {label}
          </a>
        ) : (
          label
        )}
      </p>
      <p class="mt-1 font-semibold text-2xl tabular-nums tracking-tight sm:text-3xl">{value}</p>
      {change && <ChangeWords change={change} />}
      {sparkline && <div class="mt-auto pt-3">{sparkline}</div>}
      {hint && <p class="mt-1 text-base-content/70 text-xs">{hint}</p>}
    </div>
  )
}

export function ChangeWords({ change }: { change: StatChange }) {
  const look = change.good === null ? 'text-base-content/75' : change.good ? 'text-success' : 'text-error'
  return (
    <p class={`mt-1 flex items-center gap-1 text-sm ${look}`}>
      {change.direction !== 'flat' && <Icon name={change.direction} size={14} />}
      {change.text}
    </p>
  )
}
