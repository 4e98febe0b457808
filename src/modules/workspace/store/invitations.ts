/** Invitations of a workspace. */
import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { TenantDb } from '../../../platform/tenant-db.ts'
import { invitations } from './schema.ts'

export type InvitationRow = typeof invitations.$inferSelect

const isOpen = () => and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt))

export const openInvitations = (db: TenantDb, now: string) =>
  db.rows(invitations, and(isOpen(), gt(invitations.expiresAt, now)), {
    orderBy: [desc(invitations.createdAt)],
    limit: 200,
  })

/** A newer invitation takes the place of an older one to the same address. */
export const withdrawInvitationsTo = (db: TenantDb, email: string, now: string) =>
  db.update(
    invitations,
    { revokedAt: now },
    and(eq(sql`lower(${invitations.email})`, email.toLowerCase()), isOpen()),
  )

export const invitation = (db: TenantDb, id: string) => db.row(invitations, eq(invitations.id, id))

export const insertInvitation = (db: TenantDb, values: Omit<InvitationRow, 'tenantId'>) =>
  db.insert(invitations, values)

/** Changes one row when the invitation is still open. */
export const extendInvitation = (db: TenantDb, id: string, expiresAt: string) =>
  db.update(invitations, { expiresAt }, and(eq(invitations.id, id), isOpen()))

/** Changes one row when the invitation was still open. */
export const settleInvitation = (
  db: TenantDb,
  id: string,
  set: { acceptedAt?: string; revokedAt?: string },
) => db.update(invitations, set, and(eq(invitations.id, id), isOpen()))
