/**
 * What changed, by the search: it shows at most 10,000 results of a query, and records move while they are read. So each
 * page is a query of its own that goes on from the last instant; within one instant it goes on by id.
 */
import * as z from 'zod'
import { ok, type Result } from '../../platform/result.ts'
import type { ReadContext } from '../../platform/source-reader.ts'
import { type HubspotCalls, type HubspotRecord, listAnswer } from './calls.ts'
import type { HubspotObject } from './streams.ts'

/** The most that a search gives at once. */
const PAGE_SIZE = 200

export const searchSchema = z.object({
  since: z.number(),
  /** Ids that were read of the very instant `since`. */
  seen: z.array(z.string()),
  /** Set while more records share the instant than a page holds: the last id that was read of it. */
  within: z.string().nullable(),
})
export type Search = z.infer<typeof searchSchema>

export async function readChanged(
  calls: HubspotCalls,
  of: HubspotObject,
  { since, seen, within }: Search,
  context: ReadContext,
): Promise<Result<{ rows: HubspotRecord[]; next: Search | null }>> {
  const filters =
    within === null
      ? [{ propertyName: of.changed, operator: 'GTE', value: String(since) }]
      : [
          { propertyName: of.changed, operator: 'EQ', value: String(since) },
          { propertyName: 'hs_object_id', operator: 'GT', value: within },
        ]
  const sort = within === null ? of.changed : 'hs_object_id'
  const body = {
    filterGroups: [{ filters }],
    sorts: [{ propertyName: sort, direction: 'ASCENDING' }],
    properties: of.properties,
    limit: PAGE_SIZE,
  }
  const answer = await calls({ path: `/crm/v3/objects/${of.path}/search`, body }, listAnswer, context)
  if (!answer.ok) return answer
  const { results } = answer.value
  const known = new Set(seen)
  const rows = results.filter(({ id }) => !known.has(id))
  return ok({ rows, next: nextOf({ since, seen, within }, results, of) })
}

function nextOf(
  { since, within }: Search,
  results: readonly HubspotRecord[],
  of: HubspotObject,
): Search | null {
  const isFull = results.length >= PAGE_SIZE
  const lastId = results.at(-1)?.id ?? null
  // the instant is read to its end: on with the next
  if (within !== null)
    return isFull ? { since, seen: [], within: lastId } : { since: since + 1, seen: [], within: null }
  if (!isFull) return null
  const times = results.map((row) => changedAt(row, of))
  const last = Math.max(...times)
  // a page of one instant: all of it is read again by id, the few known ones are told twice
  if (last <= since) return { since, seen: [], within: '0' }
  return { since: last, seen: results.filter((_, n) => times[n] === last).map(({ id }) => id), within: null }
}

function changedAt(row: HubspotRecord, of: HubspotObject): number {
  const properties = row.properties as Record<string, unknown> | undefined
  const at = Date.parse(String(properties?.[of.changed] ?? ''))
  return Number.isNaN(at) ? 0 : at
}
