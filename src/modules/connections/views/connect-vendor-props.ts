/** What the page that connects a vendor is drawn from. */
import type { FieldError } from '../../../platform/result.ts'
import type { StandInWay, Vendor } from '../../../platform/vendor.ts'
import type { ConnectorView } from '../domain/connector.ts'

export interface ConnectVendorProps {
  vendor: Vendor
  connections: ConnectorView[]
  app: { clientId: string } | null
  /** The installation has an app of its own there. */
  installed: boolean
  redirectUri: string
  /** A module of this version works with it. */
  used: boolean
  /** The vendor's address leads to a made-up one: how that is connected. */
  standIn: StandInWay | null
  /** The way that was chosen; when the vendor has no such way, the first that works at once. */
  chosen: string
  /** The connection that is to be connected again. */
  again: ConnectorView | null
  /** What was sent and refused: which form, what it held, and why. */
  refused?: {
    form: 'oauth' | 'key' | 'app'
    values: Record<string, string>
    errors?: FieldError[]
    detail: string
  }
}
