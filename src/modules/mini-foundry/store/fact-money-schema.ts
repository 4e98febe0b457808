/** Tables of facts beside sales: movements of money, the books, deals, and what subscriptions brought. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { fact, keys } from './fact-schema.ts'

/** What a payout is made of: each movement of the balance at the payment provider. */
export const payoutLines = sqliteTable(
  'payout_lines',
  {
    ...fact(),
    /** Null while it has not been paid out. */
    payoutExtId: text('payout_ext_id'),
    kind: text('kind', {
      enum: ['charge', 'refund', 'dispute', 'fee', 'adjustment', 'reserve', 'payout', 'other'],
    }).notNull(),
    /** Before the fee; negative when money goes out. */
    amount: integer('amount').notNull(),
    /** Positive: taken off. */
    fee: integer('fee').notNull(),
    /** amount - fee. */
    net: integer('net').notNull(),
    currency: text('currency').notNull(),
    paymentExtId: text('payment_ext_id'),
    orderExtId: text('order_ext_id'),
    happenedAt: text('happened_at').notNull(),
    businessDay: text('business_day').notNull(),
    availableDay: text('available_day'),
    description: text('description'),
  },
  (t) => [
    ...keys(t),
    index('payout_lines_payout').on(t.tenantId, t.sourceId, t.payoutExtId),
    index('payout_lines_day').on(t.tenantId, t.businessDay),
  ],
)

export const bankDeposits = sqliteTable(
  'bank_deposits',
  {
    ...fact(),
    amount: integer('amount').notNull(),
    currency: text('currency').notNull(),
    day: text('day').notNull(),
    account: text('account'),
    memo: text('memo'),
  },
  (t) => keys(t),
)

export const bills = sqliteTable(
  'bills',
  {
    ...fact(),
    number: text('number'),
    vendorName: text('vendor_name'),
    status: text('status', { enum: ['open', 'paid', 'void'] }).notNull(),
    currency: text('currency').notNull(),
    total: integer('total').notNull(),
    paid: integer('paid').notNull(),
    issuedDay: text('issued_day').notNull(),
    dueDay: text('due_day'),
    paidDay: text('paid_day'),
  },
  (t) => keys(t),
)

export const expenses = sqliteTable(
  'expenses',
  {
    ...fact(),
    day: text('day').notNull(),
    amount: integer('amount').notNull(),
    currency: text('currency').notNull(),
    category: text('category'),
    vendorName: text('vendor_name'),
    memo: text('memo'),
  },
  (t) => [...keys(t), index('expenses_day').on(t.tenantId, t.day)],
)

/** Accounts of the books with their balance on the day they were read. */
export const ledgerAccounts = sqliteTable(
  'ledger_accounts',
  {
    ...fact(),
    name: text('name').notNull(),
    /** bank, receivable, payable, card, income, cost, expense, asset, liability, equity, other. */
    type: text('type').notNull(),
    balance: integer('balance').notNull(),
    currency: text('currency').notNull(),
    day: text('day').notNull(),
  },
  (t) => keys(t),
)

export const deals = sqliteTable(
  'deals',
  {
    ...fact(),
    name: text('name').notNull(),
    stage: text('stage'),
    status: text('status', { enum: ['open', 'won', 'lost'] }).notNull(),
    amount: integer('amount'),
    currency: text('currency'),
    contactExtId: text('contact_ext_id'),
    createdDay: text('created_day').notNull(),
    closedDay: text('closed_day'),
  },
  (t) => keys(t),
)

/** What a subscription brings in a month, from a day on: the history behind MRR. 0 when it ends or pauses. */
export const subscriptionChanges = sqliteTable(
  'subscription_changes',
  {
    ...fact(),
    subscriptionExtId: text('subscription_ext_id').notNull(),
    customerExtId: text('customer_ext_id'),
    day: text('day').notNull(),
    happenedAt: text('happened_at'),
    monthly: integer('monthly').notNull(),
    currency: text('currency').notNull(),
  },
  (t) => [
    ...keys(t),
    index('subscription_changes_of').on(t.tenantId, t.sourceId, t.subscriptionExtId, t.day),
  ],
)

export const campaignDays = sqliteTable(
  'campaign_days',
  {
    ...fact(),
    day: text('day').notNull(),
    channel: text('channel').notNull(),
    campaign: text('campaign').notNull(),
    spend: integer('spend').notNull(),
    clicks: integer('clicks'),
    impressions: integer('impressions'),
    /** As the advertising platform claims them. */
    conversions: integer('conversions'),
    conversionValue: integer('conversion_value'),
    currency: text('currency').notNull(),
  },
  (t) => [...keys(t), index('campaign_days_day').on(t.tenantId, t.day)],
)
