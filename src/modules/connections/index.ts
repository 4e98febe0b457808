/** Front door of the connections wing: connectors and their sealed credentials. */
export { appFor, removeOwnApp, saveOwnApp } from './actions/apps.ts'
export {
  type CatalogueEntry,
  listConnectors,
  readCatalogue,
  readConnector,
  readVendor,
  type VendorPage,
} from './actions/catalogue.ts'
export { connectByKey, finishOauth, startOauth } from './actions/connect.ts'
export {
  type Credentials,
  newConnector,
  openCredentials,
  removeConnector,
  replaceCredentials,
} from './actions/connectors.ts'
export { disconnect } from './actions/disconnect.ts'
export { createGate, type Gate } from './actions/gate.ts'
export { checkDue, checkNow, sendDueChecks } from './actions/health.ts'
export { receivePrivacyHook } from './actions/privacy-hooks.ts'
export { changeConnector, usableConnector, usableConnectors } from './actions/use.ts'
export type { ConnectorView } from './domain/connector.ts'
export { manifest } from './manifest.ts'
