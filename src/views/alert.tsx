/** Something to know, in place. */
import type { Child } from 'hono/jsx'
import type { Tone } from './badge.tsx'
import { Icon } from './icon.tsx'

export interface AlertProps {
  tone?: Tone
  title?: string
  children?: Child
  actions?: Child
}

export function Alert({ tone = 'info', title, children, actions }: AlertProps) {
  return (
    <div
      class={`flex items-start gap-3 rounded-box p-3 text-sm tone-${tone}`}
      role={tone === 'error' ? 'alert' : undefined}
    >
      <Icon
        name={tone === 'success' ? 'check' : tone === 'info' || tone === 'neutral' ? 'info' : 'warning'}
      />
      <div class="min-w-0 flex-1">
        {title && <p class="font-semibold">{title}</p>}
        {children && <div>{children}</div>}
      </div>
      {actions && <div class="flex gap-2">{actions}</div>}
    </div>
  )
}
