/** Lands a batch of facts of a source: the way in for everything that is not a file import (webhooks, demo). */
import { type Actor, can } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { forbidden, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { FactBatch, FactKind } from '../domain/facts.ts'
import { landingStatements } from '../store/landing.ts'
import { deriveOrders } from '../store/landing-orders.ts'
import { removeMissingParts } from '../store/landing-parts.ts'
import { recordSourceLanding } from '../store/landing-sources.ts'

export interface LandFactsInput {
  sourceId: string
  origin: 'history' | 'live'
  batch: FactBatch
  importId?: string | null
  /** Orders that have no header of their own: it follows from their sale events. */
  orderExtIds?: string[]
  /** More of the same is about to come: what shows the facts is made anew later, by whoever brings the last of them. */
  isMidway?: boolean
  /** Statements for the same transaction as the last of the facts: the mark that this delivery is done, events, audit. */
  also?: D1PreparedStatement[]
}

/** Facts of one transaction; D1 gives a batch 30 seconds, and this takes a fraction of one. */
const CHUNK = 1_000

/** Answers how many rows changed (triggers' bookkeeping included); 0 means that all of it was known already. */
export async function landFacts(
  services: Services,
  actor: Actor,
  input: LandFactsInput,
): Promise<Result<{ changed: number }>> {
  if (!can(actor, 'foundry:write')) return forbidden('add data')
  const db = services.tenant(actor.tenantId)
  const scope = { sourceId: input.sourceId, importId: input.importId ?? null, origin: input.origin }
  const nowIso = isoInstant(services.clock.now())
  const pieces = chunked(input.batch)
  let changed = 0
  for (const [index, piece] of pieces.entries()) {
    const counts = recordSourceLanding(db, scope.sourceId, piece, nowIso)
    const facts = landingStatements(db, scope, piece)
    const last = index === pieces.length - 1
    // an order's parts may lie in several pieces
    if (last) facts.push(...removeMissingParts(db, input.sourceId, input.batch))
    const headers = last ? deriveOrders(db, scope, input.orderExtIds ?? []) : []
    const also = last ? (input.also ?? []) : []
    const results = await db.write([...counts, ...facts, ...headers, ...also])
    changed += results.slice(counts.length, counts.length + facts.length).reduce((sum, n) => sum + n, 0)
  }
  if (changed > 0 && !input.isMidway) await services.queue.send({ kind: 'rollup', tenantId: actor.tenantId })
  return ok({ changed })
}

/** Pieces of at most CHUNK facts of each kind, so that what belongs together mostly lands together. */
function chunked(batch: FactBatch): FactBatch[] {
  const lengths = [...kindsOf(batch), ...kindsOf(batch.ifAbsent ?? {})].map(([, facts]) => facts.length)
  const count = Math.max(1, Math.ceil(Math.max(0, ...lengths) / CHUNK))
  return Array.from({ length: count }, (_, index) => {
    const slice = (source: FactBatch) =>
      Object.fromEntries(
        kindsOf(source).map(([kind, facts]) => [kind, facts.slice(index * CHUNK, (index + 1) * CHUNK)]),
      )
    return { ...slice(batch), ifAbsent: slice(batch.ifAbsent ?? {}) } as FactBatch
  })
}

const kindsOf = (batch: FactBatch): [FactKind, unknown[]][] =>
  Object.entries(batch).filter(([kind]) => kind !== 'ifAbsent') as [FactKind, unknown[]][]
