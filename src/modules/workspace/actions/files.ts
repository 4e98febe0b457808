/** Files that are there: found, read, shared by a link, deleted with a week to think, and swept. */
import { type Actor, can, systemActor } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { shareSchema } from '../domain/link.ts'
import * as store from '../store/files.ts'
import { fileKey } from './files-upload.ts'
import { createLink, type MadeLink } from './links.ts'
import { fieldErrors } from './sign-up.ts'

export type FileView = Omit<store.FileRow, 'tenantId' | 'fileKey'>

const DAY_MS = 86_400_000
const KEPT_DAYS = 7

export interface FileQuestion {
  text?: string
  subjectType?: string
  subjectId?: string
  deleted?: boolean
  /** Id of the last file of the page before. */
  cursor?: string
}

/** The newest first, and how much room all files take. */
export async function listFiles(
  services: Services,
  actor: Actor,
  question: FileQuestion = {},
  limit = 50,
): Promise<Result<{ files: FileView[]; nextCursor: string | null; bytesUsed: number }>> {
  if (!can(actor, 'files:read')) return forbidden('see files')
  const db = services.tenant(actor.tenantId)
  const { cursor, ...filter } = question
  const [rows, bytesUsed] = await db.getAll([
    store.filesPage(db, { ...filter, before: cursor }, limit + 1),
    store.bytesUsed(db),
  ])
  const files = rows.slice(0, limit).map(view)
  return ok({ files, bytesUsed, nextCursor: rows.length > limit ? (files.at(-1)?.id ?? null) : null })
}

/** A file that is not deleted. */
export async function readFile(services: Services, actor: Actor, id: string): Promise<Result<FileView>> {
  if (!can(actor, 'files:read')) return forbidden('see files')
  const row = await rowOf(services, actor, id)
  return row && row.deletedAt === null ? ok(view(row)) : notFound('file')
}

/** The bytes, as a stream. */
export async function openFile(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<{ file: FileView; body: ReadableStream }>> {
  const file = await readFile(services, actor, id)
  if (!file.ok) return file
  const body = await services.files.stream(fileKey(actor.tenantId, id))
  if (body) return ok({ file: file.value, body })
  services.log.error('file.missing', { file: id, tenant: actor.tenantId })
  return fail(
    'unavailable',
    'file-missing',
    'The contents of this file cannot be read right now. Try again later.',
  )
}

/** A link for somebody without an account: `{ days, maxUses, label }`, each may be left empty. */
export async function shareFile(
  services: Services,
  actor: Actor,
  id: string,
  input: unknown,
): Promise<Result<MadeLink>> {
  const file = await readFile(services, actor, id)
  if (!file.ok) return file
  const parsed = shareSchema.safeParse(input)
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const { days, maxUses, label } = parsed.data
  return createLink(services, actor, {
    kind: 'file',
    ref: id,
    scope: ['view', 'download'],
    label: label || file.value.name.slice(0, 120),
    expiresAt: days === null ? null : isoInstant(services.clock.now() + days * DAY_MS),
    maxUses,
  })
}

/** Out of sight at once, and out of storage after seven days; links to it open nothing meanwhile. */
export async function deleteFile(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  if (!can(actor, 'files:write')) return forbidden('delete files')
  const now = services.clock.now()
  const { directory } = services
  const db = services.tenant(actor.tenantId)
  const row = await rowOf(services, actor, id)
  if (!row || row.deletedAt !== null) return notFound('file')
  const [changed] = await directory.transact([
    store.markDeleted(db, id, isoInstant(now)),
    recordAudit(db, now, actor, 'file.deleted', id, { name: row.name }, 'if-changed'),
    directory.dueStatement('file.sweep', actor.tenantId, id, now + KEPT_DAYS * DAY_MS),
  ])
  return changed === 1 ? ok(null) : notFound('file')
}

export async function restoreFile(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  if (!can(actor, 'files:write')) return forbidden('restore files')
  const { directory } = services
  const db = services.tenant(actor.tenantId)
  const [changed] = await directory.transact([
    store.markRestored(db, id),
    recordAudit(db, services.clock.now(), actor, 'file.restored', id, {}, 'if-changed'),
    directory.dueDoneStatement('file.sweep', actor.tenantId, id),
  ])
  return changed === 1 ? ok(null) : notFound('deleted file')
}

/**
 * Files whose week is over, and objects of uploads that broke off. Doing it twice does it once. One that fails does not keep
 * the others of its round; what it throws comes last, and it is tried again the next night.
 */
export async function sweepFiles(services: Services): Promise<void> {
  const { directory, clock } = services
  for (let rounds = 0; rounds < 50; rounds++) {
    const work = await directory.dueWork('file.sweep', clock.now())
    let failure: unknown = null
    for (const { tenantId, ref } of work) {
      const workspace = await directory.workspace(tenantId)
      if (!workspace) continue
      await sweepFile(services, systemActor(workspace, 'file.sweep'), ref).catch((error: unknown) => {
        failure = error
      })
    }
    if (failure) throw failure
    if (work.length === 0) return
  }
}

async function sweepFile(services: Services, actor: Actor, id: string): Promise<void> {
  const { directory, clock } = services
  const row = await rowOf(services, actor, id)
  const done = directory.dueDoneStatement('file.sweep', actor.tenantId, id)
  if (row && row.deletedAt === null) {
    await directory.transact([done])
    return
  }
  const db = services.tenant(actor.tenantId)
  await services.files.remove([fileKey(actor.tenantId, id)])
  await directory.transact([...store.removeFile(db, id, isoInstant(clock.now())), done])
}

const rowOf = (services: Services, actor: Actor, id: string) => {
  const db = services.tenant(actor.tenantId)
  return db.get(store.file(db, id))
}

const view = ({ tenantId: _tenant, fileKey: _key, ...file }: store.FileRow): FileView => file
