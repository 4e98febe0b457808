/** Discounts that an event names by their id, put in from the subscription as it was fetched. */

interface Discounted {
  discounts?: unknown
  items?: { data?: (Record<string, unknown> & { id?: unknown; discounts?: unknown })[] }
}

/**
 * The event with every discount that `known` (the fetched subscription) can name. One that is gone from the subscription
 * since stays an id: then the event is not readable, and what is fetched stands alone.
 */
export function withDiscounts<Event extends Record<string, unknown>>(
  event: Event,
  known: Record<string, unknown>,
): Event {
  const all = new Map([...listOf(known), ...itemsOf(known).flatMap(listOf)].flatMap(named))
  const fill = <Part extends Discounted>(part: Part): Part =>
    Array.isArray(part.discounts)
      ? { ...part, discounts: part.discounts.map((one) => all.get(one) ?? one) }
      : part
  const data = event.data as { object: Discounted; previous_attributes?: Discounted }
  const whole = (part: Discounted): Discounted => ({
    ...fill(part),
    ...(part.items?.data ? { items: { ...part.items, data: part.items.data.map(fill) } } : {}),
  })
  const before = data.previous_attributes ? { previous_attributes: whole(data.previous_attributes) } : {}
  return { ...event, data: { ...data, object: whole(data.object), ...before } }
}

const listOf = (part: Discounted): unknown[] => (Array.isArray(part.discounts) ? part.discounts : [])

const itemsOf = (part: Discounted) => part.items?.data ?? []

const named = (one: unknown): [unknown, unknown][] => {
  const id = (one as { id?: unknown } | null)?.id
  return typeof id === 'string' ? [[id, one]] : []
}
