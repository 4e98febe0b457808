/** What figures are split and filtered by, and how metrics are named. */

/** What sales are split by. */
export const SALES_DIMENSIONS = ['source', 'channel', 'country', 'region', 'category', 'product'] as const
export type SalesDimension = (typeof SALES_DIMENSIONS)[number]
/** Those and what only other measures know: advertising campaigns, kinds of payout lines, categories of expenses. */
export const DIMENSIONS = [...SALES_DIMENSIONS, 'campaign', 'movement', 'expense_category'] as const
export type Dimension = (typeof DIMENSIONS)[number]

/** Of the catalogue (`metrics.ts`) or of a metric that people made (`custom_...`). */
export type MetricId = string
