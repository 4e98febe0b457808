// Files of our own writer, read by SQLite itself.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  NEW_FILE,
  type SqliteFile,
  type SqliteFileState,
  type SqliteValue,
  writeSqliteFile,
} from '../../src/kit/sqlite-file.ts'

/** Writes a file with `fill`, opens it in SQLite, checks that it is whole, and answers what `read` finds. */
function inSqlite<T>(fill: (file: SqliteFile) => void, read: (db: DatabaseSync) => T): T {
  const pages: Uint8Array[] = []
  const file = writeSqliteFile(NEW_FILE, (page) => pages.push(page))
  fill(file)
  return opened([file.end(), ...pages], read)
}

function opened<T>(pages: Uint8Array[], read: (db: DatabaseSync) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'sqlite-file-'))
  const path = join(folder, 'file.sqlite')
  writeFileSync(path, Buffer.concat(pages))
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    expect(db.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
    expect(db.prepare('PRAGMA page_count').get()).toEqual({ page_count: pages.length })
    return read(db)
  } finally {
    db.close()
    rmSync(folder, { recursive: true })
  }
}

const rowsOf = (db: DatabaseSync, table: string): SqliteValue[][] => {
  const statement = db.prepare(`SELECT * FROM ${table} ORDER BY rowid`)
  statement.setReadBigInts(true)
  return statement.all().map((row) => Object.values(row) as SqliteValue[])
}

/** As SQLite gives it back when whole numbers are read as bigints. */
const expected = (value: SqliteValue): SqliteValue => {
  if (typeof value !== 'number') return value
  if (Number.isNaN(value)) return null
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? BigInt(value) : value + 0
}

const anyValue: fc.Arbitrary<SqliteValue> = fc.oneof(
  fc.constant(null),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.uint8Array({ maxLength: 60 }),
  fc
    .tuple(fc.string({ minLength: 1, maxLength: 3 }), fc.nat(15_000))
    .map(([text, times]) => text.repeat(times)),
  fc.nat(20_000).map((size) => new Uint8Array(size).fill(7)),
)

test('whatever is written into a table is read back the same by SQLite', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyValue, anyValue, anyValue), { maxLength: 120 }), (rows) => {
      const read = inSqlite(
        (file) => {
          file.beginTable('things', 'CREATE TABLE things (a, b, c)')
          for (const row of rows) file.addRow(row)
          file.endTable()
        },
        (db) => rowsOf(db, 'things'),
      )
      expect(read).toEqual(rows.map((row) => row.map(expected)))
    }),
    { numRuns: 60 },
  )
})

test('a file that is put down and taken up again anywhere is the same to its reader', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(9000), fc.boolean()), { maxLength: 80 }), (rows) => {
      const pages: Uint8Array[] = []
      const emit = (page: Uint8Array) => pages.push(page)
      let state: SqliteFileState = NEW_FILE
      const go = (work: (file: SqliteFile) => void, rest: boolean) => {
        const file = writeSqliteFile(state, emit)
        work(file)
        if (rest) state = JSON.parse(JSON.stringify(file.pause()))
        return file
      }
      go((file) => file.beginTable('t', 'CREATE TABLE t (n INTEGER, text TEXT)'), true)
      for (const [length] of rows) go((file) => file.addRow([length, 'x'.repeat(length)]), true)
      const head = go((file) => file.endTable(), false).end()
      const read = opened([head, ...pages], (db) => rowsOf(db, 't'))
      expect(read).toEqual(rows.map(([length]) => [BigInt(length), 'x'.repeat(length)]))
    }),
    { numRuns: 30 },
  )
})

test('a hundred thousand rows, empty tables, many tables and views stand in one file', () => {
  const columns = Array.from({ length: 30 }, (_, index) => `column_number_${index} TEXT`).join(', ')
  inSqlite(
    (file) => {
      file.beginTable('many', 'CREATE TABLE many (id INTEGER, name TEXT, amount TEXT)')
      for (let id = 0; id < 100_000; id += 1) file.addRow([id, `row ${id}`, (id / 100).toFixed(2)])
      file.endTable()
      for (let index = 0; index < 40; index += 1) {
        file.beginTable(`empty_${index}`, `CREATE TABLE empty_${index} (${columns})`)
        file.endTable()
      }
      file.addView('odd', 'CREATE VIEW odd AS SELECT id FROM many WHERE id % 2 = 1')
    },
    (db) => {
      expect(db.prepare('SELECT count(*) AS n, sum(id) AS sum FROM many').get()).toEqual({
        n: 100_000,
        sum: 4_999_950_000,
      })
      expect(db.prepare('SELECT name FROM many WHERE rowid = 77778').get()).toEqual({ name: 'row 77777' })
      expect(db.prepare('SELECT count(*) AS n FROM odd').get()).toEqual({ n: 50_000 })
      expect(db.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table'").get()).toEqual({
        n: 41,
      })
      expect(db.prepare('SELECT count(*) AS n FROM empty_39').get()).toEqual({ n: 0 })
    },
  )
})

test.each([270, 271, 272, 273, 274, 275, 544, 545, 546, 547, 816, 817, 818, 819])(
  'a table of %i leaves is whole, however its inner pages fall',
  (leaves) => {
    // one row a leaf: each takes more than half of a page
    const text = 'y'.repeat(3000)
    const found = inSqlite(
      (file) => {
        file.beginTable('t', 'CREATE TABLE t (n INTEGER, text TEXT)')
        for (let n = 1; n <= leaves; n += 1) file.addRow([n, text])
        file.endTable()
      },
      (db) => db.prepare('SELECT count(*) AS n, max(n) AS last FROM t').get(),
    )
    expect(found).toEqual({ n: leaves, last: leaves })
  },
)

test('a file without a table is an empty database', () => {
  expect(
    inSqlite(
      () => {},
      (db) => db.prepare('SELECT count(*) AS n FROM sqlite_schema').get(),
    ),
  ).toEqual({ n: 0 })
})

test('a whole number past 64 bits is refused rather than cut', () => {
  const file = writeSqliteFile(NEW_FILE, () => {})
  file.beginTable('t', 'CREATE TABLE t (n)')
  expect(() => file.addRow([2n ** 63n])).toThrow(RangeError)
})
