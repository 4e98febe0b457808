/** Front door of Mini Foundry: what other wings and the doors may use. */

// Imports

// Sources, hooks, demo

// Rollups, metrics, dashboards

// Home, invoices, search
export { type Attention, type HomeSummary, homeSummary } from './actions/home.ts'
export { INVOICE_FILTERS, type InvoiceLine, type InvoicePage, readInvoices } from './actions/invoices.ts'
export { type FoundRow, findRecords } from './actions/search.ts'
