/** What hangs on other things: public links, comments and files. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { tenantId } from './tenant-column.ts'

/** A link for people without an account. The secret in it is kept as a digest only. */
export const publicLinks = sqliteTable(
  'public_links',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    /** What it opens: file, form, and what other wings add. */
    kind: text('kind').notNull(),
    ref: text('ref').notNull(),
    /** What may be done through it, e.g. view, download, submit. */
    scope: text('scope', { mode: 'json' }).$type<string[]>().notNull(),
    label: text('label').notNull(),
    secretHash: text('secret_hash').notNull(),
    createdBy: text('created_by').notNull(),
    createdByName: text('created_by_name').notNull(),
    createdAt: text('created_at').notNull(),
    expiresAt: text('expires_at'),
    revokedAt: text('revoked_at'),
    /** At most this many uses; null: any number. */
    maxUses: integer('max_uses'),
    uses: integer('uses').notNull().default(0),
    lastUsedAt: text('last_used_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('public_links_ref').on(t.tenantId, t.kind, t.ref),
  ],
)

export const comments = sqliteTable(
  'comments',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    subjectType: text('subject_type').notNull(),
    subjectId: text('subject_id').notNull(),
    authorId: text('author_id').notNull(),
    authorName: text('author_name').notNull(),
    body: text('body').notNull(),
    /** Person ids. */
    mentions: text('mentions', { mode: 'json' }).$type<string[]>().notNull(),
    createdAt: text('created_at').notNull(),
    /** Of any change, deletion too: what `updated_since` asks. */
    updatedAt: text('updated_at').notNull(),
    editedAt: text('edited_at'),
    deletedAt: text('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('comments_subject').on(t.tenantId, t.subjectType, t.subjectId, t.createdAt),
  ],
)

export const files = sqliteTable(
  'files',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    subjectType: text('subject_type').notNull().default(''),
    subjectId: text('subject_id').notNull().default(''),
    name: text('name').notNull(),
    contentType: text('content_type').notNull(),
    bytes: integer('bytes').notNull(),
    sha256: text('sha256').notNull(),
    fileKey: text('file_key').notNull(),
    uploadedBy: text('uploaded_by').notNull(),
    uploadedByName: text('uploaded_by_name').notNull(),
    createdAt: text('created_at').notNull(),
    deletedAt: text('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('files_subject').on(t.tenantId, t.subjectType, t.subjectId),
    index('files_created').on(t.tenantId, t.createdAt),
  ],
)
