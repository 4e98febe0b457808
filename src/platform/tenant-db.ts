/**
 * The only way to a tenant's rows. Every statement made here carries the tenant, typed ones by construction and raw
 * ones by a check of their text. Reads are `Query` values and writes are statements, so either kind goes to D1 in one
 * batch: a batch of reads is one round trip, a batch of writes is one transaction.
 */
import { and, eq, getTableColumns, type InferInsertModel, type InferSelectModel, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { withRetry } from './retry.ts'

export type TenantTable = SQLiteTable & { tenantId: SQLiteColumn }

export interface Query<T> {
  statement: D1PreparedStatement
  map(rows: Record<string, unknown>[]): T
}

export interface ReadOptions {
  orderBy?: SQL[]
  limit?: number
}

/** What D1 did for one request: the figures behind the "rows read" budget. */
export interface Meter {
  batches: number
  rowsRead: number
  rowsWritten: number
}

export type SqlValue = string | number | null

type Mapped<Queries extends readonly Query<unknown>[]> = {
  [Index in keyof Queries]: Queries[Index] extends Query<infer T> ? T : never
}

type NewRow<T extends TenantTable> = Omit<InferInsertModel<T>, 'tenantId'>

export class TenantDb {
  readonly tenantId: string
  readonly meter: Meter
  readonly #d1: D1Database
  readonly #orm

  constructor(d1: D1Database, tenantId: string, meter: Meter = { batches: 0, rowsRead: 0, rowsWritten: 0 }) {
    if (!tenantId) throw new Error('TenantDb needs a tenant id')
    this.tenantId = tenantId
    this.meter = meter
    this.#d1 = d1
    this.#orm = drizzle(d1)
  }

  rows<T extends TenantTable>(
    table: T,
    where?: SQL,
    options: ReadOptions = {},
  ): Query<InferSelectModel<T>[]> {
    const built = this.#orm
      .select()
      .from(table as SQLiteTable)
      .where(this.#own(table, where))
      .orderBy(...(options.orderBy ?? []))
      .limit(options.limit ?? 1000)
    return { statement: this.#prepare(built.toSQL()), map: (rows) => rows.map((row) => decode(table, row)) }
  }

  row<T extends TenantTable>(table: T, where?: SQL): Query<InferSelectModel<T> | null> {
    const many = this.rows(table, where, { limit: 1 })
    return { statement: many.statement, map: (rows) => many.map(rows)[0] ?? null }
  }

  /** Raw read. The tenant is bound as `?1`; own parameters start at `?2`. Column names come back as written. */
  sql<Row>(text: string, ...params: SqlValue[]): Query<Row[]> {
    return { statement: this.statement(text, ...params), map: (rows) => rows as Row[] }
  }

  /** Raw write, same binding rule as `sql`. */
  statement(text: string, ...params: SqlValue[]): D1PreparedStatement {
    refuseUnscoped(text)
    return this.#d1.prepare(text).bind(this.tenantId, ...params)
  }

  insert<T extends TenantTable>(table: T, values: NewRow<T>, onConflict?: 'ignore'): D1PreparedStatement {
    const built = this.#orm.insert(table as SQLiteTable).values({ ...values, tenantId: this.tenantId })
    return this.#prepare((onConflict === 'ignore' ? built.onConflictDoNothing() : built).toSQL())
  }

  update<T extends TenantTable>(table: T, set: Partial<NewRow<T>>, where?: SQL): D1PreparedStatement {
    return this.#prepare(
      this.#orm
        .update(table as SQLiteTable)
        .set(set as Record<string, unknown>)
        .where(this.#own(table, where))
        .toSQL(),
    )
  }

  remove<T extends TenantTable>(table: T, where?: SQL): D1PreparedStatement {
    return this.#prepare(
      this.#orm
        .delete(table as SQLiteTable)
        .where(this.#own(table, where))
        .toSQL(),
    )
  }

  async get<T>(query: Query<T>): Promise<T> {
    const [value] = await this.getAll([query])
    return value
  }

  /** Several reads in one round trip. */
  async getAll<const Queries extends readonly Query<unknown>[]>(queries: Queries): Promise<Mapped<Queries>> {
    const results = await this.#batch(queries.map((query) => query.statement))
    return queries.map((query, index) => query.map(results[index]?.results ?? [])) as Mapped<Queries>
  }

  /** Several writes in one transaction; answers the changed row count of each. */
  async write(statements: D1PreparedStatement[]): Promise<number[]> {
    if (statements.length === 0) return []
    const results = await this.#batch(statements)
    return results.map((result) => result.meta.changes)
  }

  #own(table: TenantTable, where?: SQL): SQL | undefined {
    return and(eq(table.tenantId, this.tenantId), where)
  }

  #prepare(query: { sql: string; params: unknown[] }): D1PreparedStatement {
    return this.#d1.prepare(query.sql).bind(...query.params)
  }

  async #batch(statements: D1PreparedStatement[]): Promise<D1Result<Record<string, unknown>>[]> {
    const results = await withRetry(() => this.#d1.batch<Record<string, unknown>>(statements))
    this.meter.batches += 1
    for (const { meta } of results) {
      this.meter.rowsRead += meta.rows_read ?? 0
      this.meter.rowsWritten += meta.rows_written ?? 0
    }
    return results
  }
}

function decode<T extends TenantTable>(table: T, row: Record<string, unknown>): InferSelectModel<T> {
  const out: Record<string, unknown> = {}
  for (const [key, column] of Object.entries(getTableColumns(table as SQLiteTable))) {
    const value = row[column.name]
    out[key] = value === null || value === undefined ? null : column.mapFromDriverValue(value)
  }
  return out as InferSelectModel<T>
}

const TABLE_REFERENCE = /\b(?:from|join|into|update)\s+([a-z_]+)/gi
const COMMON_TABLE = /(?:\bwith|,)\s+(?:recursive\s+)?([a-z_]+)(?:\s*\([^)]*\))?\s+as\s*\(/gi
const NOT_TENANT_TABLES = new Set(['json_each', 'set', 'excluded', 'select', 'fx_rates'])

/** Throws when raw SQL names more tables than it binds tenants: each table reference needs its own `?1`. */
export function refuseUnscoped(text: string): void {
  const common = new Set(Array.from(text.matchAll(COMMON_TABLE), (match) => match[1]?.toLowerCase()))
  const references = Array.from(
    text.matchAll(TABLE_REFERENCE),
    (match) => match[1]?.toLowerCase() ?? '',
  ).filter((name) => !NOT_TENANT_TABLES.has(name) && !common.has(name))
  const bound = text.match(/\?1\b/g)?.length ?? 0
  if (bound < Math.max(1, references.length)) {
    throw new Error(`SQL that does not bind the tenant for each of its tables (${references.join(', ')})`)
  }
}
