/** Files of the workspace: the list, one file, the panel that other pages load, and every deed as a form. */
import { Hono } from 'hono'
import { attachment } from '../../http/attachment.ts'
import { wantsPartial } from '../../http/audience.ts'
import { requires } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page, partial } from '../../http/respond.tsx'
import {
  deleteFile,
  listFiles,
  listLinks,
  openFile,
  readFile,
  restoreFile,
  type Subject,
  shareFile,
  subjectHref,
} from '../../modules/workspace/index.ts'
import { FilePage, type FilePageProps } from '../../modules/workspace/views/file-page.tsx'
import { FilesPage } from '../../modules/workspace/views/files-page.tsx'
import { FilesPanel } from '../../modules/workspace/views/files-panel.tsx'
import { can } from '../../platform/actor.ts'
import type { Failure, FieldError } from '../../platform/result.ts'
import { PageHeader } from '../../views/page-header.tsx'
import { receiveFile } from '../file-uploads.ts'
import { findSubject } from '../subjects.ts'

const section = 'files'
const read = requires('files:read')
const write = requires('files:write')
const SHOWN = 50

export const filePages = new Hono<AppEnv>()
  .get('/files', read, (c) => showAll(c))
  .post('/files', write, async (c) => {
    const added = await receiveFile(c)
    if (added.ok) {
      const { id, subjectType, subjectId } = added.value
      const href = subjectType ? subjectHref(subjectType, subjectId) : `/files/${id}`
      return goTo(c, href, { toast: `${added.value.name} is added.` })
    }
    const { kind, errors, detail } = added.error
    if (kind !== 'invalid' && kind !== 'too_large') return failurePage(c, added.error)
    const words = errors ?? [{ path: 'file', message: detail }]
    const { subject_type = '', subject_id = '' } = c.req.query()
    const subject = await findSubject(c.var.services, c.var.actor, subject_type, subject_id)
    return subject.ok
      ? showPanel(c, subject.value, { failure: added.error, errors: words })
      : showAll(c, added.error, words)
  })
  .get('/files/panel', read, async (c) => {
    const { subject_type = '', subject_id = '', before } = c.req.query()
    const subject = await findSubject(c.var.services, c.var.actor, subject_type, subject_id)
    return subject.ok ? showPanel(c, subject.value, { before }) : failurePage(c, subject.error)
  })
  .get('/files/:id', read, (c) => showOne(c, c.req.param('id')))
  .get('/files/:id/download', read, async (c) => {
    const opened = await openFile(c.var.services, c.var.actor, c.req.param('id'))
    if (!opened.ok) return failurePage(c, opened.error)
    const { file, body } = opened.value
    return c.body(body, 200, {
      'Content-Type': file.contentType,
      'Content-Length': String(file.bytes),
      'Content-Disposition': attachment(file.name),
      'Cache-Control': 'private, no-store',
    })
  })
  .post('/files/:id/links', write, requires('links:manage'), async (c) => {
    const id = c.req.param('id')
    const { label, days, maxUses } = await formFields(c)
    const made = await shareFile(c.var.services, c.var.actor, id, { label, days, maxUses })
    if (made.ok) return showOne(c, id, { made: made.value.url })
    if (made.error.kind !== 'invalid') return failurePage(c, made.error)
    return showOne(c, id, {
      values: { label: label ?? '', days: days ?? '', maxUses: maxUses ?? '' },
      failure: made.error,
    })
  })
  .post('/files/:id/deletion', write, async (c) => {
    const id = c.req.param('id')
    const deleted = await deleteFile(c.var.services, c.var.actor, id)
    return deleted.ok ? goTo(c, `/files?undo=${id}`) : failurePage(c, deleted.error)
  })
  .post('/files/:id/restoration', write, async (c) => {
    const id = c.req.param('id')
    const restored = await restoreFile(c.var.services, c.var.actor, id)
    return restored.ok
      ? goTo(c, `/files/${id}`, { toast: 'The file is back, and its links open it again.' })
      : failurePage(c, restored.error)
  })

const local = (c: AppContext) => ({
  timeZone: c.var.actor.workspace.timeZone,
  locale: c.var.actor.workspace.locale,
  mayWrite: can(c.var.actor, 'files:write'),
})

async function showAll(c: AppContext, failure?: Failure, errors?: FieldError[]): Promise<Response> {
  const { q = '', deleted, before, undo } = c.req.query()
  const question = { text: q.slice(0, 100), deleted: deleted === 'yes', cursor: before }
  const listed = await listFiles(c.var.services, c.var.actor, question, SHOWN)
  if (!listed.ok) return failurePage(c, listed.error)
  const kept: Record<string, string> = { ...(q && { q }), ...(question.deleted && { deleted: 'yes' }) }
  const place = (more: Record<string, string>) => `/files?${new URLSearchParams({ ...kept, ...more })}`
  const { files, bytesUsed, nextCursor } = listed.value
  const body = (
    <FilesPage
      files={files}
      bytesUsed={bytesUsed}
      text={question.text}
      deleted={question.deleted}
      next={nextCursor && place({ before: nextCursor })}
      first={before ? place({}) : null}
      undoId={undo}
      errors={errors}
      {...local(c)}
    />
  )
  return page(c, { title: 'Files', section, body, status: failure && statusOf(failure.kind) })
}

type More = Pick<FilePageProps, 'made' | 'values'> & { failure?: Failure }

async function showOne(c: AppContext, id: string, { failure, ...more }: More = {}): Promise<Response> {
  const { services, actor } = c.var
  const file = await readFile(services, actor, id)
  if (!file.ok) return failurePage(c, file.error)
  const mayShare = can(actor, 'links:manage') && can(actor, 'files:write')
  const links = mayShare
    ? await listLinks(services, actor, { kind: 'file', ref: id, activeOnly: true })
    : null
  const body = (
    <FilePage
      file={file.value}
      links={links?.ok ? links.value.links : []}
      mayShare={mayShare}
      errors={failure?.errors}
      {...more}
      {...local(c)}
    />
  )
  return page(c, { title: file.value.name, section, body, status: failure && statusOf(failure.kind) })
}

interface PanelMore {
  before?: string
  failure?: Failure
  errors?: FieldError[]
}

async function showPanel(
  c: AppContext,
  subject: Subject,
  { before, failure, errors }: PanelMore,
): Promise<Response> {
  const question = { subjectType: subject.type, subjectId: subject.id, cursor: before }
  const listed = await listFiles(c.var.services, c.var.actor, question, SHOWN)
  if (!listed.ok) return failurePage(c, listed.error)
  const { files, nextCursor } = listed.value
  const at = { subject_type: subject.type, subject_id: subject.id }
  const earlierHref = nextCursor && `/files/panel?${new URLSearchParams({ ...at, before: nextCursor })}`
  const panel = (
    <FilesPanel subject={subject} files={files} earlierHref={earlierHref} errors={errors} {...local(c)} />
  )
  if (wantsPartial(c)) return partial(c, panel)
  const crumbs = [{ href: subjectHref(subject.type, subject.id), label: 'Back' }]
  const body = (
    <div class="max-w-3xl">
      <PageHeader title={subject.title} crumbs={crumbs} />
      {panel}
    </div>
  )
  const status = failure && statusOf(failure.kind)
  return page(c, { title: `Files: ${subject.title}`, section, body, status })
}
