/** Records whose name or number begins with, or contains, what a person types. */
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'

export interface FoundRow {
  kind: 'dashboard' | 'import' | 'invoice' | 'customer' | 'product'
  id: string
  label: string
  hint: string | null
}

const PER_KIND = 5

/** D1 refuses LIKE patterns over 50 bytes; the text is cut to fit, its wildcards escaped. */
export function likePattern(text: string): string {
  let escaped = ''
  for (const char of text.trim()) {
    const next = escaped + (/[%_\\]/.test(char) ? `\\${char}` : char)
    if (new TextEncoder().encode(next).length > 46) break
    escaped = next
  }
  return `%${escaped}%`
}

export function searchRecords(db: TenantDb, text: string): Query<FoundRow[]> {
  const like = (column: string) => `${column} LIKE ?2 ESCAPE '\\'`
  return db.sql<FoundRow>(
    `SELECT * FROM (SELECT 'dashboard' AS kind, id, name AS label, NULL AS hint FROM dashboards
       WHERE tenant_id = ?1 AND ${like('name')} LIMIT ${PER_KIND})
     UNION ALL SELECT * FROM (SELECT 'import', id, file_name, kind FROM imports
       WHERE tenant_id = ?1 AND ${like('file_name')} LIMIT ${PER_KIND})
     UNION ALL SELECT * FROM (SELECT 'invoice', ext_id, coalesce(number, ext_id), customer_name FROM invoices
       WHERE tenant_id = ?1 AND deleted_at IS NULL AND (${like('number')} OR ${like('customer_name')}) LIMIT ${PER_KIND})
     UNION ALL SELECT * FROM (SELECT 'customer', ext_id, coalesce(name, email, ext_id), email FROM customers
       WHERE tenant_id = ?1 AND deleted_at IS NULL AND (${like('name')} OR ${like('email')}) LIMIT ${PER_KIND})
     UNION ALL SELECT * FROM (SELECT 'product', ext_id, name, coalesce(sku, category) FROM products
       WHERE tenant_id = ?1 AND deleted_at IS NULL AND (${like('name')} OR ${like('sku')}) LIMIT ${PER_KIND})`,
    likePattern(text),
  )
}
