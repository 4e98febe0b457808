/** Customers, products and invoices, by page. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppEnv } from '../../http/context.ts'
import { failurePage, page } from '../../http/respond.tsx'
import {
  INVOICE_FILTERS,
  readCustomers,
  readInvoices,
  readProducts,
} from '../../modules/mini-foundry/index.ts'
import {
  customerColumns,
  InvoiceChoices,
  invoiceColumns,
  productColumns,
  RecordList,
} from '../../modules/mini-foundry/views/records.tsx'

const section = 'foundry'

const nextHref = (path: string, cursor: string | null, more: Record<string, string>): string | null =>
  cursor && `${path}?${new URLSearchParams({ ...more, cursor })}`

export const recordPages = new Hono<AppEnv>()
  .get('/foundry/customers', requires('foundry:read'), async (c) => {
    const { q = '', cursor } = c.req.query()
    const read = await readCustomers(c.var.services, c.var.actor, { text: q, cursor })
    if (!read.ok) return failurePage(c, read.error)
    const body = (
      <RecordList
        kind="customers"
        lead="Everybody who bought, from every source."
        text={q}
        rows={read.value.rows}
        columns={customerColumns(c.var.actor.workspace.locale)}
        next={nextHref(c.req.path, read.value.nextCursor, { q })}
      />
    )
    return page(c, { title: 'Customers', section, body })
  })
  .get('/foundry/products', requires('foundry:read'), async (c) => {
    const { q = '', cursor } = c.req.query()
    const read = await readProducts(c.var.services, c.var.actor, { text: q, cursor })
    if (!read.ok) return failurePage(c, read.error)
    const body = (
      <RecordList
        kind="products"
        lead="What is sold, with its price, cost and stock where a source tells them."
        text={q}
        rows={read.value.rows}
        columns={productColumns}
        next={nextHref(c.req.path, read.value.nextCursor, { q })}
      />
    )
    return page(c, { title: 'Products', section, body })
  })
  .get('/foundry/invoices', requires('foundry:read'), async (c) => {
    const { q = '', cursor, status } = c.req.query()
    const filter = INVOICE_FILTERS.find((known) => known === status) ?? 'overdue'
    const read = await readInvoices(c.var.services, c.var.actor, { filter, cursor, text: q })
    if (!read.ok) return failurePage(c, read.error)
    const body = (
      <RecordList
        kind="invoices"
        lead="Who owes, how much, and since when."
        text={q}
        rows={read.value.lines}
        columns={invoiceColumns(c.var.actor.workspace.locale)}
        next={nextHref(c.req.path, read.value.nextCursor, { q, status: filter })}
        choices={<InvoiceChoices filters={INVOICE_FILTERS} now={filter} />}
        keep={{ status: filter }}
      />
    )
    return page(c, { title: 'Invoices', section, body })
  })
