/**
 * How a vendor's records are read: what a connector folder offers to the wing that keeps facts. `Batch` is that wing's
 * normal form; the platform does not know it.
 */
import type { Result } from './result.ts'
import type { Credentials, VendorApp } from './vendor.ts'

/** A kind of record that is read by itself, with a cursor of its own. */
export interface SourceStream {
  /** Stable word kept in `sync_streams.stream`, e.g. `orders`. */
  name: string
  /** In words: "Orders and refunds". */
  title: string
  /** Minutes between two incremental reads when no webhook tells us sooner. */
  everyMinutes: number
  /** How far an incremental read goes back before the point it had reached: late and out-of-order changes. */
  overlapMinutes: number
  /** Whether it has a past worth loading in windows of this many days, the newest first; null: read whole each time. */
  windowDays: number | null
  /** Days of the past that are read whatever history was chosen: what began long ago and still counts today. */
  historyDays?: number
  /** Streams whose past must be complete before this one begins (products before orders). */
  after?: readonly string[]
  /** Read again in full once a night over the last so many days, because the vendor does not tell of every change. */
  reconcileDays?: number
  /** Scope or permission without which the vendor refuses it; the screen names it. */
  needs?: string
}

export interface ReadContext {
  credentials: Credentials
  /** The vendor's stable id of the account (shop domain, realm id). */
  account: string
  app: VendorApp | null
  /** What the person chose for this source. */
  settings: Record<string, unknown>
  timeZone: string
  /** The workspace's currency, for vendors that do not name one. */
  currency: string
  now: number
  /** Waits its turn at the connection's gate before a call of this cost; answers the milliseconds to wait (0: go). */
  take(cost: number): Promise<number>
}

export interface PageRequest {
  stream: string
  mode: 'backfill' | 'incremental' | 'reconcile'
  /** Milliseconds, half open: what was created (backfill) or changed (incremental) in it. */
  window: { from: number; to: number }
  /** What the page before handed on; null at the start of a run. JSON. */
  state: unknown
}

export interface SourcePage {
  /** Exactly what `normalise` reads: kept in R2 before anything is written. Null: nothing came (still waiting). */
  raw: string | null
  /** Records in `raw`. */
  records: number
  /** For the next page; ignored when `done`. */
  state: unknown
  done: boolean
  /** Milliseconds to leave the vendor alone before the next page (a bulk operation that is still running, a bucket). */
  waitMs?: number
  /** How many records the run will have in all, once the vendor has said so. A run that ends with fewer has failed. */
  expected?: number
}

export interface Refused {
  extId: string | null
  /** The record as JSON text. */
  record: string
  reason: string
}

export interface SourceEvent {
  type: string
  payload: Record<string, string | number | boolean | null>
}

/** Facts of a page, and what could not be read. */
export interface Normalised<Batch> {
  batch: Batch
  /** Orders whose headers follow from their sale events; absent: headers are in the batch. */
  orderExtIds?: string[]
  /** What to tell when this is news (webhook), never when it is history. */
  events?: SourceEvent[]
  refused: Refused[]
  /** Paths of fields that the reader does not know (`appeared`) or expected and did not find (`missing`). */
  drift: { path: string; change: 'appeared' | 'missing' | 'type'; detail: string }[]
}

export interface NormaliseContext {
  timeZone: string
  currency: string
  settings: Record<string, unknown>
  /** Field mapping that a person changed for this stream; null: the standard one. */
  mapping: Record<string, unknown> | null
  now: number
}

/** A delivery whose signature held. */
export interface DeliveredEvent {
  /** Of whom it speaks, where one delivery may speak of several accounts. */
  account?: string
  /** The vendor's id of the delivery or event: the same again is ignored. */
  id: string
  type: string
  /** Milliseconds. */
  createdMs: number
}

export type DeliveryRefusal = 'malformed' | 'signature' | 'too-old'

/** What a delivery asks for: facts that it carries itself, and records to fetch again by id (webhooks are hints). */
export interface Delivery<Batch> {
  happenedMs: number
  facts: Normalised<Batch> | null
  refetch: { stream: string; ids: string[] }[]
}

export interface SourceHooks<Batch> {
  /** `body` is the exact text that arrived. Constant time over every secret. */
  verify(
    body: string,
    headers: Headers,
    secrets: readonly string[],
    nowMs: number,
  ): Promise<DeliveredEvent[] | DeliveryRefusal>
  /** Accounts that a delivery speaks of, for vendors with one address for all (QuickBooks, Shopify). */
  accounts?(body: string, headers: Headers): string[]
  /** The body with nothing but what speaks of this account, where one may speak of several: others are not to see it. */
  only?(body: string, account: string): string
  /** Null: nothing for us. Throws on a body that is not what it says. `eventId` of those that `verify` named. */
  read(body: string, eventId: string, context: NormaliseContext): Delivery<Batch> | null
  /** Makes or mends the vendor's subscriptions so that deliveries come to `url`; answers the secret when it chose one. */
  subscribe?(context: ReadContext, url: string): Promise<Result<{ secret: string | null }>>
}

/** The source's own total of a day, to hold ours against. Amounts are integers of 1/10,000. */
export interface ControlTotal {
  measure: string
  day: string
  currency: string
  value: number
}

/** One line of the standard mapping, for people: which field of the vendor becomes which of ours. */
export interface MappingLine {
  stream: string
  from: string
  to: string
  note?: string
}

/** What a person chooses for a source of this kind. */
export interface SettingsField {
  name: string
  label: string
  hint?: string
  placeholder?: string
  options?: readonly { value: string; label: string }[]
  optional?: boolean
}

export interface SourceReader<Batch> {
  /** The connector's kind. */
  kind: string
  name: string
  /** What it is the record of: decides whose sales count when several sources see the same sale. */
  role: 'sales' | 'payments' | 'books' | 'marketing' | 'people' | 'any'
  /** In the order they are shown. Some depend on settings (which sheets) or on the scopes that were given. */
  streams(settings: Record<string, unknown>): readonly SourceStream[]
  /** The first fault of what a person chose, or null. */
  settingsFields?: readonly SettingsField[]
  /** The standard mapping in words. */
  mapping?: readonly MappingLine[]
  settingsFault?(settings: Record<string, unknown>): { path: string; message: string } | null
  read(request: PageRequest, context: ReadContext): Promise<Result<SourcePage>>
  /** Records by id, as one raw page for `normalise`; absent ids are absent at the vendor. */
  fetch?(stream: string, ids: readonly string[], context: ReadContext): Promise<Result<string>>
  /** Pure: the same raw page gives the same facts. */
  normalise(stream: string, raw: string, context: NormaliseContext): Normalised<Batch>
  hooks?: SourceHooks<Batch>
  /** Totals of these days as the vendor itself computes them; `day` in the vendor account's zone. */
  totals?(days: { from: string; to: string }, context: ReadContext): Promise<Result<ControlTotal[]>>
}
