/** What a person says about how a source's fields and words become ours. */
import * as z from 'zod'
import type { FactBatch, SaleEventFact } from './facts.ts'

/** Dimensions whose words differ from source to source: "web", "Online Store" and "shopify" may be one channel. */
export const RENAMED = ['channel', 'category', 'country', 'region'] as const
export type Renamed = (typeof RENAMED)[number]

const words = z.record(z.string().min(1).max(200), z.string().trim().min(1).max(200))
export const renamesSchema = z.strictObject({
  channel: words.optional(),
  category: words.optional(),
  country: words.optional(),
  region: words.optional(),
})
/** For each dimension: the source's word -> ours. */
export type Renames = z.infer<typeof renamesSchema>

/** Kept under this name beside the mappings of single streams. */
export const EVERY_STREAM = '*'

/** The same facts in our words. What has no word of its own stays as the source has it. */
export function renameFacts(batch: FactBatch, renames: Renames | null): FactBatch {
  if (!renames || RENAMED.every((name) => !renames[name])) return batch
  const word = (dimension: Renamed, value: string | null | undefined) =>
    value && renames[dimension] && Object.hasOwn(renames[dimension], value)
      ? renames[dimension][value]
      : value
  const place = <T extends { country?: string | null; region?: string | null }>(fact: T): T => ({
    ...fact,
    ...(fact.country === undefined ? {} : { country: word('country', fact.country) }),
    ...(fact.region === undefined ? {} : { region: word('region', fact.region) }),
  })
  const event = (fact: SaleEventFact): SaleEventFact => ({
    ...place(fact),
    ...(fact.channel === undefined ? {} : { channel: word('channel', fact.channel) }),
    ...(fact.category === undefined ? {} : { category: word('category', fact.category) }),
  })
  return {
    ...batch,
    ...(batch.events ? { events: batch.events.map(event) } : {}),
    ...(batch.customers ? { customers: batch.customers.map(place) } : {}),
    ...(batch.orders
      ? {
          orders: batch.orders.map((order) => ({ ...place(order), channel: word('channel', order.channel) })),
        }
      : {}),
    ...(batch.products
      ? {
          products: batch.products.map((product) => ({
            ...product,
            category: word('category', product.category),
          })),
        }
      : {}),
    ...(batch.spend
      ? {
          spend: batch.spend.map((day) => ({ ...day, channel: word('channel', day.channel) ?? day.channel })),
        }
      : {}),
  }
}

/** The words among a source's kept mappings; null when nobody chose any. */
export const renamesOf = (kept: readonly { stream: string; mapping: unknown }[]): Renames | null =>
  renamesSchema.safeParse(kept.find(({ stream }) => stream === EVERY_STREAM)?.mapping).data ?? null
