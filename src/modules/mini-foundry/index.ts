/** Front door of Mini Foundry: what other wings and the doors may use. */

// Imports

// Sources, hooks, demo

// Rollups, metrics, dashboards
export {
  changeDashboard,
  createDashboard,
  dashboardMenu,
  deleteDashboard,
  duplicateDashboard,
  getDashboard,
  listDashboards,
} from './actions/dashboards.ts'
export { readDashboard } from './actions/dashboards-view.ts'
export { ensureDefaultDashboard, warmDefaultDashboard } from './actions/dashboards-warm.ts'
export { type MetricsResult, queryMetrics } from './actions/metrics.ts'
export { rebuildRollups } from './actions/rollups.ts'
export { dashboardChangeSchema, newDashboardSchema } from './domain/dashboard-edit.ts'
export { METRICS } from './domain/metrics.ts'
export type { MetricAnswer } from './domain/metrics-answer.ts'
export { TEMPLATES } from './domain/templates.ts'
export type { Dashboard, DashboardName, DashboardView, WidgetView } from './domain/dashboard-model.ts'

// Home, invoices, search
export { type Attention, type HomeSummary, homeSummary } from './actions/home.ts'
export { INVOICE_FILTERS, type InvoiceLine, type InvoicePage, readInvoices } from './actions/invoices.ts'
export { type FoundRow, findRecords } from './actions/search.ts'
