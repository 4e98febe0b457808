/** Pages of imports: the list, a new one, its columns, how it goes. All of it works without JavaScript. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import { sampleFile } from '../../modules/mini-foundry/documents/import-samples.ts'
import {
  cancelImport,
  createImport,
  IMPORT_KINDS,
  type ImportMapping,
  type ImportOptions,
  type ImportPreview,
  type ImportView,
  previewImport,
  readImport,
  readImportErrors,
  readImports,
  startImport,
  undoImport,
} from '../../modules/mini-foundry/index.ts'
import { ImportList } from '../../modules/mini-foundry/views/import-list.tsx'
import { NewImport } from '../../modules/mini-foundry/views/import-new.tsx'
import { ImportPage } from '../../modules/mini-foundry/views/import-page.tsx'
import { cancelWords, undoWords } from '../../modules/mini-foundry/views/import-progress.tsx'
import { can } from '../../platform/actor.ts'
import { type FieldError, notFound } from '../../platform/result.ts'
import { ConfirmPage } from '../../views/confirm.tsx'
import { receiveImportFile } from '../uploads.ts'

const section = 'foundry'
const base = '/foundry/imports'
const read = requires('foundry:read')
const write = requires('foundry:write')

export const importPages = new Hono<AppEnv>()

importPages.get(base, read, async (c) => {
  const cursor = c.req.query('cursor')
  const result = await readImports(c.var.services, c.var.actor, { cursor, limit: 25 })
  if (!result.ok) return failurePage(c, result.error)
  const { rows, next } = result.value
  const body = (
    <ImportList
      rows={rows}
      nextHref={next && `${base}?cursor=${next}`}
      firstHref={cursor ? base : null}
      reader={c.var.actor.workspace}
      mayWrite={mayWrite(c)}
    />
  )
  return page(c, { title: 'Imports', section, body })
})

importPages.get(`${base}/new`, write, (c) =>
  page(c, { title: 'Import a file', section, body: <NewImport kind={c.req.query('kind')} /> }),
)

importPages.get(`${base}/samples/:kind`, read, async (c) => {
  const kind = IMPORT_KINDS.find((known) => known === c.req.param('kind'))
  if (!kind) return failurePage(c, notFound('sample').error)
  const { fileName, text } = sampleFile(kind)
  return c.body(text, 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${fileName}"`,
  })
})

importPages.post(base, write, async (c) => {
  const upload = await receiveImportFile(c)
  const created = upload.ok
    ? await createImport(
        c.var.services,
        c.var.actor,
        upload.value.file,
        { kind: upload.value.fields.kind },
        true,
      )
    : upload
  if (created.ok) return goTo(c, `${base}/${created.value.id}`)
  const { error } = created
  if (error.kind !== 'invalid' && error.kind !== 'too_large') return failurePage(c, error)
  const kind = upload.ok ? upload.value.fields.kind : undefined
  const errors = error.errors ?? [{ path: 'file', message: error.detail }]
  const status = error.kind === 'invalid' ? 422 : 413
  return page(c, { title: 'Import a file', section, status, body: <NewImport kind={kind} errors={errors} /> })
})

importPages.get(`${base}/:id`, read, async (c) => {
  const view = await readImport(c.var.services, c.var.actor, c.req.param('id'))
  return view.ok ? showImport(c, view.value, {}) : failurePage(c, view.error)
})

/** The columns as chosen: shown again with the rows, or the start. */
importPages.post(`${base}/:id`, write, async (c) => {
  const id = c.req.param('id')
  const view = await readImport(c.var.services, c.var.actor, id)
  if (!view.ok) return failurePage(c, view.error)
  const fields = await formFields(c)
  const preview = await previewImport(c.var.services, c.var.actor, id)
  if (!preview.ok) return failurePage(c, preview.error)
  const mapping = mappingOf(preview.value, fields)
  const { currency, date_order, decimal_mark, duplicates } = fields
  if (fields.do !== 'start') return showImport(c, view.value, { mapping, options: optionsOf(fields) })
  const input = { mapping, options: { currency, date_order, decimal_mark, duplicates } }
  const started = await startImport(c.var.services, c.var.actor, id, input)
  if (started.ok) return goTo(c, `${base}/${id}`, { toast: 'The import has started.' })
  if (started.error.kind !== 'invalid') return failurePage(c, started.error)
  return showImport(c, view.value, { mapping, options: optionsOf(fields), errors: started.error.errors })
})

