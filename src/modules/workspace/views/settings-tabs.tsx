/** The frame of all settings pages: the places in groups, and where we are. */
import type { Child } from 'hono/jsx'
import { PageHeader } from '../../../views/page-header.tsx'

interface Place {
  href: string
  label: string
}

const GROUPS: { title: string; places: Place[] }[] = [
  {
    title: 'You',
    places: [
      { href: '/settings/profile', label: 'Your profile' },
      { href: '/settings/security', label: 'Sign-in and devices' },
      { href: '/settings/notifications', label: 'Notifications' },
    ],
  },
  {
    title: 'Workspace',
    places: [
      { href: '/settings', label: 'Workspace' },
      { href: '/settings/people', label: 'People' },
      { href: '/settings/connections', label: 'Connections' },
      { href: '/settings/channels', label: 'Slack and Teams' },
      { href: '/settings/mail', label: 'Mail' },
      { href: '/settings/links', label: 'Public links' },
    ],
  },
  {
    title: 'Developers',
    places: [
      { href: '/settings/keys', label: 'API keys' },
      { href: '/settings/webhooks', label: 'Webhooks' },
    ],
  },
  {
    title: 'Data and records',
    places: [
      { href: '/settings/data', label: 'Your data' },
      { href: '/settings/audit', label: 'Audit log' },
    ],
  },
]

const placeAt = (at: string): Place | undefined =>
  GROUPS.flatMap((group) => group.places).find((place) => place.href === at)

/** `at` is the place that is marked; `title` names a page below it. */
export function SettingsFrame({
  at,
  title,
  lead,
  actions,
  children,
}: {
  at: string
  title?: string
  lead?: string
  actions?: Child
  children: Child
}) {
  const place = placeAt(at)
  return (
    <div class="lg:grid lg:grid-cols-[12rem_minmax(0,1fr)] lg:gap-8">
      <details class="mb-4 rounded-box border border-base-300 bg-base-100 lg:hidden" data-menu>
        <summary class="flex cursor-pointer list-none items-center justify-between px-4 py-3 font-medium text-sm">
          <span>Settings: {place?.label ?? 'all'}</span>
          <span class="link text-xs">Change</span>
        </summary>
        <div class="border-base-300 border-t px-2 py-3">
          <Places at={at} />
        </div>
      </details>
      <aside class="hidden lg:block">
        <Places at={at} />
      </aside>
      <div class="min-w-0">
        <PageHeader title={title ?? place?.label ?? 'Settings'} lead={lead} actions={actions} />
        {children}
      </div>
    </div>
  )
}

function Places({ at }: { at: string }) {
  return (
    <nav aria-label="Settings" class="flex flex-col gap-4 lg:sticky lg:top-20">
      {GROUPS.map((group) => (
        <div>
          <p class="px-2 pb-1 font-medium text-base-content/70 text-xs">{group.title}</p>
          {group.places.map((place) => (
            <a
              href={place.href}
              class={`nav-link ${place.href === at ? 'nav-link-current' : ''}`}
              aria-current={place.href === at ? 'page' : undefined}
            >
              {place.label}
            </a>
          ))}
        </div>
      ))}
    </nav>
  )
}
