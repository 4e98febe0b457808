/** Nothing here yet: what would be here, and the next step. */
import type { Child } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'

export interface EmptyStateProps {
  icon: IconName
  title: string
  text?: Child
  actions?: Child
}

export function EmptyState({ icon, title, text, actions }: EmptyStateProps) {
  return (
    <div class="flex flex-col items-center rounded-box border border-base-300 border-dashed bg-base-100 px-6 py-10 text-center">
      <span class="grid size-12 place-items-center rounded-full bg-primary/10 text-primary">
        <Icon name={icon} size={24} />
      </span>
      <h2 class="mt-3 font-semibold text-lg">{title}</h2>
      {text && <p class="mt-1 max-w-md text-base-content/75 text-sm">{text}</p>}
      {actions && <div class="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}
