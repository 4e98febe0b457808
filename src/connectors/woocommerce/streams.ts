/** Which records of a shop are read, how often, and which fields of them: plugins add far more than we need. */
import type { SourceStream } from '../../platform/source-reader.ts'

export interface WooList {
  path: string
  fields: string
}

export const LISTS: Readonly<Record<string, WooList>> = {
  orders: {
    path: 'orders',
    fields: [
      ...['id', 'number', 'status', 'currency', 'date_created_gmt', 'date_modified_gmt', 'date_paid_gmt'],
      ...['date_completed_gmt', 'total', 'prices_include_tax', 'customer_id', 'created_via', 'billing'],
      ...['shipping', 'line_items', 'shipping_lines', 'fee_lines', 'refunds'],
    ].join(','),
  },
  products: {
    path: 'products',
    fields: [
      ...['id', 'name', 'type', 'sku', 'price', 'date_created_gmt', 'date_modified_gmt', 'manage_stock'],
      ...['stock_quantity', 'categories', 'attributes', 'cost_of_goods_sold', 'variations'],
    ].join(','),
  },
  customers: {
    path: 'customers',
    fields: 'id,email,first_name,last_name,date_created_gmt,date_modified_gmt,billing,shipping',
  },
}

const HOUR = 60

export const STREAMS: readonly SourceStream[] = [
  // a variation tells no change, so products are read whole
  {
    name: 'products',
    title: 'Products and stock',
    everyMinutes: 4 * HOUR,
    overlapMinutes: 0,
    windowDays: null,
  },
  {
    name: 'orders',
    title: 'Orders and refunds',
    everyMinutes: 30,
    overlapMinutes: 15,
    windowDays: 91,
    // a refund that is taken back changes nothing on its order
    reconcileDays: 35,
  },
  // customers cannot be asked for by their change
  {
    name: 'customers',
    title: 'Customers',
    everyMinutes: 12 * HOUR,
    overlapMinutes: 0,
    windowDays: null,
  },
]
