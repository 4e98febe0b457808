/** Tables of a tenant's engine. Keys are text, so tables are without rowid: one row written is one row paid. */
import type { Sql } from './ports.ts'

const VERSIONS: readonly string[][] = [
  [
    // what runs are pinned to: definitions by the hash of their content
    `CREATE TABLE definition (hash TEXT NOT NULL PRIMARY KEY, steps TEXT NOT NULL) STRICT, WITHOUT ROWID`,
    // what has started a run already; the same again starts none
    `CREATE TABLE inbox (source TEXT NOT NULL, key TEXT NOT NULL, run TEXT NOT NULL, at INTEGER NOT NULL,
       PRIMARY KEY (source, key)) STRICT, WITHOUT ROWID`,
    `CREATE TABLE run (id TEXT NOT NULL PRIMARY KEY, automation TEXT NOT NULL, definition TEXT NOT NULL,
       subject TEXT, contact TEXT, phase TEXT NOT NULL, state TEXT NOT NULL, moves INTEGER NOT NULL,
       started INTEGER NOT NULL, ended INTEGER) STRICT, WITHOUT ROWID`,
    // the history of a run: one row for each transition, with all that happened in it
    `CREATE TABLE move (run TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, entries TEXT NOT NULL,
       PRIMARY KEY (run, n)) STRICT, WITHOUT ROWID`,
    // everything that is to happen at a time, effects that are due now among it
    `CREATE TABLE timer (due INTEGER NOT NULL, run TEXT NOT NULL, key TEXT NOT NULL,
       PRIMARY KEY (due, run, key)) STRICT, WITHOUT ROWID`,
    // one row for each intended effect, whatever run asks for it
    `CREATE TABLE effect (key TEXT NOT NULL PRIMARY KEY, run TEXT NOT NULL, step TEXT NOT NULL, action TEXT NOT NULL,
       state TEXT NOT NULL, life TEXT NOT NULL, output TEXT, prevented INTEGER NOT NULL, at INTEGER NOT NULL)
       STRICT, WITHOUT ROWID`,
    `CREATE TABLE listener (event TEXT NOT NULL, run TEXT NOT NULL, key TEXT NOT NULL, match TEXT NOT NULL,
       PRIMARY KEY (event, run, key)) STRICT, WITHOUT ROWID`,
    `CREATE TABLE question (run TEXT NOT NULL, key TEXT NOT NULL, asked TEXT NOT NULL, at INTEGER NOT NULL,
       PRIMARY KEY (run, key)) STRICT, WITHOUT ROWID`,
  ],
]

/** Brings the tables to their newest form; nothing when they are. */
export function prepareTables(sql: Sql): void {
  sql.run('CREATE TABLE IF NOT EXISTS version (n INTEGER NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID')
  const [row] = sql.all<{ n: number | null }>('SELECT max(n) AS n FROM version')
  const known = row?.n ?? 0
  if (known >= VERSIONS.length) return
  sql.transaction(() => {
    for (const statements of VERSIONS.slice(known)) for (const text of statements) sql.run(text)
    sql.run('INSERT INTO version (n) VALUES (?1)', VERSIONS.length)
  })
}
