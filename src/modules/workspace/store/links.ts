/** Public links of a workspace. */
import { and, desc, eq, gt, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { TenantDb } from '../../../platform/tenant-db.ts'
import { publicLinks } from './share-schema.ts'

export type LinkRow = typeof publicLinks.$inferSelect

export interface LinkFilter {
  kind?: string
  ref?: string
  /** Part of the label. */
  text?: string
  /** Only those that still open something at this instant. */
  activeAt?: string
  /** Older than the link of this id. */
  before?: string
}

export const link = (db: TenantDb, id: string) => db.row(publicLinks, eq(publicLinks.id, id))

export const insertLink = (db: TenantDb, values: Omit<LinkRow, 'tenantId'>) => db.insert(publicLinks, values)

/** The newest first. */
export function linksPage(db: TenantDb, filter: LinkFilter, limit: number) {
  const parts: (SQL | undefined)[] = [
    filter.kind ? eq(publicLinks.kind, filter.kind) : undefined,
    filter.ref ? eq(publicLinks.ref, filter.ref) : undefined,
    filter.text ? sql`instr(lower(${publicLinks.label}), lower(${filter.text})) > 0` : undefined,
    filter.activeAt ? stillOpen(filter.activeAt) : undefined,
    filter.before ? lt(publicLinks.id, filter.before) : undefined,
  ]
  return db.rows(publicLinks, and(...parts), { orderBy: [desc(publicLinks.id)], limit })
}

/** Changes one row when the link still opens something: the check and the count are one statement. */
export const countUse = (db: TenantDb, id: string, now: string) =>
  db.update(
    publicLinks,
    { uses: sql`${publicLinks.uses} + 1` as unknown as number, lastUsedAt: now },
    and(eq(publicLinks.id, id), stillOpen(now)),
  )

export const endLink = (db: TenantDb, id: string, now: string) =>
  db.update(publicLinks, { revokedAt: now }, and(eq(publicLinks.id, id), isNull(publicLinks.revokedAt)))

const stillOpen = (now: string) =>
  and(
    isNull(publicLinks.revokedAt),
    or(isNull(publicLinks.expiresAt), gt(publicLinks.expiresAt, now)),
    or(isNull(publicLinks.maxUses), sql`${publicLinks.uses} < ${publicLinks.maxUses}`),
  )
