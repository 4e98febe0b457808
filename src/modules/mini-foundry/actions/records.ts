/** Reading customers, products and invoices as lists. */
import { businessDay, daysBetween } from '../../../kit/calendar.ts'
import type { SortState } from '../../../kit/table.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { displayMoney } from '../../../platform/money.ts'
import { forbidden, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { stillShared } from '../../workspace/index.ts'
import {
  CUSTOMER_SORTS,
  type CustomerRow,
  INVOICE_SORTS,
  type InvoiceFilter,
  type InvoiceRow,
  type ListQuery,
  listCustomers,
  listInvoices,
  listProducts,
  PRODUCT_SORTS,
  type ProductRow,
} from '../store/records.ts'

export interface CustomerLine extends CustomerRow {
  /** The card of this person among the contacts, where merges are seen and undone. */
  contact_id: string | null
}

export const INVOICE_FILTERS = ['overdue', 'open', 'paid', 'all'] as const satisfies InvoiceFilter[]

/** Words by which each list can be sorted. */
export const RECORD_SORTS = {
  customers: Object.keys(CUSTOMER_SORTS),
  products: Object.keys(PRODUCT_SORTS),
  invoices: Object.keys(INVOICE_SORTS),
}

const PAGE = 50

export interface RecordPage<Row> {
  rows: Row[]
  nextCursor: string | null
}

export interface RecordQuery {
  text: string
  sort: SortState
  cursor?: string
}

export interface ProductLine {
  sku: string
  name: string
  category: string
  price: string
  cost: string
  stock: string
}

export interface InvoiceLine {
  href: string
  number: string
  customer: string
  status: string
  total: string
  outstanding: string
  dueDay: string | null
  daysLate: number
}

export async function readCustomers(
  services: Services,
  actor: Actor,
  query: RecordQuery,
): Promise<Result<RecordPage<CustomerLine>>> {
  if (!can(actor, 'foundry:read')) return forbidden('see customers')
  const db = services.tenant(actor.tenantId)
  const list = listOf(query, CUSTOMER_SORTS, 'name')
  const rows = await db.get(listCustomers(db, list))
  const united = rows.filter(({ also }) => also !== null)
  const keys = united.map(({ source_id, ext_id }) => ({ sourceId: source_id, externalId: ext_id }))
  const shared = united.length > 0 ? await stillShared(services, actor, keys) : []
  const cards = new Map(shared.map((row) => [`${row.source_id} ${row.external_id}`, row.contact_id]))
  return ok(
    pageOf(list, rows, (row) => ({
      ...row,
      contact_id: cards.get(`${row.source_id} ${row.ext_id}`) ?? null,
    })),
  )
}

export async function readProducts(
  services: Services,
  actor: Actor,
  query: RecordQuery,
): Promise<Result<RecordPage<ProductLine>>> {
  if (!can(actor, 'foundry:read')) return forbidden('see products')
  const db = services.tenant(actor.tenantId)
  const list = listOf(query, PRODUCT_SORTS, 'name')
  return ok(pageOf(list, await db.get(listProducts(db, list)), (row) => productLine(row, actor)))
}

export async function readInvoices(
  services: Services,
  actor: Actor,
  query: RecordQuery & { filter: InvoiceFilter },
): Promise<Result<RecordPage<InvoiceLine>>> {
  if (!can(actor, 'foundry:read')) return forbidden('see invoices')
  const db = services.tenant(actor.tenantId)
  const today = businessDay(services.clock.now(), actor.workspace.timeZone)
  const list = listOf(query, INVOICE_SORTS, 'due')
  const rows = await db.get(listInvoices(db, query.filter, today, list))
  return ok(pageOf(list, rows, (row) => invoiceLine(row, today, actor.workspace.locale)))
}

/** One row more than a page shows tells whether there is a next one. */
function listOf<Sorts extends object>(
  query: RecordQuery,
  sorts: Sorts,
  fallback: keyof Sorts & string,
): ListQuery<keyof Sorts & string> {
  const offset = Number(query.cursor ?? 0)
  const key = query.sort.key in sorts ? (query.sort.key as keyof Sorts & string) : fallback
  return {
    text: query.text,
    key,
    direction: query.sort.direction,
    offset: Number.isInteger(offset) && offset > 0 && offset < 1_000_000 ? offset : 0,
    limit: PAGE + 1,
  }
}

function pageOf<Row, Shown>(
  list: ListQuery<string>,
  rows: Row[],
  show: (row: Row) => Shown,
): RecordPage<Shown> {
  const nextCursor = rows.length > PAGE ? String(list.offset + PAGE) : null
  return { rows: rows.slice(0, PAGE).map(show), nextCursor }
}

function productLine(row: ProductRow, actor: Actor): ProductLine {
  const money = (units: number | null) =>
    units === null
      ? '–'
      : displayMoney(units, row.currency ?? actor.workspace.currency, actor.workspace.locale)
  return {
    sku: row.sku ?? row.ext_id,
    name: row.name,
    category: row.category ?? '–',
    price: money(row.unit_price),
    cost: money(row.unit_cost),
    stock: row.on_hand === null ? '–' : String(Math.round(row.on_hand / 10_000)),
  }
}

function invoiceLine(row: InvoiceRow, today: string, locale: string): InvoiceLine {
  const late = row.status === 'open' && row.due_day !== null && row.due_day < today
  return {
    href: `/foundry/invoices/${row.source_id}/${encodeURIComponent(row.ext_id)}`,
    number: row.number ?? row.ext_id,
    customer: row.customer_name ?? row.customer_email ?? 'Unknown customer',
    status: late ? 'overdue' : row.status,
    total: displayMoney(row.total, row.currency, locale),
    outstanding: displayMoney(row.status === 'open' ? row.total - row.paid : 0, row.currency, locale),
    dueDay: row.due_day,
    daysLate: late && row.due_day ? daysBetween(row.due_day, today) : 0,
  }
}
