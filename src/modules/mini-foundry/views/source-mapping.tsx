/** How a source's fields and words become ours: the columns of a table, the words of each dimension, and the standard. */
import type { FieldError } from '../../../platform/result.ts'
import type { MappingLine } from '../../../platform/source-reader.ts'
import { Alert } from '../../../views/alert.tsx'
import { Card } from '../../../views/card.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { ErrorSummary, Form, SubmitButton } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { FIELDS } from '../domain/import/fields.ts'
import type { ImportKind } from '../domain/import/types.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'

export interface SourceMappingProps {
  source: { id: string; name: string }
  standard: readonly MappingLine[]
  table: {
    kind: ImportKind
    columns: { column: string; samples: string[]; field: string }[]
    isOwn: boolean
    fault: string | null
  } | null
  words: { dimension: string; values: { value: string; n: number; ours: string }[] }[]
  mayManage: boolean
  errors?: FieldError[]
}

const DIMENSIONS: Record<string, string> = {
  channel: 'Channels',
  category: 'Categories',
  country: 'Countries',
  region: 'Regions',
}

export function SourceMappingPage(props: SourceMappingProps) {
  const { source, standard, words } = props
  const known = words.filter(({ values }) => values.length > 0)
  return (
    <>
      <FoundryTabs current="sources" />
      <PageHeader
        title="Mapping"
        lead="What each field and word of this source becomes here. A change is applied to everything that came already."
        crumbs={[
          { label: 'Sources', href: '/foundry/sources' },
          { label: source.name, href: `/foundry/sources/${source.id}` },
        ]}
      />
      <div class="flex flex-col gap-5">
        <TableColumns {...props} />
        {known.length > 0 && <Words {...props} words={known} />}
        {standard.length > 0 && <Standard standard={standard} />}
        {!props.table && known.length === 0 && standard.length === 0 && (
          <Alert tone="info" title="Nothing to map yet">
            The words of this source appear here once its first records have come.
          </Alert>
        )}
      </div>
    </>
  )
}

function TableColumns({ source, table, mayManage, errors }: SourceMappingProps) {
  if (!table) return null
  if (table.fault) {
    return (
      <Alert tone="warning" title="The table could not be read just now">
        {table.fault}
      </Alert>
    )
  }
  return (
    <Card
      title="Columns"
      lead={
        table.isOwn
          ? 'As a person chose. Leave all of them out to have them guessed again.'
          : 'Guessed from the names and the first rows. Correct what is wrong.'
      }
    >
      <Form action={`/foundry/sources/${source.id}/mapping/columns`}>
        <ErrorSummary errors={errors?.map((error) => ({ ...error, path: 'column-0' }))} />
        <ul class="flex flex-col divide-y divide-base-300">
          {table.columns.map(({ column, samples, field }, index) => (
            <li class="grid items-center gap-x-4 gap-y-2 py-3 sm:grid-cols-2">
              <div class="min-w-0">
                <label for={`column-${index}`} class="font-medium text-sm">
                  {column}
                </label>
                <p class="truncate text-base-content/75 text-xs">
                  {samples.join(' · ') || 'empty in the first rows'}
                </p>
                <input type="hidden" name={`name-${index}`} value={column} />
              </div>
              <select
                id={`column-${index}`}
                name={`column-${index}`}
                class="select w-full"
                disabled={!mayManage}
              >
                <option value="">Leave out</option>
                {FIELDS[table.kind].map((known) => (
                  <option value={known.name} selected={known.name === field}>
                    {known.label}
                  </option>
                ))}
              </select>
            </li>
          ))}
        </ul>
        {mayManage && <SubmitButton>Save the columns</SubmitButton>}
      </Form>
    </Card>
  )
}

function Words({ source, words, mayManage }: SourceMappingProps) {
  return (
    <Card
      title="Words"
      lead="Give the same name to what is the same in several sources: “web”, “Online Store” and “shopify” may be one channel."
    >
      <Form action={`/foundry/sources/${source.id}/mapping/words`}>
        {words.map(({ dimension, values }) => (
          <fieldset class="mb-4">
            <legend class="mb-1 font-semibold">{DIMENSIONS[dimension] ?? dimension}</legend>
            <ul class="flex flex-col divide-y divide-base-300">
              {values.map(({ value, n, ours }, index) => (
                <li class="grid items-center gap-x-4 gap-y-2 py-2 sm:grid-cols-2">
                  <label for={`${dimension}-${index}`} class="min-w-0 truncate text-sm">
                    {value} <span class="text-base-content/75 text-xs">({n})</span>
                  </label>
                  <input type="hidden" name={`${dimension}-from-${index}`} value={value} />
                  <input
                    id={`${dimension}-${index}`}
                    name={`${dimension}-to-${index}`}
                    value={ours}
                    placeholder="as it is"
                    maxlength={200}
                    class="input w-full"
                    disabled={!mayManage}
                  />
                </li>
              ))}
            </ul>
          </fieldset>
        ))}
        {mayManage && <SubmitButton>Save the words</SubmitButton>}
      </Form>
    </Card>
  )
}

function Standard({ standard }: { standard: readonly MappingLine[] }) {
  return (
    <Card title="Standard" lead="What the fields of this source become, the same in every workspace.">
      <DataTable
        caption="The standard mapping"
        rows={[...standard]}
        columns={[
          { key: 'stream', label: 'Records', cell: (row) => row.stream },
          { key: 'from', label: 'There', cell: (row) => <code class="text-xs">{row.from}</code> },
          { key: 'to', label: 'Here', cell: (row) => row.to },
          { key: 'note', label: 'Remark', cell: (row) => row.note ?? '' },
        ]}
      />
    </Card>
  )
}
