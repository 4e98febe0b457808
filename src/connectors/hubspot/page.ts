/** A page as it is kept: the records, and what they only name by an id. */
import * as z from 'zod'

export const pageSchema = z.object({
  readAt: z.number(),
  /** By pipeline and stage (`default/closedwon`). */
  stages: z.record(z.string(), z.object({ label: z.string(), outcome: z.enum(['open', 'won', 'lost']) })),
  /** Deal -> its first contact. */
  contacts: z.record(z.string(), z.string()),
  rows: z.array(z.looseObject({ id: z.string() })),
})
export type HubspotPage = z.infer<typeof pageSchema>
