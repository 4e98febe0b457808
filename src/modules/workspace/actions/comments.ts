/** What people say about a thing: added, edited by whoever wrote it, deleted with a month to think. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { recordEvent } from '../../../platform/event.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { commentSchema, type Member, settleMentions } from '../domain/comment.ts'
import { isSubjectType, SUBJECT_TYPES, type Subject, subjectRight } from '../domain/subject.ts'
import * as store from '../store/comments.ts'
import { fieldErrors } from './sign-up.ts'

export type CommentView = Omit<store.CommentRow, 'tenantId'>

const KEPT_MS = 30 * 86_400_000

export interface CommentQuestion {
  subjectType?: string
  subjectId?: string
  authorId?: string
  /** ISO instant: what changed since, deleted ones among them with an empty text. */
  updatedSince?: string
  /** Id of the last comment of the page before. */
  cursor?: string
}

/** The newest first, on things that the actor may see. */
export async function listComments(
  services: Services,
  actor: Actor,
  question: CommentQuestion = {},
  limit = 50,
): Promise<Result<{ comments: CommentView[]; nextCursor: string | null }>> {
  const { subjectType, cursor, ...filter } = question
  const types = SUBJECT_TYPES.filter((type) => can(actor, subjectRight(type)))
  const asked = subjectType ? types.filter((type) => type === subjectType) : types
  if (asked.length === 0) return forbidden('see these comments')
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(store.commentsPage(db, { ...filter, types: asked, before: cursor }, limit + 1))
  const comments = rows.slice(0, limit).map(view)
  return ok({ comments, nextCursor: rows.length > limit ? (comments.at(-1)?.id ?? null) : null })
}

/** `{ body, mentions }`; mentioned members hear of it. */
export async function addComment(
  services: Services,
  actor: Actor,
  subject: Subject,
  input: unknown,
): Promise<Result<CommentView>> {
  if (!can(actor, 'comments:write') || !can(actor, subjectRight(subject.type)))
    return forbidden('comment here')
  const parsed = commentSchema.safeParse(input)
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const now = services.clock.now()
  const at = isoInstant(now)
  const { body, mentions } = settleMentions(
    parsed.data.body,
    parsed.data.mentions,
    await listMentionable(services, actor),
  )
  const row = {
    id: uuidv7(now),
    subjectType: subject.type,
    subjectId: subject.id,
    authorId: actor.id,
    authorName: actor.name,
    body,
    mentions,
    createdAt: at,
    updatedAt: at,
    editedAt: null,
    deletedAt: null,
  }
  const db = services.tenant(actor.tenantId)
  const eventId = uuidv7(now)
  await db.write([
    store.insertComment(db, row),
    recordEvent(db, now, { id: eventId, type: 'comment.created', payload: payloadOf(row) }),
  ])
  await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId })
  return ok(row)
}

/** Whoever wrote it, at any time; that it was edited is shown. */
export async function editComment(
  services: Services,
  actor: Actor,
  id: string,
  input: unknown,
): Promise<Result<CommentView>> {
  const row = await visibleRow(services, actor, id)
  if (!row || row.deletedAt !== null) return notFound('comment')
  if (!can(actor, 'comments:write') || row.authorId !== actor.id)
    return forbidden('change what somebody else wrote')
  const parsed = commentSchema.safeParse(input)
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const now = services.clock.now()
  const at = isoInstant(now)
  const said = settleMentions(parsed.data.body, parsed.data.mentions, await listMentionable(services, actor))
  const change = { ...said, editedAt: at, updatedAt: at }
  const db = services.tenant(actor.tenantId)
  const eventId = uuidv7(now)
  const payload = payloadOf({ ...row, ...change })
  const [changed] = await db.write([
    store.changeComment(db, id, actor.id, change),
    recordEvent(db, now, { id: eventId, type: 'comment.edited', payload }, 'if-changed'),
  ])
  if (changed !== 1) return notFound('comment')
  await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId })
  return ok(view({ ...row, ...change }))
}

/** Whoever wrote it, or who manages the workspace. It can be restored for 30 days. */
export async function deleteComment(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<CommentView>> {
  const row = await visibleRow(services, actor, id)
  if (!row || row.deletedAt !== null) return notFound('comment')
  if (!mayModerate(actor, row)) return forbidden('delete what somebody else wrote')
  const { directory, clock } = services
  const now = clock.now()
  const db = services.tenant(actor.tenantId)
  const [changed] = await directory.transact([
    store.markDeleted(db, id, isoInstant(now)),
    recordAudit(db, now, actor, 'comment.deleted', id, { author: row.authorId }, 'if-changed'),
    directory.dueStatement('comment.sweep', actor.tenantId, id, now + KEPT_MS),
  ])
  return changed === 1 ? ok(view({ ...row, deletedAt: isoInstant(now) })) : notFound('comment')
}

export async function restoreComment(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<CommentView>> {
  const row = await visibleRow(services, actor, id)
  if (!row?.deletedAt) return notFound('deleted comment')
  if (!mayModerate(actor, row)) return forbidden('restore what somebody else wrote')
  const { directory, clock } = services
  const now = clock.now()
  const db = services.tenant(actor.tenantId)
  await directory.transact([
    store.markRestored(db, id, isoInstant(now)),
    recordAudit(db, now, actor, 'comment.restored', id, {}, 'if-changed'),
    directory.dueDoneStatement('comment.sweep', actor.tenantId, id),
  ])
  return ok(view({ ...row, deletedAt: null }))
}

/** Who can be mentioned: everybody of the workspace, by name. */
export async function listMentionable(services: Services, actor: Actor): Promise<Member[]> {
  const members = await services.directory.membersOf(actor.tenantId)
  return members.map(({ personId, name }) => ({ id: personId, name }))
}

/** Deleted comments whose month is over. */
export async function sweepComments(services: Services): Promise<void> {
  const { directory, clock } = services
  for (let rounds = 0; rounds < 50; rounds++) {
    const work = await directory.dueWork('comment.sweep', clock.now())
    for (const { tenantId, ref } of work) {
      const db = services.tenant(tenantId)
      await directory.transact([
        store.removeDeleted(db, ref),
        directory.dueDoneStatement('comment.sweep', tenantId, ref),
      ])
    }
    if (work.length === 0) return
  }
}

/** The comment of this id, deleted or not, unless it hangs on something the actor may not see. */
export async function readComment(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<CommentView>> {
  const row = await visibleRow(services, actor, id)
  return row ? ok(view(row)) : notFound('comment')
}

async function visibleRow(services: Services, actor: Actor, id: string): Promise<store.CommentRow | null> {
  const db = services.tenant(actor.tenantId)
  const row = await db.get(store.comment(db, id))
  return row && isSubjectType(row.subjectType) && can(actor, subjectRight(row.subjectType)) ? row : null
}

const mayModerate = (actor: Actor, row: store.CommentRow): boolean =>
  can(actor, 'comments:write') && (row.authorId === actor.id || can(actor, 'workspace:manage'))

/** A deleted comment is told of without its words. */
const view = ({ tenantId: _tenant, ...row }: store.CommentRow): CommentView =>
  row.deletedAt === null ? row : { ...row, body: '', mentions: [] }

const payloadOf = (row: Omit<store.CommentRow, 'tenantId'>) => ({
  comment_id: row.id,
  subject_type: row.subjectType,
  subject_id: row.subjectId,
  author_id: row.authorId,
  mentions: row.mentions,
})
