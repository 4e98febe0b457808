/** Pages of connections as Shopify tells them, and as we keep them raw. */
import * as z from 'zod'
import type { ReadContext } from '../../platform/source-reader.ts'
import type { ShopifyPage } from './normalise.ts'
import { flattened } from './objects.ts'

export const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() })
export const connection = z.object({ pageInfo, nodes: z.array(z.looseObject({})) })
export type Connection = z.infer<typeof connection>

export const rawOf = (records: readonly unknown[], context: ReadContext, gone: string[] = []): string =>
  JSON.stringify({
    records: records.map(flattened),
    readAt: context.now,
    ...(gone.length > 0 ? { gone } : {}),
  } satisfies ShopifyPage)
