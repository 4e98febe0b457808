/** Stock of variants that lie at more places than a page of variants holds: asked for one by one, after their page. */
import * as z from 'zod'
import { ok, type Result } from '../../platform/result.ts'
import type { ReadContext } from '../../platform/source-reader.ts'
import type { ShopifyCalls } from './calls.ts'
import { VARIANT_LEVELS } from './documents.ts'
import { connection, pageInfo } from './page.ts'

export const LEVELS_COST = 610

/** A variant, and behind which place its others come. */
export const furtherSchema = z.object({ id: z.string(), after: z.string() })
export type Further = z.infer<typeof furtherSchema>

const variant = z.looseObject({
  id: z.string(),
  inventoryItem: z.looseObject({ inventoryLevels: z.object({ pageInfo }) }).nullish(),
})
const answerSchema = z.object({
  productVariant: z
    .looseObject({ inventoryItem: z.looseObject({ inventoryLevels: connection }).nullish() })
    .nullable(),
})

/** Which variants of a page have more places. */
export const furtherOf = (nodes: readonly unknown[]): Further[] =>
  nodes.flatMap((node) => {
    const read = variant.safeParse(node)
    const levels = read.data?.inventoryItem?.inventoryLevels.pageInfo
    return read.data && levels?.hasNextPage && levels.endCursor
      ? [{ id: read.data.id, after: levels.endCursor }]
      : []
  })

/** The variant with its next places; null when it is gone meanwhile. */
export async function readLevels(
  calls: ShopifyCalls,
  { id, after }: Further,
  context: ReadContext,
): Promise<Result<Record<string, unknown> | null>> {
  const answer = await calls.ask(VARIANT_LEVELS, { id, after }, context, answerSchema)
  return answer.ok ? ok(answer.value.productVariant) : answer
}
