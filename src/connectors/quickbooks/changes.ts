/** What changed lately, deleted records included (change data capture, at most 30 days and 1,000 objects an answer). */
import { ok, type Result } from '../../platform/result.ts'
import type { ReadContext } from '../../platform/source-reader.ts'
import type { QuickbooksCalls } from './calls.ts'
import type { Turn } from './query.ts'
import type { State } from './state.ts'

/** An hour less than 30 days, so that none vanishes while we ask. */
const KEPT_MS = 30 * 86_400_000 - 3_600_000
const MOST = 1_000
/** More than a thousand changes in less than this are read by queries alone. */
const NARROWEST_MS = 60_000

/** After a longer silence the queries read what changed; the list still tells what was deleted in the last 30 days. */
export function firstChanges(
  entities: readonly string[],
  from: number,
  now: number,
): Pick<State, 'changes' | 'entities'> {
  const oldest = now - KEPT_MS
  return {
    changes: [{ entities: [...entities], since: Math.max(from, oldest) }],
    entities: from < oldest ? [...entities] : [],
  }
}

/**
 * A full answer may have left something out. It is asked again entity by entity; one that is still full is read by
 * queries, and asked for the newer half of its time, which deletions show in.
 */
export async function readChanges(
  calls: QuickbooksCalls,
  state: State,
  context: ReadContext,
): Promise<Result<Turn>> {
  const [asked, ...others] = state.changes
  if (!asked) return ok({ records: [], next: state })
  const answer = await calls.changes(asked.entities, asked.since, context)
  if (!answer.ok) return answer
  const records = answer.value
  const isFull = records.length >= MOST
  if (!isFull) return ok({ records, next: { ...state, changes: others } })
  if (asked.entities.length > 1) {
    const each = asked.entities.map((entity) => ({ entities: [entity], since: asked.since }))
    return ok({ records, next: { ...state, changes: [...each, ...others] } })
  }
  const middle = Math.floor((asked.since + context.now) / 2)
  const narrower = context.now - middle < NARROWEST_MS ? [] : [{ ...asked, since: middle }]
  const entities = [...new Set([...state.entities, ...asked.entities])]
  return ok({ records, next: { ...state, changes: [...narrower, ...others], entities } })
}
