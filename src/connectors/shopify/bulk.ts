/**
 * Records of a stretch of time by a bulk operation: started, waited for, and its file read in pieces. The file holds one
 * object a line, a root with its children right behind it (`groupObjects: true`); children name their parent.
 */
import * as z from 'zod'
import { fail, ok, type Result } from '../../platform/result.ts'
import type { FetchRules } from '../../platform/safe-fetch.ts'
import type { PageRequest, ReadContext, SourcePage } from '../../platform/source-reader.ts'
import { send, statusFailure } from '../vendor-call.ts'
import type { ShopifyCalls } from './calls.ts'
import { BULK_RUN, BULK_STATE, bulkCustomers, bulkOrders } from './documents.ts'
import type { ShopifyPage } from './normalise.ts'
import { flattened } from './objects.ts'

const POLL_MS = 4000
const BUSY_MS = 30_000
/** Bytes of one piece; some 300 orders. */
export const PIECE_BYTES = 2_000_000
/** A single order with all its children that is larger than this is refused. */
const LARGEST_ROOT_BYTES = 16_000_000
const TRIES = 4
const GONE = 'bulk-gone'

const stateSchema = z.discriminatedUnion('step', [
  /** `from`: where to begin, later than the window's own start when a part was read before the operation failed. */
  z.object({ step: z.literal('start'), from: z.number(), seen: z.number(), tries: z.number() }),
  z.object({
    step: z.literal('wait'),
    id: z.string(),
    from: z.number(),
    seen: z.number(),
    tries: z.number(),
  }),
  z.object({
    step: z.literal('read'),
    url: z.string(),
    offset: z.number(),
    size: z.number(),
    from: z.number(),
    seen: z.number(),
    /** Roots of the whole run, once they are known; a partial file does not know them. */
    expected: z.number().nullable(),
    last: z.string().nullable(),
    tries: z.number(),
  }),
])
type State = z.infer<typeof stateSchema>

const runAnswer = z.object({
  bulkOperationRunQuery: z.object({
    bulkOperation: z.object({ id: z.string() }).nullable(),
    userErrors: z.array(z.object({ message: z.string(), code: z.string().nullish() })),
  }),
})
const operation = z.object({
  status: z.string(),
  errorCode: z.string().nullish(),
  rootObjectCount: z.coerce.number(),
  fileSize: z.coerce.number().nullish(),
  url: z.string().nullish(),
  partialDataUrl: z.string().nullish(),
})
const stateAnswer = z.object({ bulkOperation: operation.nullable() })

/** What can be asked for in bulk, and the field that its time is told by. */
const LISTS = {
  orders: {
    document: bulkOrders,
    // what a failed operation left over is asked for by its place in the file, which is sorted by creation
    field: (isWhole: boolean, mode: PageRequest['mode']) =>
      mode === 'backfill' || !isWhole ? 'created_at' : 'updated_at',
    bare: () => ({ lineItems: [], agreements: [] }),
  },
  customers: { document: bulkCustomers, field: () => 'customer_date', bare: () => ({}) },
}

const listOf = (stream: string) => LISTS[stream as keyof typeof LISTS]

const waiting = (state: State, waitMs: number): Result<SourcePage> =>
  ok({ raw: null, records: 0, state, done: false, waitMs })

export async function readInBulk(
  calls: ShopifyCalls,
  rules: FetchRules,
  request: PageRequest,
  context: ReadContext,
): Promise<Result<SourcePage>> {
  const state: State = request.state
    ? stateSchema.parse(request.state)
    : { step: 'start', from: request.window.from, seen: 0, tries: 0 }
  if (state.step === 'start') return start(calls, state, request, context)
  if (state.step === 'wait') return look(calls, state, context)
  return readPiece(rules, state, request, context)
}

