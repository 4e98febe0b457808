/** Calls to HubSpot: lists, searches, records by id, pipelines and emails; its refusals in words. */
import * as z from 'zod'
import { type Failure, fail, type Result } from '../../platform/result.ts'
import type { ReadContext } from '../../platform/source-reader.ts'
import type { Bases } from '../bases.ts'
import { bearer } from '../consent.ts'
import { send, statusFailure, unreadable } from '../vendor-call.ts'

const VENDOR = 'HubSpot'
const MAX_BYTES = 8_000_000
const TIMEOUT_MS = 30_000
/** HubSpot counts a day's calls until midnight of the account; an hour later some may be free again. */
const DAILY_WAIT_SECONDS = 3_600
const SECOND_WAIT_SECONDS = 2

const record = z.looseObject({ id: z.union([z.string(), z.number()]).transform(String) })
export type HubspotRecord = z.infer<typeof record>
export const listAnswer = z.object({
  results: z.array(record),
  total: z.number().int().optional(),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
})
export type ListAnswer = z.infer<typeof listAnswer>

const refusal = z.object({
  category: z.string().default(''),
  policyName: z.string().default(''),
})

export type HubspotCalls = <T>(
  call: { path: string; body?: unknown },
  schema: z.ZodType<T>,
  context: ReadContext,
) => Promise<Result<T>>

export function hubspotCalls(bases: Bases): HubspotCalls {
  const rules = { ...bases.rulesFor('HUBSPOT_API_BASE'), maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS }
  return async ({ path, body }, schema, context) => {
    const json = { 'Content-Type': 'application/json' }
    const answer = await send({
      vendor: VENDOR,
      url: `${bases.of('HUBSPOT_API_BASE')}${path}`,
      headers: { ...bearer(context.credentials), ...(body === undefined ? {} : json) },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      rules,
    })
    if (!answer.ok) return answer
    const { status, headers, text } = answer.value
    const told = parsed(text)
    const failed = statusFailure(VENDOR, status, headers)
    if (failed) return { ok: false, error: inWords(failed, told) }
    const shape = schema.safeParse(told)
    return shape.success ? { ok: true, value: shape.data } : unreadable(VENDOR)
  }
}

/** Which limit was met, and whether a permission is missing, stands in the body. */
function inWords(failed: Failure, body: unknown): Failure {
  const { category, policyName } = refusal.catch({ category: '', policyName: '' }).parse(body)
  if (failed.kind === 'rate_limited') {
    const isDaily = /daily/i.test(policyName)
    const retryAfter = failed.retryAfter ?? (isDaily ? DAILY_WAIT_SECONDS : SECOND_WAIT_SECONDS)
    const detail = isDaily
      ? `${VENDOR} allows no more calls today. Reading goes on when it does.`
      : failed.detail
    return { ...failed, detail, retryAfter }
  }
  if (category === 'MISSING_SCOPES')
    return fail('forbidden', 'permission-missing', `${VENDOR} knows us but does not let us read this.`).error
  return failed
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
