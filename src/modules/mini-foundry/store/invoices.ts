/** Invoices one by one: as they stand, the numbers in use, and those whose day has just passed. */
import { eq } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import type { FactKey } from '../domain/money/entries.ts'
import { dataSources, type invoices } from './schema.ts'
import type { SourceRow } from './sources.ts'

export interface InvoiceDetail {
  source_id: string
  source: string
  source_type: string
  ext_id: string
  number: string | null
  customer_name: string | null
  customer_email: string | null
  customer_ext_id: string | null
  status: typeof invoices.$inferSelect.status
  currency: string
  total: number
  paid: number
  issued_day: string
  due_day: string | null
  paid_day: string | null
  memo: string | null
  /** JSON. */
  lines: string | null
  src_updated_at: number
}

const DETAIL = `i.source_id, s.name AS source, s.source_type, i.ext_id, i.number, i.customer_name, i.customer_email,
  i.customer_ext_id, i.status, i.currency, i.total, i.paid, i.issued_day, i.due_day, i.paid_day, i.memo, i.lines, i.src_updated_at`

export const invoiceOf = (db: TenantDb, key: FactKey): Query<InvoiceDetail | null> => {
  const query = db.sql<InvoiceDetail>(
    `SELECT ${DETAIL} FROM invoices i JOIN data_sources s ON s.tenant_id = ?1 AND s.id = i.source_id
     WHERE i.tenant_id = ?1 AND i.source_id = ?2 AND i.ext_id = ?3 AND i.deleted_at IS NULL`,
    key.source_id,
    key.ext_id,
  )
  return { statement: query.statement, map: (rows) => query.map(rows)[0] ?? null }
}

export interface InvoiceListFilter {
  status?: string
  /** `<source> <id>` of the last of the page before. */
  after?: string
}

/** By source and id, for programs. */
export function invoicePage(db: TenantDb, filter: InvoiceListFilter, limit: number): Query<InvoiceDetail[]> {
  const [source = '', ...rest] = (filter.after ?? '').split(' ')
  return db.sql(
    `SELECT ${DETAIL} FROM invoices i JOIN data_sources s ON s.tenant_id = ?1 AND s.id = i.source_id
     WHERE i.tenant_id = ?1 AND (i.source_id, i.ext_id) > (?2, ?3) AND (?4 IS NULL OR i.status = ?4) AND i.deleted_at IS NULL
     ORDER BY i.source_id, i.ext_id LIMIT ?5`,
    source,
    rest.join(' '),
    filter.status ?? null,
    limit,
  )
}

/** The one source of what people write here. */
export const manualSource = (db: TenantDb): Query<SourceRow | null> =>
  db.row(dataSources, eq(dataSources.sourceType, 'manual'))

export const numbersInUse = (db: TenantDb, sourceId: string): Query<{ number: string }[]> =>
  db.sql(
    'SELECT number FROM invoices WHERE tenant_id = ?1 AND source_id = ?2 AND number IS NOT NULL AND deleted_at IS NULL',
    sourceId,
  )

/**
 * Open invoices whose day lies between these (inclusive) and that nobody was told of; of sources that do not tell it
 * themselves.
 */
export const justOverdue = (db: TenantDb, from: string, to: string): Query<InvoiceDetail[]> =>
  db.sql(
    `SELECT ${DETAIL} FROM invoices i JOIN data_sources s ON s.tenant_id = ?1 AND s.id = i.source_id
     WHERE i.tenant_id = ?1 AND i.status = 'open' AND i.due_day BETWEEN ?2 AND ?3 AND i.deleted_at IS NULL
       AND s.source_type NOT IN ('stripe', 'demo')
       AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.tenant_id = ?1
         AND o.id = 'overdue:' || i.source_id || ':' || i.ext_id || ':' || i.due_day)
     LIMIT 500`,
    from,
    to,
  )

/**
 * Goes first in a change's transaction and breaks it off when the invoice is not the version that was read (null: when
 * there is one already). The column may not be null, so the database itself refuses.
 */
export const refuseMoved = (db: TenantDb, key: FactKey, version: number | null): D1PreparedStatement =>
  db.statement(
    `UPDATE data_sources SET updated_at = CASE WHEN ?4 IS (
       SELECT src_updated_at FROM invoices WHERE tenant_id = ?1 AND source_id = ?2 AND ext_id = ?3)
       THEN updated_at ELSE NULL END
     WHERE tenant_id = ?1 AND id = ?2`,
    key.source_id,
    key.ext_id,
    version,
  )

/** Goes after the invoice: two of the same number end the transaction. */
export const refuseTakenNumber = (db: TenantDb, key: FactKey): D1PreparedStatement =>
  db.statement(
    `UPDATE data_sources SET updated_at = CASE WHEN EXISTS (
       SELECT 1 FROM invoices own JOIN invoices other ON other.tenant_id = ?1 AND other.source_id = ?2
         AND other.number = own.number AND other.ext_id <> own.ext_id AND other.deleted_at IS NULL
       WHERE own.tenant_id = ?1 AND own.source_id = ?2 AND own.ext_id = ?3)
       THEN NULL ELSE updated_at END
     WHERE tenant_id = ?1 AND id = ?2`,
    key.source_id,
    key.ext_id,
  )

export const isRefusedInvoice = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('data_sources.updated_at')
