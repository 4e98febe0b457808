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
  /** Notices not read yet, in this workspace; counted up to a hundred. */
  unread: number
  lastSeenAt: number
  idleExpiresAt: number
  absoluteExpiresAt: number
  provedAt: number
  /** An authenticator app is set up. */
  secondFactor: boolean
  passkeys: number
  /** False for people who came by Google or Microsoft and chose no password. */
  hasPassword: boolean
}

export interface KeyView {
  id: string
  tenantId: string
  name: string
  secretHash: string
  /** A test key belongs to a twin, a live key never. */
  mode: 'live' | 'test'
  scopes: string[]
  expiresAt: string | null
  revokedAt: string | null
  lastUsedAt: string | null
  workspace: Workspace
}
