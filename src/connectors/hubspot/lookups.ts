/** What deals only name by an id: the stages of their pipelines, and the people they are about. */
import * as z from 'zod'
import { ok, type Result } from '../../platform/result.ts'
import type { ReadContext } from '../../platform/source-reader.ts'
import type { HubspotCalls, HubspotRecord } from './calls.ts'
import type { HubspotPage } from './page.ts'

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const pipelines = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      stages: z.array(
        z.object({ id: z.string(), label: z.string(), metadata: z.record(z.string(), text).default({}) }),
      ),
    }),
  ),
})

/** A stage is closed by `isClosed`, and won when its probability is one. */
export async function stagesOf(
  calls: HubspotCalls,
  context: ReadContext,
): Promise<Result<HubspotPage['stages']>> {
  const answer = await calls({ path: '/crm/v3/pipelines/deals' }, pipelines, context)
  if (!answer.ok) return answer
  const stages: HubspotPage['stages'] = {}
  for (const pipeline of answer.value.results)
    for (const { id, label, metadata } of pipeline.stages) {
      const chance = Number(metadata.probability ?? Number.NaN)
      const isClosed =
        metadata.isClosed === undefined ? chance === 0 || chance === 1 : metadata.isClosed === 'true'
      const outcome = !isClosed ? 'open' : chance === 1 ? 'won' : 'lost'
      stages[`${pipeline.id}/${id}`] = { label, outcome }
    }
  return ok(stages)
}

const linked = z
  .object({ contacts: z.object({ results: z.array(z.object({ id: text })) }) })
  .transform(({ contacts }) => contacts.results[0]?.id ?? null)
const associations = z.object({
  results: z.array(
    z.object({ from: z.object({ id: text }), to: z.array(z.object({ toObjectId: text })).default([]) }),
  ),
})

/** A list brings them along; a search and a read by ids have to be asked beside. */
export async function contactsOfDeals(
  calls: HubspotCalls,
  deals: readonly HubspotRecord[],
  context: ReadContext,
): Promise<Result<Record<string, string>>> {
  const contacts: Record<string, string> = {}
  const unknown: string[] = []
  for (const deal of deals) {
    const told = linked.safeParse(deal.associations)
    if (told.success && told.data !== null) contacts[deal.id] = told.data
    else unknown.push(deal.id)
  }
  if (unknown.length === 0) return ok(contacts)
  const body = { inputs: unknown.map((id) => ({ id })) }
  const path = '/crm/v4/associations/deals/contacts/batch/read'
  const answer = await calls({ path, body }, associations, context)
  if (!answer.ok) return answer
  for (const { from, to } of answer.value.results) {
    const [first] = to
    if (first) contacts[from.id] = first.toObjectId
  }
  return ok(contacts)
}
