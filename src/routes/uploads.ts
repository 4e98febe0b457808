/** Takes an uploaded file into storage as it comes: shared by the API's and the page's door for imports. */
import type { AppContext } from '../http/context.ts'
import { readMultipart } from '../http/multipart.ts'
import { type ArrivedFile, MAX_FILE_BYTES, newImportFile } from '../modules/mini-foundry/index.ts'
import { fail, invalid, ok, type Result } from '../platform/result.ts'

export interface Upload {
  file: ArrivedFile
  fields: Record<string, string>
}

/** The file is in storage under its import's id when this is ok; when it is not, nothing stays behind. */
export async function receiveImportFile(c: AppContext): Promise<Result<Upload>> {
  const { services, actor } = c.var
  const place = newImportFile(services, actor)
  if (!place.ok) return place
  const { id, key } = place.value
  const declared = Number(c.req.header('Content-Length') ?? 0)
  if (declared > MAX_FILE_BYTES + 1_000_000) return tooLarge()
  let file: ArrivedFile | null = null
  let oversized = false
  const fields = await readMultipart(
    { body: c.req.raw.body, contentType: c.req.header('Content-Type') },
    async (part, body) => {
      const stored = await services.files.putStream(key, body, 'text/csv', MAX_FILE_BYTES)
      if (stored) file = { id, fileName: part.fileName, bytes: stored.bytes }
      else oversized = true
    },
  )
  if (oversized) return tooLarge()
  if (!fields.ok) {
    await services.files.remove([key])
    return fields
  }
  if (!file) return invalid([{ path: 'file', message: 'Choose the file to import.' }])
  return ok({ file, fields: fields.value })
}

const tooLarge = () =>
  fail(
    'too_large',
    'file-too-large',
    `The file is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB. Split it and import the parts.`,
  )
