/** What the parts of the sync engine hand to each other. */
import type { Actor } from '../../../platform/actor.ts'
import type { Services } from '../../../platform/services.ts'
import type { SourceStream } from '../../../platform/source-reader.ts'
import type { FoundryReader } from '../domain/ports.ts'
import type { PlannedRun } from '../domain/sync/plan.ts'
import type { SourceRow } from '../store/sources.ts'
import type { StreamRow } from '../store/sync.ts'

/** A step that is under way. */
export interface Step {
  services: Services
  actor: Actor
  source: SourceRow
  row: StreamRow
  reader: FoundryReader
  stream: SourceStream
  /** All streams of the source as they are told now. */
  streams: readonly SourceStream[]
  run: PlannedRun & { id: string; startedAt: string; pages: number; state: unknown }
  now: number
}

/** When the stream is to be looked at again; null: not by itself. */
export type Next = { at: number | null }
