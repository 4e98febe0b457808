/** Files over the API: add one, list, read, fetch the contents, delete, restore. */
import { createRoute, z } from '@hono/zod-openapi'
import { attachment } from '../../http/attachment.ts'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  deleteFile,
  type FileView,
  listFiles,
  openFile,
  readFile,
  restoreFile,
  SUBJECT_TYPES,
} from '../../modules/workspace/index.ts'
import { receiveFile } from '../file-uploads.ts'
import { bearer, createApi, jsonContent, listQuery, pageOf, problemResponses } from './api.ts'

const BASE = '/modules/workspace/files'
const common = { tags: ['Files'], security: bearer }
const idParam = z.object({ id: z.string() })
const read = requires('files:read')
const write = requires('files:write')

const fileShape = z
  .object({
    id: z.string(),
    name: z.string(),
    content_type: z.string(),
    bytes: z.number().int(),
    sha256: z.string(),
    subject_type: z.string().nullable(),
    subject_id: z.string().nullable(),
    uploaded_by: z.string(),
    uploaded_by_name: z.string(),
    created_at: z.string(),
    deleted_at: z.string().nullable(),
  })
  .openapi('File')

const filters = listQuery.extend({
  subject_type: z.enum(SUBJECT_TYPES).optional(),
  subject_id: z.string().max(100).optional(),
  name: z.string().max(100).optional().openapi({ description: 'Part of the name' }),
  deleted: z.enum(['true', 'false']).optional(),
})

const toJson = (file: FileView) => ({
  id: file.id,
  name: file.name,
  content_type: file.contentType,
  bytes: file.bytes,
  sha256: file.sha256,
  subject_type: file.subjectType || null,
  subject_id: file.subjectId || null,
  uploaded_by: file.uploadedBy,
  uploaded_by_name: file.uploadedByName,
  created_at: file.createdAt,
  deleted_at: file.deletedAt,
})

export const filesApi = createApi()

// The body is read as a stream, which a described route would not leave alone: so it is described apart from its handler.
filesApi.openAPIRegistry.registerPath({
  ...common,
  method: 'post',
  path: BASE,
  summary: 'Add a file',
  description:
    'At most 25 MB: PDF, PNG, JPEG, GIF, WebP, HEIC, CSV, TXT, JSON, DOCX, XLSX, PPTX, ZIP, MP4, MP3. The ending of the name and the contents must agree.',
  request: {
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: z.object({
            file: z.string().openapi({ format: 'binary' }),
            subject_type: z.enum(SUBJECT_TYPES).optional(),
            subject_id: z.string().optional(),
          }),
        },
      },
    },
  },
  responses: { 201: jsonContent(fileShape, 'The file'), ...problemResponses },
})

filesApi.post(BASE, requires('files:write'), async (c) => {
  const added = await receiveFile(c)
  if (!added.ok) return problem(c, added.error)
  return c.json(toJson(added.value), 201, { Location: `${BASE}/${added.value.id}` })
})

filesApi.openapi(
  createRoute({
    ...common,
    middleware: read,
    method: 'get',
    path: BASE,
    summary: 'List files',
    request: { query: filters },
    responses: { 200: jsonContent(pageOf(fileShape), 'Files, newest first'), ...problemResponses },
  }),
  async (c) => {
    const { subject_type, subject_id, name, deleted, cursor, limit } = c.req.valid('query')
    const question = {
      subjectType: subject_type,
      subjectId: subject_id,
      text: name,
      deleted: deleted === 'true',
      cursor,
    }
    const listed = await listFiles(c.var.services, c.var.actor, question, limit ?? 50)
    if (!listed.ok) return problem(c, listed.error)
    return c.json({ data: listed.value.files.map(toJson), next_cursor: listed.value.nextCursor }, 200)
  },
)

filesApi.openapi(
  createRoute({
    ...common,
    middleware: read,
    method: 'get',
    path: `${BASE}/{id}`,
    summary: 'Read what is known of a file',
    request: { params: idParam },
    responses: { 200: jsonContent(fileShape, 'The file'), ...problemResponses },
  }),
  async (c) => {
    const file = await readFile(c.var.services, c.var.actor, c.req.valid('param').id)
    return file.ok ? c.json(toJson(file.value), 200) : problem(c, file.error)
  },
)

filesApi.openapi(
  createRoute({
    ...common,
    middleware: read,
    method: 'get',
    path: `${BASE}/{id}/content`,
    summary: 'Fetch the contents of a file',
    request: { params: idParam },
    responses: {
      200: {
        description: 'The bytes, under the type of the file',
        content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
      },
      ...problemResponses,
    },
  }),
  async (c) => {
    const opened = await openFile(c.var.services, c.var.actor, c.req.valid('param').id)
    if (!opened.ok) return problem(c, opened.error)
    const { file, body } = opened.value
    return c.body(body, 200, {
      'Content-Type': file.contentType,
      'Content-Length': String(file.bytes),
      'Content-Disposition': attachment(file.name),
      'Cache-Control': 'private, no-store',
    })
  },
)

filesApi.openapi(
  createRoute({
    ...common,
    middleware: write,
    method: 'delete',
    path: `${BASE}/{id}`,
    summary: 'Delete a file',
    description: 'It can be restored for 7 days; then it is gone for good.',
    request: { params: idParam },
    responses: { 204: { description: 'Deleted' }, ...problemResponses },
  }),
  async (c) => {
    const done = await deleteFile(c.var.services, c.var.actor, c.req.valid('param').id)
    return done.ok ? c.body(null, 204) : problem(c, done.error)
  },
)

filesApi.openapi(
  createRoute({
    ...common,
    middleware: write,
    method: 'post',
    path: `${BASE}/{id}/restore`,
    summary: 'Restore a deleted file',
    request: {
      params: idParam,
      body: { required: false, content: { 'application/json': { schema: z.strictObject({}) } } },
    },
    responses: { 200: jsonContent(fileShape, 'The file'), ...problemResponses },
  }),
  async (c) => {
    const { id } = c.req.valid('param')
    const done = await restoreFile(c.var.services, c.var.actor, id)
    if (!done.ok) return problem(c, done.error)
    const file = await readFile(c.var.services, c.var.actor, id)
    return file.ok ? c.json(toJson(file.value), 200) : problem(c, file.error)
  },
)
