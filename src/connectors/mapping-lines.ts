/** The standard mapping of each vendor in words: which of its fields become what here. Shown on a source's mapping page. */
import type { MappingLine } from '../platform/source-reader.ts'

const line = (stream: string, from: string, to: string, note?: string): MappingLine => ({
  stream,
  from,
  to,
  ...(note ? { note } : {}),
})

export const MAPPING_LINES: Readonly<Record<string, readonly MappingLine[]>> = {
  shopify: [
    line('orders', 'name', 'order number'),
    line('orders', 'processedAt', 'day of the order', 'in the zone of your workspace'),
    line('orders', 'agreements.sales', 'ledger of sales, edits and refunds', 'each on the day it happened'),
    line(
      'orders',
      'agreements.sales.totalAmount − totalTaxAmount',
      'net amount',
      'in the currency of the shop',
    ),
    line('orders', 'sourceName', 'channel'),
    line('orders', 'shippingAddress.countryCodeV2, provinceCode, city', 'country, region, city'),
    line('orders', 'cancelledAt', 'cancelled, and not counted'),
    line('orders', 'test', 'left out of every figure', 'test orders'),
    line('orders', 'transactions (SALE, CAPTURE, REFUND)', 'payments', 'those that succeeded'),
    line('orders', 'gift card lines', 'no revenue', 'a gift card is sold again when it is spent'),
    line('customers', 'defaultEmailAddress', 'address by which the same person is known elsewhere'),
    line('products', 'productVariants', 'products, one a variant'),
    line('products', 'inventoryItem.unitCost', 'cost of what is sold'),
    line('inventory', 'inventoryLevels.quantities', 'stock: on hand, available, committed, incoming'),
    line('payouts', 'shopifyPaymentsAccount.payouts', 'payouts'),
    line('payouts', 'balanceTransactions', 'movements of each payout, with their fees'),
  ],
  stripe: [
    line('charges', 'amount_captured', 'a sale and a payment', 'declined and released charges are no sale'),
    line('charges', 'billing_details, customer', 'customer'),
    line('charges', 'refunds.amount', 'refund', 'on the day it was made'),
    line('disputes', 'status = lost', 'refund'),
    line('balance transactions', 'amount, fee, net, reporting_category', 'movements of the balance'),
    line('payouts', 'amount, arrival_date, status', 'payouts'),
    line('invoices', 'total, amount_paid, due_date, status', 'invoices'),
    line(
      'subscriptions',
      'items.price × quantity',
      'monthly recurring revenue',
      'a year ÷ 12, a week × 52/12, a day × 365/12; less lasting discounts; metered prices count nothing',
    ),
    line('customers', 'email, name, address', 'customers'),
  ],
  quickbooks: [
    line('invoices', 'DocNumber, TxnDate, DueDate, TotalAmt, Balance', 'invoices', 'plain dates stay plain'),
    line('invoices', 'Line.SalesItemLineDetail', 'income', 'counts as sales only when this source does'),
    line('payments', 'TotalAmt, LinkedTxn', 'payments, and the day an invoice was paid'),
    line('bills', 'VendorRef, DueDate, TotalAmt, Balance', 'bills'),
    line('deposits', 'TotalAmt, TxnDate', 'deposits at the bank', 'matched with payouts'),
    line('expenses', 'Purchase, JournalEntry', 'expenses by account'),
    line('accounts', 'AccountType, CurrentBalance', 'accounts; bank accounts are your cash'),
    line('customers', 'PrimaryEmailAddr, DisplayName', 'customers'),
    line('items', 'QtyOnHand, UnitPrice, PurchaseCost', 'products and stock'),
  ],
  woocommerce: [
    line('orders', 'date_created_gmt', 'day of the order', 'in the zone of your workspace'),
    line('orders', 'line_items.total', 'net amount', 'without tax'),
    line('orders', 'status', 'open, paid, fulfilled, cancelled'),
    line('orders', 'refunds', 'refunds', 'fetched order by order'),
    line('products', 'sku, price, stock_quantity', 'products and stock'),
    line('customers', 'email, billing', 'customers'),
  ],
  hubspot: [
    line('contacts', 'email, firstname, lastname, phone, company', 'contacts'),
    line('contacts', 'lifecyclestage', 'stage'),
    line('deals', 'amount, dealstage, closedate', 'deals: open, won, lost'),
    line('campaigns', 'sent, clicked', 'campaign days of the channel email'),
  ],
  meta_ads: [
    line('insights', 'spend', 'marketing spend', 'channel Meta, by campaign and day'),
    line('insights', 'clicks, impressions', 'clicks, impressions'),
    line('insights', 'actions.omni_purchase', 'conversions', 'as Meta claims them'),
  ],
  google_ads: [
    line('campaigns', 'metrics.cost_micros', 'marketing spend', 'channel Google Ads, by campaign and day'),
    line('campaigns', 'metrics.clicks, impressions', 'clicks, impressions'),
    line('campaigns', 'metrics.conversions, conversions_value', 'conversions', 'as Google claims them'),
  ],
}
