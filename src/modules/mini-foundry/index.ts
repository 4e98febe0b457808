/** Front door of Mini Foundry: what other wings and the doors may use. */

// People for the contacts
export { gatherContacts } from './actions/contacts-gather.ts'
// Rollups, metrics, dashboards
export {
  changeDashboard,
  createDashboard,
  deleteDashboard,
  duplicateDashboard,
  getDashboard,
  listDashboards,
} from './actions/dashboards.ts'
export { readDashboard } from './actions/dashboards-view.ts'
export { ensureDefaultDashboard } from './actions/dashboards-warm.ts'
// Sources, hooks, demo
export { addDemoData, hasDemoData, removeDemoData, removeDemoFacts } from './actions/demo.ts'
// Home, invoices, search
export { type Attention, type HomeSummary, homeSummary } from './actions/home.ts'
export { type Delivery, dismissHook, processHook, receiveHook, retryHook } from './actions/hooks.ts'
// Imports
export {
  cancelImport,
  createImport,
  discardImportFile,
  MAX_FILE_BYTES,
  newImportFile,
  startImport,
} from './actions/imports.ts'
export type { ArrivedFile, ImportWish } from './actions/imports-decide.ts'
export { continueImport } from './actions/imports-run.ts'
export { undoImport, undoImportChunk } from './actions/imports-undo.ts'
export { previewImport, readImport, readImportErrors, readImports } from './actions/imports-view.ts'
export { landFacts } from './actions/land-facts.ts'
export { type MetricsResult, queryMetrics } from './actions/metrics.ts'
export {
  type CustomerRow,
  INVOICE_FILTERS,
  type InvoiceLine,
  type ProductLine,
  RECORD_SORTS,
  type RecordPage,
  readCustomers,
  readInvoices,
  readProducts,
} from './actions/records.ts'
export { rebuildRollups } from './actions/rollups.ts'
export { rebuildCalendar } from './actions/rollups-calendar.ts'
export { type FoundRow, findRecords } from './actions/search.ts'
export {
  changeSource,
  type HookRow,
  listSources,
  pageSources,
  readSource,
  type SourceDetail,
  type SourceRow,
} from './actions/sources.ts'
export { continueSourceRemoval, deleteSource } from './actions/sources-removal.ts'
export { addSigningSecret, dropOlderSecret } from './actions/sources-secrets.ts'
export { connectStripe, disconnectSource, reconnectStripe } from './actions/sources-stripe.ts'
export type { Dashboard, DashboardName, DashboardView, WidgetView } from './domain/dashboard-model.ts'
export { DEMO_CHOICES } from './domain/demo/profiles.ts'
export type { ImportError, ImportPreview, ImportRecord, ImportView } from './domain/import/model.ts'
export {
  IMPORT_KINDS,
  type ImportKind,
  type ImportMapping,
  type ImportOptions,
} from './domain/import/types.ts'
export { METRICS } from './domain/metrics.ts'
export type { MetricAnswer } from './domain/metrics-answer.ts'
export { manifest } from './manifest.ts'
