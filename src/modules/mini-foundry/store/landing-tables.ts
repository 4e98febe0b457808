/** How each kind of fact lies in its table: the columns after the common ones, in the order landing writes them. */
import type { FactKind } from '../domain/facts.ts'

export interface FactTable {
  kind: FactKind
  table: string
  /** Column -> property of the fact. */
  columns: Record<string, string>
}

const place = { country: 'country', region: 'region', city: 'city' }

/** Columns every fact has, in the order landing writes them (the tenant goes before them, bound). */
export const COMMON = ['source_id', 'import_id', 'origin', 'ext_id', 'src_updated_at', 'hash', 'deleted_at']

export const FACT_TABLES: readonly FactTable[] = [
  {
    kind: 'customers',
    table: 'customers',
    columns: { name: 'name', email: 'email', ...place, created_day: 'createdDay' },
  },
  {
    kind: 'contacts',
    table: 'contacts',
    columns: {
      name: 'name',
      email: 'email',
      phone: 'phone',
      company: 'company',
      stage: 'stage',
      tags: 'tags',
      created_day: 'createdDay',
    },
  },
  {
    kind: 'products',
    table: 'products',
    columns: {
      sku: 'sku',
      name: 'name',
      category: 'category',
      unit_price: 'unitPrice',
      unit_cost: 'unitCost',
      currency: 'currency',
    },
  },
  {
    kind: 'inventory',
    table: 'inventory_levels',
    columns: {
      product_ext_id: 'productExtId',
      location: 'location',
      on_hand: 'onHand',
      available: 'available',
      committed: 'committed',
      incoming: 'incoming',
      day: 'day',
    },
  },
  {
    kind: 'orders',
    table: 'orders',
    columns: {
      ordered_at: 'orderedAt',
      business_day: 'businessDay',
      customer_ext_id: 'customerExtId',
      currency: 'currency',
      status: 'status',
      channel: 'channel',
      ...place,
      net: 'net',
      tax: 'tax',
      shipping: 'shipping',
      lines: 'lines',
      number: 'number',
      fulfilled_day: 'fulfilledDay',
      cancelled_day: 'cancelledDay',
    },
  },
  {
    kind: 'lines',
    table: 'order_lines',
    columns: {
      order_ext_id: 'orderExtId',
      position: 'position',
      product_ext_id: 'productExtId',
      title: 'title',
      sku: 'sku',
      quantity: 'quantity',
      unit_price: 'unitPrice',
      discount: 'discount',
      total: 'total',
      cost: 'cost',
      currency: 'currency',
    },
  },
  {
    kind: 'events',
    table: 'sale_events',
    columns: {
      kind: 'kind',
      line_type: 'lineType',
      happened_at: 'happenedAt',
      business_day: 'businessDay',
      order_day: 'orderDay',
      order_ext_id: 'orderExtId',
      customer_ext_id: 'customerExtId',
      product_ext_id: 'productExtId',
      product_name: 'productName',
      category: 'category',
      channel: 'channel',
      ...place,
      currency: 'currency',
      quantity: 'quantity',
      gross: 'gross',
      discount: 'discount',
      net: 'net',
      tax: 'tax',
      cost: 'cost',
      counted: 'counted',
      order_status: 'orderStatus',
    },
  },
  {
    kind: 'payments',
    table: 'payments',
    columns: {
      kind: 'kind',
      status: 'status',
      order_ext_id: 'orderExtId',
      customer_ext_id: 'customerExtId',
      amount: 'amount',
      fee: 'fee',
      currency: 'currency',
      happened_at: 'happenedAt',
      business_day: 'businessDay',
    },
  },
  {
    kind: 'payouts',
    table: 'payouts',
    columns: { amount: 'amount', currency: 'currency', status: 'status', arrival_day: 'arrivalDay' },
  },
  {
    kind: 'invoices',
    table: 'invoices',
    columns: {
      number: 'number',
      customer_ext_id: 'customerExtId',
      customer_name: 'customerName',
      customer_email: 'customerEmail',
      status: 'status',
      currency: 'currency',
      total: 'total',
      paid: 'paid',
      issued_day: 'issuedDay',
      due_day: 'dueDay',
      paid_day: 'paidDay',
      memo: 'memo',
      lines: 'lines',
    },
  },
  {
    kind: 'subscriptions',
    table: 'subscriptions',
    columns: {
      customer_ext_id: 'customerExtId',
      status: 'status',
      currency: 'currency',
      monthly: 'monthly',
      started_day: 'startedDay',
      canceled_day: 'canceledDay',
      period_end_day: 'periodEndDay',
    },
  },
  {
    kind: 'spend',
    table: 'campaign_days',
    columns: {
      day: 'day',
      channel: 'channel',
      campaign: 'campaign',
      spend: 'spend',
      clicks: 'clicks',
      impressions: 'impressions',
      conversions: 'conversions',
      conversion_value: 'conversionValue',
      currency: 'currency',
    },
  },
  {
    kind: 'payoutLines',
    table: 'payout_lines',
    columns: {
      payout_ext_id: 'payoutExtId',
      kind: 'kind',
      amount: 'amount',
      fee: 'fee',
      net: 'net',
      currency: 'currency',
      payment_ext_id: 'paymentExtId',
      order_ext_id: 'orderExtId',
      happened_at: 'happenedAt',
      business_day: 'businessDay',
      available_day: 'availableDay',
      description: 'description',
    },
  },
  {
    kind: 'deposits',
    table: 'bank_deposits',
    columns: { amount: 'amount', currency: 'currency', day: 'day', account: 'account', memo: 'memo' },
  },
  {
    kind: 'bills',
    table: 'bills',
    columns: {
      number: 'number',
      vendor_name: 'vendorName',
      status: 'status',
      currency: 'currency',
      total: 'total',
      paid: 'paid',
      issued_day: 'issuedDay',
      due_day: 'dueDay',
      paid_day: 'paidDay',
    },
  },
  {
    kind: 'expenses',
    table: 'expenses',
    columns: {
      day: 'day',
      amount: 'amount',
      currency: 'currency',
      category: 'category',
      vendor_name: 'vendorName',
      memo: 'memo',
    },
  },
  {
    kind: 'accounts',
    table: 'ledger_accounts',
    columns: { name: 'name', type: 'type', balance: 'balance', currency: 'currency', day: 'day' },
  },
  {
    kind: 'deals',
    table: 'deals',
    columns: {
      name: 'name',
      stage: 'stage',
      status: 'status',
      amount: 'amount',
      currency: 'currency',
      contact_ext_id: 'contactExtId',
      created_day: 'createdDay',
      closed_day: 'closedDay',
    },
  },
  {
    kind: 'subscriptionChanges',
    table: 'subscription_changes',
    columns: {
      subscription_ext_id: 'subscriptionExtId',
      customer_ext_id: 'customerExtId',
      day: 'day',
      happened_at: 'happenedAt',
      monthly: 'monthly',
      currency: 'currency',
    },
  },
]

export const factTable = (kind: FactKind): FactTable => {
  const found = FACT_TABLES.find((table) => table.kind === kind)
  if (!found) throw new Error(`no table for ${kind}`)
  return found
}
