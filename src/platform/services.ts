/** What actions are given to work with: ports only. `compose.ts` is the one file that fills them. */
import type { Actor, Permission } from './actor.ts'
import type { Clock } from './clock.ts'
import type { PasswordHasher } from './crypto/password.ts'
import type { SecretBox } from './crypto/secret-box.ts'
import type { TokenSigner } from './crypto/signed-token.ts'
import type { Directory } from './directory.ts'
import type { EnginePort } from './engine-port.ts'
import type { PlatformEvent } from './event.ts'
import type { IdentityProvider } from './identity.ts'
import type { Log } from './log.ts'
import type { MailAttachment } from './mail-attachment.ts'
import type { MailStream } from './mail-stream.ts'
import type { Message } from './message.ts'
import type { Result } from './result.ts'
import type { SourceReader } from './source-reader.ts'
import type {
  RecordQuestion,
  StepFacts,
  StepJson,
  StepOutcome,
  StepOutput,
  StepRequest,
  VendorStep,
} from './step.ts'
import type { Meter, TenantDb } from './tenant-db.ts'
import type { Credentials, StandInWay, Vendor, VendorApp } from './vendor.ts'
import type { EventDefinition, NoticeKind, TenantTableFact, TimelineEntry, Whom } from './wing-facts.ts'

export interface Config {
  environment: 'development' | 'test' | 'production'
  signups: 'open' | 'invite' | 'closed'
  publicUrl: string
  mailFrom: string
  /** Domain whose mail comes to the inbound door; empty: none. */
  inboundDomain: string
  /** E-mail addresses, in lower case, of those who run this installation. */
  operators: readonly string[]
  version: string
  /** Development only: vendors whose addresses lead to made-up ones beside this installation, by kind. */
  standIns: Readonly<Record<string, StandInWay>>
}

export interface QueuePort {
  send(message: Message, delaySeconds?: number): Promise<void>
}

/** R2: raw payloads and files, keyed `<area>/<tenant>/...`. */
export interface FilePort {
  put(
    key: string,
    body: ReadableStream | ArrayBuffer | string,
    contentType: string,
  ): Promise<{ bytes: number }>
  /**
   * A stream of unknown length, passed on in parts and never held whole. Past `maxBytes` the upload is given up and
   * `null` answered; when the stream fails, nothing is stored and the failure is thrown.
   */
  putStream(
    key: string,
    body: ReadableStream<Uint8Array>,
    contentType: string,
    maxBytes: number,
  ): Promise<{ bytes: number } | null>
  /** A range of bytes (end exclusive, shorter at the end of the file), or null when there is no such file. */
  range(key: string, start: number, end: number): Promise<Uint8Array | null>
  text(key: string): Promise<string | null>
  stream(key: string): Promise<ReadableStream | null>
  list(prefix: string): Promise<string[]>
  remove(keys: string[]): Promise<void>
}

export interface MailDraft {
  kind: string
  to: string
  subject: string
  text: string
  html: string
  tenantId?: string
  stream?: MailStream
  fromName?: string
  replyTo?: string
  /** Further headers. A line break in a name or value refuses the mail. */
  headers?: Record<string, string>
  attachments?: readonly MailAttachment[]
  /** The same key of the same workspace is the same mail: it is queued once. */
  dedupeKey?: string
}

/** The one way a mail leaves. Returns when the mail is safely queued. */
export interface MailPort {
  send(draft: MailDraft): Promise<{ id: string }>
  /** Hands a queued mail to the provider; called by the mail queue. Sending twice sends once. */
  deliver(mailId: string): Promise<void>
}

/** The tenant's live hub. */
export interface LivePort {
  /** Something that pages show has changed: the hub renders and pushes. */
  changed(tenantId: string): Promise<void>
  /** Progress of an import, to whoever looks at it. */
  importMoved(tenantId: string, importId: string): Promise<void>
  /** Somebody's inbox has changed: their open pages show the count. */
  noticed(tenantId: string, personIds: readonly string[]): Promise<void>
  /** Ends the sockets of a session that was revoked. */
  disconnect(tenantId: string, sessionId: string): Promise<void>
  /** Closes every socket of the workspace and empties the hub's storage. Unlike the rest this fails when it fails. */
  forget(tenantId: string): Promise<void>
}

export interface LimitPort {
  /** False when the caller must wait. `key` names who, e.g. `sign-in:ip:203.0.113.0/24`. */
  signIn(key: string): Promise<boolean>
  anonymous(key: string): Promise<boolean>
  /** Token bucket per tenant for the API. */
  api(tenantId: string): Promise<{ allowed: boolean; remaining: number; resetSeconds: number; limit: number }>
}

export interface FxPort {
  /** Units of each currency for one euro on each day since `from`; empty when no source is configured. */
  rates(from: string): Promise<{ day: string; currency: string; perEuro: string }[]>
}

/** TrueType fonts for files that carry their letters with them. */
export interface FontPort {
  sans(): Promise<{ regular: ArrayBuffer; bold: ArrayBuffer }>
}

