/** Dashboards to start from: one for each part of a business, and one for its owner. */
import { DIMENSIONS, type Dimension, type Widget } from './dashboard.ts'
import { METRICS } from './metrics.ts'
import { bars, chart, type DashboardTemplate, line, number, table, template } from './template-parts.ts'

export const TEMPLATES: DashboardTemplate[] = [
  template(
    'sales_overview',
    'Sales overview',
    'How sales go: the four figures that matter, their course, and what sells where.',
    [
      number('revenue', 'Revenue'),
      number('orders', 'Orders'),
      number('customers', 'Customers'),
      number('average_order_value', 'Average order value'),
      line('revenue', 'Revenue over time'),
      bars('revenue', 'channel', 'Revenue by channel'),
      bars('revenue', 'country', 'Revenue by country'),
      table(['revenue', 'orders'], 'product', 'Top products'),
    ],
  ),
  template(
    'owner',
    'Owner',
    'The whole business on one page: sales, profit, cash, what is owed and what runs out.',
    [
      number('net_revenue', 'Net revenue'),
      number('gross_profit', 'Gross profit'),
      number('cash_balance', 'Cash'),
      number('overdue_receivables', 'Overdue invoices'),
      line('net_revenue', 'Net revenue over time'),
      number('orders', 'Orders'),
      number('new_customers', 'New customers'),
      number('low_stock_skus', 'Products running low'),
      chart('goal', 'Revenue target', ['revenue']),
      bars('gross_profit', 'product', 'Profit by product'),
      chart('activity', 'What happened'),
    ],
  ),
  template('finance', 'Finance', 'What is left over, where the cash is, and who still owes you.', [
    number('net_revenue', 'Net revenue'),
    number('gross_margin', 'Gross margin'),
    number('operating_expenses', 'Expenses'),
    number('net_profit', 'Net profit'),
    number('cash_balance', 'Cash'),
    number('cash_in', 'Cash in'),
    number('cash_out', 'Cash out'),
    number('runway', 'Runway'),
    line('net_cash_flow', 'Cash flow over time'),
    bars('operating_expenses', 'expense_category', 'Expenses by category'),
    chart('donut', 'Expenses in parts', ['operating_expenses'], { group_by: 'expense_category' }),
    number('receivables', 'Receivables'),
    number('overdue_1_30', 'Overdue up to 30 days'),
    number('overdue_31_60', 'Overdue 31 to 60 days'),
    number('overdue_61_90', 'Overdue 61 to 90 days'),
    number('fees', 'Payment fees'),
    number('held_by_providers', 'Held by providers'),
    number('payables', 'Bills to pay'),
    number('days_sales_outstanding', 'Days until you are paid'),
  ]),
  template(
    'marketing',
    'Marketing',
    'What advertising costs, what it brings, and which campaign earns its money.',
    [
      number('ad_spend', 'Ad spend'),
      number('mer', 'Marketing efficiency'),
      number('cac', 'Cost of a new customer'),
      number('roas', 'Return on ad spend'),
      line('ad_spend', 'Ad spend over time'),
      chart('funnel', 'From ad to sale', ['ad_impressions', 'ad_clicks', 'orders']),
      bars('ad_spend', 'channel', 'Spend by channel'),
      table(['ad_spend', 'conversion_value', 'roas', 'cost_per_click'], 'campaign', 'Campaigns', 20),
      line('new_customers', 'New customers over time'),
    ],
  ),
  template('inventory', 'Inventory', 'What lies in stock, how long it lasts, and what ties money up.', [
    number('stock_value', 'Stock at cost'),
    number('stock_units', 'Units'),
    number('days_of_stock', 'Days of stock'),
    number('sell_through', 'Sell-through'),
    number('out_of_stock_skus', 'Out of stock'),
    number('low_stock_skus', 'Running low'),
    number('stock_turnover', 'Turnover'),
    number('out_of_stock_rate', 'Out-of-stock rate'),
    line('stock_value', 'Stock at cost over time'),
    table(['units_sold', 'revenue', 'gross_margin'], 'product', 'What sells', 20),
    bars('units_sold', 'category', 'Units sold by category'),
  ]),
  template('subscriptions', 'Subscriptions', 'Monthly recurring revenue: what came, what grew, what left.', [
    number('mrr', 'MRR'),
    number('net_new_mrr', 'Net new MRR'),
    number('subscribers', 'Subscribers'),
    number('arpu', 'Revenue per subscriber'),
    line('mrr', 'MRR over time'),
    number('new_mrr', 'New MRR'),
    number('expansion_mrr', 'Expansion'),
    number('contraction_mrr', 'Contraction'),
    number('churned_mrr', 'Churned MRR'),
    number('customer_churn_rate', 'Customer churn'),
    number('revenue_churn_rate', 'Revenue churn'),
    number('net_revenue_retention', 'Net revenue retention'),
    number('arr', 'ARR'),
  ]),
  template('operations', 'Operations', 'Whether orders leave on time, and what goes wrong on the way.', [
    number('orders_placed', 'Orders placed'),
    number('fulfilment_days', 'Days to fulfil'),
    number('fulfilment_rate', 'Fulfilled'),
    number('cancellation_rate', 'Cancelled'),
    number('refund_rate', 'Refund rate'),
    number('failed_payment_rate', 'Failed payments'),
    number('dispute_rate', 'Disputes'),
    number('units_sold', 'Units sold'),
    line('orders_placed', 'Orders placed over time'),
    chart('heat_map', 'When orders come', ['orders']),
    bars('refunds', 'product', 'Refunds by product'),
    chart('activity', 'What happened'),
  ]),
  template('products', 'Products', 'What sells and what comes back.', [
    number('revenue', 'Revenue'),
    number('net_revenue', 'Net revenue'),
    number('refunds', 'Refunds'),
    number('average_order_value', 'Average order value'),
    bars('revenue', 'category', 'Revenue by category'),
    bars('refunds', 'category', 'Refunds by category'),
    table(['revenue', 'orders', 'refunds'], 'product', 'Products', 25),
  ]),
  template(
    'customers',
    'Customers',
    'Who buys: how many, how many of them for the first time, and from where.',
    [
      number('customers', 'Customers'),
      number('new_customers', 'New customers'),
      number('orders', 'Orders'),
      number('average_order_value', 'Average order value'),
      line('customers', 'Customers over time'),
      bars('customers', 'country', 'Customers by country'),
      bars('new_customers', 'channel', 'New customers by channel'),
      chart('cohort', 'Who comes back'),
    ],
  ),
  template('places', 'Channels and places', 'Where sales come from.', [
    number('revenue', 'Revenue'),
    number('orders', 'Orders'),
    line('orders', 'Orders over time'),
    bars('revenue', 'channel', 'Revenue by channel'),
    bars('revenue', 'source', 'Revenue by source'),
    chart('map', 'Revenue on the map', ['revenue'], { map: 'world' }),
    table(['revenue', 'orders', 'customers'], 'country', 'Countries', 15),
    table(['revenue', 'orders', 'customers'], 'region', 'Regions', 15),
  ]),
]

