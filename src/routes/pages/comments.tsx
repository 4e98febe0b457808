/** What people say about things: a panel that other pages load, and a page of its own without scripts. */
import { Hono } from 'hono'
import { wantsPartial } from '../../http/audience.ts'
import { requires } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, goTo, page, partial, readForm } from '../../http/respond.tsx'
import {
  addComment,
  deleteComment,
  editComment,
  listComments,
  listMentionable,
  readComment,
  restoreComment,
  type Subject,
  subjectHref,
} from '../../modules/workspace/index.ts'
import { CommentsPanel, type CommentsPanelProps } from '../../modules/workspace/views/comments-panel.tsx'
import { can } from '../../platform/actor.ts'
import type { Failure } from '../../platform/result.ts'
import { PageHeader } from '../../views/page-header.tsx'
import { findSubject } from '../subjects.ts'

const write = requires('comments:write')
const SHOWN = 50

type More = Pick<CommentsPanelProps, 'deletedId' | 'failed'> & { cursor?: string; failure?: Failure }

export const commentPages = new Hono<AppEnv>()
  .get('/comments', requires('workspace:read'), async (c) => {
    const { subject_type = '', subject_id = '', before, deleted } = c.req.query()
    const subject = await findSubject(c.var.services, c.var.actor, subject_type, subject_id)
    return subject.ok
      ? show(c, subject.value, { cursor: before, deletedId: deleted })
      : failurePage(c, subject.error)
  })
  .post('/comments', write, async (c) => {
    const { services, actor } = c.var
    const form = await readForm(c)
    const type = String(form.get('subject_type') ?? '')
    const subject = await findSubject(services, actor, type, String(form.get('subject_id') ?? ''))
    if (!subject.ok) return failurePage(c, subject.error)
    const wish = wishOf(form)
    const added = await addComment(services, actor, subject.value, wish)
    if (added.ok) return done(c, subject.value, {}, `#comment-${added.value.id}`)
    if (added.error.kind !== 'invalid') return failurePage(c, added.error)
    const failed = { id: null, body: wish.body, errors: added.error.errors }
    return show(c, subject.value, { failed, failure: added.error })
  })
  .post('/comments/:id', write, async (c) => {
    const { services, actor } = c.var
    const id = c.req.param('id')
    const subject = await subjectOfComment(c, id)
    if (!subject.ok) return failurePage(c, subject.error)
    const wish = wishOf(await readForm(c))
    const edited = await editComment(services, actor, id, wish)
    if (edited.ok) return done(c, subject.value, {}, `#comment-${id}`)
    if (edited.error.kind !== 'invalid') return failurePage(c, edited.error)
    const failed = { id, body: wish.body, errors: edited.error.errors }
    return show(c, subject.value, { failed, failure: edited.error })
  })
  .post('/comments/:id/deletion', write, async (c) => {
    const id = c.req.param('id')
    const subject = await subjectOfComment(c, id)
    if (!subject.ok) return failurePage(c, subject.error)
    const deleted = await deleteComment(c.var.services, c.var.actor, id)
    return deleted.ok ? done(c, subject.value, { deletedId: id }) : failurePage(c, deleted.error)
  })
  .post('/comments/:id/restoration', write, async (c) => {
    const id = c.req.param('id')
    const subject = await subjectOfComment(c, id)
    if (!subject.ok) return failurePage(c, subject.error)
    const restored = await restoreComment(c.var.services, c.var.actor, id)
    return restored.ok ? done(c, subject.value, {}, `#comment-${id}`) : failurePage(c, restored.error)
  })

const wishOf = (form: FormData) => ({
  body: String(form.get('body') ?? ''),
  mentions: form.getAll('mentions').map(String),
})

async function subjectOfComment(c: AppContext, id: string) {
  const { services, actor } = c.var
  const comment = await readComment(services, actor, id)
  if (!comment.ok) return comment
  return findSubject(services, actor, comment.value.subjectType, comment.value.subjectId)
}

const placeOf = (subject: Subject, more: Record<string, string> = {}) =>
  `/comments?${new URLSearchParams({ subject_type: subject.type, subject_id: subject.id, ...more })}`

/** The panel as it is now, or the page that shows it. */
function done(c: AppContext, subject: Subject, more: More, at = ''): Promise<Response> {
  if (wantsPartial(c)) return show(c, subject, more)
  return goTo(c, placeOf(subject, more.deletedId ? { deleted: more.deletedId } : {}) + at)
}

async function show(c: AppContext, subject: Subject, more: More): Promise<Response> {
  const { services, actor } = c.var
  const question = { subjectType: subject.type, subjectId: subject.id, cursor: more.cursor }
  const [listed, members] = await Promise.all([
    listComments(services, actor, question, SHOWN),
    listMentionable(services, actor),
  ])
  if (!listed.ok) return failurePage(c, listed.error)
  const panel = (
    <CommentsPanel
      subject={subject}
      comments={listed.value.comments}
      earlierHref={listed.value.nextCursor && placeOf(subject, { before: listed.value.nextCursor })}
      members={members}
      me={actor.id}
      mayWrite={can(actor, 'comments:write')}
      mayModerate={can(actor, 'comments:write') && can(actor, 'workspace:manage')}
      timeZone={actor.workspace.timeZone}
      locale={actor.workspace.locale}
      deletedId={more.deletedId}
      failed={more.failed}
    />
  )
  const status = more.failure ? statusOf(more.failure.kind) : 200
  if (wantsPartial(c)) return partial(c, panel, { status })
  const body = (
    <div class="max-w-3xl">
      <PageHeader
        title={subject.title}
        crumbs={[{ href: subjectHref(subject.type, subject.id), label: 'Back' }]}
      />
      {panel}
    </div>
  )
  return page(c, { title: `Discussion: ${subject.title}`, section: '', body, status })
}
