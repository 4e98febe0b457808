/** Stock: what runs out when, and what to order by when. */
import { Badge, type Tone } from '../../../views/badge.tsx'
import { Button, LinkButton } from '../../../views/button.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Pagination } from '../../../views/pagination.tsx'
import { Day } from '../../../views/time.tsx'
import type { StockOutlook } from '../domain/stock.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'

export interface StockItem extends StockOutlook {
  source_id: string
  source: string
  product_ext_id: string
  name: string
  sku: string | null
  available: number
  incoming: number
  pace: number
  leadDays: number
  readOn: string
}

export interface StockPageProps {
  rows: StockItem[]
  text: string
  next: string | null
  fault?: string
  mayWrite: boolean
  locale: string
}

const STATES: Record<StockOutlook['state'], { tone: Tone; words: string }> = {
  out: { tone: 'error', words: 'sold out' },
  low: { tone: 'warning', words: 'order now' },
  ok: { tone: 'success', words: 'enough' },
  still: { tone: 'neutral', words: 'no sales' },
}

export function StockPage({ rows, text, next, fault, mayWrite, locale }: StockPageProps) {
  const day = (value: string | null) => (value ? <Day day={value} locale={locale} /> : '–')
  return (
    <>
      <FoundryTabs current="products" />
      <PageHeader
        title="Stock"
        lead="At the pace of the last 28 days: when each product is sold out, and by when to order without a gap."
        crumbs={[{ label: 'Products', href: '/foundry/products' }]}
      />
      {fault && (
        <p class="mb-3 text-error" role="alert">
          {fault}
        </p>
      )}
      <form method="get" action="/foundry/stock" class="mb-4 flex max-w-lg gap-2">
        <label class="sr-only" for="q">
          Find a product
        </label>
        <input id="q" class="input w-full" type="search" name="q" value={text} placeholder="Find a product" />
        <Button icon="search">Find</Button>
      </form>
      <DataTable
        caption="Stock"
        rows={rows}
        empty={
          <EmptyState
            icon="upload"
            title={text ? `No stock of “${text}”` : 'No stock is known'}
            text="Shopify, WooCommerce and QuickBooks tell it by themselves; a CSV file of products can hold it too."
            actions={<LinkButton href="/foundry/sources">See the sources</LinkButton>}
          />
        }
        columns={[
          {
            key: 'name',
            label: 'Product',
            cell: ({ name, sku, source }) => (
              <>
                <span class="font-medium">{name}</span>
                <span class="block text-base-content/75 text-xs">
                  {[sku, source].filter(Boolean).join(', ')}
                </span>
              </>
            ),
          },
          {
            key: 'state',
            label: 'State',
            cell: ({ state }) => <Badge tone={STATES[state].tone}>{STATES[state].words}</Badge>,
          },
          {
            key: 'available',
            label: 'Available',
            numeric: true,
            cell: ({ available, incoming }) => (
              <>
                {available.toLocaleString(locale)}
                {incoming > 0 && (
                  <span class="block text-base-content/75 text-xs">
                    {incoming.toLocaleString(locale)} on the way
                  </span>
                )}
              </>
            ),
          },
          {
            key: 'pace',
            label: 'Sold a day',
            numeric: true,
            cell: ({ pace }) => pace.toLocaleString(locale),
          },
          {
            key: 'out',
            label: 'Sold out on',
            cell: ({ state, soldOutOn }) => (state === 'out' ? 'now' : day(soldOutOn)),
          },
          { key: 'by', label: 'Order by', cell: ({ orderBy }) => day(orderBy) },
          {
            key: 'quantity',
            label: 'Order',
            numeric: true,
            // what there is enough of is not ordered yet
            cell: ({ state, orderQuantity }) =>
              orderQuantity > 0 && state !== 'ok' ? orderQuantity.toLocaleString(locale) : '–',
          },
          {
            key: 'lead',
            label: 'Delivery takes',
            cell: (item) => (mayWrite ? <LeadDays item={item} /> : `${item.leadDays} days`),
          },
        ]}
      />
      <Pagination next={next} />
    </>
  )
}

function LeadDays({ item }: { item: StockItem }) {
  return (
    <form method="post" action="/foundry/stock/delivery" class="flex items-center gap-1">
      <input type="hidden" name="source" value={item.source_id} />
      <input type="hidden" name="product" value={item.product_ext_id} />
      <input
        class="input input-sm w-16"
        type="number"
        name="days"
        min={1}
        max={365}
        value={String(item.leadDays)}
        aria-label={`Days that a delivery of ${item.name} takes`}
      />
      <Button small>
        Save<span class="sr-only"> the days of {item.name}</span>
      </Button>
    </form>
  )
}
