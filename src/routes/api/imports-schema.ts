/** An import as JSON. */
import { z } from '@hono/zod-openapi'
import { IMPORT_KINDS, type ImportRecord } from '../../modules/mini-foundry/index.ts'

const BASE = '/modules/mini-foundry/imports'

export const importSchema = z
  .object({
    id: z.string(),
    source_id: z.string(),
    kind: z.enum(IMPORT_KINDS),
    status: z.enum([
      'queued',
      'running',
      'completed',
      'completed_with_errors',
      'failed',
      'cancelled',
      'undone',
    ]),
    stage: z.enum(['mapping', 'waiting', 'profiling', 'landing', 'undoing', 'done']),
    file_name: z.string(),
    file_bytes: z.number().int(),
    mapping: z.record(z.string(), z.string()),
    options: z.object({
      currency: z.string().optional(),
      delimiter: z.string().optional(),
      encoding: z.string().optional(),
      date_order: z.string().optional(),
      decimal_mark: z.string().optional(),
      duplicates: z.string().optional(),
    }),
    counts: z.object({
      total: z.number().int().nullable(),
      landed: z.number().int(),
      unchanged: z.number().int(),
      duplicate: z.number().int(),
      failed: z.number().int(),
    }),
    notes: z.array(z.object({ level: z.enum(['info', 'warning']), text: z.string() })),
    error: z.string().nullable(),
    errors_url: z.string().nullable(),
    created_at: z.string(),
    started_at: z.string().nullable(),
    completed_at: z.string().nullable(),
  })
  .openapi('Import')

export const importWithErrorsSchema = importSchema
  .extend({
    errors: z
      .array(
        z.object({
          line: z.number().int(),
          result: z.enum(['left out', 'not imported']),
          column: z.string(),
          value: z.string(),
          message: z.string(),
        }),
      )
      .openapi({ description: 'The first 100 rows that did not land; all of them are at errors_url' }),
  })
  .openapi('ImportWithErrors')

export function toJson(row: ImportRecord): z.infer<typeof importSchema> {
  const { currency, delimiter, encoding, dateOrder, decimalMark, duplicates } = row.options
  return {
    id: row.id,
    source_id: row.sourceId,
    kind: row.kind,
    status: row.status,
    stage: row.stage,
    file_name: row.fileName,
    file_bytes: row.fileBytes,
    mapping: row.mapping,
    options: { currency, delimiter, encoding, date_order: dateOrder, decimal_mark: decimalMark, duplicates },
    counts: {
      total: row.rowsTotal,
      landed: row.rowsLanded,
      unchanged: row.rowsUnchanged,
      duplicate: row.rowsDuplicate,
      failed: row.rowsFailed,
    },
    notes: row.notes.map(({ level, text }) => ({ level, text })),
    error: row.error,
    errors_url: row.rowsFailed + row.rowsDuplicate > 0 ? `${BASE}/${row.id}/errors` : null,
    created_at: row.createdAt,
    started_at: row.startedAt,
    completed_at: row.completedAt,
  }
}
