/** A surface with an optional title and actions. */
import type { Child } from 'hono/jsx'

export interface CardProps {
  children: Child
  title?: string
  lead?: Child
  actions?: Child
  id?: string
  tone?: 'plain' | 'danger'
}

export function Card({ children, title, lead, actions, id, tone = 'plain' }: CardProps) {
  const border = tone === 'danger' ? 'border-error/50' : ''
  return (
    <section id={id} class={`surface p-4 sm:p-5 ${border}`} aria-label={title}>
      {(title || actions) && (
        <div class="mb-3 flex flex-wrap items-start gap-3">
          <div class="min-w-0 flex-1">
            {title && <h2 class="font-semibold">{title}</h2>}
            {lead && <p class="mt-0.5 text-base-content/75 text-sm">{lead}</p>}
          </div>
          {actions && <div class="flex flex-wrap gap-2">{actions}</div>}
        </div>
      )}
      {children}
    </section>
  )
}
