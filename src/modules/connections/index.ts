/** Front door of the connections wing: connectors and their sealed credentials. */
export {
  type Credentials,
  newConnector,
  openCredentials,
  removeConnector,
  replaceCredentials,
} from './actions/connectors.ts'
export { manifest } from './manifest.ts'
