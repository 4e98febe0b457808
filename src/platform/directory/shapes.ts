/** What a look-up of a session or key answers. */
import type { Role, Workspace } from '../actor.ts'

export interface SessionView {
  id: string
  secretHash: string
  personId: string
  name: string
  email: string
  emailVerified: boolean
  theme: 'system' | 'light' | 'dark'
  tenantId: string
  role: Role
  workspace: Workspace
  /** All workspaces of the person, for the switcher. */
  workspaces: { id: string; name: string; role: Role }[]
  lastSeenAt: number
  idleExpiresAt: number
  absoluteExpiresAt: number
  provedAt: number
  secondFactor: boolean
}

export interface KeyView {
  id: string
  tenantId: string
  name: string
  secretHash: string
  scopes: string[]
  expiresAt: string | null
  revokedAt: string | null
  lastUsedAt: string | null
  workspace: Workspace
}
