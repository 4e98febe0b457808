/** The pieces of a wing's manifest that are plain facts: events, notices, tables, lines of a history. */
import type * as z from 'zod'

/** One kind of event of the catalogue. Payloads carry ids and scalars only. */
export interface EventDefinition {
  /** `object.verb_past`, e.g. `lead.created`. Never renamed. */
  type: string
  title: string
  description: string
  payload: z.ZodType<Record<string, unknown>>
  sample: Record<string, unknown>
}

/** A kind of notification, with how people hear of it until they choose otherwise. */
export interface NoticeKind {
  kind: string
  title: string
  description: string
  mail: 'instant' | 'daily' | 'weekly' | 'off'
  /** Quiet hours and caps do not hold it back. */
  urgent?: boolean
}

/** A table of the wing that carries `tenant_id`. The order is the order of deletion: children first. */
export interface TenantTableFact {
  table: string
  /** False: bookkeeping that says nothing about the workspace (receipts, caches); never exported. */
  exported: boolean
  /** Columns that never leave: sealed secrets, digests, keys of stored objects. */
  omit?: readonly string[]
}

/** A line of a contact's history. */
export interface TimelineEntry {
  at: string
  /** e.g. `order`, `invoice`, `payment`, `mail`, `comment`. */
  kind: string
  title: string
  detail?: string
  href?: string
}

export interface Whom {
  contactId: string
  /** Lower case, or null when none is known. */
  email: string | null
  /** What data sources call this person: `(source id, external id)`. */
  externals: readonly { sourceId: string; externalId: string }[]
}
