/** What belongs together across sources: an order and its payment, a payout and its deposit. */
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { workspaces } from '../../../platform/directory-schema.ts'

const tenantId = () =>
  text('tenant_id')
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' })

export const moneyLinks = sqliteTable(
  'money_links',
  {
    tenantId: tenantId(),
    /** `order_payment`, `payout_deposit`, `invoice_order`, ... */
    kind: text('kind').notNull(),
    leftSourceId: text('left_source_id').notNull(),
    leftExtId: text('left_ext_id').notNull(),
    rightSourceId: text('right_source_id').notNull(),
    rightExtId: text('right_ext_id').notNull(),
    /** How it was found: `reference`, `amount_and_day`, `person`. */
    rule: text('rule').notNull(),
    /** A person said that these do not belong together: never linked again by itself. */
    refused: integer('refused', { mode: 'boolean' }).notNull().default(false),
    madeBy: text('made_by'),
    madeAt: text('made_at').notNull(),
  },
  (t) => [
    primaryKey({
      columns: [t.tenantId, t.kind, t.leftSourceId, t.leftExtId, t.rightSourceId, t.rightExtId],
    }),
    index('money_links_right').on(t.tenantId, t.kind, t.rightSourceId, t.rightExtId),
    /** A payment pays for one order, a deposit is one payout. */
    uniqueIndex('money_links_once')
      .on(t.tenantId, t.kind, t.rightSourceId, t.rightExtId)
      .where(sql`refused = 0`),
  ],
)

/** How long it takes to have a product again, as a person said. */
export const productSettings = sqliteTable(
  'product_settings',
  {
    tenantId: tenantId(),
    sourceId: text('source_id').notNull(),
    productExtId: text('product_ext_id').notNull(),
    leadDays: integer('lead_days').notNull(),
    updatedBy: text('updated_by').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.sourceId, t.productExtId] })],
)
