/** A connection as people see it: its health in one word, who may use it, and what may be changed about it. */
import * as z from 'zod'
import type { Role } from '../../../platform/actor.ts'

export type ConnectorStatus = 'connected' | 'failed' | 'disconnected'

/** Roles a connection can be lent to; a viewer only reads what it brought. */
export const USING_ROLES = ['owner', 'admin', 'member'] as const

/** A connection without its credentials: what may leave the wing. */
export interface ConnectorView {
  id: string
  kind: string
  name: string
  status: ConnectorStatus
  account: string
  accountName: string
  scopes: string[]
  roles: string[]
  /** oauth, key, or hook (only their webhooks come in). */
  method: string
  lastError: string | null
  lastCheckedAt: string | null
  lastOkAt: string | null
  lastUsedAt: string | null
  expiresAt: string | null
  createdAt: string
  updatedAt: string
}

/** Whether this actor's work may go out through the connection. The platform acts for whoever set the work up. */
export const mayUse = (
  actor: { kind: 'person' | 'key' | 'system'; role: Role },
  connector: { status: ConnectorStatus; roles: readonly string[] },
): boolean =>
  connector.status !== 'disconnected' && (actor.kind === 'system' || connector.roles.includes(actor.role))

/** What may be changed about a connection; what is left out stays. */
export const connectorChange = z.strictObject({
  name: z.string().trim().min(1, 'Give it a name.').max(80, 'At most 80 characters.').optional(),
  roles: z
    .array(z.enum(USING_ROLES))
    .transform((roles) => USING_ROLES.filter((role) => roles.includes(role)))
    .refine((roles) => roles.includes('owner'), 'The owner can always use it.')
    .optional(),
})
