/** What has to be connected or imported for a metric to have a value. */
import type { MeasureFamily } from './measures.ts'
import type { Metric } from './metrics.ts'

const NEEDS: Record<MeasureFamily | 'sales', string> = {
  sales: 'orders: a shop, or an import of orders',
  payments: 'payments: Stripe or a shop',
  payouts: 'payouts: Stripe or Shopify Payments',
  invoices: 'invoices: QuickBooks, Stripe, an import, or invoices made here',
  subscriptions: 'subscriptions: Stripe',
  spend: 'advertising: Meta Ads, Google Ads, HubSpot, or an import of spend',
  stock: 'stock: a shop or QuickBooks',
  books: 'books: QuickBooks',
  deals: 'deals: HubSpot',
  fulfilment: 'orders with their fulfilment: a shop',
  cash: 'books (QuickBooks) or payouts (Stripe)',
}

/** Each need once, in the order of the formula. */
export const needsOf = (metric: Metric): string[] => [
  ...new Set(metric.measures.flatMap(({ family }) => (family === 'calendar' ? [] : [NEEDS[family]]))),
]
