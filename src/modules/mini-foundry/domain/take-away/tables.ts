/** The tables of facts in the file: which columns they have, and what they are, in words. */
import { type Column, columnsOf } from './column.ts'

export interface FactTable {
  name: string
  /** What a row is, for the table of contents. */
  about: string
  /** The stored table, when it has another name. */
  from?: string
  /** What a row is found by, within its workspace. */
  key: readonly string[]
  columns: readonly Column[]
}

const FACT_KEY = ['source_id', 'ext_id']

/** A fact of a source: found by the source and the id that it has there. */
const fact = (name: string, about: string, columns: string): FactTable => ({
  name,
  about,
  key: FACT_KEY,
  columns: columnsOf(`source_id ext_id ${columns} origin src_updated_at:instant deleted_at`),
})

const other = (name: string, about: string, key: string[], columns: string, from?: string): FactTable => ({
  name,
  about,
  key,
  columns: columnsOf(columns),
  ...(from ? { from } : {}),
})

export const FACT_TABLES: readonly FactTable[] = [
  other(
    'sources',
    'Where facts come from. Only sources with counts_as_sales count in revenue, so that no sale counts twice.',
    ['id'],
    'id source_type name sync_status last_sync_at record_count:integer counts_as_sales:flag is_demo:flag history_from created_at',
    'data_sources',
  ),
  fact(
    'customers',
    'Customers. Rows with the same person_number are one person, known to several sources.',
    'number:integer person_number:integer name email country region city first_order_day created_day',
  ),
  fact('contacts', 'People from CRM systems.', 'name email phone company stage tags created_day'),
  fact(
    'products',
    'Products with their present price and cost.',
    'sku name category unit_price:money unit_cost:money currency',
  ),
  fact(
    'inventory_levels',
    'Stock of a product at a location.',
    'product_ext_id location day on_hand:quantity available:quantity committed:quantity incoming:quantity',
  ),
  fact(
    'orders',
    'Orders. net is without discounts and tax, before refunds.',
    'number ordered_at business_day customer_ext_id status channel country region city currency net:money tax:money shipping:money lines:integer fulfilled_day cancelled_day',
  ),
  fact(
    'order_lines',
    'Lines of orders.',
    'order_ext_id position:integer product_ext_id title sku quantity:quantity currency unit_price:money discount:money total:money cost:money',
  ),
  fact(
    'sale_events',
    'The ledger: each sale, refund and edit on the day it happened (business_day), beside the day of its order (order_day). counted is 0 for what was cancelled or failed.',
    'kind line_type happened_at business_day order_day order_ext_id customer_ext_id product_ext_id product_name category channel country region city currency quantity:quantity gross:money discount:money net:money tax:money cost:money counted:flag',
  ),
  fact(
    'payments',
    'Payments; refunds are negative.',
    'kind status order_ext_id customer_ext_id happened_at business_day currency amount:money fee:money',
  ),
  fact('payouts', 'Money sent on to the bank.', 'status arrival_day currency amount:money'),
  fact(
    'payout_lines',
    'What payouts are made of: net is amount less fee.',
    'payout_ext_id kind happened_at business_day available_day payment_ext_id order_ext_id description currency amount:money fee:money net:money',
  ),
  fact('bank_deposits', 'What came to the bank.', 'day account memo currency amount:money'),
  fact(
    'invoices',
    'Invoices to customers.',
    'number customer_ext_id customer_name customer_email status issued_day due_day paid_day currency total:money paid:money memo lines',
  ),
  fact(
    'bills',
    'Bills of suppliers.',
    'number vendor_name status issued_day due_day paid_day currency total:money paid:money',
  ),
  fact('expenses', 'Expenses.', 'day category vendor_name memo currency amount:money'),
  fact('ledger_accounts', 'Accounts of the books and their balance.', 'name type day currency balance:money'),
  fact(
    'deals',
    'Deals with customers to be.',
    'name stage status contact_ext_id created_day closed_day currency amount:money',
  ),
  fact(
    'subscriptions',
    'Subscriptions; monthly is what each brings in a month.',
    'customer_ext_id status started_day canceled_day period_end_day currency monthly:money',
  ),
  fact(
    'subscription_changes',
    'What a subscription brought in a month, from a day on.',
    'subscription_ext_id customer_ext_id day happened_at currency monthly:money',
  ),
  fact(
    'campaign_days',
    'Advertising by campaign and day, as the platform tells it.',
    'day channel campaign clicks:integer impressions:integer conversions:integer currency spend:money conversion_value:money',
  ),
  other(
    'money_links',
    'What belongs together across sources: an order and its payment, a payout and its deposit.',
    ['kind', 'left_source_id', 'left_ext_id', 'right_source_id', 'right_ext_id'],
    'kind left_source_id left_ext_id right_source_id right_ext_id rule refused:flag made_by made_at',
  ),
  other(
    'custom_metric_versions',
    'How metrics of your own were written, version by version.',
    ['metric_id', 'version'],
    'metric_id version:integer name formula unit changed_at',
  ),
  other(
    'metric_targets',
    'Targets, in the unit of their metric.',
    ['id'],
    'id metric granularity period value updated_at',
  ),
  other('annotations', 'Remarks on days.', ['id'], 'id day text created_at'),
]

/** Views that the file brings along, for those who only want to look. */
export const VIEWS: readonly { name: string; sql: string }[] = [
  {
    name: 'open_invoices',
    sql: `CREATE VIEW open_invoices AS
SELECT number, customer_name, customer_email, issued_day, due_day, currency, total, paid,
  (total_e4 - paid_e4) / 10000.0 AS outstanding
FROM invoices WHERE status = 'open' AND deleted_at IS NULL`,
  },
  {
    name: 'order_details',
    sql: `CREATE VIEW order_details AS
SELECT orders.number, orders.business_day, orders.status, orders.channel, orders.country, customers.name AS customer_name,
  order_lines.title, order_lines.sku, order_lines.quantity, order_lines.total, order_lines.currency
FROM order_lines
JOIN orders ON orders.source_id = order_lines.source_id AND orders.ext_id = order_lines.order_ext_id
LEFT JOIN customers ON customers.source_id = orders.source_id AND customers.ext_id = orders.customer_ext_id
WHERE orders.deleted_at IS NULL AND order_lines.deleted_at IS NULL`,
  },
]
