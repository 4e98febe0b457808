/** The head of a page: where we are, what it is, what can be done. */
import type { Child } from 'hono/jsx'

export interface Crumb {
  href: string
  label: string
}

export interface PageHeaderProps {
  title: string
  lead?: Child
  actions?: Child
  crumbs?: Crumb[]
}

export function PageHeader({ title, lead, actions, crumbs = [] }: PageHeaderProps) {
  return (
    <div class="mb-5 flex flex-wrap items-end gap-x-4 gap-y-3">
      <div class="min-w-0 flex-1 basis-64">
        {crumbs.length > 0 && <Breadcrumbs crumbs={crumbs} />}
        <h1 class="font-semibold text-2xl tracking-tight">{title}</h1>
        {lead && <p class="mt-1 max-w-prose text-base-content/75 text-sm">{lead}</p>}
      </div>
      {actions && <div class="flex flex-wrap gap-2">{actions}</div>}
    </div>
  )
}

export function Breadcrumbs({ crumbs }: { crumbs: Crumb[] }) {
  return (
    <nav aria-label="Where you are" class="mb-1 text-sm">
      <ol class="flex flex-wrap gap-1 text-base-content/75">
        {crumbs.map((crumb) => (
          <li class="after:ml-1 after:content-['/']">
            <a href={crumb.href} class="link-hover link">
              {crumb.label}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}
