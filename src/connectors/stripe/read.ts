/** Stripe's records page by page, the newest first, and single ones by their id. */
import * as z from 'zod'
import type { FactBatch } from '../../modules/mini-foundry/domain/facts.ts'
import { ok, type Result } from '../../platform/result.ts'
import type { PageRequest, ReadContext, SourcePage, SourceReader } from '../../platform/source-reader.ts'
import type { Bases } from '../bases.ts'
import { withDiscounts } from './discounts.ts'
import { stripeReaderHooks } from './hook-data.ts'
import { createdIn, isLiveKey, type Query, type StripeCalls, stripeCalls } from './list.ts'
import { isReadable, normalisePage, type StripePage } from './normalise-page.ts'
import { HEALED_BY_LISTS, LISTS, STREAMS } from './streams.ts'
import { stripeTotals } from './totals.ts'

/** Stripe keeps events for 30 days; an hour less, so that none vanishes while we read. */
const DAY_MS = 86_400_000
const EVENTS_KEPT_MS = 30 * DAY_MS - 3_600_000

/** `lists` are still to be read after the first of them; `payouts` are those whose lines are still to be read. */
const stateSchema = z.object({
  lists: z.array(z.string()),
  after: z.string().nullable(),
  payouts: z.array(z.string()),
  payoutAfter: z.string().nullable(),
})
type State = z.infer<typeof stateSchema>

export function stripeReader(bases: Bases): SourceReader<FactBatch> {
  const calls = stripeCalls(bases)
  return {
    kind: 'stripe',
    name: 'Stripe',
    role: 'payments',
    streams: () => STREAMS,
    read: (request, context) => readPage(calls, request, context),
    fetch: (stream, ids, context) => fetchObjects(calls, stream, ids, context),
    normalise: (_stream, raw, { timeZone }) => normalisePage(raw, timeZone),
    hooks: stripeReaderHooks(calls),
    totals: (days, context) => stripeTotals(calls, days, context),
  }
}

async function readPage(
  calls: StripeCalls,
  request: PageRequest,
  context: ReadContext,
): Promise<Result<SourcePage>> {
  const state = request.state ? stateSchema.parse(request.state) : firstState(request, context)
  const [name] = state.lists
  if (!name) return ok({ raw: null, records: 0, state, done: true })
  const waitMs = await context.take(1)
  if (waitMs > 0) return ok({ raw: null, records: 0, state, done: false, waitMs })
  return state.payouts.length > 0
    ? readPayoutLines(calls, state, context)
    : readList(calls, name, state, request, context)
}

/** Events that are too old are gone: then what they told of is listed instead; of the far past nothing is asked. */
function firstState({ stream, mode, window }: PageRequest, context: ReadContext): State {
  const empty = { after: null, payouts: [], payoutAfter: null }
  if (stream !== 'events') return { lists: [stream], ...empty }
  const oldest = context.now - EVENTS_KEPT_MS
  const lists = window.to > oldest ? ['events'] : []
  return {
    lists: mode !== 'backfill' && window.from < oldest ? [...lists, ...Object.keys(HEALED_BY_LISTS)] : lists,
    ...empty,
  }
}

async function readList(
  calls: StripeCalls,
  name: string,
  state: State,
  request: PageRequest,
  context: ReadContext,
): Promise<Result<SourcePage>> {
  const list = LISTS[name]
  if (!list) throw new Error(`Stripe has no list "${name}".`)
  const query: Query = [...list.query, ...createdIn(windowOf(name, request)), ...afterOf(state.after)]
  const answer = await calls.list(list.path, query, context)
  if (!answer.ok) return answer
  const { data, has_more } = answer.value
  const objects = name === 'events' ? await withPrices(calls, data, context) : ok(data)
  if (!objects.ok) return objects
  const more = has_more && data.length > 0
  const next: State = {
    lists: more ? state.lists : state.lists.slice(1),
    after: more ? (data.at(-1)?.id ?? null) : null,
    payouts: name === 'payouts' ? data.filter(isItemised).map(({ id }) => id) : [],
    payoutAfter: null,
  }
  // the lines of a page's payouts are read before the list goes on
  if (next.payouts.length > 0 && !more) next.lists = [name, ...next.lists]
  return ok(pageOf(objects.value, next, context))
}

