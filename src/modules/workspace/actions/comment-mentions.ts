/** Whoever is mentioned in a comment is told, once a comment, however often it is edited or its event comes. */
import type { Actor } from '../../../platform/actor.ts'
import type { PlatformEvent } from '../../../platform/event.ts'
import type { Services } from '../../../platform/services.ts'
import { commentSummary } from '../domain/comment.ts'
import { subjectHref, subjectWords } from '../domain/subject.ts'
import { comment } from '../store/comments.ts'
import { notify } from './notify.ts'

/** Hears `comment.created` and `comment.edited`. A comment that is gone by now tells nobody. */
export async function tellMentioned(services: Services, actor: Actor, event: PlatformEvent): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const row = await db.get(comment(db, String(event.payload.comment_id)))
  if (!row || row.deletedAt !== null) return
  const to = row.mentions.filter((personId) => personId !== row.authorId)
  if (to.length === 0) return
  await notify(services, actor, {
    kind: 'comment.mentioned',
    to,
    title: `${row.authorName} mentioned you in a comment on a ${subjectWords(row.subjectType)}`,
    body: commentSummary(row.body, 300),
    href: `${subjectHref(row.subjectType, row.subjectId)}#comment-${row.id}`,
    dedupeKey: `comment:${row.id}`,
  })
}