async function start(
  calls: ShopifyCalls,
  state: State & { step: 'start' },
  { stream, mode, window }: PageRequest,
  context: ReadContext,
): Promise<Result<SourcePage>> {
  if (state.tries >= TRIES) {
    return fail(
      'unavailable',
      'bulk-failed',
      `Shopify could not put the ${stream} of this time together in ${TRIES} tries. They are gathered anew in an hour.`,
      { retryAfter: 3600, anew: true },
    )
  }
  const waitMs = await context.take(10)
  if (waitMs > 0) return waiting(state, waitMs)
  const iso = (ms: number) => new Date(ms).toISOString()
  const { document, field: fieldOf } = listOf(stream)
  const field = fieldOf(state.from === window.from, mode)
  const query = document(`${field}:>='${iso(state.from)}' AND ${field}:<'${iso(window.to)}'`)
  const answer = await calls.ask(BULK_RUN, { query, groupObjects: true }, context, runAnswer)
  if (!answer.ok) return answer
  const { bulkOperation, userErrors } = answer.value.bulkOperationRunQuery
  if (bulkOperation) return waiting({ ...state, step: 'wait', id: bulkOperation.id }, POLL_MS)
  const [error] = userErrors
  // five may run at once for an app; others of ours are done soon
  if (/already in progress|limit/i.test(`${error?.code ?? ''} ${error?.message ?? ''}`))
    return waiting(state, BUSY_MS)
  return fail(
    'invalid',
    'bulk-refused',
    `Shopify refused to gather the ${stream}: ${error?.message ?? 'no reason given'}`,
  )
}

async function look(
  calls: ShopifyCalls,
  state: State & { step: 'wait' },
  context: ReadContext,
): Promise<Result<SourcePage>> {
  const answer = await calls.ask(BULK_STATE, { id: state.id }, context, stateAnswer)
  if (!answer.ok) return answer
  const found = answer.value.bulkOperation
  const { from, seen, tries } = state
  const again: State = { step: 'start', from, seen, tries: tries + 1 }
  if (!found) return waiting(again, POLL_MS)
  const { status, url, partialDataUrl, rootObjectCount, fileSize } = found
  if (status === 'CREATED' || status === 'RUNNING' || status === 'CANCELING') return waiting(state, POLL_MS)
  const file = { step: 'read' as const, offset: 0, size: fileSize ?? 0, from, seen, last: null, tries }
  if (status === 'COMPLETED') {
    const expected = seen + rootObjectCount
    if (!url) return ok({ raw: null, records: 0, state: null, done: true, expected })
    return waiting({ ...file, url, expected }, 0)
  }
  if (found.errorCode === 'ACCESS_DENIED') {
    return fail(
      'forbidden',
      'permission-missing',
      'Shopify does not let us read all of your orders. Give the app the permission to read orders, then connect Shopify again.',
    )
  }
  // what came before the failure is taken, and the rest asked for anew: never counted as all there is
  return partialDataUrl
    ? waiting({ ...file, url: partialDataUrl, expected: null }, 0)
    : waiting(again, BUSY_MS)
}

async function readPiece(
  rules: FetchRules,
  state: State & { step: 'read' },
  { stream, window }: PageRequest,
  context: ReadContext,
): Promise<Result<SourcePage>> {
  let bytes = PIECE_BYTES
  for (;;) {
    const piece = await fetchRange(rules, state.url, state.offset, bytes)
    // what was read of the file comes again with the next one
    if (!piece.ok && piece.error.slug === GONE)
      return waiting({ step: 'start', from: window.from, seen: 0, tries: state.tries + 1 }, BUSY_MS)
    if (!piece.ok) return piece
    const { text, total } = piece.value
    const isEnd = state.offset + byteLength(text) >= total
    const cut = isEnd ? text : beforeLastRoot(text)
    if (cut !== '' || isEnd)
      return pageOf(state, rootsOf(cut, listOf(stream).bare), isEnd, byteLength(cut), context)
    bytes *= 2
    if (bytes > LARGEST_ROOT_BYTES)
      return fail('malformed', 'record-too-large', `One of the ${stream} is too large to be read.`)
  }
}

