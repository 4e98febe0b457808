/** A word about a state. Never colour alone: the word carries it. */
import type { Child } from 'hono/jsx'

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'error'

const TONES: Record<Tone, string> = {
  neutral: 'tone-neutral',
  info: 'tone-info',
  success: 'tone-success',
  warning: 'tone-warning',
  error: 'tone-error',
}

export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: Child }) {
  return (
    <span
      class={`inline-flex items-center gap-1 rounded-full px-2 py-0.5 font-medium text-xs ${TONES[tone]}`}
    >
      {children}
    </span>
  )
}
