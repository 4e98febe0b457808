/** Rollups as plain JavaScript works them out from facts, row by row: shares nothing with the SQL it checks. */
import type { SaleEventFact } from '../../src/modules/mini-foundry/domain/facts.ts'

export interface OracleSource {
  id: string
  counts: boolean
  events: Map<string, SaleEventFact>
  /** Customers that have a row, by external id: their number. */
  customers: Map<string, number>
}

export interface OracleRow {
  orders: number
  revenue: number
  refunds: number
  customers: number[]
  new_customers: number
  quantity: number
  tax: number
  shipping: number
}

const DIMENSIONS = ['all', 'source', 'channel', 'country', 'region', 'category', 'product']

export function oracleRollups(sources: OracleSource[]): Map<string, OracleRow> {
  const lists = new Map<string, { source: OracleSource; event: SaleEventFact }[]>()
  for (const source of sources.filter(({ counts }) => counts)) {
    for (const event of source.events.values()) {
      if (!event.counted || event.deletedAt) continue
      for (const book of ['order_date', 'event_date']) {
        const day = book === 'order_date' ? event.orderDay : event.businessDay
        for (const dimension of DIMENSIONS) {
          const key = [book, dimension, day, dimensionValue(dimension, source, event), event.currency].join(
            '|',
          )
          lists.set(key, [...(lists.get(key) ?? []), { source, event }])
        }
      }
    }
  }
  return new Map(Array.from(lists, ([key, list]) => [key, add(key, list)]))
}

export function firstOrderDay(source: OracleSource, customer: string): string | null {
  if (!source.counts) return null
  const days = [...source.events.values()]
    .filter(
      (event) =>
        event.customerExtId === customer && event.kind === 'sale' && event.counted && !event.deletedAt,
    )
    .map((event) => event.orderDay)
  return days.sort()[0] ?? null
}

function dimensionValue(dimension: string, source: OracleSource, event: SaleEventFact): string {
  switch (dimension) {
    case 'all':
      return ''
    case 'source':
      return source.id
    case 'product':
      return event.productName ?? event.productExtId ?? ''
    default:
      return (event as unknown as Record<string, string | null>)[dimension] ?? ''
  }
}

function add(key: string, list: { source: OracleSource; event: SaleEventFact }[]): OracleRow {
  const [book, , day] = key.split('|')
  const goods = (event: SaleEventFact) => ['product', 'fee', 'other'].includes(event.lineType)
  const sum = (pick: (event: SaleEventFact) => number) =>
    list.reduce((total, { event }) => total + pick(event), 0)
  const orders = new Set<string>()
  const customers = new Set<number>()
  const fresh = new Set<number>()
  for (const { source, event } of list) {
    if (event.kind !== 'sale') continue
    if (book === 'order_date' || event.businessDay === event.orderDay)
      orders.add(`${source.id}/${event.orderExtId}`)
    const number = source.customers.get(event.customerExtId ?? '')
    if (number === undefined) continue
    customers.add(number)
    if (event.orderDay === day && firstOrderDay(source, event.customerExtId ?? '') === day) fresh.add(number)
  }
  return {
    orders: orders.size,
    revenue: sum((event) => (event.kind !== 'refund' && goods(event) ? event.net : 0)),
    refunds: 0 - sum((event) => (event.kind === 'refund' && goods(event) ? event.net : 0)),
    customers: [...customers].sort((a, b) => a - b),
    new_customers: fresh.size,
    quantity: sum((event) => (event.kind !== 'refund' && goods(event) ? event.quantity : 0)),
    tax: sum((event) => event.tax),
    shipping: sum((event) => (event.lineType === 'shipping' ? event.net : 0)),
  }
}
