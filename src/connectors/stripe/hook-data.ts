/**
 * Deliveries to an account that is read by its key. A signed event carries the object as it then was, so it is read as it
 * stands; an event that names discounts by their id alone is fetched again, with what they are.
 */
import * as z from 'zod'
import type { FactBatch } from '../../modules/mini-foundry/domain/facts.ts'
import { ok, type Result } from '../../platform/result.ts'
import type { ReadContext, SourceHooks } from '../../platform/source-reader.ts'
import { verifyStripeHook } from './hook.ts'
import { isLiveKey, type StripeCalls } from './list.ts'
import { normaliseStripeEvent, STRIPE_EVENT_TYPES } from './normalise.ts'
import { isReadable } from './normalise-page.ts'

const eventSchema = z.looseObject({
  created: z.number().int(),
  livemode: z.boolean().optional(),
  data: z.looseObject({ object: z.looseObject({ id: z.string().optional() }) }),
})

export function stripeReaderHooks(calls: StripeCalls): SourceHooks<FactBatch> {
  return {
    async verify(body, headers, secrets, nowMs) {
      const event = await verifyStripeHook(body, headers, secrets, nowMs)
      return typeof event === 'string' ? event : [event]
    },

    read(body, eventId, { timeZone }) {
      const event = eventSchema.parse(JSON.parse(body))
      const happenedMs = event.created * 1000
      if (!isReadable(event))
        return { happenedMs, facts: null, refetch: [{ stream: 'events', ids: [eventId] }] }
      const reading = normaliseStripeEvent(event, { timeZone })
      if (!reading) return null
      const { batch, orderExtIds, events } = reading
      return { happenedMs, facts: { batch, orderExtIds, events, refused: [], drift: [] }, refetch: [] }
    },

    subscribe: (context, url) => subscribe(calls, context, url),
  }
}

const endpointSchema = z.looseObject({
  id: z.string(),
  url: z.string(),
  status: z.string().optional(),
  livemode: z.boolean().optional(),
  secret: z.string().optional(),
})

/**
 * One endpoint for the address. Stripe tells its secret only when it makes one: one that is there and on is left alone,
 * one that Stripe switched off is made anew.
 */
async function subscribe(
  calls: StripeCalls,
  context: ReadContext,
  url: string,
): Promise<Result<{ secret: string | null }>> {
  const listed = await calls.list('webhook_endpoints', [], context)
  if (!listed.ok) return listed
  const ours = z
    .array(endpointSchema)
    .parse(listed.value.data)
    .filter((one) => one.url === url && (one.livemode ?? true) === isLiveKey(context))
  if (ours.some(({ status }) => status === 'enabled')) return ok({ secret: null })
  for (const { id } of ours) {
    const gone = await calls.remove(`webhook_endpoints/${encodeURIComponent(id)}`, context)
    if (!gone.ok) return gone
  }
  const fields: [string, string][] = [
    ['url', url],
    ['description', 'Orders, payments and payouts for the dashboards'],
    ...STRIPE_EVENT_TYPES.map((type): [string, string] => ['enabled_events[]', type]),
  ]
  const made = await calls.make('webhook_endpoints', fields, context)
  if (!made.ok) return made
  return ok({ secret: endpointSchema.parse(made.value).secret ?? null })
}
