/** QuickBooks' records page by page: the past by queries, what changed by change data, single ones by id. */
import type { FactBatch } from '../../modules/mini-foundry/domain/facts.ts'
import { fail, ok, type Result } from '../../platform/result.ts'
import type { PageRequest, ReadContext, SourcePage, SourceReader } from '../../platform/source-reader.ts'
import type { Bases } from '../bases.ts'
import { type QuickbooksCalls, quickbooksCalls } from './calls.ts'
import { firstChanges, readChanges } from './changes.ts'
import { quickbooksHooks } from './hook.ts'
import { knowing } from './lookups.ts'
import { normaliseQuickbooks } from './normalise.ts'
import type { QbPage } from './page.ts'
import { countOf, firstQuery, readQuery } from './query.ts'
import { fetchRecords } from './single.ts'
import { type State, stateSchema } from './state.ts'
import { ENTITIES, STREAMS } from './streams.ts'
import { quickbooksTotals } from './totals.ts'

/** A page takes a few calls: itself, and what its records only name. */
const CALLS_A_PAGE = 4

export function quickbooksReader(bases: Bases): SourceReader<FactBatch> {
  const calls = quickbooksCalls(bases)
  return {
    kind: 'quickbooks',
    name: 'QuickBooks Online',
    role: 'books',
    streams: () => STREAMS,
    read: (request, context) => readPage(calls, request, context),
    fetch: (stream, ids, context) => fetchRecords(calls, stream, ids, context),
    normalise: (_stream, raw, context) => normaliseQuickbooks(raw, context),
    hooks: quickbooksHooks,
    totals: (days, context) => quickbooksTotals(calls, days, context),
  }
}

async function readPage(
  calls: QuickbooksCalls,
  request: PageRequest,
  context: ReadContext,
): Promise<Result<SourcePage>> {
  const entities = ENTITIES[request.stream]
  if (!entities) throw new Error(`QuickBooks has no stream "${request.stream}".`)
  const waitMs = await context.take(CALLS_A_PAGE)
  if (waitMs > 0) return ok({ raw: null, records: 0, state: request.state, done: false, waitMs })
  const isFirst = request.state === null
  const state = isFirst ? firstState(request, entities, context) : stateSchema.parse(request.state)
  // what is read whole or as the past is counted beforehand, so that nothing is lost unseen
  const isCounted = isFirst && request.mode !== 'incremental'
  const expected = isCounted ? await countOf(calls, entities, request, context) : ok(undefined)
  if (!expected.ok) return expected
  const turn =
    state.changes.length > 0
      ? await readChanges(calls, state, context)
      : await readQuery(calls, state, request, context)
  if (!turn.ok) return smaller(state, turn)
  const { next } = turn.value
  const isDeleted = ({ object }: QbPage['records'][number]) => object.status === 'Deleted'
  // of a re-read the queries bring everything that is still there
  const isRest = request.mode === 'reconcile' && state.changes.length > 0
  const records = isRest ? turn.value.records.filter(isDeleted) : turn.value.records
  const page = await knowing(
    calls,
    records,
    { again: request.mode !== 'backfill', home: state.home },
    context,
  )
  if (!page.ok) return page
  return ok({
    raw: JSON.stringify(page.value satisfies QbPage),
    // what is gone was not among those that were counted
    records: isRest ? 0 : records.length,
    state: { ...next, home: page.value.home },
    done: next.changes.length === 0 && next.entities.length === 0,
    ...(expected.value === undefined ? {} : { expected: expected.value }),
  })
}

/**
 * A nightly re-read asks for what was deleted, too: the reading of changes goes on from its end, and queries do not show
 * what is gone. Nothing that is read whole is ever deleted.
 */
function firstState(request: PageRequest, entities: readonly string[], context: ReadContext): State {
  const query = firstQuery(request.window.from)
  const told = firstChanges(entities, request.window.from, context.now)
  if (request.mode === 'incremental') return { ...query, ...told }
  const changes = request.mode === 'reconcile' && request.window.from > 0 ? told.changes : []
  return { ...query, entities: [...entities], changes }
}

/** Records with very many lines: the same stretch again in smaller pages. */
const SMALLEST = 20

function smaller(state: State, failed: { ok: false; error: { kind: string } & object }): Result<SourcePage> {
  if (failed.error.kind !== 'too_large') return failed as Result<SourcePage>
  const size = Math.floor(state.size / 4)
  if (size < SMALLEST)
    return fail('unavailable', 'record-too-large', 'QuickBooks holds records that are too large to be read.')
  // a list of changes cannot be made smaller: the queries read the same
  const next = state.changes.length > 0 ? withoutChanges(state) : { ...state, size }
  return ok({ raw: null, records: 0, state: next, done: false })
}

const withoutChanges = (state: State): State => ({
  ...state,
  changes: [],
  entities: [...new Set([...state.entities, ...state.changes.flatMap(({ entities }) => entities)])],
})
