/** Who acts: a person, an API key or the platform itself, always within one workspace, with what they may do. */

export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const
export type Role = (typeof ROLES)[number]

/** Rights; API scopes are the same words. A wing adds its own as it is built. */
export const PERMISSIONS = [
  'workspace:read',
  'workspace:manage',
  'members:manage',
  'keys:manage',
  'audit:read',
  'connections:read',
  'connections:manage',
  'contacts:read',
  'contacts:write',
  'files:read',
  'files:write',
  'comments:write',
  'links:manage',
  'mail:read',
  'mail:manage',
  'webhooks:manage',
  'channels:manage',
  'privacy:manage',
  'workspace:export',
  'workspace:erase',
  'foundry:read',
  'foundry:write',
  'foundry:manage',
  'ops:read',
  'ops:write',
  'ops:manage',
] as const
export type Permission = (typeof PERMISSIONS)[number]

/** Keys cannot manage keys, members or the life of the workspace (research/platform 4.4). */
const PERSONS_ONLY: readonly Permission[] = [
  'keys:manage',
  'members:manage',
  'workspace:export',
  'workspace:erase',
]
export const KEY_SCOPES = PERMISSIONS.filter((permission) => !PERSONS_ONLY.includes(permission))

const OWNER_ONLY: readonly Permission[] = ['workspace:export', 'workspace:erase']

const VIEWER: Permission[] = [
  'workspace:read',
  'connections:read',
  'foundry:read',
  'ops:read',
  'contacts:read',
  'files:read',
  'comments:write',
]
const MEMBER: Permission[] = [
  ...VIEWER,
  'foundry:write',
  'ops:write',
  'contacts:write',
  'files:write',
  'links:manage',
  'mail:read',
]

const GRANTS: Record<Role, ReadonlySet<Permission>> = {
  viewer: new Set(VIEWER),
  member: new Set(MEMBER),
  admin: new Set(PERMISSIONS.filter((permission) => !OWNER_ONLY.includes(permission))),
  owner: new Set(PERMISSIONS),
}

export interface WorkspaceSettings {
  id: string
  name: string
  timeZone: string
  currency: string
  locale: string
  weekStart: number
  fiscalYearStart: number
  country: string
  industry: string
}

/** The workspace as it stands: its settings, and what is not a matter of a form. */
export interface Workspace extends WorkspaceSettings {
  /** Everybody here must have a second factor or a passkey. */
  requireSecondFactor: boolean
  /** Set on the twin that test keys work in. */
  sandboxOf: string | null
  /** Milliseconds when everything here is erased, or null. */
  eraseAt: number | null
}

export interface Actor {
  kind: 'person' | 'key' | 'system'
  /** Person id, key id, or the name of the job. */
  id: string
  name: string
  email: string | null
  tenantId: string
  role: Role
  /** Null: all that the role allows. */
  scopes: ReadonlySet<string> | null
  workspace: Workspace
  /** Of the request that carries the action, for the audit log. */
  requestId: string
  ipPrefix: string
}

export function can(actor: Actor, permission: Permission): boolean {
  return GRANTS[actor.role].has(permission) && (actor.scopes === null || actor.scopes.has(permission))
}

/** The platform acting for a workspace: queue consumers and cron. */
export function systemActor(workspace: Workspace, job: string): Actor {
  return {
    kind: 'system',
    id: job,
    name: 'System',
    email: null,
    tenantId: workspace.id,
    role: 'owner',
    scopes: null,
    workspace,
    requestId: job,
    ipPrefix: '',
  }
}
