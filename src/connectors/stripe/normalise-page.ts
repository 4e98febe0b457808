/** A page of listed objects and events as facts, through the same mapping that reads webhooks. Pure. */
import * as z from 'zod'
import type { FactBatch } from '../../modules/mini-foundry/domain/facts.ts'
import type { HookReading } from '../../modules/mini-foundry/domain/ports.ts'
import type { Normalised, Refused } from '../../platform/source-reader.ts'
import { listedMoment } from './moment.ts'
import { hasHiddenDiscounts } from './monthly.ts'
import { normaliseObject, normaliseStripeEvent } from './normalise.ts'
import { payoutLineOf } from './normalise-balance.ts'
import { balanceTransactionSchema, subscriptionSchema } from './objects.ts'

/** What `read` keeps: when the list was read, whether with a live key, and what came. */
export const pageSchema = z.object({
  readAt: z.number(),
  live: z.boolean(),
  objects: z.array(z.looseObject({ object: z.string() })),
})
export type StripePage = z.infer<typeof pageSchema>
type StripeObject = StripePage['objects'][number]

export function normalisePage(raw: string, timeZone: string): Normalised<FactBatch> {
  const page = pageSchema.parse(JSON.parse(raw))
  const batch: FactBatch = {}
  const orders = new Set<string>()
  const refused: Refused[] = []
  for (const object of page.objects) {
    // what was tried out is no sale of a live account
    if (page.live && object.livemode === false) continue
    try {
      const reading = readingOf(object, page.readAt, timeZone)
      if (!reading) continue
      addTo(batch, reading.batch)
      for (const id of reading.orderExtIds) orders.add(id)
    } catch (error) {
      refused.push({ extId: idOf(object), record: JSON.stringify(object), reason: reasonOf(error) })
    }
  }
  return { batch, orderExtIds: [...orders], refused, drift: [] }
}

type Reading = Pick<HookReading, 'batch' | 'orderExtIds'>

function readingOf(object: StripeObject, readAt: number, timeZone: string): Reading | null {
  if (object.object === 'event') return isReadable(object) ? normaliseStripeEvent(object, { timeZone }) : null
  if (object.object === 'balance_transaction') {
    const line = payoutLineOf(balanceTransactionSchema.parse(object), timeZone)
    // the payout itself is no movement inside it
    return line.kind === 'payout' ? null : { batch: { payoutLines: [line] }, orderExtIds: [] }
  }
  const { created } = z.looseObject({ created: z.number() }).parse(object)
  return normaliseObject(object, () => listedMoment({ created }, timeZone, readAt), null)
}

/** An event whose discounts are only named would give a price too high: the fetched subscription stands beside it. */
export function isReadable(event: Record<string, unknown>): boolean {
  const inner = (event.data as { object?: unknown } | undefined)?.object
  const subscription = subscriptionSchema.safeParse(inner)
  return !subscription.success || !hasHiddenDiscounts(subscription.data)
}

/** The same thing may come twice on a page of events: each fact keeps its newest version. */
function addTo(batch: FactBatch, more: FactBatch): void {
  const { ifAbsent, ...kinds } = more
  for (const [kind, facts] of Object.entries(kinds)) merge(batch as Lists, kind, facts)
  for (const [kind, facts] of Object.entries(ifAbsent ?? {})) {
    batch.ifAbsent ??= {}
    merge(batch.ifAbsent as Lists, kind, facts)
  }
}

type Lists = Record<string, { extId: string; srcUpdatedAt: number }[] | undefined>

function merge(lists: Lists, kind: string, facts: { extId: string; srcUpdatedAt: number }[]): void {
  const list = lists[kind] ?? []
  lists[kind] = list
  for (const fact of facts) {
    const at = list.findIndex(({ extId }) => extId === fact.extId)
    const known = list[at]
    if (!known) list.push(fact)
    else if (fact.srcUpdatedAt >= known.srcUpdatedAt) list[at] = fact
  }
}

const idOf = (object: StripeObject): string | null => (typeof object.id === 'string' ? object.id : null)

const reasonOf = (error: unknown): string =>
  error instanceof z.ZodError
    ? error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
    : 'An amount is too large to be one.'
