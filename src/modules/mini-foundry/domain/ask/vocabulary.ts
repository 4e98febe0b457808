/** The words that people use for figures and for what figures are split by, beside their names in the catalogue. */
import type { Dimension, MetricId } from '../dimensions.ts'

/** Without accents and in lower case; the longest phrase in a question wins. */
export const METRIC_SYNONYMS: Readonly<Record<MetricId, readonly string[]>> = {
  revenue: ['sales', 'turnover', 'income', 'sold', 'sell', 'sold for', 'revenues', 'takings', 'earned'],
  net_revenue: ['net sales', 'net revenues', 'sales after refunds', 'revenue after refunds'],
  gross_sales: ['gross revenue', 'sales before discounts'],
  orders: ['order count', 'number of orders', 'purchases', 'sales count', 'number of sales'],
  average_order_value: [
    'aov',
    'average order',
    'average basket',
    'basket size',
    'average sale',
    'mean order value',
  ],
  units_sold: ['units', 'pieces', 'items sold', 'pieces sold', 'quantity sold', 'how many items'],
  refunds: ['returns', 'refunded', 'money back', 'refunds amount'],
  refund_rate: ['return rate', 'share of refunds'],
  discounts: ['discounted', 'discount amount', 'rebates'],
  tax_charged: ['tax', 'taxes', 'vat', 'sales tax'],
  shipping_charged: ['shipping', 'shipping income', 'delivery charges'],
  customers: ['buyers', 'shoppers', 'clients', 'number of customers'],
  new_customers: ['first time customers', 'first time buyers', 'new buyers', 'new clients'],
  returning_customers: ['repeat customers', 'repeat buyers', 'existing customers', 'loyal customers'],
  repeat_rate: ['repeat purchase rate', 'repeat rate', 'retention'],
  customer_value: ['ltv', 'clv', 'lifetime value', 'customer lifetime value'],
  gross_profit: ['profit before expenses'],
  gross_margin: ['margin', 'margins', 'profit margin'],
  net_profit: ['profit', 'profits', 'earnings', 'bottom line'],
  cost_of_goods: ['cogs', 'cost of sales', 'costs of goods', 'product costs'],
  fees: ['fees', 'transaction fees', 'card fees', 'processing fees'],
  operating_expenses: ['expenses', 'spending', 'overheads', 'opex'],
  ad_spend: ['advertising', 'advertising costs', 'ads spend', 'marketing spend', 'ad costs', 'spent on ads'],
  roas: ['roas'],
  cac: ['cac', 'acquisition cost', 'cost per customer'],
  mer: ['mer'],
  ad_clicks: ['ad clicks'],
  ad_impressions: ['ad impressions', 'views of ads'],
  cash_balance: ['cash', 'money in the bank', 'bank balance'],
  cash_in: ['money in', 'money received'],
  cash_out: ['money out'],
  net_cash_flow: ['cash flow', 'cashflow'],
  runway: ['cash runway'],
  paid_out: ['payouts', 'payout'],
  invoiced: ['invoices', 'billed', 'invoiced amount'],
  collected: ['invoices paid', 'paid invoices'],
  receivables: ['open invoices', 'owed to us', 'owe us', 'outstanding invoices', 'unpaid invoices'],
  overdue_receivables: ['overdue', 'overdue invoices', 'late invoices'],
  days_sales_outstanding: ['dso'],
  mrr: ['mrr', 'monthly recurring revenue'],
  arr: ['arr', 'annual recurring revenue', 'yearly recurring revenue'],
  subscribers: ['active subscribers', 'subscriptions', 'subscription count'],
  customer_churn_rate: ['churn', 'churn rate', 'cancelled subscriptions'],
  cancellation_rate: ['cancellations', 'cancelled orders', 'canceled orders'],
  stock_units: ['stock', 'inventory', 'in stock'],
  stock_value: ['inventory value', 'value of stock'],
  out_of_stock_skus: ['out of stock', 'sold out products'],
  pipeline: ['open deals', 'sales pipeline'],
}

export const DIMENSION_SYNONYMS: Readonly<Record<Dimension, readonly string[]>> = {
  source: ['source', 'sources', 'shop', 'shops', 'store', 'stores', 'system'],
  channel: ['channel', 'channels', 'sales channel', 'sales channels'],
  country: ['country', 'countries', 'nation'],
  region: ['region', 'regions', 'state', 'states', 'province', 'provinces'],
  category: ['category', 'categories', 'product type', 'product types'],
  product: ['product', 'products', 'item', 'items', 'article', 'articles'],
  campaign: ['campaign', 'campaigns', 'ad campaign', 'ad campaigns'],
  movement: ['kind of movement', 'movement', 'movements'],
  expense_category: ['expense category', 'expense categories', 'kind of expense', 'kinds of expense'],
}

/** Words that carry no meaning of their own for a question about figures. */
export const SMALL_WORDS: ReadonlySet<string> = new Set(
  `a an the of in on at to for from by per with and or is are was were be been do does did have has had how many much
  what whats which who when show me us my our we i you give get tell list please can could would see want need know
  total sum number figure figures value amount overall altogether all during over within through there it its this
  that those these as make made come came compare compared comparison versus vs against than relative chart graph
  plot report s so far now currently each every split broken down grouped group breakdown trend develop developed
  development change changed did go went doing perform performed performance only just about business`.split(
    /\s+/,
  ),
)

export const NUMBER_WORDS: Readonly<Record<string, number>> = {
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
  ...{ twelve: 12, fifteen: 15, twenty: 20, thirty: 30, fifty: 50 },
}
