/** Reading customers and products as lists. */
import { type Actor, can } from '../../../platform/actor.ts'
import { displayMoney } from '../../../platform/money.ts'
import { forbidden, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type CustomerRow, listCustomers, listProducts, type ProductRow } from '../store/records.ts'

export type { CustomerRow } from '../store/records.ts'

const PAGE = 50

export interface RecordPage<Row> {
  rows: Row[]
  nextCursor: string | null
}

export interface RecordQuery {
  text: string
  cursor?: string
}

export interface ProductLine {
  key: string
  sku: string
  name: string
  category: string
  price: string
  cost: string
  stock: string
}

export async function readCustomers(
  services: Services,
  actor: Actor,
  query: RecordQuery,
): Promise<Result<RecordPage<CustomerRow>>> {
  if (!can(actor, 'foundry:read')) return forbidden('see customers')
  const db = services.tenant(actor.tenantId)
  const after = Number(query.cursor ?? 0)
  const rows = await db.get(listCustomers(db, query.text, Number.isFinite(after) ? after : 0, PAGE + 1))
  const shown = rows.slice(0, PAGE)
  return ok({ rows: shown, nextCursor: rows.length > PAGE ? String(shown.at(-1)?.number ?? '') : null })
}

export async function readProducts(
  services: Services,
  actor: Actor,
  query: RecordQuery,
): Promise<Result<RecordPage<ProductLine>>> {
  if (!can(actor, 'foundry:read')) return forbidden('see products')
  const db = services.tenant(actor.tenantId)
  const [source = '', ...ext] = (query.cursor ?? '').split('|')
  const rows = await db.get(listProducts(db, query.text, { source, ext: ext.join('|') }, PAGE + 1))
  const shown = rows.slice(0, PAGE)
  const last = rows.length > PAGE ? shown.at(-1) : undefined
  return ok({
    rows: shown.map((row) => productLine(row, actor)),
    nextCursor: last ? `${last.source_id}|${last.ext_id}` : null,
  })
}

function productLine(row: ProductRow, actor: Actor): ProductLine {
  const money = (units: number | null) =>
    units === null
      ? '–'
      : displayMoney(units, row.currency ?? actor.workspace.currency, actor.workspace.locale)
  return {
    key: `${row.source_id}/${row.ext_id}`,
    sku: row.sku ?? row.ext_id,
    name: row.name,
    category: row.category ?? '–',
    price: money(row.unit_price),
    cost: money(row.unit_cost),
    stock: row.on_hand === null ? '–' : String(Math.round(row.on_hand / 10_000)),
  }
}
