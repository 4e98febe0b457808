/** Imports over the API: bring a file, look how it goes, fetch what did not land, stop it, undo it. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import type { AppContext } from '../../http/context.ts'
import { problem } from '../../http/problem.ts'
import {
  cancelImport,
  createImport,
  discardImportFile,
  IMPORT_KINDS,
  type ImportError,
  type ImportWish,
  readImport,
  readImportErrors,
  readImports,
  startImport,
  undoImport,
} from '../../modules/mini-foundry/index.ts'
import { invalid } from '../../platform/result.ts'
import { receiveImportFile } from '../uploads.ts'
import { bearer, createApi, jsonContent, listQuery, pageOf, problemResponses } from './api.ts'
import { importSchema, importWithErrorsSchema, toJson } from './imports-schema.ts'

const BASE = '/modules/mini-foundry/imports'

const idSchema = z.object({ id: z.string() })
const common = { tags: ['Mini Foundry'], security: bearer }
const idParam = z.object({ id: z.string() })
const accepted = {
  202: jsonContent(idSchema, 'Taken on; GET the import to see how it goes'),
  ...problemResponses,
}

export const importsApi = createApi()

// The body is read as a stream, which a described route would not leave alone: so it is described apart from its handler.
importsApi.openAPIRegistry.registerPath({
  ...common,
  method: 'post',
  path: BASE,
  summary: 'Import a CSV file',
  description:
    'At most 250 MB and 200,000 rows. Fields may stand before or after the file. Columns are guessed when no mapping is given.',
  request: {
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: z.object({
            file: z.string().openapi({ format: 'binary' }),
            kind: z.enum(IMPORT_KINDS),
            mapping: z
              .string()
              .optional()
              .openapi({ description: 'JSON: name of a column -> field, e.g. {"Order ID":"order_id"}' }),
            currency: z
              .string()
              .optional()
              .openapi({ description: 'For rows whose file names none; else the workspace’s' }),
            date_order: z.enum(['ymd', 'dmy', 'mdy']).optional(),
            decimal_mark: z.enum(['.', ',']).optional(),
            duplicates: z
              .enum(['skip', 'keep'])
              .optional()
              .openapi({ description: 'Rows equal to the letter; default skip' }),
          }),
        },
      },
    },
  },
  responses: accepted,
})

const WISHES = ['kind', 'mapping', 'currency', 'date_order', 'decimal_mark', 'duplicates']

importsApi.post(BASE, requires('foundry:write'), async (c) => {
  const upload = await receiveImportFile(c)
  if (!upload.ok) return problem(c, upload.error)
  const { file, fields } = upload.value
  const unknown = Object.keys(fields).filter((name) => !WISHES.includes(name))
  if (unknown.length > 0) {
    await discardImportFile(c.var.services, c.var.actor, file.id)
    return problem(
      c,
      invalid(unknown.map((name) => ({ path: name, message: `There is no field ${name} here.` }))).error,
    )
  }
  const created = await createImport(c.var.services, c.var.actor, file, fields as ImportWish)
  if (!created.ok) return problem(c, created.error)
  return c.json({ id: created.value.id }, 202, { Location: `${BASE}/${created.value.id}` })
})

importsApi.openapi(
  createRoute({
    ...common,
    method: 'get',
    path: BASE,
    summary: 'List imports',
    middleware: [requires('foundry:read')] as const,
    request: {
      query: listQuery.extend({
        status: importSchema.shape.status.optional(),
        kind: z.enum(IMPORT_KINDS).optional(),
      }),
    },
    responses: { 200: jsonContent(pageOf(importSchema), 'Imports, newest first'), ...problemResponses },
  }),
  async (c) => {
    const result = await readImports(c.var.services, c.var.actor, c.req.valid('query'))
    if (!result.ok) return problem(c, result.error)
    return c.json({ data: result.value.rows.map(toJson), next_cursor: result.value.next }, 200)
  },
)

importsApi.openapi(
  createRoute({
    ...common,
    method: 'get',
    path: `${BASE}/{id}`,
    summary: 'Read an import',
    middleware: [requires('foundry:read')] as const,
    request: { params: idParam },
    responses: { 200: jsonContent(importWithErrorsSchema, 'The import'), ...problemResponses },
  }),
  async (c) => {
    const result = await readImport(c.var.services, c.var.actor, c.req.valid('param').id)
    if (!result.ok) return problem(c, result.error)
    const errors: ImportError[] = result.value.errors
    return c.json({ ...toJson(result.value.row), errors }, 200)
  },
)

importsApi.openapi(
  createRoute({
    ...common,
    method: 'get',
    path: `${BASE}/{id}/errors`,
    summary: 'The rows that did not land, as CSV',
    middleware: [requires('foundry:read')] as const,
    request: { params: idParam },
    responses: {
      200: {
        description: 'line, result, column, value, problem, then the row as it was',
        content: { 'text/csv': { schema: z.string() } },
      },
      ...problemResponses,
    },
  }),
  async (c) => sendErrors(c, c.req.valid('param').id),
)

async function sendErrors(c: AppContext, id: string) {
  const result = await readImportErrors(c.var.services, c.var.actor, id)
  if (!result.ok) return problem(c, result.error)
  return c.body(result.value.body, 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(result.value.fileName)}`,
    'Cache-Control': 'private, no-store',
  })
}

importsApi.openapi(
  createRoute({
    ...common,
    method: 'post',
    path: `${BASE}/{id}/mapping`,
    summary: 'Start an import that waits for its columns',
    middleware: [requires('foundry:write')] as const,
    request: {
      params: idParam,
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z.strictObject({
              mapping: z.record(z.string(), z.string()),
              currency: z.string().optional(),
              date_order: z.enum(['ymd', 'dmy', 'mdy']).optional(),
              decimal_mark: z.enum(['.', ',']).optional(),
              duplicates: z.enum(['skip', 'keep']).optional(),
            }),
          },
        },
      },
    },
    responses: accepted,
  }),
  async (c) => {
    const { mapping, ...options } = c.req.valid('json')
    const result = await startImport(c.var.services, c.var.actor, c.req.valid('param').id, {
      mapping,
      options,
    })
    return result.ok ? c.json(result.value, 202) : problem(c, result.error)
  },
)

for (const [verb, action, summary] of [
  ['cancel', cancelImport, 'Stop an import; rows that have landed stay until it is undone'],
  ['undo', undoImport, 'Undo a whole import: what it made goes, what it overwrote comes back'],
] as const) {
  importsApi.openapi(
    createRoute({
      ...common,
      method: 'post',
      path: `${BASE}/{id}/${verb}`,
      summary,
      middleware: [requires('foundry:write')] as const,
      request: { params: idParam },
      responses: accepted,
    }),
    async (c) => {
      const result = await action(c.var.services, c.var.actor, c.req.valid('param').id)
      return result.ok ? c.json(result.value, 202) : problem(c, result.error)
    },
  )
}
