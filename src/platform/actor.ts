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
  'foundry:read',
  'foundry:write',
  'foundry:manage',
] as const
export type Permission = (typeof PERMISSIONS)[number]

/** Keys cannot manage keys or members (research/platform 4.4). */
export const KEY_SCOPES = PERMISSIONS.filter((p) => p !== 'keys:manage' && p !== 'members:manage')

const VIEWER: Permission[] = ['workspace:read', 'connections:read', 'foundry:read']
const MEMBER: Permission[] = [...VIEWER, 'foundry:write']

const GRANTS: Record<Role, ReadonlySet<Permission>> = {
  viewer: new Set(VIEWER),
  member: new Set(MEMBER),
  admin: new Set(PERMISSIONS),
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
  workspace: WorkspaceSettings
  /** Of the request that carries the action, for the audit log. */
  requestId: string
  ipPrefix: string
}

export function can(actor: Actor, permission: Permission): boolean {
  return GRANTS[actor.role].has(permission) && (actor.scopes === null || actor.scopes.has(permission))
}

/** The platform acting for a workspace: queue consumers and cron. */
export function systemActor(workspace: WorkspaceSettings, job: string): Actor {
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
