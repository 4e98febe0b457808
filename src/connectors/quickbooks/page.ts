/** A page as it is kept: the records with numbers as text, and what they only name by an id. */
import * as z from 'zod'

/** How an account is used, by the classes and types of QuickBooks. */
const accountUse = z.object({ type: z.string(), classification: z.string() })

export const pageSchema = z.object({
  readAt: z.number(),
  /** The currency of the books; null when nothing on the page needed it. */
  home: z.string().nullable(),
  /** Whether records may have been here before with more lines than now. */
  again: z.boolean(),
  /** `Payment:12` -> plain date. */
  days: z.record(z.string(), z.string()),
  accounts: z.record(z.string(), accountUse),
  records: z.array(z.object({ entity: z.string(), object: z.looseObject({ Id: z.string() }) })),
})
export type QbPage = z.infer<typeof pageSchema>
