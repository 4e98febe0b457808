/**
 * WooCommerce's records page by page: those that stand for themselves at once, those with parts (refunds, variations)
 * a few at a time after them, and single ones by their id.
 */
import * as z from 'zod'
import type { FactBatch } from '../../modules/mini-foundry/domain/facts.ts'
import { ok, type Result } from '../../platform/result.ts'
import type { FetchRules } from '../../platform/safe-fetch.ts'
import type { PageRequest, ReadContext, SourcePage, SourceReader } from '../../platform/source-reader.ts'
import { type WooCalls, woocommerceCalls } from './calls.ts'
import { woocommerceHooks } from './hook.ts'
import { listOf, listPage, windowOf } from './list.ts'
import { normaliseWoocommerce } from './normalise.ts'
import { rawOf, recordSchema, type WooRecord } from './page.ts'
import { hasParts, withParts } from './parts.ts'
import { STREAMS } from './streams.ts'

/** Records whose parts are read in one go: one call each, and one for themselves. */
const WITH_PARTS = 4

const stateSchema = z.object({
  /** The next page of the list; null: it is read to its end. */
  page: z.number().int().nullable(),
  /** Records of the page before whose parts are still to be read. */
  ids: z.array(z.number()),
  /** How many records there are, with the parts that were found so far; null: the shop does not say. */
  expected: z.number().nullable(),
})
type State = z.infer<typeof stateSchema>

export function woocommerceReader(rules: FetchRules): SourceReader<FactBatch> {
  const calls = woocommerceCalls(rules)
  return {
    kind: 'woocommerce',
    name: 'WooCommerce',
    role: 'sales',
    streams: () => STREAMS,
    read: (request, context) => readPage(calls, request, context),
    fetch: (stream, ids, context) => fetchRecords(calls, stream, ids, context),
    normalise: normaliseWoocommerce,
    hooks: woocommerceHooks(calls),
  }
}

async function readPage(
  calls: WooCalls,
  request: PageRequest,
  context: ReadContext,
): Promise<Result<SourcePage>> {
  const state: State =
    request.state === null ? { page: 1, ids: [], expected: null } : stateSchema.parse(request.state)
  const ids = state.ids.slice(0, WITH_PARTS)
  const waitMs = await context.take(ids.length + 1)
  if (waitMs > 0) return ok({ raw: null, records: 0, state, done: false, waitMs })
  return ids.length > 0
    ? readParts(calls, request, state, ids, context)
    : readList(calls, request, state, context)
}

async function readList(
  calls: WooCalls,
  request: PageRequest,
  state: State,
  context: ReadContext,
): Promise<Result<SourcePage>> {
  const { stream } = request
  const page = state.page ?? 1
  const found = await listPage(calls, listOf(stream), page, windowOf(request), context)
  if (!found.ok) return found
  const { rows, total, isLast } = found.value
  const later = rows.filter((row) => hasParts(stream, row))
  const next: State = {
    page: isLast ? null : page + 1,
    ids: later.map(({ id }) => id),
    expected: state.expected ?? total,
  }
  return ok(
    pageOf(
      rows.filter((row) => !later.includes(row)),
      next,
      context,
    ),
  )
}

/** The records themselves once more, so that they and their parts are of one moment. */
async function readParts(
  calls: WooCalls,
  { stream }: PageRequest,
  state: State,
  ids: number[],
  context: ReadContext,
): Promise<Result<SourcePage>> {
  const found = await listPage(calls, listOf(stream), 1, { include: ids.join(',') }, context)
  if (!found.ok) return found
  const records: WooRecord[] = []
  for (const row of found.value.rows) {
    const whole = await withParts(calls, stream, row, context)
    if (!whole.ok) return whole
    records.push(...whole.value)
  }
  const more = records.length - found.value.rows.length
  const expected = state.expected === null ? null : state.expected + more
  return ok(pageOf(records, { ...state, ids: state.ids.slice(ids.length), expected }, context))
}

function pageOf(records: WooRecord[], next: State, context: ReadContext): SourcePage {
  const done = next.page === null && next.ids.length === 0
  return {
    raw: rawOf(records, context),
    records: records.length,
    state: done ? null : next,
    done,
    ...(next.expected === null ? {} : { expected: next.expected }),
  }
}

/** A thrown away order still comes, marked as such; what was deleted for good is told as gone. */
async function fetchRecords(
  calls: WooCalls,
  stream: string,
  ids: readonly string[],
  context: ReadContext,
): Promise<Result<string>> {
  const { path, fields } = listOf(stream)
  const records: WooRecord[] = []
  const gone: string[] = []
  for (const id of new Set(ids)) {
    if (!/^\d{1,15}$/.test(id)) continue
    const record = await calls.find(`${path}/${id}?_fields=${fields}`, recordSchema, context)
    if (!record.ok) return record
    if (record.value === null) gone.push(id)
    else {
      const whole = await withParts(calls, stream, record.value, context)
      if (!whole.ok) return whole
      records.push(...whole.value)
    }
  }
  return ok(rawOf(records, context, gone))
}
