/** How an outside system is connected: what a connector folder tells the connections wing. */
import type { Result } from './result.ts'

/** A field of the form that connects a vendor. */
export interface VendorField {
  name: string
  label: string
  hint?: string
  placeholder?: string
  secret?: boolean
  optional?: boolean
}

/** Opened credentials of one connection, sealed at rest. Which keys there are is the vendor's own affair but for these. */
export interface Credentials {
  accessToken?: string
  refreshToken?: string
  /** The refresh token before this one: tried once when the newest was lost on its way. */
  previousRefreshToken?: string
  /** Milliseconds when the access token ends; absent: it does not. */
  expiresAt?: number
  [key: string]: unknown
}

/** Who the vendor says we are connected as. */
export interface VendorAccount {
  /** The vendor's stable id: shop domain, realm id, account id. */
  account: string
  accountName: string
  scopes: string[]
}

export interface VendorApp {
  clientId: string
  clientSecret: string
}

/** What a vendor call is given beside credentials. */
export interface VendorContext {
  now: number
  /** The app at the vendor: the workspace's own, else the installation's; null when there is none. */
  app: VendorApp | null
  redirectUri: string
}

export interface Connected extends VendorAccount {
  credentials: Credentials
}

export interface OauthMethod {
  kind: 'oauth'
  label: string
  fields: readonly VendorField[]
  /** The vendor's consent page. `state` and the PKCE challenge (S256) are made by the flow; extra fields are checked here. */
  start(
    input: Record<string, string>,
    context: VendorContext & { state: string; challenge: string },
  ): Result<{ url: string }>
  /** Checks everything the callback brought (signatures, realm) and spends the code. */
  finish(
    query: URLSearchParams,
    input: Record<string, string>,
    context: VendorContext & { verifier: string },
  ): Promise<Result<Connected>>
  /** New credentials for old. `unauthenticated`: the vendor refused for good, a person must reconnect. */
  refresh?(credentials: Credentials, context: VendorContext): Promise<Result<Credentials>>
}

export interface KeyMethod {
  kind: 'key'
  label: string
  fields: readonly VendorField[]
  /** Checks the fields by asking the vendor who we are. */
  accept(input: Record<string, string>, context: VendorContext): Promise<Result<Connected>>
  /** Client-credential grants get a new token this way. */
  refresh?(credentials: Credentials, context: VendorContext): Promise<Result<Credentials>>
}

export type ConnectMethod = OauthMethod | KeyMethod

export type VendorCategory =
  | 'shop'
  | 'payments'
  | 'books'
  | 'marketing'
  | 'messages'
  | 'people'
  | 'market'
  | 'web'
  | 'files'

export interface Vendor {
  /** Stable word kept in `connectors.kind`. */
  kind: string
  name: string
  category: VendorCategory
  /** What an owner gets, one short sentence each. */
  gives: readonly string[]
  /** What the owner must have or do first. */
  needs: string
  /** Where the vendor explains keys and apps. */
  help: string
  methods: readonly ConnectMethod[]
  /** Token bucket of one connection: calls held at most, and how many come back a second. */
  bucket: { capacity: number; perSecond: number }
  /** Asks the vendor who we are; `unauthenticated` when the credentials no longer hold. */
  check(credentials: Credentials, context: VendorContext): Promise<Result<VendorAccount>>
  /** Tells the vendor that we go. Failing to tell does not keep us. */
  revoke?(credentials: Credentials, context: VendorContext): Promise<Result<null>>
}

/** How a made-up vendor is connected: the way, and what its form is sent with. */
export interface StandInWay {
  method: 'key' | 'oauth'
  fields: Readonly<Record<string, string>>
}
