/** One sale that several systems see counts once: the sales of the system that is the record of sales count. Pure. */

export type SalesRole = 'sales' | 'payments' | 'books'

export interface SalesSource {
  id: string
  sourceType: string
  countsAsSales: boolean
  isDemo: boolean
}

/** The shop knows the sale best, then who took the payment, then the books. Others bring no sales of a connection. */
const ROLES: Record<string, SalesRole> = {
  shopify: 'sales',
  woocommerce: 'sales',
  square: 'sales',
  etsy: 'sales',
  stripe: 'payments',
  quickbooks: 'books',
  xero: 'books',
}
const ORDER: SalesRole[] = ['sales', 'payments', 'books']
/** Files and sheets: what they hold is what their owner says it is, so only a person decides about them. */
const OWNERS_WORD = new Set(['csv', 'csv_url', 'google_sheets', 'http', 'manual', 'demo'])

export const salesRole = (sourceType: string): SalesRole | null => ROLES[sourceType] ?? null

/**
 * Which sources count once `added` is there. A better role takes over from a worse one; an equal one counts beside it
 * (two shops); a worse one does not count. Files that count stand for sales. Answers what changes, the new one included.
 */
export function decideOnNew(
  known: readonly SalesSource[],
  added: { id: string; sourceType: string },
): Map<string, boolean> {
  const role = salesRole(added.sourceType)
  const counting = known.filter(
    ({ countsAsSales, isDemo, id }) => countsAsSales && !isDemo && id !== added.id,
  )
  if (role === null) {
    const first = OWNERS_WORD.has(added.sourceType) && counting.length === 0
    return new Map([[added.id, first]])
  }
  const best = Math.min(Number.POSITIVE_INFINITY, ...counting.map(({ sourceType }) => rankOf(sourceType)))
  const own = ORDER.indexOf(role)
  if (own > best) return new Map([[added.id, false]])
  const overtaken = counting.filter(({ sourceType }) => rankOf(sourceType) > own)
  return new Map([[added.id, true], ...overtaken.map(({ id }): [string, boolean] => [id, false])])
}

/** A person lets a source count: those of another role stop, since they see the same sales. */
export function decideOnSwitch(known: readonly SalesSource[], chosen: SalesSource): Map<string, boolean> {
  const role = salesRole(chosen.sourceType)
  const others = known.filter(({ id, countsAsSales, isDemo, sourceType }) => {
    const other = salesRole(sourceType)
    return id !== chosen.id && countsAsSales && !isDemo && role !== null && other !== null && other !== role
  })
  return new Map([[chosen.id, true], ...others.map(({ id }): [string, boolean] => [id, false])])
}

/** Why a source counts or does not, in words. */
export function whyCounted(source: SalesSource, known: readonly SalesSource[]): string {
  if (source.isDemo) return 'Sample data stands for itself.'
  const others = known.filter(({ id, countsAsSales, isDemo }) => id !== source.id && countsAsSales && !isDemo)
  if (source.countsAsSales)
    return others.length === 0
      ? 'Revenue, orders and customers are made of what this source reports.'
      : 'Its sales count beside those of your other sources of the same kind.'
  if (salesRole(source.sourceType) === null && !OWNERS_WORD.has(source.sourceType))
    return 'It brings no sales.'
  return others.length === 0
    ? 'No source counts as sales now. Turn it on if these are your sales.'
    : 'Another source already reports the same sales; counting both would double your revenue. Everything else it brings is kept.'
}

const rankOf = (sourceType: string): number => {
  const role = salesRole(sourceType)
  return role === null ? 0 : ORDER.indexOf(role)
}