/** Where events are gone, what was made before the gap is listed too. */
function windowOf(name: string, { stream, window }: PageRequest): PageRequest['window'] {
  const days = stream === 'events' && name !== 'events' ? (HEALED_BY_LISTS[name] ?? 0) : 0
  return { ...window, from: Math.max(0, window.from - days * DAY_MS) }
}

/** Stripe says which movements a payout holds only when it made the payout by itself. */
const isItemised = (payout: Record<string, unknown>): boolean => payout.automatic !== false

async function readPayoutLines(
  calls: StripeCalls,
  state: State,
  context: ReadContext,
): Promise<Result<SourcePage>> {
  const [payout = '', ...others] = state.payouts
  const query: Query = [['payout', payout], ...afterOf(state.payoutAfter)]
  const answer = await calls.list('balance_transactions', query, context)
  if (!answer.ok) return answer
  const { data, has_more } = answer.value
  const more = has_more && data.length > 0
  const payouts = more ? state.payouts : others
  const isEnd = payouts.length === 0 && state.after === null
  const next: State = {
    ...state,
    payouts,
    payoutAfter: more ? (data.at(-1)?.id ?? null) : null,
    lists: isEnd ? [] : state.lists,
  }
  const lines = data.map((line) => ({ ...line, payout }))
  return ok(pageOf(lines, next, context))
}

/**
 * An event names its discounts only by their id: those subscriptions are fetched, tell the events what the discounts
 * are, and stand beside them.
 */
async function withPrices(
  calls: StripeCalls,
  events: StripePage['objects'],
  context: ReadContext,
): Promise<Result<StripePage['objects']>> {
  const ids = events.filter((event) => !isReadable(event)).map((event) => subscriptionIdOf(event))
  const fetched = await objectsOf(calls, 'subscriptions', [...new Set(ids)], context)
  if (!fetched.ok) return fetched
  const byId = new Map(fetched.value.map((subscription) => [subscription.id, subscription]))
  const told = events.map((event) => {
    const known = isReadable(event) ? undefined : byId.get(subscriptionIdOf(event))
    return known ? withDiscounts(event, known) : event
  })
  return ok([...told, ...fetched.value])
}

const subscriptionIdOf = (event: Record<string, unknown>): string =>
  (event.data as { object: { id: string } }).object.id

async function fetchObjects(
  calls: StripeCalls,
  stream: string,
  ids: readonly string[],
  context: ReadContext,
): Promise<Result<string>> {
  const found = await objectsOf(calls, stream, ids, context)
  const objects = found.ok && stream === 'events' ? await withPrices(calls, found.value, context) : found
  return objects.ok ? ok(rawOf(objects.value, context)) : objects
}

async function objectsOf(
  calls: StripeCalls,
  stream: string,
  ids: readonly string[],
  context: ReadContext,
): Promise<Result<StripePage['objects']>> {
  const list = LISTS[stream]
  if (!list) throw new Error(`Stripe has no list "${stream}".`)
  const query = list.query
    .filter(([name]) => name === 'expand[]')
    .map(([name, value]): [string, string] => [name, value.replace(/^data\./, '')])
  const found: StripePage['objects'] = []
  for (const id of ids) {
    const answer = await calls.one(`${list.path}/${encodeURIComponent(id)}`, query, context)
    if (!answer.ok) return answer
    if (answer.value) found.push(answer.value)
  }
  return ok(found)
}

const afterOf = (id: string | null): Query => (id ? [['starting_after', id]] : [])

const rawOf = (objects: StripePage['objects'], context: ReadContext): string =>
  JSON.stringify({ readAt: context.now, live: isLiveKey(context), objects } satisfies StripePage)

const pageOf = (objects: StripePage['objects'], state: State, context: ReadContext): SourcePage => ({
  raw: rawOf(objects, context),
  records: objects.length,
  state,
  done: state.lists.length === 0,
})
