/** Tables of a tenant's engine. Keys are text, so tables are without rowid: one row written is one row paid. */
import type { Sql } from './ports.ts'

const VERSIONS: readonly string[][] = [
  [
    // what runs are pinned to: definitions by the hash of their content
    `CREATE TABLE definition (hash TEXT NOT NULL PRIMARY KEY, steps TEXT NOT NULL) STRICT, WITHOUT ROWID`,
    // what has started a run already; the same again starts none
    `CREATE TABLE inbox (source TEXT NOT NULL, key TEXT NOT NULL, run TEXT NOT NULL, at INTEGER NOT NULL,
       PRIMARY KEY (source, key)) STRICT, WITHOUT ROWID`,
    // facts: what is known of a run from its start on, as JSON
    `CREATE TABLE run (id TEXT NOT NULL PRIMARY KEY, automation TEXT NOT NULL, definition TEXT NOT NULL,
       subject TEXT, contact TEXT, facts TEXT NOT NULL, phase TEXT NOT NULL, state TEXT NOT NULL,
       moves INTEGER NOT NULL, started INTEGER NOT NULL, ended INTEGER) STRICT, WITHOUT ROWID`,
    `CREATE INDEX run_alive ON run (automation) WHERE ended IS NULL`,
    // the history of a run: one row for each transition, with all that happened in it
    `CREATE TABLE move (run TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, entries TEXT NOT NULL,
       PRIMARY KEY (run, n)) STRICT, WITHOUT ROWID`,
    // everything that is to happen at a time, effects that are due now among it
    `CREATE TABLE timer (due INTEGER NOT NULL, run TEXT NOT NULL, key TEXT NOT NULL,
       PRIMARY KEY (due, run, key)) STRICT, WITHOUT ROWID`,
    // effects that wait for a moment or a person before they leave
    `CREATE TABLE hold (run TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, why TEXT NOT NULL, until INTEGER,
       released INTEGER NOT NULL, PRIMARY KEY (run, key)) STRICT, WITHOUT ROWID`,
    // one row for each intended effect, whatever run asks for it
    `CREATE TABLE effect (key TEXT NOT NULL PRIMARY KEY, run TEXT NOT NULL, step TEXT NOT NULL, action TEXT NOT NULL,
       state TEXT NOT NULL, life TEXT NOT NULL, output TEXT, prevented INTEGER NOT NULL, at INTEGER NOT NULL)
       STRICT, WITHOUT ROWID`,
    `CREATE INDEX effect_of_run ON effect (run)`,
    // about: one fact of the event that must be so (invoice_id=7), so that an event looks at those alone it may concern
    `CREATE TABLE listener (event TEXT NOT NULL, about TEXT NOT NULL, run TEXT NOT NULL, key TEXT NOT NULL,
       match TEXT NOT NULL, PRIMARY KEY (event, about, run, key)) STRICT, WITHOUT ROWID`,
    `CREATE INDEX listener_of_run ON listener (run, key)`,
    `CREATE TABLE question (run TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL, asked TEXT NOT NULL,
       at INTEGER NOT NULL, gone TEXT, PRIMARY KEY (run, key)) STRICT, WITHOUT ROWID`,
    // what an automation has going: runs of this hour, runs alive, effects held since it was published
    `CREATE TABLE tally (automation TEXT NOT NULL PRIMARY KEY, hour INTEGER NOT NULL, started INTEGER NOT NULL,
       alive INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
    // runs that begin when another of their automation has ended
    `CREATE TABLE queued (automation TEXT NOT NULL, run TEXT NOT NULL, start TEXT NOT NULL,
       PRIMARY KEY (automation, run)) STRICT, WITHOUT ROWID`,
    // what is still to be shown and told outside: runs, questions, reminders
    `CREATE TABLE dirty (kind TEXT NOT NULL, run TEXT NOT NULL, key TEXT NOT NULL,
       PRIMARY KEY (kind, run, key)) STRICT, WITHOUT ROWID`,
    // when an automation that goes by the clock is due next
    `CREATE TABLE schedule (automation TEXT NOT NULL PRIMARY KEY, rhythm TEXT NOT NULL, due INTEGER NOT NULL)
       STRICT, WITHOUT ROWID`,
    `CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID`,
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
