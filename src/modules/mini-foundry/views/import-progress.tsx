/** Where an import stands: the part of its page that changes while it is watched. */
import { Alert } from '../../../views/alert.tsx'
import { Badge } from '../../../views/badge.tsx'
import { LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton, type ConfirmWords } from '../../../views/confirm.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { DescriptionList } from '../../../views/description-list.tsx'
import { Progress } from '../../../views/progress.tsx'
import { canUndo, type ImportError, type ImportRecord, isAtWork, rowsDone } from '../domain/import/model.ts'
import { count, type ImportReader, stateOf, whereItStands } from './import-words.ts'

export interface ImportProgressProps {
  row: ImportRecord
  errors: ImportError[]
  reader: ImportReader
  mayWrite: boolean
}

export function ImportProgress({ row, errors, reader, mayWrite }: ImportProgressProps) {
  const state = stateOf(row)
  return (
    <div id="import-progress" class="flex flex-col gap-4">
      <Card>
        <div class="flex flex-wrap items-start gap-3">
          <div class="min-w-0 flex-1" role="status">
            <Badge tone={state.tone}>{state.label}</Badge>
            <p class="mt-2">{whereItStands(row, reader)}</p>
            {row.error && <p class="mt-1 text-error">{row.error}</p>}
          </div>
          {mayWrite && <Actions row={row} />}
        </div>
        {row.status === 'running' && row.stage !== 'undoing' && (
          <div class="mt-4">
            <Progress
              label="Rows read"
              value={rowsDone(row)}
              max={row.stage === 'landing' ? row.rowsTotal : null}
            />
          </div>
        )}
        {isAtWork(row) && (
          <noscript>
            <a class="link mt-3 inline-block" href={`/foundry/imports/${row.id}`}>
              Look again
            </a>
          </noscript>
        )}
        {row.rowsTotal !== null && <Counts row={row} locale={reader.locale} />}
      </Card>
      <Notes row={row} />
      <LeftOut row={row} errors={errors} locale={reader.locale} />
    </div>
  )
}

export const undoWords = (row: ImportRecord): ConfirmWords => ({
  action: `/foundry/imports/${row.id}/undo`,
  title: 'Undo this import?',
  text: `Everything that ${row.fileName} brought in goes, and what it overwrote comes back. Imports made after it stay as they are.`,
  confirmLabel: 'Undo the import',
})

export const cancelWords = (row: ImportRecord): ConfirmWords => ({
  action: `/foundry/imports/${row.id}/cancel`,
  title: 'Stop this import?',
  text: 'Rows that have come in stay until you undo the import.',
  confirmLabel: 'Stop the import',
})

function Actions({ row }: { row: ImportRecord }) {
  const done = row.status === 'completed' || row.status === 'completed_with_errors'
  return (
    <div class="flex flex-wrap gap-2">
      {done && row.stage === 'done' && (
        <LinkButton
          href={row.kind === 'orders' ? '/foundry' : `/foundry/${shownAt(row)}`}
          tone="primary"
          small
          icon="chart"
        >
          {row.kind === 'orders' ? 'See the dashboard' : 'See the data'}
        </LinkButton>
      )}
      {(row.status === 'running' || row.status === 'queued') && (
        <ConfirmButton label="Cancel" {...cancelWords(row)} />
      )}
      {canUndo(row) && <ConfirmButton label="Undo" {...undoWords(row)} />}
    </div>
  )
}

const shownAt = ({ kind }: ImportRecord): string =>
  ({
    orders: '',
    customers: 'customers',
    products: 'products',
    invoices: 'invoices',
    contacts: 'imports',
    spend: 'imports',
  })[kind]

function Counts({ row, locale }: { row: ImportRecord; locale: string }) {
  const items = [
    { label: 'Rows in the file', value: row.rowsTotal ?? 0 },
    { label: 'Came in', value: row.rowsLanded },
    { label: 'Known already, unchanged', value: row.rowsUnchanged },
    { label: 'Twice in the file', value: row.rowsDuplicate },
    { label: 'Could not be read', value: row.rowsFailed },
  ]
  return (
    <div class="mt-4">
      <DescriptionList items={items.map(({ label, value }) => ({ label, value: count(value, locale) }))} />
    </div>
  )
}

function Notes({ row }: { row: ImportRecord }) {
  if (row.notes.length === 0) return null
  const warnings = row.notes.filter((note) => note.level === 'warning')
  const infos = row.notes.filter((note) => note.level === 'info')
  return (
    <>
      {warnings.map((note) => (
        <Alert tone="warning">{note.text}</Alert>
      ))}
      {infos.length > 0 && (
        <Card title="How the file was read">
          <ul class="list-disc pl-5 text-sm">
            {infos.map((note) => (
              <li class="break-words">{note.text}</li>
            ))}
          </ul>
        </Card>
      )}
    </>
  )
}

function LeftOut({ row, errors, locale }: { row: ImportRecord; errors: ImportError[]; locale: string }) {
  const total = row.rowsFailed + row.rowsDuplicate
  if (total === 0) return null
  return (
    <Card
      title="Rows that did not come in"
      lead={
        errors.length < total
          ? `The first ${count(errors.length, locale)} of ${count(total, locale)}. The file holds all of them.`
          : 'Correct them in the file below and import that.'
      }
      actions={
        <LinkButton href={`/foundry/imports/${row.id}/errors`} small icon="download" download>
          Download these rows
        </LinkButton>
      }
    >
      <DataTable
        caption="Each row left out, and why"
        rows={errors}
        columns={[
          { key: 'line', label: 'Line', numeric: true, cell: (error) => count(error.line, locale) },
          { key: 'column', label: 'Column', cell: (error) => error.column },
          { key: 'value', label: 'Value', cell: (error) => error.value.slice(0, 80) },
          { key: 'message', label: 'What to do', cell: (error) => error.message },
        ]}
      />
    </Card>
  )
}
