/** Everything of a workspace as one zip: each table as JSON and CSV, and every file, streamed as it is read. */
import { type ZipEntry, zipStream } from '../../../kit/zip.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import type { TableShape } from '../../../platform/directory/whole.ts'
import { forbidden, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { TenantTableFact } from '../../../platform/wing-facts.ts'
import { exportReadme } from '../documents/export-readme.ts'
import { csvChunks, jsonChunks } from '../documents/export-rows.ts'
import { type AnyRow, rowsAfter } from '../store/whole.ts'

const PAGE_ROWS = 1000

export interface Export {
  fileName: string
  body: ReadableStream<Uint8Array>
}

/** The audit entry is written before the first byte leaves. */
export async function exportWorkspace(services: Services, actor: Actor): Promise<Result<Export>> {
  if (!can(actor, 'workspace:export')) return forbidden('take all data out')
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const shapes = await services.directory.tenantTables()
  await db.write([recordAudit(db, now, actor, 'workspace.exported', actor.tenantId)])
  const day = isoInstant(now).slice(0, 10)
  const name = actor.workspace.name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return ok({
    fileName: `${name || 'workspace'}-${day}.zip`,
    body: zipStream(entriesOf(services, actor, shapes, day)),
  })
}

async function* entriesOf(
  services: Services,
  actor: Actor,
  shapes: Map<string, TableShape>,
  day: string,
): AsyncGenerator<ZipEntry> {
  const tables = services.wings.flatMap((wing) => wing.tables).filter((fact) => fact.exported)
  const workspace = JSON.stringify(actor.workspace, null, 2)
  yield { name: 'README.txt', chunks: [exportReadme(actor.workspace.name, day, tables)] }
  yield { name: 'workspace.json', chunks: [workspace] }
  for (const fact of tables) {
    const shape = shapes.get(fact.table)
    if (!shape) continue
    const columns = shape.columns.filter((column) => !fact.omit?.includes(column))
    const pages = () => pagesOf(services, actor.tenantId, fact, shape)
    yield { name: `json/${fact.table}.json`, chunks: jsonChunks(pages()) }
    yield { name: `csv/${fact.table}.csv`, chunks: csvChunks(columns, pages()) }
  }
  yield* storedFiles(services, actor.tenantId)
}

async function* pagesOf(
  services: Services,
  tenantId: string,
  fact: TenantTableFact,
  shape: TableShape,
): AsyncGenerator<AnyRow[]> {
  const db = services.tenant(tenantId)
  let after: AnyRow | null = null
  for (;;) {
    const rows: AnyRow[] = await db.get(rowsAfter(db, fact.table, shape, after, PAGE_ROWS))
    yield rows.map((row) => without(row, fact.omit ?? []))
    after = rows.at(-1) ?? null
    if (rows.length < PAGE_ROWS) return
  }
}

const without = (row: AnyRow, omit: readonly string[]): AnyRow =>
  Object.fromEntries(Object.entries(row).filter(([column]) => !omit.includes(column)))

/** Uploaded and received files, by the names they are stored under: `files` and the other tables carry the same keys. */
async function* storedFiles(services: Services, tenantId: string): AsyncGenerator<ZipEntry> {
  for (const area of new Set(services.wings.flatMap((wing) => wing.fileAreas))) {
    const prefix = `${area}/${tenantId}/`
    for (const key of await services.files.list(prefix)) {
      const body = await services.files.stream(key)
      if (body)
        yield { name: `files/${area}/${key.slice(prefix.length)}`, stored: true, chunks: chunksOf(body) }
    }
  }
}

async function* chunksOf(body: ReadableStream): AsyncGenerator<Uint8Array> {
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) yield chunk
}
