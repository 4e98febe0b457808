/** Front door of Mini Foundry: what other wings and the doors may use. */

// Imports
export {
  type ArrivedFile,
  cancelImport,
  createImport,
  type ImportWish,
  MAX_FILE_BYTES,
  newImportFile,
  startImport,
} from './actions/imports.ts'
export { continueImport } from './actions/imports-run.ts'
export { undoImport, undoImportChunk } from './actions/imports-undo.ts'
export {
  type ImportError,
  type ImportPreview,
  type ImportView,
  previewImport,
  readImport,
  readImportErrors,
  readImports,
} from './actions/imports-view.ts'
export { type LandFactsInput, landFacts } from './actions/land-facts.ts'
export { FIELDS, fieldOf, type ImportField, KIND_LABELS } from './domain/import/fields.ts'
export { DATE_ORDERS, DECIMAL_MARKS, IMPORT_KINDS, type ImportKind } from './domain/import/types.ts'
export type { ImportRow } from './store/imports.ts'

// Sources, hooks, demo
export { addDemoData, removeDemoData, removeDemoFacts } from './actions/demo.ts'
export { processHook, receiveHook, retryHook } from './actions/hooks.ts'
export {
  addSigningSecret,
  changeSource,
  connectStripe,
  deleteSource,
  disconnectSource,
  type HookRow,
  listSources,
  readSource,
  type SourceDetail,
  type SourceRow,
} from './actions/sources.ts'

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
export { rebuildCalendar } from './actions/rollups-calendar.ts'
export { dashboardChangeSchema, newDashboardSchema } from './domain/dashboard-edit.ts'
export { METRICS } from './domain/metrics.ts'
export type { MetricAnswer } from './domain/metrics-answer.ts'
export { TEMPLATES } from './domain/templates.ts'
export type { Dashboard, DashboardName, DashboardView, WidgetView } from './domain/dashboard-model.ts'

// Home, invoices, search
export { type Attention, type HomeSummary, homeSummary } from './actions/home.ts'
export { INVOICE_FILTERS, type InvoiceLine, type InvoicePage, readInvoices } from './actions/invoices.ts'
export { type CustomerRow, type ProductLine, type RecordPage, readCustomers, readProducts } from './actions/records.ts'
export { type FoundRow, findRecords } from './actions/search.ts'