export const DEFAULT_TEMPLATE = TEMPLATES[0] as DashboardTemplate

export const templateOf = (type: string | undefined): DashboardTemplate | undefined =>
  TEMPLATES.find((known) => known.type === type)

export const DIMENSION_NAMES: Record<Dimension, string> = {
  source: 'source',
  channel: 'channel',
  country: 'country',
  region: 'region',
  category: 'category',
  product: 'product',
  campaign: 'campaign',
  movement: 'kind of movement',
  expense_category: 'category of expense',
}

/**
 * Widgets whose bars have something to say: a dimension with fewer than two values gives way to the one with the most
 * (products have a table of their own). `counts` are the different values of each dimension.
 */
export function fitToData(widgets: readonly Widget[], counts: Partial<Record<Dimension, number>>): Widget[] {
  const taken = new Set(
    widgets
      .filter((widget) => isOfSales(widget) && speaks(widget.group_by, counts))
      .map(({ group_by }) => group_by),
  )
  return widgets.map((widget) => {
    if (!isOfSales(widget) || speaks(widget.group_by, counts)) return widget
    const better = DIMENSIONS.filter(
      (dimension) => dimension !== 'product' && !taken.has(dimension) && speaks(dimension, counts),
    )
    const [best] = better.toSorted((a, b) => preference(b) - preference(a))
    if (!best) return widget
    taken.add(best)
    return {
      ...widget,
      id: widget.id.replace(/-by-.*$/, `-by-${best}`),
      group_by: best,
      title: widget.title.replace(/ by .*$/, ` by ${DIMENSION_NAMES[best]}`),
    }
  })
}

/** Bars whose figure can be split by whatever an order tells; others know only what their own source tells. */
const isOfSales = ({ kind, metrics, group_by }: Widget): boolean =>
  kind === 'bar' &&
  group_by !== 'product' &&
  metrics.every((metric) => METRICS[metric]?.dimensions.includes('product'))

const speaks = (dimension: Dimension | undefined, counts: Partial<Record<Dimension, number>>): boolean =>
  dimension !== undefined && (counts[dimension] ?? 0) > 1

const preference = (dimension: Dimension): number =>
  ['source', 'country', 'region', 'category', 'channel'].indexOf(dimension)
