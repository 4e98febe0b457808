/** Invitations of a workspace. */
import { and, desc, eq, isNull } from 'drizzle-orm'
import type { TenantDb } from '../../../platform/tenant-db.ts'
import { invitations } from './schema.ts'

export type InvitationRow = typeof invitations.$inferSelect

export const openInvitations = (db: TenantDb) =>
  db.rows(invitations, and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt)), {
    orderBy: [desc(invitations.createdAt)],
    limit: 200,
  })

export const invitation = (db: TenantDb, id: string) => db.row(invitations, eq(invitations.id, id))

export const insertInvitation = (db: TenantDb, values: Omit<InvitationRow, 'tenantId'>) =>
  db.insert(invitations, values)

/** Changes one row when the invitation was still open. */
export const settleInvitation = (
  db: TenantDb,
  id: string,
  set: { acceptedAt?: string; revokedAt?: string },
) =>
  db.update(
    invitations,
    set,
    and(eq(invitations.id, id), isNull(invitations.acceptedAt), isNull(invitations.revokedAt)),
  )
