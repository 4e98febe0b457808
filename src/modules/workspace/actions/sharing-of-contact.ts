/** What hangs on a contact, for its history, for the answer to a request about personal data, and for its erasure. */
import type { Actor } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import type { TimelineEntry, Whom } from '../../../platform/manifest.ts'
import type { Services } from '../../../platform/services.ts'
import { commentSummary } from '../domain/comment.ts'
import { commentsPage, removeOnSubject } from '../store/comments.ts'
import { filesOfSubject, filesPage, removeFile } from '../store/files.ts'
import { fileKey } from './files-upload.ts'

const MOST = 1000

export async function sharingTimeline(
  services: Services,
  actor: Actor,
  { contactId }: Whom,
  limit: number,
): Promise<TimelineEntry[]> {
  const db = services.tenant(actor.tenantId)
  const [comments, files] = await db.getAll([
    commentsPage(db, { types: ['contact'], subjectId: contactId }, limit),
    filesPage(db, { subjectType: 'contact', subjectId: contactId }, limit),
  ])
  const said = comments.map((row) => ({
    at: row.createdAt,
    kind: 'comment',
    title: `${row.authorName} commented`,
    detail: commentSummary(row.body),
  }))
  const added = files.map((row) => ({
    at: row.createdAt,
    kind: 'file',
    title: `${row.uploadedByName} added ${row.name}`,
    href: `/files/${row.id}`,
  }))
  return [...said, ...added].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, limit)
}

/** Deleted files and comments that are not swept yet are held all the same, so they are told of too. */
export async function sharingPersonal(
  services: Services,
  actor: Actor,
  { contactId }: Whom,
): Promise<Record<string, unknown[]>> {
  const db = services.tenant(actor.tenantId)
  const [comments, files] = await db.getAll([
    commentsPage(db, { types: ['contact'], subjectId: contactId, updatedSince: '0' }, MOST),
    filesOfSubject(db, 'contact', contactId, MOST),
  ])
  return {
    comments: comments.map(({ tenantId: _tenant, mentions: _mentions, ...row }) => row),
    files: files.map(({ tenantId: _tenant, fileKey: _key, ...row }) => row),
  }
}

/** Comments and files on the contact go for good, and what was said about those files. Doing it twice does it once. */
export async function forgetSharing(
  services: Services,
  actor: Actor,
  { contactId }: Whom,
): Promise<Record<string, number>> {
  const db = services.tenant(actor.tenantId)
  const at = isoInstant(services.clock.now())
  let files = 0
  for (;;) {
    const rows = await db.get(filesOfSubject(db, 'contact', contactId, 100))
    if (rows.length === 0) break
    await services.files.remove(rows.map((row) => fileKey(actor.tenantId, row.id)))
    await db.write(rows.flatMap((row) => removeFile(db, row.id, at)))
    files += rows.length
  }
  const [comments = 0] = await db.write([removeOnSubject(db, 'contact', contactId)])
  return { files, comments }
}
