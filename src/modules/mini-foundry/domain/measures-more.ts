/** Measures of everything that is no sale: payments, payouts, invoices, subscriptions, spend, stock, books, deals, fulfilment, cash. */
import type { Dimension } from './dimensions.ts'
import type { Unit } from './formula/check.ts'
import type { Measure, MeasureFamily, MeasureKind } from './measures-model.ts'

type Line = [id: string, unit: Unit, title: string, note: string, kind?: MeasureKind]

const family = (name: MeasureFamily, dimensions: readonly Dimension[], lines: Line[]): Measure[] =>
  lines.map(([id, unit, title, note, kind = 'flow']) => ({
    id,
    unit,
    kind,
    family: name,
    title,
    note,
    dimensions,
  }))

export const MORE_MEASURES: readonly Measure[] = [
  ...family(
    'payments',
    ['source'],
    [
      ['charged', 'money', 'Charged', 'Payments that succeeded, disputed ones included.'],
      ['paid_back', 'money', 'Paid back', 'Refunds that left, as a positive amount.'],
      [
        'payment_fees',
        'money',
        'Payment fees',
        'What payment providers took of each payment, where they say it.',
      ],
      ['payments', 'count', 'Payments', 'Payments that succeeded.'],
      ['failed_payments', 'count', 'Failed payments', 'Tries to pay that failed.'],
      [
        'disputed_payments',
        'count',
        'Disputed payments',
        'Payments that customers dispute, by the day of the payment.',
      ],
    ],
  ),
  ...family(
    'payouts',
    ['source', 'movement'],
    [
      ['paid_out', 'money', 'Paid out', 'Payouts that arrived in the bank, by the day of arrival.'],
      [
        'account_fees',
        'money',
        'Account fees',
        'Fees of the payment provider beyond those of single payments.',
      ],
      [
        'balance_movements',
        'money',
        'Balance movements',
        'What came to and went from the balance at the payment provider, payouts left out.',
      ],
      ['held', 'money', 'Held by payment providers', 'Earned but not in the bank yet.', 'level'],
    ],
  ),
  ...family(
    'invoices',
    ['source'],
    [
      ['invoiced', 'money', 'Invoiced', 'Invoices issued; drafts and void ones are left out.'],
      ['invoices_issued', 'count', 'Invoices issued', 'Drafts and void ones are left out.'],
      [
        'collected',
        'money',
        'Collected on invoices',
        'Paid, or settled by a credit, by the day of the last part; a part whose day is unknown counts on the day of issue.',
      ],
      ['invoices_paid', 'count', 'Invoices paid', 'Fully paid, by the day of payment.'],
      ['days_to_pay', 'days', 'Days from issue to payment', 'Added up over the invoices paid in the range.'],
      ['receivables', 'money', 'Receivables', 'Issued and not paid yet.', 'level'],
      ['overdue_1_30', 'money', 'Overdue 1–30 days', 'Not paid, due up to 30 days ago.', 'level'],
      ['overdue_31_60', 'money', 'Overdue 31–60 days', 'Not paid, due 31 to 60 days ago.', 'level'],
      ['overdue_61_90', 'money', 'Overdue 61–90 days', 'Not paid, due 61 to 90 days ago.', 'level'],
      ['overdue_over_90', 'money', 'Overdue over 90 days', 'Not paid, due more than 90 days ago.', 'level'],
    ],
  ),
  ...family(
    'subscriptions',
    ['source'],
    [
      ['mrr_new', 'money', 'New MRR', 'Of customers who subscribe for the first time.'],
      ['mrr_expansion', 'money', 'Expansion MRR', 'Of subscribers who pay more than before.'],
      [
        'mrr_contraction',
        'money',
        'Contraction MRR',
        'Of subscribers who pay less than before, as a positive amount.',
      ],
      ['mrr_churned', 'money', 'Churned MRR', 'Of subscribers who left, as a positive amount.'],
      ['mrr_reactivated', 'money', 'Reactivated MRR', 'Of subscribers who came back.'],
      [
        'mrr_level',
        'money',
        'Monthly recurring revenue',
        'What all subscriptions bring in a month, trials and pauses at 0.',
        'level',
      ],
      ['subscribers_new', 'count', 'New subscribers', 'Customers who start to pay, also after a break.'],
      ['subscribers_churned', 'count', 'Churned subscribers', 'Customers who stop to pay.'],
      ['subscriber_level', 'count', 'Subscribers', 'Customers with a paid subscription.', 'level'],
    ],
  ),
  ...family(
    'spend',
    ['source', 'channel', 'campaign'],
    [
      ['spend', 'money', 'Ad spend', 'What advertising cost, as its platforms report it.'],
      ['clicks', 'count', 'Clicks', 'As the platforms count them.'],
      ['impressions', 'count', 'Impressions', 'As the platforms count them.'],
      ['ad_conversions', 'count', 'Conversions', 'As the platforms claim them.'],
      ['ad_value', 'money', 'Conversion value', 'As the platforms claim it.'],
    ],
  ),
  ...family(
    'stock',
    ['source'],
    [
      [
        'stock_on_hand',
        'count',
        'Units on hand',
        'In all places, as last read; negative stock counts as it is.',
        'snapshot',
      ],
      [
        'stock_at_cost',
        'money',
        'Stock at cost',
        'Units on hand at their cost; products without a known cost are left out.',
        'snapshot',
      ],
      ['stocked_skus', 'count', 'Products tracked', 'Products whose stock is tracked.', 'snapshot'],
      ['skus_out', 'count', 'Products out of stock', 'Tracked products with nothing available.', 'snapshot'],
      [
        'skus_low',
        'count',
        'Products running low',
        'Available for fewer days than a new delivery takes, at the pace of the last 28 days.',
        'snapshot',
      ],
    ],
  ),
  ...family(
    'books',
    ['source', 'expense_category'],
    [
      ['expenses', 'money', 'Expenses', 'As booked, by day.'],
      ['bills_received', 'money', 'Bills received', 'By the day of issue; void ones are left out.'],
      [
        'bills_paid',
        'money',
        'Bills paid',
        'By the day of payment; a part whose day is unknown counts on the day of issue.',
      ],
      ['deposits', 'money', 'Bank deposits', 'As booked, by day.'],
      ['payables_level', 'money', 'Payables', 'Bills received and not paid yet.', 'level'],
      [
        'bank_balance',
        'money',
        'Bank balance',
        'Of all bank accounts in the books, as last read.',
        'snapshot',
      ],
    ],
  ),
  ...family(
    'deals',
    ['source'],
    [
      ['deals_created', 'count', 'Deals created', 'By the day they were created.'],
      ['deals_won', 'count', 'Deals won', 'By the day they were closed.'],
      ['deals_lost', 'count', 'Deals lost', 'By the day they were closed.'],
      ['won_value', 'money', 'Value won', 'Amount of the deals won.'],
      [
        'pipeline_level',
        'money',
        'Pipeline',
        'Amount of the open deals; those without an amount are left out.',
        'level',
      ],
      ['open_deals', 'count', 'Open deals', 'Created and not closed yet.', 'level'],
    ],
  ),
  ...family(
    'fulfilment',
    ['source', 'channel', 'country'],
    [
      [
        'orders_placed',
        'count',
        'Orders placed',
        'All orders of sources that count as sales, cancelled ones included.',
      ],
      ['orders_cancelled', 'count', 'Orders cancelled', 'By the day the order was placed.'],
      ['orders_fulfilled', 'count', 'Orders fulfilled', 'By the day the order was placed.'],
      [
        'days_to_fulfil',
        'days',
        'Days to fulfil',
        'From order to fulfilment, added up, by the day the order was placed.',
      ],
    ],
  ),
  ...family(
    'cash',
    ['source'],
    [
      [
        'received',
        'money',
        'Received',
        'Deposits in the books; payouts of payment providers where there are no books.',
      ],
    ],
  ),
]
