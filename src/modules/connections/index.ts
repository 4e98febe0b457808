/** Front door of the connections wing: connectors and their sealed credentials. */
export { appFor, ownApp, removeOwnApp, saveOwnApp } from './actions/apps.ts'
export {
  type Credentials,
  newConnector,
  openCredentials,
  removeConnector,
  replaceCredentials,
} from './actions/connectors.ts'
export { receivePrivacyHook } from './actions/privacy-hooks.ts'
export { manifest } from './manifest.ts'
