/** What Mini Foundry needs from outside systems: to know a genuine delivery, and to read it as facts. */
import type { SourceReader } from '../../../platform/source-reader.ts'
import type { FactBatch } from './facts.ts'

/** A delivery whose signature held, as far as every vendor has these. */
export interface HookEvent {
  id: string
  type: string
  /** Milliseconds: when it happened at the vendor. */
  createdMs: number
}

export type HookRefusal = 'malformed' | 'signature' | 'too-old'

/** What happened, for those who listen; ids, amounts as decimal text, and other scalars only. */
export interface HookReadingEvent {
  type: string
  payload: Record<string, string | number | null>
}

export interface HookReading {
  /** Milliseconds: when it happened at the vendor. */
  happenedMs: number
  batch: FactBatch
  /** Orders whose headers follow from the events of this batch. */
  orderExtIds: string[]
  events: HookReadingEvent[]
}

export interface HookPort {
  /**
   * Checks the signature over the raw body with each secret, in constant time, within 300 s of `nowMs`. `body` is the
   * exact text that arrived.
   */
  verify(
    body: string,
    headers: Headers,
    secrets: readonly string[],
    nowMs: number,
  ): Promise<HookEvent | HookRefusal>
  /** Reads a stored body; null when its type holds nothing for us. Throws on a body that is not what it says. */
  read(body: string, context: { timeZone: string }): HookReading | null
}

/** A vendor's reader with its batches in our normal form. */
export type FoundryReader = SourceReader<FactBatch>

/** `compose.ts` builds every reader for this wing; this is the one place that says so. */
export const readerOf = (readers: readonly SourceReader<unknown>[], kind: string): FoundryReader | null =>
  (readers.find((reader) => reader.kind === kind) as FoundryReader | undefined) ?? null
