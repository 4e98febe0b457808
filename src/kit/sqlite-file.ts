/**
 * A SQLite 3 database as a stream of pages: tables are written one after another, each row once, in constant memory. Page
 * 1 is known last, so whoever stores the pages puts it before them. https://sqlite.org/fileformat2.html
 */
import { headPage, type SchemaEntry } from './sqlite-file/head.ts'
import { growTree, NEW_TREE, pagesFrom, type Tree, type TreeState } from './sqlite-file/tree.ts'
import type { SqliteValue } from './sqlite-file/value.ts'

export type { SqliteValue } from './sqlite-file/value.ts'

/** A file that is not finished, as plain data: writing can go on from here in another process. */
export interface SqliteFileState {
  nextPage: number
  entries: SchemaEntry[]
  open: { name: string; sql: string; tree: TreeState } | null
}

export interface SqliteFile {
  /** The table's rows follow; its `sql` must name as many columns as they have, and no primary key or unique column. */
  beginTable(name: string, sql: string): void
  addRow(values: readonly SqliteValue[]): void
  endTable(): void
  addView(name: string, sql: string): void
  /** Everything so far has been emitted; the state says how to go on. */
  pause(): SqliteFileState
  /** Emits the last pages and answers page 1, which belongs before all that was emitted. */
  end(): Uint8Array
}

export const NEW_FILE: SqliteFileState = { nextPage: 2, entries: [], open: null }

/** Goes on with a file where its state was taken. `emit` is given the pages from `state.nextPage` on, in order. */
export function writeSqliteFile(state: SqliteFileState, emit: (page: Uint8Array) => void): SqliteFile {
  const pages = pagesFrom(state.nextPage, emit)
  const entries = [...state.entries]
  let open = state.open && { ...state.open, tree: growTree(pages, state.open.tree) }
  const openTree = (): Tree => {
    if (!open) throw new Error('no table is open')
    return open.tree
  }
  return {
    beginTable(name, sql) {
      if (open) throw new Error(`the table ${open.name} is open`)
      open = { name, sql, tree: growTree(pages, NEW_TREE) }
    },
    addRow: (values) => openTree().add(values),
    endTable() {
      const root = openTree().end()
      if (open) entries.push({ type: 'table', name: open.name, sql: open.sql, root })
      open = null
    },
    addView: (name, sql) => {
      entries.push({ type: 'view', name, sql, root: 0 })
    },
    pause() {
      const paused = open && { name: open.name, sql: open.sql, tree: open.tree.pause() }
      if (open && paused) open = { ...paused, tree: growTree(pages, paused.tree) }
      return { nextPage: pages.next(), entries: [...entries], open: paused }
    },
    end() {
      if (open) throw new Error(`the table ${open.name} is open`)
      return headPage(pages, entries)
    },
  }
}