/** Outside systems' doors: tokens refreshed once for all who ask, calls held to the vendor's pace. */
export interface GatePort {
  /** Credentials that are good for the next minutes, refreshed under a lease when they were not. */
  credentials(tenantId: string, connectorId: string): Promise<Result<Credentials>>
  /** After a 401: the token that failed is refreshed, unless somebody has done so already. */
  renewed(tenantId: string, connectorId: string, failedAccessToken: string): Promise<Result<Credentials>>
  /** Milliseconds to wait before a call of this cost may go out; 0: now (and it is counted). */
  take(tenantId: string, connectorId: string, cost: number): Promise<number>
  /** The vendor said to wait (Retry-After): nobody calls before. */
  hold(tenantId: string, connectorId: string, forMs: number): Promise<void>
  /** Empties the object's storage. */
  forget(tenantId: string, connectorId: string): Promise<void>
}

/** Posts JSON or forms to an address that a person of the workspace gave us (webhooks, chat channels). */
export interface PostPort {
  post(
    url: string,
    body: string,
    headers: Record<string, string>,
  ): Promise<Result<{ status: number; text: string; ms: number; headers: Headers }>>
  /** Any request, followed through a few redirects. */
  ask(
    url: string,
    request: { method: string; headers: Record<string, string>; body?: string },
  ): Promise<Result<{ status: number; text: string }>>
  /** Why this address may not be posted to, or null. */
  refuse(url: string): string | null
}

/** Called at least once per event; a listener that was done is not called again. */
export type Listener = (services: Services, actor: Actor, event: PlatformEvent) => Promise<void>

export interface Manifest {
  wing: string
  events: readonly EventDefinition[]
  notices: readonly NoticeKind[]
  tables: readonly TenantTableFact[]
  /** Kinds of connectors that this wing reads from or writes to. */
  uses?: readonly string[]
  /** First parts of R2 keys `<area>/<tenant>/...`. */
  fileAreas: readonly string[]
  /** The same of what is made of the rest: erased with the workspace, in no export. */
  passingAreas?: readonly string[]
  /** By name; each sees every event it asks for (`*`: all). */
  listeners: readonly { name: string; events: readonly string[]; listen: Listener }[]
  /** What automations can do and look at in this wing. */
  steps?: readonly StepDefinition[]
  records?: readonly RecordKind[]
  /** What this wing knows about a contact, the newest first. */
  timeline?(services: Services, actor: Actor, whom: Whom, limit: number): Promise<TimelineEntry[]>
  /** What this wing holds about a person (subject access), by table; rows are plain JSON. */
  personal?(services: Services, actor: Actor, whom: Whom): Promise<Record<string, unknown[]>>
  /** Takes a person out of this wing's rows; answers how many rows changed, by table. */
  forget?(services: Services, actor: Actor, whom: Whom): Promise<Record<string, number>>
}

export interface Services {
  config: Config
  clock: Clock
  log: Log
  directory: Directory
  /** Rows of one tenant; `meter` of the returned handle counts what D1 did. */
  tenant(tenantId: string): TenantDb
  /** What D1 did for tenants' rows since these services were made. */
  meter: Meter
  queue: QueuePort
  files: FilePort
  mail: MailPort
  live: LivePort
  limits: LimitPort
  fx: FxPort
  fonts: FontPort
  gate: GatePort
  post: PostPort
  vendors: readonly Vendor[]
  /** How vendors' records are read, by kind; the wing that keeps facts knows what their batches are. */
  readers: readonly SourceReader<unknown>[]
  /** What automations can do at vendors. */
  vendorSteps: readonly VendorStep[]
  /** The tenants' engines of automations. */
  engine: EnginePort
  /** The installation's own apps at vendors, by kind. */
  apps: Readonly<Record<string, VendorApp>>
  /** Secrets of the installation that prove vendors' deliveries where the app's own secret does not, by kind. */
  hookSecrets: Readonly<Record<string, string>>
  identityProviders: readonly IdentityProvider[]
  /** What every wing tells about itself. */
  wings: readonly Manifest[]
  box: SecretBox
  tokens: TokenSigner
  passwords: PasswordHasher
  /** Work to finish after the answer is sent. */
  later(work: Promise<unknown>): void
}

/** A step of a wing: done within the platform, with the rights of whoever published the automation. */
export interface StepDefinition extends StepFacts {
  /** What the publisher must be allowed to. */
  permission: Permission
  perform(services: Services, actor: Actor, request: StepRequest): Promise<StepOutcome>
}

/** A kind of record that triggers, conditions and steps can look at. */
export interface RecordKind {
  /** `invoice`, `contact`, `order`. */
  kind: string
  title: string
  /** Permission that reading needs. */
  permission: Permission
  /** What is found at `invoice.number`; samples stand in until there is a real record. */
  fields: readonly StepOutput[]
  /** Field names that `find` can filter by equality or range. */
  read(services: Services, actor: Actor, id: string): Promise<Record<string, StepJson> | null>
  /** The newest first. `text`: what a person types to find one. */
  find(services: Services, actor: Actor, question: RecordQuestion): Promise<Record<string, StepJson>[]>
  /** Where people see it. */
  href(id: string): string
}