function pageOf(
  state: State & { step: 'read' },
  records: Line[],
  isEnd: boolean,
  bytes: number,
  context: ReadContext,
): Result<SourcePage> {
  const last = lastCreated(records) ?? state.last
  // where a file broke off, its last order may lack some of its parts
  const isBroken = isEnd && state.expected === null
  const whole = isBroken ? records.slice(0, -1) : records
  const page = {
    raw: JSON.stringify({ records: whole, readAt: context.now } satisfies ShopifyPage),
    records: whole.length,
    ...(state.expected === null ? {} : { expected: state.expected }),
  }
  if (!isEnd)
    return ok({
      ...page,
      state: { ...state, offset: state.offset + bytes, seen: state.seen + records.length, last },
      done: false,
    })
  if (!isBroken) return ok({ ...page, state: null, done: true })
  // go on where it broke off, with everything of that same moment
  const from = last === null ? state.from : Date.parse(last)
  const before = records.filter(({ createdAt }) => createdAt !== last).length
  const rest: State = { step: 'start', from, seen: state.seen + before, tries: state.tries + 1 }
  return ok({ ...page, state: rest, done: false, waitMs: BUSY_MS })
}

async function fetchRange(rules: FetchRules, url: string, offset: number, bytes: number) {
  const answer = await send({
    vendor: 'Shopify',
    url,
    headers: { Accept: '*/*', Range: `bytes=${offset}-${offset + bytes - 1}` },
    rules: { ...rules, maxBytes: LARGEST_ROOT_BYTES + 1 },
  })
  if (!answer.ok) return answer
  const { status, headers, text } = answer.value
  if (status === 404 || status === 403 || status === 410)
    return fail('unavailable', GONE, 'Shopify has thrown away the file that it had put together.')
  const failure = statusFailure('Shopify', status, headers)
  if (failure) return { ok: false as const, error: failure }
  const total = Number(/\/(\d+)$/.exec(headers.get('Content-Range') ?? '')?.[1] ?? Number.NaN)
  if (status === 206 && !Number.isNaN(total)) return ok({ text, total })
  // a server without ranges gives all of it, each time
  const all = new TextEncoder().encode(text)
  const rest = new TextDecoder().decode(all.subarray(offset))
  return ok({ text: rest, total: all.byteLength })
}

const byteLength = (text: string): number => new TextEncoder().encode(text).byteLength

/** Everything before the last root: its children may go on in the next piece. A line cut in its middle goes as well. */
export function beforeLastRoot(text: string): string {
  const end = text.lastIndexOf('\n') + 1
  let at = end
  while (at > 0) {
    const start = text.lastIndexOf('\n', at - 2) + 1
    if (!text.slice(start, at).includes('"__parentId"')) return text.slice(0, start)
    at = start
  }
  return ''
}

type Line = Record<string, unknown> & { __parentId?: string; id?: string }

/** Lines as trees: line items and agreements under their order, sales under their agreement. */
export function rootsOf(text: string, bare: () => object = LISTS.orders.bare): Line[] {
  const roots: Line[] = []
  const byId = new Map<string, Line>()
  for (const row of text.split('\n')) {
    if (row.trim() === '') continue
    const { __parentId, ...line } = flattened(JSON.parse(row)) as Line
    if (line.id) byId.set(line.id, line)
    if (__parentId === undefined) roots.push({ ...Object.assign(line, bare()) })
    else hang(line, byId.get(__parentId), roots.at(-1))
    if (__parentId === undefined && line.id) byId.set(line.id, roots.at(-1) ?? line)
  }
  return roots
}

function hang(line: Line, parent: Line | undefined, root: Line | undefined): void {
  const place = 'actionType' in line ? 'sales' : 'happenedAt' in line ? 'agreements' : 'lineItems'
  const under = place === 'sales' ? parent : root
  if (!under) return
  if (place === 'agreements') line.sales = []
  const list = (under[place] ?? []) as Line[]
  list.push(line)
  under[place] = list
}

const lastCreated = (records: readonly Line[]): string | null => {
  const created = records.at(-1)?.createdAt
  return typeof created === 'string' ? created : null
}
