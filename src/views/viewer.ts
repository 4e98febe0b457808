/** Who looks at a page, and where they can go. */
import type { IconName } from './icon.tsx'

export interface NavItem {
  href: string
  label: string
  icon: IconName
  section: string
}

export interface ShellViewer {
  name: string
  email: string
  role: 'owner' | 'admin' | 'member' | 'viewer'
  workspace: { id: string; name: string }
  workspaces: { id: string; name: string }[]
  theme: 'system' | 'light' | 'dark'
  locale: string
  development: boolean
  /** Set among test data: the workspace it belongs to. */
  testDataOf?: string | null
  /** The day on which the workspace will be erased, as a person reads it; null: it stays. */
  erasedOn: string | null
  /** ISO instant of the page. */
  now: string
  nav: NavItem[]
  /** Notices not read yet; counted up to a hundred. */
  unread: number
}
