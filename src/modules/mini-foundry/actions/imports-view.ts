/** Looking at imports: the list, one with its first errors, and how the file would land. */
import Papa from 'papaparse'
import { type Actor, can } from '../../../platform/actor.ts'
import { forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { emptyCarry } from '../domain/import/carry.ts'
import { readChunk } from '../domain/import/chunk.ts'
import { guessMapping } from '../domain/import/guess.ts'
import type { ImportError, ImportPreview, ImportRecord, ImportView } from '../domain/import/model.ts'
import { emptyProfile, openQuestions, profileRecords, settle } from '../domain/import/profile.ts'
import type { ImportMapping, ImportOptions } from '../domain/import/types.ts'
import { errorKeys } from '../store/import-files.ts'
import { importRow, importRows } from '../store/imports.ts'
import { sniffFile } from './imports-file.ts'
import { planOf } from './imports-land.ts'

const FIRST_ERRORS = 100

export async function readImports(
  services: Services,
  actor: Actor,
  page: { cursor?: string; limit?: number; status?: string; kind?: string } = {},
): Promise<Result<{ rows: ImportRecord[]; next: string | null }>> {
  if (!can(actor, 'foundry:read')) return forbidden('see imports')
  const db = services.tenant(actor.tenantId)
  const limit = page.limit ?? 50
  const rows = await db.get(
    importRows(db, { before: page.cursor, status: page.status, kind: page.kind, limit: limit + 1 }),
  )
  return ok({ rows: rows.slice(0, limit), next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null })
}

export async function readImport(
  services: Services,
  actor: Actor,
  importId: string,
): Promise<Result<ImportView>> {
  if (!can(actor, 'foundry:read')) return forbidden('see imports')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(importRow(db, importId))
  if (!row) return notFound('import')
  const has = row.rowsFailed + row.rowsDuplicate > 0
  return ok({ row, errors: has ? await firstErrors(services, actor.tenantId, importId) : [] })
}

async function firstErrors(services: Services, tenantId: string, importId: string): Promise<ImportError[]> {
  const errors: ImportError[] = []
  for (const key of await errorKeys(services.files, tenantId, importId)) {
    const text = (await services.files.text(key)) ?? ''
    for (const cells of Papa.parse(text.trimEnd(), { delimiter: ',', newline: '\r\n' }).data) {
      const [line = '', result = '', column = '', value = '', message = ''] = cells
      errors.push({ line: Number(line), result: result as ImportError['result'], column, value, message })
      if (errors.length >= FIRST_ERRORS) return errors
    }
  }
  return errors
}

/** The rows that did not land, with why, and every cell they had: to be mended and imported again. */
export async function readImportErrors(
  services: Services,
  actor: Actor,
  importId: string,
): Promise<Result<{ fileName: string; body: ReadableStream<Uint8Array> }>> {
  if (!can(actor, 'foundry:read')) return forbidden('see imports')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(importRow(db, importId))
  if (!row) return notFound('import')
  const sniffed = await sniffFile(services.files, { key: row.fileKey, bytes: row.fileBytes }, row.options)
  const head = ['line', 'result', 'column', 'value', 'problem', ...(sniffed?.columns ?? [])]
  const keys = await errorKeys(services.files, actor.tenantId, importId)
  const name = row.fileName.replace(/\.[a-z]{1,5}$/i, '').replace(/[^\p{L}\p{N} _.-]/gu, '_')
  return ok({
    fileName: `${name} - rows not imported.csv`,
    body: joinFiles(services, Papa.unparse([head]), keys),
  })
}

function joinFiles(services: Services, head: string, keys: string[]): ReadableStream<Uint8Array> {
  const waiting = [...keys]
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>({
    // The mark at the start tells spreadsheets that this is UTF-8.
    start: (controller) => controller.enqueue(encoder.encode(`\ufeff${head}\r\n`)),
    async pull(controller) {
      const key = waiting.shift()
      if (!key) return controller.close()
      controller.enqueue(encoder.encode((await services.files.text(key)) ?? ''))
    },
  })
}

const PREVIEW_ROWS = 20

/** What a person sees before an import starts; `mapping` and `options` are what the page holds so far. */
export async function previewImport(
  services: Services,
  actor: Actor,
  importId: string,
  chosen: { mapping?: ImportMapping; options?: ImportOptions } = {},
): Promise<Result<ImportPreview>> {
  if (!can(actor, 'foundry:read')) return forbidden('see imports')
  const row = await services.tenant(actor.tenantId).get(importRow(services.tenant(actor.tenantId), importId))
  if (!row) return notFound('import')
  const mapping = chosen.mapping ?? row.mapping
  const options = { ...row.options, ...chosen.options }
  const sniffed = await sniffFile(services.files, { key: row.fileKey, bytes: row.fileBytes }, row.options)
  if (!sniffed) return notFound('file')
  const guesses = guessMapping(row.kind, sniffed.columns, sniffed.sample)
  const profile = emptyProfile()
  const columns = { kind: row.kind, columns: sniffed.columns, mapping }
  profileRecords(
    profile,
    sniffed.sample.map((cells) => ({ cells })),
    columns,
  )
  const { dateOrder, decimalMark, lineIds } = settle(profile, options, actor.workspace)
  const plan = planOf(
    { ...row, mapping },
    { ...options, dateOrder, decimalMark, lineIds },
    sniffed.columns,
    actor,
    1,
  )
  const records = sniffed.sample
    .slice(0, PREVIEW_ROWS)
    .map((cells, index) => ({ cells, line: sniffed.dataLine + index }))
  return ok({
    columns: sniffed.columns.map((name, index) => ({
      name,
      samples: [
        ...new Set(sniffed.sample.map((cells) => cells[index] ?? '').filter((cell) => cell !== '')),
      ].slice(0, 3),
      guess: guesses.find((guess) => guess.column === name) ?? null,
    })),
    rows: readChunk(records, plan, emptyCarry()),
    shown: records.length,
    questions: openQuestions(profile),
    settled: { dateOrder, decimalMark },
  })
}
