/**
 * Tables whose rows come in order: leaves and the inner pages above them are written one behind the other, and nothing
 * is held but the leaf that is being filled and the way down to it. Paused between two leaves, a tree is plain data.
 */
import {
  CHILDREN,
  type Child,
  innerPage,
  LOCK_PAGE,
  leafCell,
  leafPage,
  leafRoom,
  localBytes,
  overflowPages,
  PAGE_BYTES,
} from './page.ts'
import { recordOf } from './record.ts'
import type { SqliteValue } from './value.ts'

/** Writes pages in the order of their numbers. */
export interface Pages {
  /** Number of the page that is written next. */
  next(): number
  write(page: Uint8Array): number
}

/** A tree between two leaves: how many rows it has, and by level the finished subtrees that have no parent yet. */
export interface TreeState {
  rows: number
  levels: Child[][]
}

export interface Tree {
  add(values: readonly SqliteValue[]): void
  /** Closes the leaf that is being filled, so that the state is all there is. */
  pause(): TreeState
  /** Writes what is left and answers the root page. */
  end(): number
}

/** Pages from the number `first` on; the page that is for locks is passed over with zeros. */
export function pagesFrom(first: number, emit: (page: Uint8Array) => void): Pages {
  let next = first
  const step = () => {
    next += 1
    if (next === LOCK_PAGE) {
      emit(new Uint8Array(PAGE_BYTES))
      next += 1
    }
  }
  return {
    next: () => next,
    write(page) {
      const number = next
      emit(page)
      step()
      return number
    },
  }
}

export const NEW_TREE: TreeState = { rows: 0, levels: [] }

/** Goes on with a tree where its state was taken. */
export function growTree(pages: Pages, from: TreeState): Tree {
  const levels = from.levels.map((children) => [...children])
  let { rows } = from
  let cells: Uint8Array[] = []
  let used = 0

  const closeLeaf = () => {
    if (cells.length === 0) return
    place(pages, levels, 0, [pages.write(leafPage(cells)), rows])
    cells = []
    used = 0
  }

  return {
    add(values) {
      const cell = cellOf(pages, rows + 1, recordOf(values))
      if (used + cell.length + 2 > leafRoom()) closeLeaf()
      rows += 1
      cells.push(cell)
      used += cell.length + 2
    },
    pause() {
      closeLeaf()
      return { rows, levels: levels.map((children) => [...children]) }
    },
    end() {
      closeLeaf()
      return rows === 0 ? pages.write(leafPage([])) : rootOf(pages, levels)
    },
  }
}

/** Overflow pages are written before the leaf that leads to them. */
export function cellOf(pages: Pages, row: number, record: Uint8Array): Uint8Array {
  const local = localBytes(record.length)
  if (local === record.length) return leafCell(row, record, local, 0)
  const numberOf = (index: number) => numberAfter(pages.next(), index)
  const chain = overflowPages(record.subarray(local), numberOf)
  const first = pages.next()
  for (const page of chain) pages.write(page)
  return leafCell(row, record, local, first)
}

/** The number of the page that is written `count` pages after the page `from`. */
const numberAfter = (from: number, count: number): number =>
  from < LOCK_PAGE && from + count >= LOCK_PAGE ? from + count + 1 : from + count

/** Two more than a page holds are waited for, so that the last page of a level never has one child alone. */
function place(pages: Pages, levels: Child[][], level: number, child: Child): void {
  levels[level] ??= []
  const children = levels[level]
  children.push(child)
  if (children.length < CHILDREN + 2) return
  const full = children.splice(0, CHILDREN)
  place(pages, levels, level + 1, [pages.write(innerPage(full)), lastRowOf(full)])
}

function rootOf(pages: Pages, levels: Child[][]): number {
  for (let level = 0; ; level += 1) {
    const children = levels[level] ?? []
    const [only] = children
    if (only && children.length === 1 && !levels[level + 1]?.length) return only[0]
    for (const part of partsOf(children))
      place(pages, levels, level + 1, [pages.write(innerPage(part)), lastRowOf(part)])
    levels[level] = []
  }
}

/** At most one child more than a page holds can be left: then two pages of about half. */
function partsOf(children: Child[]): Child[][] {
  if (children.length <= CHILDREN) return [children]
  const half = Math.ceil(children.length / 2)
  return [children.slice(0, half), children.slice(half)]
}

const lastRowOf = (children: readonly Child[]): number => children.at(-1)?.[1] ?? 0
