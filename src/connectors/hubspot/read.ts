/** HubSpot's records page by page: lists for the whole, searches for what changed, single ones by id. */
import * as z from 'zod'
import type { FactBatch } from '../../modules/mini-foundry/domain/facts.ts'
import { ok, type Result } from '../../platform/result.ts'
import type { PageRequest, ReadContext, SourcePage, SourceReader } from '../../platform/source-reader.ts'
import type { Bases } from '../bases.ts'
import { type HubspotCalls, type HubspotRecord, hubspotCalls, listAnswer } from './calls.ts'
import { hubspotHooks } from './hook.ts'
import { contactsOfDeals, stagesOf } from './lookups.ts'
import { normaliseHubspot } from './normalise.ts'
import type { HubspotPage } from './page.ts'
import { readChanged, type Search, searchSchema } from './search.ts'
import { OBJECTS, SETTINGS, streamsFor } from './streams.ts'

/** The most that a list, and a read by ids, gives at once. */
const PAGE_SIZE = 100
/** A page of deals asks for pipelines as well. */
const CALLS_A_PAGE = 3

const stateSchema = z.object({ after: z.string().nullable(), search: searchSchema.nullable() })
type State = z.infer<typeof stateSchema>

/** `hookAddress`: where HubSpot sends what changed; '' when this installation has no public address. */
export function hubspotReader(bases: Bases, hookAddress: string): SourceReader<FactBatch> {
  const calls = hubspotCalls(bases)
  return {
    kind: 'hubspot',
    name: 'HubSpot',
    role: 'people',
    streams: streamsFor,
    settingsFields: SETTINGS,
    read: (request, context) => readPage(calls, request, context),
    fetch: (stream, ids, context) => fetchRecords(calls, stream, ids, context),
    normalise: (stream, raw, context) => normaliseHubspot(stream, raw, context),
    hooks: hubspotHooks(hookAddress),
  }
}

async function readPage(
  calls: HubspotCalls,
  request: PageRequest,
  context: ReadContext,
): Promise<Result<SourcePage>> {
  const waitMs = await context.take(CALLS_A_PAGE)
  if (waitMs > 0) return ok({ raw: null, records: 0, state: request.state, done: false, waitMs })
  const state: State = request.state === null ? firstState(request) : stateSchema.parse(request.state)
  const isFirst = request.state === null && state.search === null
  const expected = isFirst ? await countOf(calls, request.stream, context) : ok(undefined)
  if (!expected.ok) return expected
  const turn = state.search
    ? await turnOfSearch(calls, request.stream, state.search, context)
    : await turnOfList(calls, request.stream, state.after, context)
  if (!turn.ok) return turn
  const page = await pageOf(calls, request.stream, turn.value.rows, context)
  if (!page.ok) return page
  const { next } = turn.value
  return ok({
    raw: JSON.stringify(page.value),
    records: turn.value.rows.length,
    state: next,
    done: next === null,
    ...(expected.value === undefined ? {} : { expected: expected.value }),
  })
}

function firstState({ stream, mode, window }: PageRequest): State {
  const isSearch = mode === 'incremental' && OBJECTS[stream] !== undefined
  return { after: null, search: isSearch ? { since: window.from, seen: [], within: null } : null }
}

interface Turn {
  rows: HubspotRecord[]
  next: State | null
}

async function turnOfSearch(
  calls: HubspotCalls,
  stream: string,
  search: Search,
  context: ReadContext,
): Promise<Result<Turn>> {
  const found = await readChanged(calls, objectOf(stream), search, context)
  if (!found.ok) return found
  const { rows, next } = found.value
  return ok({ rows, next: next && { after: null, search: next } })
}

async function turnOfList(
  calls: HubspotCalls,
  stream: string,
  after: string | null,
  context: ReadContext,
): Promise<Result<Turn>> {
  const of = OBJECTS[stream]
  const query = new URLSearchParams({ limit: String(PAGE_SIZE), ...(after ? { after } : {}) })
  if (of) query.set('properties', of.properties.join(','))
  if (of?.withContacts) query.set('associations', 'contacts')
  if (!of) query.set('includeStats', 'true')
  const path = of ? `/crm/v3/objects/${of.path}` : '/marketing/v3/emails'
  const answer = await calls({ path: `${path}?${query}` }, listAnswer, context)
  if (!answer.ok) return answer
  const onward = answer.value.paging?.next?.after
  return ok({ rows: answer.value.results, next: onward ? { after: onward, search: null } : null })
}

/** How many there are in all: a list does not say, a search for anything does. */
async function countOf(
  calls: HubspotCalls,
  stream: string,
  context: ReadContext,
): Promise<Result<number | undefined>> {
  const of = OBJECTS[stream]
  if (!of) return ok(undefined)
  const body = { filterGroups: [], limit: 1 }
  const answer = await calls({ path: `/crm/v3/objects/${of.path}/search`, body }, listAnswer, context)
  return answer.ok ? ok(answer.value.total) : answer
}

/** Records by id; archived ones are looked for among the archived, and come marked so. */
async function fetchRecords(
  calls: HubspotCalls,
  stream: string,
  ids: readonly string[],
  context: ReadContext,
): Promise<Result<string>> {
  const of = objectOf(stream)
  const rows: HubspotRecord[] = []
  for (const archived of [false, true]) {
    const known = new Set(rows.map(({ id }) => id))
    const wanted = [...new Set(ids)].filter((id) => !known.has(id))
    for (let at = 0; at < wanted.length; at += PAGE_SIZE) {
      const inputs = wanted.slice(at, at + PAGE_SIZE).map((id) => ({ id }))
      const path = `/crm/v3/objects/${of.path}/batch/read${archived ? '?archived=true' : ''}`
      const answer = await calls({ path, body: { properties: of.properties, inputs } }, listAnswer, context)
      if (!answer.ok) return answer
      rows.push(...answer.value.results)
    }
  }
  const page = await pageOf(calls, stream, rows, context)
  return page.ok ? ok(JSON.stringify(page.value)) : page
}

/** The rows with what deals only name: their stages, and their contacts where the list did not say. */
async function pageOf(
  calls: HubspotCalls,
  stream: string,
  rows: HubspotRecord[],
  context: ReadContext,
): Promise<Result<HubspotPage>> {
  const page: HubspotPage = { readAt: context.now, stages: {}, contacts: {}, rows }
  if (stream !== 'deals' || rows.length === 0) return ok(page)
  const stages = await stagesOf(calls, context)
  if (!stages.ok) return stages
  const contacts = await contactsOfDeals(calls, rows, context)
  return contacts.ok ? ok({ ...page, stages: stages.value, contacts: contacts.value }) : contacts
}

function objectOf(stream: string) {
  const of = OBJECTS[stream]
  if (!of) throw new Error(`HubSpot has no objects "${stream}".`)
  return of
}
