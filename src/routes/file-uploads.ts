/** Takes an uploaded file of the workspace into storage as it comes: for the page's door and the API's. */
import type { AppContext } from '../http/context.ts'
import { readMultipart } from '../http/multipart.ts'
import {
  discardFile,
  type FileView,
  fileTooLarge,
  keepFile,
  MAX_FILE_BYTES,
  type StoredFile,
  type Subject,
  storeFile,
} from '../modules/workspace/index.ts'
import { invalid, type Result } from '../platform/result.ts'
import { findSubject } from './subjects.ts'

/** What a form says around its file. */
const SLACK_BYTES = 1_000_000

/**
 * The file stands when this is ok, hung on `subject_type` and `subject_id` when the form or the address names them; when it
 * is not, nothing stays behind.
 */
export async function receiveFile(c: AppContext): Promise<Result<FileView>> {
  const { services, actor } = c.var
  if (Number(c.req.header('Content-Length') ?? 0) > MAX_FILE_BYTES + SLACK_BYTES) return fileTooLarge()
  let stored: Result<StoredFile> | null = null
  const fields = await readMultipart(
    { body: c.req.raw.body, contentType: c.req.header('Content-Type') },
    async (part, body) => {
      stored = await storeFile(services, actor, { name: part.fileName, body })
    },
  )
  const file = stored as Result<StoredFile> | null
  if (file && !file.ok) return file
  const subject = fields.ok ? await subjectOf(c, fields.value) : fields
  if (!file) return subject.ok ? invalid([{ path: 'file', message: 'Choose the file to add.' }]) : subject
  if (subject.ok) return keepFile(services, actor, file.value, subject.value)
  await discardFile(services, actor, file.value)
  return subject
}

const FIELDS = ['subject_type', 'subject_id']

async function subjectOf(c: AppContext, fields: Record<string, string>): Promise<Result<Subject | null>> {
  const unknown = Object.keys(fields).filter((name) => !FIELDS.includes(name))
  if (unknown.length > 0)
    return invalid(unknown.map((name) => ({ path: name, message: `There is no field ${name} here.` })))
  const { subject_type = '', subject_id = '' } = { ...c.req.query(), ...fields }
  if (!subject_type && !subject_id) return { ok: true, value: null }
  return findSubject(c.var.services, c.var.actor, subject_type, subject_id)
}
