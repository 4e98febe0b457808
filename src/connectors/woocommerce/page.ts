/** A page as it is kept: the records, with what belongs to them fetched beside, and ids that are no longer there. */
import * as z from 'zod'
import type { ReadContext } from '../../platform/source-reader.ts'

export const recordSchema = z.looseObject({ id: z.number().int().positive() })
export type WooRecord = z.infer<typeof recordSchema>
export const listSchema = z.array(recordSchema)

export const pageSchema = z.object({
  readAt: z.number(),
  records: z.array(recordSchema),
  /** Asked for by id, and gone. */
  gone: z.array(z.string()).default([]),
})

export const rawOf = (records: readonly WooRecord[], { now }: ReadContext, gone: string[] = []): string =>
  JSON.stringify({ readAt: now, records, gone })
