/** Where a run stands between two pages. */
import * as z from 'zod'

export const stateSchema = z.object({
  /** Lists of changes still to be asked for. */
  changes: z.array(z.object({ entities: z.array(z.string()), since: z.number() })),
  /** Entities still to be queried, the first of them now. */
  entities: z.array(z.string()),
  /** Milliseconds at which the window begins, and at which the query of the first entity goes on. */
  from: z.number(),
  since: z.number(),
  /** Ids that were read of the very instant `since`. */
  seen: z.array(z.string()),
  /** From 1; beyond that only while more records share one instant than a page holds. */
  start: z.number(),
  size: z.number(),
  home: z.string().nullable(),
})
export type State = z.infer<typeof stateSchema>
