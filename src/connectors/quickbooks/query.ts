/**
 * Reading by queries: ordered by the time of the last change, each page going on from the last instant of the one
 * before, since records that change move to the end while we read and would push others past an offset.
 */
import { ok, type Result } from '../../platform/result.ts'
import type { PageRequest, ReadContext } from '../../platform/source-reader.ts'
import { instantText, type QbRecord, type QuickbooksCalls } from './calls.ts'
import type { QbPage } from './page.ts'
import type { State } from './state.ts'
import { HAS_ACTIVE } from './streams.ts'

/** The most that QuickBooks gives at once. */
const PAGE_SIZE = 1_000
const ORDER = 'MetaData.LastUpdatedTime'

export interface Turn {
  records: QbPage['records']
  next: State
}

export const firstQuery = (from: number): State => ({
  changes: [],
  entities: [],
  from,
  since: from,
  seen: [],
  start: 1,
  size: PAGE_SIZE,
  home: null,
})

/** How many records the run will have. */
export async function countOf(
  calls: QuickbooksCalls,
  entities: readonly string[],
  request: PageRequest,
  context: ReadContext,
): Promise<Result<number>> {
  let total = 0
  for (const entity of entities) {
    const counted = await calls.count(entity, whereOf(entity, request.window.from, request), context)
    if (!counted.ok) return counted
    total += counted.value
  }
  return ok(total)
}

export async function readQuery(
  calls: QuickbooksCalls,
  state: State,
  request: PageRequest,
  context: ReadContext,
): Promise<Result<Turn>> {
  const [entity, ...others] = state.entities
  if (entity === undefined) return ok({ records: [], next: state })
  const text = {
    where: whereOf(entity, state.since, request),
    order: ORDER,
    start: state.start,
    max: state.size,
  }
  const answer = await calls.query(entity, text, context)
  if (!answer.ok) return answer
  const rows = answer.value
  const known = new Set(state.seen)
  const fresh = rows.filter((row) => !known.has(row.Id))
  const isLast = rows.length < state.size
  const next = isLast
    ? { ...firstQuery(state.from), size: state.size, home: state.home, entities: others }
    : advanced(state, rows)
  return ok({ records: fresh.map((object) => ({ entity, object })), next })
}

/** On from the last instant of a full page; when the page does not leave its instant, further into it. */
function advanced(state: State, rows: readonly QbRecord[]): State {
  const times = rows.map(changedAt)
  const last = Math.max(...times)
  const atLast = rows.filter((_, n) => times[n] === last).map(({ Id }) => Id)
  const isStuck = last <= state.since
  return {
    ...state,
    since: isStuck ? state.since : last,
    seen: isStuck ? [...new Set([...state.seen, ...rows.map(({ Id }) => Id)])] : atLast,
    start: isStuck ? state.start + rows.length : 1,
  }
}

/** Milliseconds of whole seconds, as the queries compare them; 0 when it says none. */
function changedAt({ MetaData }: QbRecord): number {
  const text = (MetaData as { LastUpdatedTime?: unknown } | undefined)?.LastUpdatedTime
  const at = typeof text === 'string' ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? 0 : Math.floor(at / 1000) * 1000
}

/** Only the past has an end: up to now, a record that changes while we read must not leave the window. */
function whereOf(entity: string, since: number, { mode, window }: PageRequest): string {
  const end = Math.ceil(window.to / 1000) * 1000
  return [
    `${ORDER} >= '${instantText(since)}'`,
    ...(mode === 'backfill' && window.from > 0 ? [`${ORDER} < '${instantText(end)}'`] : []),
    ...(HAS_ACTIVE.has(entity) ? ['Active in (true, false)'] : []),
  ].join(' and ')
}
