/** Page 1: the header of the file, and the table that lists all others (sqlite_schema). */
import { type Child, innerPage, leafPage, leafRoom, PAGE_BYTES } from './page.ts'
import { recordOf } from './record.ts'
import { cellOf, type Pages } from './tree.ts'

/** A table or a view of the file. `root` is the first page of a table's tree, 0 for a view. */
export interface SchemaEntry {
  type: 'table' | 'view'
  name: string
  sql: string
  root: number
}

const HEADER_BYTES = 100
const MAGIC = 'SQLite format 3\0'
/** The release whose format this is (3.45.0); SQLite only shows it. */
const LIBRARY_VERSION = 3_045_000

/** Writes what the list of tables needs besides page 1, and answers page 1 itself: the last to be known. */
export function headPage(pages: Pages, entries: readonly SchemaEntry[]): Uint8Array {
  const rows = entries.map(({ type, name, root, sql }, index) =>
    cellOf(pages, index + 1, recordOf([type, name, name, root, sql])),
  )
  const leaves = packed(rows)
  const [only] = leaves
  const page =
    leaves.length <= 1 ? leafPage(only ?? [], HEADER_BYTES) : innerPage(placed(pages, leaves), HEADER_BYTES)
  putHeader(page, pages.next() - 1)
  return page
}

/** Leaves as big as page 1 has room for: all on one means all on page 1. */
function packed(cells: readonly Uint8Array[]): Uint8Array[][] {
  const leaves: Uint8Array[][] = []
  let used = Number.POSITIVE_INFINITY
  for (const cell of cells) {
    if (used + cell.length + 2 > leafRoom(HEADER_BYTES)) {
      leaves.push([])
      used = 0
    }
    leaves.at(-1)?.push(cell)
    used += cell.length + 2
  }
  return leaves
}

function placed(pages: Pages, leaves: readonly Uint8Array[][]): Child[] {
  let row = 0
  return leaves.map((cells) => {
    row += cells.length
    return [pages.write(leafPage(cells)), row]
  })
}

function putHeader(page: Uint8Array, pageCount: number): void {
  const view = new DataView(page.buffer)
  page.set(new TextEncoder().encode(MAGIC), 0)
  view.setUint16(16, PAGE_BYTES)
  page.set([1, 1, 0, 64, 32, 32], 18)
  // the count of pages holds only while these two are the same
  view.setUint32(24, 1)
  view.setUint32(92, 1)
  view.setUint32(28, pageCount)
  // schema cookie, schema format, UTF-8
  view.setUint32(40, 1)
  view.setUint32(44, 4)
  view.setUint32(56, 1)
  view.setUint32(96, LIBRARY_VERSION)
}
