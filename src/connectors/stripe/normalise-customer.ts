/** A customer of Stripe as a fact. */
import { businessDay } from '../../kit/calendar/business-day.ts'
import type { HookReading } from '../../modules/mini-foundry/domain/ports.ts'
import type { Moment } from './moment.ts'
import type { Customer } from './objects.ts'

export function customerReading(customer: Customer, moment: Moment): HookReading {
  const fact = {
    extId: customer.id,
    srcUpdatedAt: moment.version,
    name: customer.name ?? null,
    email: customer.email ?? null,
    country: customer.address?.country ?? null,
    region: customer.address?.state ?? null,
    city: customer.address?.city ?? null,
    createdDay: businessDay(customer.created * 1000, moment.timeZone),
    deletedAt: moment.type === 'customer.deleted' ? moment.at : null,
  }
  const isNew = moment.type === 'customer.created'
  return {
    happenedMs: Date.parse(moment.at),
    batch: { customers: [fact] },
    orderExtIds: [],
    events: isNew ? [{ type: 'customer.created', payload: { customer_id: customer.id } }] : [],
  }
}
