/** A raw page as facts, in the words that the people of the workspace chose. */
import type { Actor } from '../../../platform/actor.ts'
import type { Services } from '../../../platform/services.ts'
import type { NormaliseContext, Normalised } from '../../../platform/source-reader.ts'
import type { FactBatch } from '../domain/facts.ts'
import type { FoundryReader } from '../domain/ports.ts'
import { type Renames, renameFacts, renamesOf } from '../domain/source-mapping.ts'
import { mappingsOf } from '../store/source-mapping.ts'
import type { SourceRow } from '../store/sources.ts'

export interface InWords extends NormaliseContext {
  renames: Renames | null
}

/** What a person chose, for `normalise`. `readAt`: when the page came (milliseconds), for facts that know no time of their own. */
export async function normaliseContextOf(
  { services, actor, source }: { services: Services; actor: Actor; source: SourceRow },
  stream: string,
  readAt: number = services.clock.now(),
): Promise<InWords> {
  const db = services.tenant(actor.tenantId)
  const kept = await db.get(mappingsOf(db, source.id))
  const own = kept.find((row) => row.stream === stream)?.mapping
  return {
    timeZone: actor.workspace.timeZone,
    currency: actor.workspace.currency,
    settings: source.settings,
    mapping: own && Object.keys(own).length > 0 ? own : null,
    now: readAt,
    renames: renamesOf(kept),
  }
}

export function normaliseInWords(
  reader: FoundryReader,
  stream: string,
  raw: string,
  context: InWords,
): Normalised<FactBatch> {
  const read = reader.normalise(stream, raw, context)
  return { ...read, batch: renameFacts(read.batch, context.renames) }
}
