/**
 * Taking a file in: its bytes are checked, counted and digested as they pass to storage. Until its row stands, a due entry
 * remembers the object, so that nothing stays behind when the upload breaks off anywhere.
 */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { toHex } from '../../../platform/crypto/digest.ts'
import { recordEvent } from '../../../platform/event.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type ContentCheck, contentCheck } from '../domain/file-content.ts'
import { cleanFileName } from '../domain/file-name.ts'
import { fileKindOf, HEAD_BYTES, MAX_FILE_BYTES, MAX_WORKSPACE_BYTES, refuse } from '../domain/file-type.ts'
import type { Subject } from '../domain/subject.ts'
import * as store from '../store/files.ts'

const DAY_MS = 86_400_000

/** A file in storage whose row is not written yet. */
export interface StoredFile {
  id: string
  key: string
  name: string
  contentType: string
  bytes: number
  sha256: string
}

export const fileKey = (tenantId: string, id: string): string => `files/${tenantId}/${id}`

/** Reads the stream to its end, or refuses as soon as it knows. A refused file leaves nothing in storage. */
export async function storeFile(
  services: Services,
  actor: Actor,
  given: { name: string; body: ReadableStream<Uint8Array> },
): Promise<Result<StoredFile>> {
  if (!can(actor, 'files:write')) return forbidden('add files')
  const { directory, clock, files } = services
  const db = services.tenant(actor.tenantId)
  if ((await db.get(store.bytesUsed(db))) >= MAX_WORKSPACE_BYTES) return storageFull()
  const name = cleanFileName(given.name)
  const reader = given.body.getReader()
  const head = await readHead(reader)
  const kind = fileKindOf(name, head)
  if (!kind.ok) return kind
  const id = uuidv7(clock.now())
  const key = fileKey(actor.tenantId, id)
  await directory.transact([directory.dueStatement('file.sweep', actor.tenantId, id, clock.now() + DAY_MS)])
  const check = contentCheck(kind.value)
  const digest = new crypto.DigestStream('SHA-256')
  const sha256 = digest.digest.then(toHex, () => '')
  const body = observed(head, reader, check, digest.getWriter())
  const stored = await files.putStream(key, body, kind.value.type, MAX_FILE_BYTES)
  if (!stored) {
    await forgetSweep(services, actor, id)
    return tooLarge()
  }
  const file = { id, key, name, contentType: kind.value.type, bytes: stored.bytes, sha256: await sha256 }
  const fault = check.end()
  if (fault === null) return ok(file)
  await discardFile(services, actor, file)
  return refuse(fault)
}

/** Writes the row of a stored file, on its own or hung on a subject that was found. */
export async function keepFile(
  services: Services,
  actor: Actor,
  file: StoredFile,
  subject: Subject | null,
): Promise<Result<store.FileRow>> {
  if (!can(actor, 'files:write')) return forbidden('add files')
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const { key, ...facts } = file
  const row = {
    ...facts,
    subjectType: subject?.type ?? '',
    subjectId: subject?.id ?? '',
    fileKey: key,
    uploadedBy: actor.id,
    uploadedByName: actor.name,
    createdAt: isoInstant(now),
  }
  const eventId = uuidv7(now)
  const payload = {
    file_id: file.id,
    subject_type: row.subjectType,
    subject_id: row.subjectId,
    content_type: file.contentType,
    bytes: file.bytes,
  }
  const [kept] = await db.write([
    store.insertWithin(db, row, MAX_WORKSPACE_BYTES),
    recordAudit(db, now, actor, 'file.added', file.id, { name: file.name, bytes: file.bytes }, 'if-changed'),
    recordEvent(db, now, { id: eventId, type: 'file.added', payload }, 'if-changed'),
  ])
  if (kept !== 1) {
    await discardFile(services, actor, file)
    return storageFull()
  }
  await forgetSweep(services, actor, file.id)
  await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId })
  return ok({ ...row, tenantId: actor.tenantId, deletedAt: null })
}

/** Takes a stored file back out whose row will not be written. */
export async function discardFile(services: Services, actor: Actor, file: StoredFile): Promise<void> {
  await services.files.remove([file.key])
  await forgetSweep(services, actor, file.id)
}

const forgetSweep = ({ directory }: Services, actor: Actor, id: string) =>
  directory.transact([directory.dueDoneStatement('file.sweep', actor.tenantId, id)])

async function readHead(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array> {
  let head = new Uint8Array(0)
  while (head.length < HEAD_BYTES) {
    const { value, done } = await reader.read()
    if (done) break
    const longer = new Uint8Array(head.length + value.length)
    longer.set(head)
    longer.set(value, head.length)
    head = longer
  }
  return head
}

/** The bytes unchanged; each piece is shown to the check and the digest before it goes on. */
function observed(
  head: Uint8Array,
  reader: ReadableStreamDefaultReader<Uint8Array>,
  check: ContentCheck,
  digest: WritableStreamDefaultWriter<ArrayBuffer | ArrayBufferView>,
): ReadableStream<Uint8Array> {
  const pass = async (bytes: Uint8Array) => {
    check.add(bytes)
    await digest.write(bytes)
    return bytes
  }
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(await pass(head))
    },
    async pull(controller) {
      const { value, done } = await reader.read()
      if (!done) return controller.enqueue(await pass(value))
      await digest.close()
      controller.close()
    },
    async cancel(reason) {
      await digest.abort(reason).catch(() => undefined)
      await reader.cancel(reason)
    },
  })
}

export const tooLarge = () =>
  fail(
    'too_large',
    'file-too-large',
    `The file is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB. Make it smaller, e.g. as a zip, and send it again.`,
  )

const storageFull = () =>
  fail(
    'too_large',
    'storage-full',
    'The files of this workspace fill the 1 GB they have. Delete some; deleted files make room after 7 days.',
  )
