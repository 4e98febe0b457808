/** One customer with everything that is known of them: what they bought, what they owe, where their card is. */
import { businessDay } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { listContacts } from '../../workspace/index.ts'
import {
  type CustomerInvoice,
  type CustomerMember,
  type CustomerOrder,
  type CustomerWorth,
  customerInvoices,
  customerMembers,
  customerOrders,
  customerWorth,
} from '../store/customer.ts'

const SHOWN = 50

export interface CustomerView {
  number: number
  /** The customer first, then the same person at other sources. */
  members: CustomerMember[]
  worth: CustomerWorth[]
  /** The newest; `hasMore` tells that there are older ones. */
  orders: CustomerOrder[]
  hasMoreOrders: boolean
  invoices: CustomerInvoice[]
  today: string
  /** Their card among the contacts; null: none is known by their address, or contacts are not for this person to see. */
  contactId: string | null
}

/** `number` is the small number of a customer in its workspace; any of a person's numbers leads to the person. */
export async function readCustomer(
  services: Services,
  actor: Actor,
  number: number,
): Promise<Result<CustomerView>> {
  if (!can(actor, 'foundry:read')) return forbidden('see customers')
  const db = services.tenant(actor.tenantId)
  const members = Number.isSafeInteger(number) ? await db.get(customerMembers(db, number)) : []
  if (members.length === 0) return notFound('customer')
  // what a payment provider saw of a sale is the same sale: only sources that count as sales are added up
  const selling = members.filter(({ counts_as_sales }) => counts_as_sales === 1)
  const bought = pairsOf(selling.length > 0 ? selling : members)
  const emails = [...new Set(members.flatMap(({ email }) => email?.toLowerCase() ?? []))]
  const [worth, orders, invoices] = await db.getAll([
    customerWorth(db, bought),
    customerOrders(db, bought, SHOWN + 1),
    customerInvoices(db, pairsOf(members), JSON.stringify(emails), SHOWN),
  ])
  return ok({
    number,
    members,
    worth,
    orders: orders.slice(0, SHOWN),
    hasMoreOrders: orders.length > SHOWN,
    invoices,
    today: businessDay(services.clock.now(), actor.workspace.timeZone),
    contactId: await cardOf(services, actor, emails),
  })
}

const pairsOf = (members: readonly CustomerMember[]): string =>
  JSON.stringify(members.map(({ source_id, ext_id }) => [source_id, ext_id]))

async function cardOf(services: Services, actor: Actor, emails: readonly string[]): Promise<string | null> {
  const [email] = emails
  if (!email || !can(actor, 'contacts:read')) return null
  const found = await listContacts(services, actor, { q: email }, 5)
  return (found.ok && found.value.contacts.find((card) => card.email?.toLowerCase() === email)?.id) || null
}
