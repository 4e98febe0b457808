/** How far the making of a file is: plain data, so that any process goes on with it. */
import { NEW_FILE, type SqliteFileState } from '../../../../kit/sqlite-file.ts'

/** Where the reading of a part goes on: the key of its last row, or the day that comes next. */
export type Cursor = string[]

export interface TakeAwayState {
  file: SqliteFileState
  /** Which part is being written, and after what. */
  part: number
  after: Cursor | null
  /** Rows by table. */
  counts: Record<string, number>
  /** What is stored already, in the order of the file. */
  pieces: { key: string; bytes: number }[]
}

export const NEW_TAKE_AWAY: TakeAwayState = { file: NEW_FILE, part: 0, after: null, counts: {}, pieces: [] }

/** Days that a finished file is kept. */
export const KEPT_DAYS = 7