importPages.get(`${base}/:id/errors`, read, async (c) => {
  const result = await readImportErrors(c.var.services, c.var.actor, c.req.param('id'))
  if (!result.ok) return failurePage(c, result.error)
  return c.body(result.value.body, 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(result.value.fileName)}`,
    'Cache-Control': 'private, no-store',
  })
})

for (const [verb, action, words, toast] of [
  ['cancel', cancelImport, cancelWords, 'The import is stopped.'],
  ['undo', undoImport, undoWords, 'The import is being undone.'],
] as const) {
  importPages.post(`${base}/:id/${verb}`, write, async (c) => {
    const id = c.req.param('id') ?? ''
    const view = await readImport(c.var.services, c.var.actor, id)
    if (!view.ok) return failurePage(c, view.error)
    if (!(await formFields(c)).confirmed) {
      const body = <ConfirmPage {...words(view.value.row)} cancelHref={`${base}/${id}`} />
      return page(c, { title: words(view.value.row).title, section, body })
    }
    const result = await action(c.var.services, c.var.actor, id)
    return result.ok ? goTo(c, `${base}/${id}`, { toast }) : failurePage(c, result.error)
  })
}

interface Choice {
  mapping?: ImportMapping
  options?: ImportOptions
  errors?: FieldError[]
}

async function showImport(c: AppContext, view: ImportView, chosen: Choice): Promise<Response> {
  const { services, actor } = c.var
  const { row } = view
  const reader = actor.workspace
  const title = row.fileName
  if (row.stage !== 'mapping' || row.status !== 'queued' || !mayWrite(c)) {
    return page(c, {
      title,
      section,
      body: <ImportPage view={view} reader={reader} mayWrite={mayWrite(c)} />,
    })
  }
  const preview = await previewImport(services, actor, row.id, chosen)
  if (!preview.ok) return failurePage(c, preview.error)
  const choice = {
    preview: preview.value,
    mapping: chosen.mapping ?? row.mapping,
    options: { ...row.options, ...chosen.options },
    currency: actor.workspace.currency,
    errors: chosen.errors,
  }
  return page(c, {
    title,
    section,
    status: chosen.errors ? 422 : 200,
    body: <ImportPage view={view} reader={reader} mayWrite choice={choice} />,
  })
}

/** Fields of the form are named by the place of the column, since names of columns may be anything. */
const mappingOf = (preview: ImportPreview, fields: Record<string, string>): ImportMapping =>
  Object.fromEntries(
    preview.columns.flatMap((column, index) => {
      const field = fields[`column-${index}`]
      return field ? [[column.name, field]] : []
    }),
  )

const optionsOf = (fields: Record<string, string>): ImportOptions => ({
  ...(fields.date_order === 'dmy' || fields.date_order === 'mdy' ? { dateOrder: fields.date_order } : {}),
  ...(fields.decimal_mark === '.' || fields.decimal_mark === ',' ? { decimalMark: fields.decimal_mark } : {}),
  ...(fields.duplicates === 'keep' ? { duplicates: 'keep' } : {}),
  ...(/^[A-Za-z]{3}$/.test(fields.currency ?? '') ? { currency: fields.currency?.toUpperCase() } : {}),
})

const mayWrite = (c: AppContext): boolean => can(c.var.actor, 'foundry:write')
