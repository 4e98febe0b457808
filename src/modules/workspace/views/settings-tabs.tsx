/** The frame of all settings pages: the places, and where we are. */
import type { Child } from 'hono/jsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Tabs } from '../../../views/tabs.tsx'

const PLACES = [
  { href: '/settings', label: 'Workspace' },
  { href: '/settings/people', label: 'People' },
  { href: '/settings/keys', label: 'API keys' },
  { href: '/settings/audit', label: 'Audit log' },
  { href: '/settings/profile', label: 'Your profile' },
  { href: '/settings/security', label: 'Sign-in and devices' },
]

export function SettingsFrame({
  at,
  lead,
  actions,
  children,
}: {
  at: string
  lead?: string
  actions?: Child
  children: Child
}) {
  const place = PLACES.find((known) => known.href === at)
  return (
    <>
      <PageHeader title={place?.label ?? 'Settings'} lead={lead} actions={actions} />
      <Tabs label="Settings" tabs={PLACES.map((known) => ({ ...known, current: known.href === at }))} />
      {children}
    </>
  )
}
