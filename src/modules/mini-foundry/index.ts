/** Front door of Mini Foundry: what other wings and the doors may use. */

// Alerts
export {
  acknowledgeAlert,
  changeAlert,
  createAlert,
  deleteAlert,
  listAlerts,
  readAlert,
  readFirings,
  snoozeAlert,
  viewAlert,
} from './actions/alerts.ts'
export { judgeAlerts } from './actions/alerts-judge.ts'
export { alertChoices, type Rehearsal, rehearseAlert, suggestAlerts } from './actions/alerts-rehearse.ts'
export { createAnnotation, deleteAnnotation, listAnnotations } from './actions/annotations.ts'
export { askInWords } from './actions/ask-words.ts'
// People for the contacts
export { gatherContacts } from './actions/contacts-gather.ts'
// Metrics of a workspace's own, and targets
export {
  archiveCustomMetric,
  type CustomMetric,
  type CustomMetricView,
  changeCustomMetric,
  createCustomMetric,
  listCustomMetrics,
  readCustomMetric,
  restoreCustomMetric,
} from './actions/custom-metrics.ts'
export { formulaNames, previewFormula } from './actions/custom-metrics-check.ts'
export { readCustomer } from './actions/customer.ts'
export { uniteCustomers } from './actions/customers-unite.ts'
// Rollups, metrics, dashboards
export {
  changeDashboard,
  createDashboard,
  deleteDashboard,
  duplicateDashboard,
  getDashboard,
  listDashboards,
} from './actions/dashboards.ts'
export { metricsToChoose } from './actions/dashboards-check.ts'
export {
  chooseMyDashboard,
  type DashboardDesk,
  editDashboard,
  listVersions,
  openDesk,
  turnBack,
} from './actions/dashboards-edit.ts'
export { openDashboard } from './actions/dashboards-open.ts'
export { printDashboard } from './actions/dashboards-pdf.ts'
export {
  answerMailLink,
  listSchedules,
  readMailLink,
  scheduleDashboard,
  steerSchedule,
} from './actions/dashboards-schedule.ts'
export { sendDashboard } from './actions/dashboards-send.ts'
export {
  dashboardLinks,
  endDashboardLink,
  openShared,
  readEmbed,
  type SharedDashboard,
  shareDashboard,
} from './actions/dashboards-share.ts'
export { readDashboard } from './actions/dashboards-view.ts'
export { ensureDefaultDashboard } from './actions/dashboards-warm.ts'
// Sources, hooks, demo
export { addDemoData, hasDemoData, removeDemoData, removeDemoFacts } from './actions/demo.ts'
export { forecastMetric } from './actions/forecast.ts'
// Home, invoices, search
export { type Attention, type HomeSummary, homeSummary } from './actions/home.ts'
export { type Delivery, dismissHook, processHook, receiveHook, retryHook } from './actions/hooks.ts'
export { receiveSourceHook } from './actions/hooks-source.ts'
export { mendSubscriptions } from './actions/hooks-subscribe.ts'
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
export { readLateOutlook } from './actions/invoice-lateness.ts'
export {
  createInvoice,
  issueInvoice,
  listInvoices,
  payInvoice,
  reopenInvoice,
  voidInvoice,
} from './actions/invoices.ts'
export { readInvoice } from './actions/invoices-keep.ts'
export { tellEveryOverdue } from './actions/invoices-overdue.ts'
export { landFacts } from './actions/land-facts.ts'
export { type MetricsResult, queryMetrics } from './actions/metrics.ts'
export { catalogue, catalogueWithFigures, metricDefinition } from './actions/metrics-catalogue.ts'
export { listPayouts, readMoney, readPayout } from './actions/money.ts'
export { linkMoney, matchMoney } from './actions/money-match.ts'
export { type ReceiptInput, readReceipt, readWholeReceipt } from './actions/receipts.ts'
export {
  type CustomerLine,
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
  badgeOfSource,
  badgesOf,
  checkInBackground,
  checkSource,
  readChecks,
} from './actions/source-checks.ts'
export { readMapping, saveRenames, saveTableMapping } from './actions/source-mapping.ts'
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
export { changeLeadDays, readStock } from './actions/stock.ts'
// Reading sources
export { acknowledgeDrifts, leaveDeadOut, replayDead } from './actions/sync-dead.ts'
export { replayRaw, replayStep } from './actions/sync-replay.ts'
export { pauseStream, saveSettings, syncNow } from './actions/sync-start.ts'
export { stepStream } from './actions/sync-step.ts'
export {
  readDead,
  readDrift,
  readRuns,
  readStreams,
  type SourceStreams,
  type StreamView,
} from './actions/sync-view.ts'
export {
  beginTakeAway,
  listTakeAways,
  openTakeAway,
  sendDueTakeAways,
  stepTakeAway,
  type TakeAway,
} from './actions/take-away.ts'
export { readTarget, readTargets, setTarget, type TargetView } from './actions/targets.ts'
export { whatIf } from './actions/what-if.ts'
export { whyMoved } from './actions/why-moved.ts'
export type { Annotation } from './domain/annotations.ts'
export type { Dashboard, DashboardName, DashboardView, WidgetView } from './domain/dashboard-model.ts'
export { DEMO_CHOICES } from './domain/demo/profiles.ts'
export type { ImportError, ImportPreview, ImportRecord, ImportView } from './domain/import/model.ts'
export {
  IMPORT_KINDS,
  type ImportKind,
  type ImportMapping,
  type ImportOptions,
} from './domain/import/types.ts'
export type { MetricAnswer } from './domain/metrics-answer.ts'
export { manifest } from './manifest.ts'
