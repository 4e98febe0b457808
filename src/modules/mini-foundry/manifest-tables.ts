/** Tables of this wing that hold a workspace's rows: what an export carries and an erasure empties. Children first. */
import type { TenantTableFact } from '../../platform/manifest.ts'

const exported = (table: string): TenantTableFact => ({ table, exported: true })
/** Worked out from the others, or bookkeeping: nothing is lost without it. */
const derived = (table: string): TenantTableFact => ({ table, exported: false })

export const TABLES: readonly TenantTableFact[] = [
  derived('metrics_cache'),
  derived('rollup_days'),
  exported('sale_events'),
  exported('order_lines'),
  exported('orders'),
  exported('payments'),
  exported('payouts'),
  exported('invoices'),
  exported('subscriptions'),
  exported('inventory_levels'),
  exported('products'),
  exported('campaign_days'),
  exported('contacts'),
  exported('customers'),
  derived('import_versions'),
  exported('webhook_events'),
  exported('imports'),
  exported('data_sources'),
  exported('dashboards'),
  derived('dirty_customers'),
  derived('dirty_days'),
  derived('data_versions'),
]
