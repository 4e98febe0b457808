/** Calls to QuickBooks: the query language, changes, and reports, with numbers kept as text. */
import * as z from 'zod'
import { type Failure, fail, ok, type Result } from '../../platform/result.ts'
import type { ReadContext } from '../../platform/source-reader.ts'
import type { Bases } from '../bases.ts'
import { bearer, kept } from '../consent.ts'
import { send, statusFailure, unreadable } from '../vendor-call.ts'
import { parseExact } from './exact.ts'

const VENDOR = 'QuickBooks'
const MINOR_VERSION = '75'
/** A thousand invoices with their lines. */
const MAX_BYTES = 16_000_000
const TIMEOUT_MS = 45_000

const record = z.looseObject({ Id: z.string() })
export type QbRecord = z.infer<typeof record>

const queryAnswer = z.object({ QueryResponse: z.record(z.string(), z.unknown()) })
const changesAnswer = z.object({
  CDCResponse: z.array(z.object({ QueryResponse: z.array(z.record(z.string(), z.unknown())) })),
})
const fault = z.object({
  Fault: z.object({
    type: z.string().default(''),
    Error: z.array(z.object({ code: z.string().default(''), Message: z.string().default('') })).default([]),
  }),
})

export interface QuickbooksCalls {
  /** Records of one entity; `where` without the word. */
  query(
    entity: string,
    text: { select?: string; where?: string; order?: string; start?: number; max: number },
    context: ReadContext,
  ): Promise<Result<QbRecord[]>>
  count(entity: string, where: string, context: ReadContext): Promise<Result<number>>
  /** What changed since, by entity; deleted ones have `status: "Deleted"` and little else. */
  changes(
    entities: readonly string[],
    sinceMs: number,
    context: ReadContext,
  ): Promise<Result<{ entity: string; object: QbRecord }[]>>
  get(path: string, query: Record<string, string>, context: ReadContext): Promise<Result<unknown>>
}

export function quickbooksCalls(bases: Bases): QuickbooksCalls {
  const rules = {
    ...bases.rulesFor('QUICKBOOKS_API_BASE'),
    maxBytes: MAX_BYTES,
    timeoutMs: TIMEOUT_MS,
  }

  async function get(path: string, query: Record<string, string>, context: ReadContext) {
    const realm = encodeURIComponent(kept(context.credentials, 'realmId') || context.account)
    const search = new URLSearchParams({ ...query, minorversion: MINOR_VERSION })
    const url = `${bases.of('QUICKBOOKS_API_BASE')}/v3/company/${realm}/${path}?${search}`
    const answer = await send({ vendor: VENDOR, url, headers: bearer(context.credentials), rules })
    if (!answer.ok) return answer
    const body = parsed(answer.value.text)
    const failed = statusFailure(VENDOR, answer.value.status, answer.value.headers)
    const refusal = faultOf(body, failed) ?? failed
    return refusal ? { ok: false as const, error: refusal } : ok(body)
  }

  async function ask(text: string, context: ReadContext): Promise<Result<Record<string, unknown>>> {
    const answer = await get('query', { query: text }, context)
    if (!answer.ok) return answer
    const shape = queryAnswer.safeParse(answer.value)
    return shape.success ? ok(shape.data.QueryResponse) : unreadable(VENDOR)
  }

  return {
    get,
    async query(entity, { select = '*', where = '', order = '', start = 1, max }, context) {
      const text = `select ${select} from ${entity}${where ? ` where ${where}` : ''}${order ? ` orderby ${order}` : ''} startposition ${start} maxresults ${max}`
      const answer = await ask(text, context)
      if (!answer.ok) return answer
      // an entity without any is left out
      const rows = z.array(record).safeParse(answer.value[entity] ?? [])
      return rows.success ? ok(rows.data) : unreadable(VENDOR)
    },
    async count(entity, where, context) {
      const answer = await ask(`select count(*) from ${entity}${where ? ` where ${where}` : ''}`, context)
      if (!answer.ok) return answer
      const total = Number(answer.value.totalCount)
      return Number.isSafeInteger(total) ? ok(total) : unreadable(VENDOR)
    },
    async changes(entities, sinceMs, context) {
      const query = { entities: entities.join(','), changedSince: instantText(sinceMs) }
      const answer = await get('cdc', query, context)
      if (!answer.ok) return answer
      const shape = changesAnswer.safeParse(answer.value)
      if (!shape.success) return unreadable(VENDOR)
      const lists = shape.data.CDCResponse.flatMap(({ QueryResponse }) => QueryResponse)
      const found: { entity: string; object: QbRecord }[] = []
      for (const entity of entities) {
        const rows = z.array(record).safeParse(lists.flatMap((list) => list[entity] ?? []))
        if (!rows.success) return unreadable(VENDOR)
        found.push(...rows.data.map((object) => ({ entity, object })))
      }
      return ok(found)
    },
  }
}

/** Whole seconds, as QuickBooks keeps them, rounded down. */
export const instantText = (ms: number): string =>
  `${new Date(Math.floor(ms / 1000) * 1000).toISOString().slice(0, 19)}+00:00`

/** A refusal may come with status 200. What is passing by its status stays so. */
function faultOf(body: unknown, failed: Failure | null): Failure | null {
  const found = fault.safeParse(body)
  if (!found.success) return null
  const passing = failed && ['rate_limited', 'unavailable', 'unauthenticated'].includes(failed.kind)
  if (passing) return failed
  const { type, Error: errors } = found.data.Fault
  const code = errors[0]?.code ?? ''
  if (code === '3001' || code === '003001')
    return fail('rate_limited', 'vendor-busy', `${VENDOR} asks us to slow down. Try again in a little while.`)
      .error
  if (/^authentication/i.test(type))
    return fail('unauthenticated', 'reconnect', `${VENDOR} no longer accepts this access. Connect it again.`)
      .error
  if (/^authori[sz]ation/i.test(type) || failed?.kind === 'forbidden')
    return fail(
      'forbidden',
      'permission-missing',
      `${VENDOR} does not let this user read the books. An administrator of the company must connect it.`,
    ).error
  return fail(
    'invalid',
    'vendor-refused',
    `${VENDOR} did not accept the request${code ? ` (code ${code})` : ''}. Read this source again later.`,
  ).error
}

function parsed(text: string): unknown {
  try {
    return parseExact(text)
  } catch {
    return undefined
  }
}
