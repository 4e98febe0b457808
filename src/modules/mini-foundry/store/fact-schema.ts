// The normal form: facts of any source in one shape. Amounts and quantities are integers of 1/10,000; days are dates in
// the workspace's zone, fixed at write. Every fact is keyed (tenant, source, the source's own id).
import { sql } from 'drizzle-orm'
import {
  type AnySQLiteColumn,
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { workspaces } from '../../../platform/directory-schema.ts'
import { dataSources } from './source-schema.ts'

/** What every fact carries. `hash` is of its content: the same content again writes nothing. */
export const fact = () => ({
  tenantId: text('tenant_id')
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' }),
  sourceId: text('source_id').notNull(),
  extId: text('ext_id').notNull(),
  importId: text('import_id'),
  /** `history` never triggers anything (DESIGN 3); `live` happened while we watched. */
  origin: text('origin', { enum: ['history', 'live'] }).notNull(),
  /** Milliseconds; an older version of a fact never overwrites a newer one. */
  srcUpdatedAt: integer('src_updated_at').notNull(),
  hash: text('hash').notNull(),
  deletedAt: text('deleted_at'),
})

/** The database itself refuses a fact whose source belongs to another workspace. */
export const keys = (t: { tenantId: AnySQLiteColumn; sourceId: AnySQLiteColumn; extId: AnySQLiteColumn }) => [
  primaryKey({ columns: [t.tenantId, t.sourceId, t.extId] }),
  foreignKey({ columns: [t.tenantId, t.sourceId], foreignColumns: [dataSources.tenantId, dataSources.id] }),
]

const place = () => ({ country: text('country'), region: text('region'), city: text('city') })

export const customers = sqliteTable(
  'customers',
  {
    ...fact(),
    /** Small number of this customer in its workspace: what rollups list to count distinct customers. */
    number: integer('number').notNull(),
    name: text('name'),
    email: text('email'),
    ...place(),
    firstOrderDay: text('first_order_day'),
    createdDay: text('created_day'),
    /** Number that all count under whom several sources know as one person, the first among them too; null: nobody else. */
    personNumber: integer('person_number'),
  },
  (t) => [
    ...keys(t),
    uniqueIndex('customers_number').on(t.tenantId, t.number),
    index('customers_person').on(t.tenantId, t.personNumber).where(sql`person_number IS NOT NULL`),
  ],
)

export const contacts = sqliteTable(
  'contacts',
  {
    ...fact(),
    name: text('name'),
    email: text('email'),
    phone: text('phone'),
    company: text('company'),
    stage: text('stage'),
    tags: text('tags'),
    createdDay: text('created_day'),
  },
  (t) => keys(t),
)

export const products = sqliteTable(
  'products',
  {
    ...fact(),
    sku: text('sku'),
    name: text('name').notNull(),
    category: text('category'),
    unitPrice: integer('unit_price'),
    unitCost: integer('unit_cost'),
    currency: text('currency'),
  },
  (t) => keys(t),
)

export const inventoryLevels = sqliteTable(
  'inventory_levels',
  {
    ...fact(),
    productExtId: text('product_ext_id').notNull(),
    location: text('location').notNull(),
    onHand: integer('on_hand').notNull(),
    available: integer('available'),
    committed: integer('committed'),
    incoming: integer('incoming'),
    day: text('day').notNull(),
  },
  (t) => keys(t),
)

export const orders = sqliteTable(
  'orders',
  {
    ...fact(),
    /** ISO instant when the source knows it; a plain date stays a plain date. */
    orderedAt: text('ordered_at'),
    businessDay: text('business_day').notNull(),
    customerExtId: text('customer_ext_id'),
    currency: text('currency').notNull(),
    status: text('status', { enum: ['open', 'paid', 'fulfilled', 'refunded', 'cancelled'] }).notNull(),
    channel: text('channel'),
    ...place(),
    /** Sum of its sale events: net of discounts, before refunds and tax. */
    net: integer('net').notNull(),
    tax: integer('tax').notNull(),
    shipping: integer('shipping').notNull(),
    lines: integer('lines').notNull(),
    /** What people call it: `#1001`. */
    number: text('number'),
    fulfilledDay: text('fulfilled_day'),
    cancelledDay: text('cancelled_day'),
  },
  (t) => [...keys(t), index('orders_day').on(t.tenantId, t.businessDay)],
)

export const orderLines = sqliteTable(
  'order_lines',
  {
    ...fact(),
    orderExtId: text('order_ext_id').notNull(),
    position: integer('position').notNull(),
    productExtId: text('product_ext_id'),
    title: text('title').notNull(),
    sku: text('sku'),
    quantity: integer('quantity').notNull(),
    unitPrice: integer('unit_price'),
    discount: integer('discount').notNull(),
    /** Net of discounts. */
    total: integer('total').notNull(),
    cost: integer('cost'),
    currency: text('currency').notNull(),
  },
  (t) => [...keys(t), index('order_lines_order').on(t.tenantId, t.sourceId, t.orderExtId)],
)

/** The ledger: each sale, refund and edit on the day it happened, beside the day of its order. */
export const saleEvents = sqliteTable(
  'sale_events',
  {
    ...fact(),
    kind: text('kind', { enum: ['sale', 'refund', 'edit'] }).notNull(),
    lineType: text('line_type', {
      enum: ['product', 'shipping', 'tip', 'fee', 'gift_card', 'duty', 'other'],
    }).notNull(),
    happenedAt: text('happened_at'),
    businessDay: text('business_day').notNull(),
    orderDay: text('order_day').notNull(),
    orderExtId: text('order_ext_id').notNull(),
    customerExtId: text('customer_ext_id'),
    productExtId: text('product_ext_id'),
    productName: text('product_name'),
    category: text('category'),
    channel: text('channel'),
    ...place(),
    currency: text('currency').notNull(),
    quantity: integer('quantity').notNull(),
    gross: integer('gross').notNull(),
    discount: integer('discount').notNull(),
    /** Net of discounts, without tax; negative for refunds. */
    net: integer('net').notNull(),
    tax: integer('tax').notNull(),
    cost: integer('cost'),
    /** False for what was cancelled or failed: kept, but no sale. */
    counted: integer('counted', { mode: 'boolean' }).notNull(),
    /** What the source called the order, on each of its lines: where headers are derived from their lines. */
    orderStatus: text('order_status', { enum: ['open', 'paid', 'fulfilled', 'refunded', 'cancelled'] }),
  },
  (t) => [
    ...keys(t),
    index('sale_events_day').on(t.tenantId, t.businessDay),
    index('sale_events_order_day').on(t.tenantId, t.orderDay),
    index('sale_events_order').on(t.tenantId, t.sourceId, t.orderExtId),
    /** One seek finds a customer's first order day. */
    index('sale_events_customer')
      .on(t.tenantId, t.sourceId, t.customerExtId, t.orderDay)
      .where(sql`kind = 'sale' AND counted = 1 AND deleted_at IS NULL AND customer_ext_id IS NOT NULL`),
  ],
)

export const payments = sqliteTable(
  'payments',
  {
    ...fact(),
    kind: text('kind', { enum: ['charge', 'refund'] }).notNull(),
    status: text('status', { enum: ['pending', 'succeeded', 'failed', 'disputed'] }).notNull(),
    orderExtId: text('order_ext_id'),
    customerExtId: text('customer_ext_id'),
    /** Positive for charges, negative for refunds. */
    amount: integer('amount').notNull(),
    fee: integer('fee'),
    currency: text('currency').notNull(),
    happenedAt: text('happened_at').notNull(),
    businessDay: text('business_day').notNull(),
  },
  (t) => [
    ...keys(t),
    index('payments_day').on(t.tenantId, t.businessDay),
    index('payments_order').on(t.tenantId, t.sourceId, t.orderExtId),
  ],
)

export const payouts = sqliteTable(
  'payouts',
  {
    ...fact(),
    amount: integer('amount').notNull(),
    currency: text('currency').notNull(),
    status: text('status', { enum: ['pending', 'in_transit', 'paid', 'failed', 'canceled'] }).notNull(),
    arrivalDay: text('arrival_day').notNull(),
  },
  (t) => keys(t),
)

export const invoices = sqliteTable(
  'invoices',
  {
    ...fact(),
    number: text('number'),
    customerExtId: text('customer_ext_id'),
    customerName: text('customer_name'),
    customerEmail: text('customer_email'),
    status: text('status', { enum: ['draft', 'open', 'paid', 'void', 'uncollectible'] }).notNull(),
    currency: text('currency').notNull(),
    total: integer('total').notNull(),
    paid: integer('paid').notNull(),
    issuedDay: text('issued_day').notNull(),
    dueDay: text('due_day'),
    paidDay: text('paid_day'),
    memo: text('memo'),
    /** Lines as JSON; only of invoices that were made here. */
    lines: text('lines'),
  },
  (t) => [
    ...keys(t),
    index('invoices_due').on(t.tenantId, t.status, t.dueDay),
    index('invoices_issued').on(t.tenantId, t.issuedDay),
  ],
)

export const subscriptions = sqliteTable(
  'subscriptions',
  {
    ...fact(),
    customerExtId: text('customer_ext_id'),
    status: text('status', {
      enum: [
        'active',
        'past_due',
        'trialing',
        'paused',
        'unpaid',
        'canceled',
        'incomplete',
        'incomplete_expired',
      ],
    }).notNull(),
    currency: text('currency').notNull(),
    /** Monthly recurring amount of all items, before tax. */
    monthly: integer('monthly').notNull(),
    startedDay: text('started_day').notNull(),
    canceledDay: text('canceled_day'),
    periodEndDay: text('period_end_day'),
  },
  (t) => keys(t),
)
