/** Tables that sort by links, keep their numbers aligned, and stay readable on a phone. */
import type { Child } from 'hono/jsx'
import { Icon } from './icon.tsx'

export interface Column<Row> {
  key: string
  label: string
  cell(row: Row): Child
  numeric?: boolean
  /** The link that sorts by this column, and how it is sorted now. */
  sort?: { href: string; direction: 'ascending' | 'descending' | 'none' }
}

export interface DataTableProps<Row> {
  caption: string
  columns: Column<Row>[]
  rows: Row[]
  empty?: Child
  /** Marks a row, e.g. as needing attention. */
  rowTone?(row: Row): 'warning' | undefined
}

type TableRole = 'table' | 'rowgroup' | 'row' | 'rowheader' | 'cell' | 'columnheader'

/** For a table of one's own with the class `table-stack`: as cards on a phone it is still a table to screen readers. */
export const roleOf = (role: TableRole) => ({ role })

export function DataTable<Row>({ caption, columns, rows, empty, rowTone }: DataTableProps<Row>) {
  if (rows.length === 0 && empty) return <>{empty}</>
  // on a phone each row of a wide table becomes a card; the roles keep it a table for screen readers
  const stacks = columns.length > 3
  const role = (name: TableRole) => (stacks ? name : undefined)
  return (
    <section
      class="overflow-x-auto rounded-box border border-base-300 bg-base-100"
      tabindex={0}
      aria-label={caption}
    >
      <table class={`table-sm table ${stacks ? 'table-stack' : ''}`} role={role('table')}>
        <caption class="sr-only">{caption}</caption>
        <thead role={role('rowgroup')}>
          <tr role={role('row')}>
            {columns.map((column) => (
              <th
                scope="col"
                role={role('columnheader')}
                class={column.numeric ? 'text-right' : ''}
                aria-sort={column.sort?.direction}
              >
                {column.sort ? <SortLink column={column} /> : column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role={role('rowgroup')}>
          {rows.map((row) => (
            <tr role={role('row')} class={rowTone?.(row) === 'warning' ? 'row-warning' : ''}>
              {columns.map((column) => (
                <td
                  role={role('cell')}
                  data-label={stacks ? column.label : undefined}
                  class={column.numeric ? 'text-right tabular-nums' : ''}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function SortLink<Row>({ column }: { column: Column<Row> }) {
  const direction = column.sort?.direction
  return (
    <a href={column.sort?.href} class="inline-flex items-center gap-1">
      {column.label}
      {direction === 'ascending' && <Icon name="up" size={12} />}
      {direction === 'descending' && <Icon name="down" size={12} />}
    </a>
  )
}
