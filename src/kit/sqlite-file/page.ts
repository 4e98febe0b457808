/** Pages of a SQLite file: leaves with rows, inner pages that lead to them, and the chain of what is too long for a leaf. */
import { putVarint, varintSize } from './varint.ts'

export const PAGE_BYTES = 4096
/** The page that holds byte 2^30 is used for locks only: no data may be on it. */
export const LOCK_PAGE = 2 ** 30 / PAGE_BYTES + 1

const LEAF = 0x0d
const INNER = 0x05
const LEAF_HEADER = 8
const INNER_HEADER = 12
/** Sizes from "Cell payload overflow pages" of the format: most that stays on a leaf, least of what overflows. */
const MOST_LOCAL = PAGE_BYTES - 35
const LEAST_LOCAL = Math.floor(((PAGE_BYTES - 12) * 32) / 255) - 23
const OVERFLOW_ROOM = PAGE_BYTES - 4

/** A subtree: its page, and the greatest row number in it. */
export type Child = [page: number, lastRow: number]

/** Inner pages are filled to this many children: right for row numbers of any size (4 + 9 + 2 bytes each). */
export const CHILDREN = Math.floor((PAGE_BYTES - INNER_HEADER) / 15)

/** Bytes that a leaf has for cells and their pointers; page 1 also carries the header of the file. */
export const leafRoom = (offset = 0): number => PAGE_BYTES - offset - LEAF_HEADER

/** How many bytes of a record stay on the leaf; the rest goes into a chain of overflow pages. */
export function localBytes(size: number): number {
  if (size <= MOST_LOCAL) return size
  const local = LEAST_LOCAL + ((size - LEAST_LOCAL) % OVERFLOW_ROOM)
  return local <= MOST_LOCAL ? local : LEAST_LOCAL
}

/** The cell of a row on its leaf. `chain` is the first overflow page, or 0 when all of it is here. */
export function leafCell(row: number, record: Uint8Array, local: number, chain: number): Uint8Array {
  const size = varintSize(record.length) + varintSize(row) + local + (chain ? 4 : 0)
  const cell = new Uint8Array(size)
  const at = putVarint(cell, putVarint(cell, 0, record.length), row)
  cell.set(record.subarray(0, local), at)
  if (chain) new DataView(cell.buffer).setUint32(at + local, chain)
  return cell
}

/** Pages for what did not stay on the leaf; `numberOf(i)` is the number that the i-th of them will have. */
export function overflowPages(rest: Uint8Array, numberOf: (index: number) => number): Uint8Array[] {
  const pages: Uint8Array[] = []
  for (let from = 0; from < rest.length; from += OVERFLOW_ROOM) {
    const page = new Uint8Array(PAGE_BYTES)
    const isLast = from + OVERFLOW_ROOM >= rest.length
    new DataView(page.buffer).setUint32(0, isLast ? 0 : numberOf(pages.length + 1))
    page.set(rest.subarray(from, from + OVERFLOW_ROOM), 4)
    pages.push(page)
  }
  return pages
}

/** A leaf with these cells, which must fit. `offset` is 100 on page 1, behind the header of the file. */
export function leafPage(cells: readonly Uint8Array[], offset = 0): Uint8Array {
  return pageOf(LEAF, cells, offset, LEAF_HEADER)
}

/** An inner page: all children but the last with their greatest row number, the last as the way beyond. */
export function innerPage(children: readonly Child[], offset = 0): Uint8Array {
  const cells = children.slice(0, -1).map(([page, lastRow]) => {
    const cell = new Uint8Array(4 + varintSize(lastRow))
    new DataView(cell.buffer).setUint32(0, page)
    putVarint(cell, 4, lastRow)
    return cell
  })
  const page = pageOf(INNER, cells, offset, INNER_HEADER)
  new DataView(page.buffer).setUint32(offset + 8, children.at(-1)?.[0] ?? 0)
  return page
}

/** Pointers grow from the head of the page, cells from its end. */
function pageOf(kind: number, cells: readonly Uint8Array[], offset: number, header: number): Uint8Array {
  const page = new Uint8Array(PAGE_BYTES)
  const view = new DataView(page.buffer)
  let content = PAGE_BYTES
  for (const [index, cell] of cells.entries()) {
    content -= cell.length
    page.set(cell, content)
    view.setUint16(offset + header + index * 2, content)
  }
  page[offset] = kind
  view.setUint16(offset + 3, cells.length)
  view.setUint16(offset + 5, content)
  return page
}
