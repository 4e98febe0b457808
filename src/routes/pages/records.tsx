/** Customers, products and invoices, by page. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { failurePage, page } from '../../http/respond.tsx'
import { columnSort, readSort, type SortState, withParameter } from '../../kit/table.ts'
import {
  INVOICE_FILTERS,
  RECORD_SORTS,
  readCustomer,
  readCustomers,
  readInvoices,
  readProducts,
} from '../../modules/mini-foundry/index.ts'
import { CustomerPage } from '../../modules/mini-foundry/views/customer-page.tsx'
import {
  customerColumns,
  InvoiceChoices,
  invoiceColumns,
  productColumns,
  RecordList,
} from '../../modules/mini-foundry/views/records.tsx'
import { can } from '../../platform/actor.ts'
import { LinkButton } from '../../views/button.tsx'

const section = 'foundry'

export const recordPages = new Hono<AppEnv>()
  .get('/foundry/customers', requires('foundry:read'), async (c) => {
    const asked = askedOf(c, 'customers', { key: 'name', direction: 'ascending' })
    const read = await readCustomers(c.var.services, c.var.actor, asked.query)
    if (!read.ok) return failurePage(c, read.error)
    const body = (
      <RecordList
        kind="customers"
        lead="Everybody who bought, from every source."
        rows={read.value.rows}
        columns={customerColumns(c.var.actor.workspace.locale)}
        {...asked.shown(read.value.nextCursor)}
      />
    )
    return page(c, { title: 'Customers', section, body })
  })
  .get('/foundry/customers/:customer', requires('foundry:read'), async (c) => {
    const read = await readCustomer(c.var.services, c.var.actor, Number(c.req.param('customer')))
    if (!read.ok) return failurePage(c, read.error)
    const body = <CustomerPage {...read.value} locale={c.var.actor.workspace.locale} />
    return page(c, { title: 'Customer', section, body })
  })
  .get('/foundry/products', requires('foundry:read'), async (c) => {
    const asked = askedOf(c, 'products', { key: 'name', direction: 'ascending' })
    const read = await readProducts(c.var.services, c.var.actor, asked.query)
    if (!read.ok) return failurePage(c, read.error)
    const body = (
      <RecordList
        kind="products"
        lead="What is sold, with its price, cost and stock where a source tells them."
        rows={read.value.rows}
        columns={productColumns}
        actions={<LinkButton href="/foundry/stock">What runs out when</LinkButton>}
        {...asked.shown(read.value.nextCursor)}
      />
    )
    return page(c, { title: 'Products', section, body })
  })
  .get('/foundry/invoices', requires('foundry:read'), async (c) => {
    const asked = askedOf(c, 'invoices', { key: 'due', direction: 'ascending' })
    const filter = INVOICE_FILTERS.find((known) => known === c.req.query('status')) ?? 'overdue'
    const read = await readInvoices(c.var.services, c.var.actor, { ...asked.query, filter })
    if (!read.ok) return failurePage(c, read.error)
    const body = (
      <RecordList
        kind="invoices"
        lead="Who owes, how much, and since when."
        rows={read.value.rows}
        columns={invoiceColumns(c.var.actor.workspace.locale)}
        actions={
          <>
            <LinkButton href="/foundry/invoices/late" small>
              Likely late
            </LinkButton>
            {can(c.var.actor, 'foundry:write') && (
              <LinkButton href="/foundry/invoices/new" small tone="primary" icon="plus">
                New invoice
              </LinkButton>
            )}
          </>
        }
        choices={<InvoiceChoices filters={INVOICE_FILTERS} now={filter} />}
        keep={{ status: filter }}
        {...asked.shown(read.value.nextCursor)}
      />
    )
    return page(c, { title: 'Invoices', section, body })
  })

/** What the address asks of a list, and how the list shows it: its text, the links that sort, the next page. */
function askedOf(c: AppContext, kind: keyof typeof RECORD_SORTS, fallback: SortState) {
  const address = { path: c.req.path, search: new URL(c.req.url).searchParams }
  const text = (address.search.get('q') ?? '').slice(0, 80)
  const sort = readSort(address.search, RECORD_SORTS[kind], fallback)
  const sorts = Object.fromEntries(RECORD_SORTS[kind].map((key) => [key, columnSort(address, key, sort)]))
  return {
    query: { text, sort, cursor: address.search.get('cursor') ?? undefined },
    shown: (next: string | null) => ({ text, sorts, next: next && withParameter(address, 'cursor', next) }),
  }
}
