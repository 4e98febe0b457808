/** All imports of the workspace, and the way to a new one. */
import type { Child } from 'hono/jsx'
import { Badge } from '../../../views/badge.tsx'
import { LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Pagination } from '../../../views/pagination.tsx'
import { Time } from '../../../views/time.tsx'
import { KIND_LABELS } from '../domain/import/fields.ts'
import type { ImportRecord } from '../domain/import/model.ts'
import { IMPORT_KINDS } from '../domain/import/types.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'
import { count, type ImportReader, stateOf } from './import-words.ts'

export interface ImportListProps {
  rows: ImportRecord[]
  nextHref: string | null
  firstHref: string | null
  reader: ImportReader
  mayWrite: boolean
}

export function ImportList({ rows, nextHref, firstHref, reader, mayWrite }: ImportListProps) {
  const button = mayWrite && (
    <LinkButton href="/foundry/imports/new" tone="primary" icon="upload">
      Import a file
    </LinkButton>
  )
  return (
    <>
      <FoundryTabs current="imports" />
      <PageHeader
        title="Imports"
        lead="Files you brought in. The same file again changes nothing, and any import can be undone."
        actions={rows.length > 0 && button}
      />
      {rows.length === 0 ? <NoImports action={button} /> : <Table rows={rows} reader={reader} />}
      <Pagination next={nextHref} first={firstHref} />
      <div class="mt-6">
        <Samples />
      </div>
    </>
  )
}

function NoImports({ action }: { action: Child }) {
  return (
    <EmptyState
      icon="upload"
      title="Bring in a file"
      text="Export your orders from your shop, till or spreadsheet as CSV and choose it here. The columns are recognised for you, and you see how the first rows come in before anything happens."
      actions={action}
    />
  )
}

function Table({ rows, reader }: { rows: ImportRecord[]; reader: ImportReader }) {
  const { locale } = reader
  return (
    <DataTable
      caption="Imports, newest first"
      rows={rows}
      columns={[
        {
          key: 'file',
          label: 'File',
          cell: (row) => (
            <a href={`/foundry/imports/${row.id}`} class="link font-medium">
              {row.fileName}
            </a>
          ),
        },
        { key: 'kind', label: 'Holds', cell: (row) => KIND_LABELS[row.kind].title },
        {
          key: 'state',
          label: 'State',
          cell: (row) => <Badge tone={stateOf(row).tone}>{stateOf(row).label}</Badge>,
        },
        { key: 'landed', label: 'Came in', numeric: true, cell: (row) => count(row.rowsLanded, locale) },
        {
          key: 'left',
          label: 'Left out',
          numeric: true,
          cell: (row) => count(row.rowsDuplicate + row.rowsFailed, locale),
        },
        {
          key: 'when',
          label: 'When',
          cell: (row) => <Time at={row.createdAt} timeZone={reader.timeZone} locale={locale} />,
        },
      ]}
    />
  )
}

function Samples() {
  return (
    <Card
      title="What can be imported"
      lead="Any CSV with a header row. A sample shows what each kind may hold; your columns may have other names."
    >
      <ul class="grid gap-3 sm:grid-cols-2">
        {IMPORT_KINDS.map((kind) => (
          <li class="text-sm">
            <p class="font-medium">{KIND_LABELS[kind].title}</p>
            <p class="text-base-content/75">{KIND_LABELS[kind].lead}</p>
            <a class="link" href={`/foundry/imports/samples/${kind}`} download>
              Sample file for {KIND_LABELS[kind].title.toLowerCase()}
            </a>
          </li>
        ))}
      </ul>
    </Card>
  )
}
