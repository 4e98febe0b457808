/** A raw page of Shopify as facts, record by record: one that cannot be read is set aside and keeps nothing else back. */
import type * as z from 'zod'
import { businessDay } from '../../kit/calendar/business-day.ts'
import type { FactBatch, PayoutLineFact } from '../../modules/mini-foundry/domain/facts.ts'
import { isoInstant } from '../../platform/clock.ts'
import { parseUnits } from '../../platform/money.ts'
import type { NormaliseContext, Normalised, Refused } from '../../platform/source-reader.ts'
import { unitsOf } from './normalise-ledger.ts'
import { cutShort, orderFacts } from './normalise-order.ts'
import { balanceSchema, customerSchema, orderSchema, payoutSchema, tailOf, variantSchema } from './objects.ts'

/** What `read` hands on. `gone`: ids that were asked for and are not there any more. */
export interface ShopifyPage {
  records: unknown[]
  gone?: string[]
  readAt: number
}

type Drift = Normalised<FactBatch>['drift']
type Reader = (
  record: unknown,
  context: NormaliseContext,
  readAt: number,
) => { facts: FactBatch; drift: Drift }

/** Reads one record by its schema; throws what is wrong with it. */
const reading =
  <T>(
    schema: z.ZodType<T>,
    facts: (value: T, context: NormaliseContext, readAt: number) => FactBatch,
    driftOf: (value: T) => Drift = () => [],
  ): Reader =>
  (record, context, readAt) => {
    const value = schema.parse(record)
    return { facts: facts(value, context, readAt), drift: driftOf(value) }
  }

const READERS: Record<string, Reader> = {
  orders: reading(
    orderSchema,
    (order, { timeZone }, readAt) => orderFacts(order, timeZone, readAt),
    cutShort,
  ),
  customers: reading(customerSchema, customerFacts),
  products: reading(variantSchema, variantFacts),
  payouts: reading(payoutSchema, payoutFacts),
  balance: reading(balanceSchema, balanceFacts),
}

export function normaliseShopify(
  stream: string,
  raw: string,
  context: NormaliseContext,
): Normalised<FactBatch> {
  const page = JSON.parse(raw) as ShopifyPage
  const read = READERS[stream]
  if (!read) throw new Error(`Shopify has no stream "${stream}"`)
  const parts: FactBatch[] = []
  const refused: Refused[] = []
  const drift: Drift = []
  for (const record of page.records) {
    try {
      const told = read(record, context, page.readAt)
      parts.push(told.facts)
      drift.push(...told.drift)
    } catch (error) {
      refused.push({ extId: idOf(record), record: JSON.stringify(record), reason: reasonOf(error) })
    }
  }
  return { batch: joined(parts), refused, drift }
}

function customerFacts(customer: z.infer<typeof customerSchema>, { timeZone }: NormaliseContext): FactBatch {
  const address = customer.defaultAddress
  return {
    customers: [
      {
        extId: tailOf(customer.id),
        srcUpdatedAt: Date.parse(customer.updatedAt),
        name: [customer.firstName, customer.lastName].filter(Boolean).join(' ') || null,
        email: customer.defaultEmailAddress?.emailAddress ?? null,
        country: address?.countryCodeV2 ?? null,
        region: address?.provinceCode ?? null,
        city: address?.city ?? null,
        createdDay: businessDay(Date.parse(customer.createdAt), timeZone),
      },
    ],
  }
}

function variantFacts(
  variant: z.infer<typeof variantSchema>,
  context: NormaliseContext,
  readAt: number,
): FactBatch {
  const extId = tailOf(variant.id)
  const { product, inventoryItem } = variant
  const units = (levels: { name: string; quantity: number }[], name: string) => {
    const found = levels.find((level) => level.name === name)
    return found ? found.quantity * 10_000 : null
  }
  return {
    products: [
      {
        extId,
        srcUpdatedAt: Date.parse(variant.updatedAt),
        sku: variant.sku || null,
        name: variant.title === 'Default Title' ? product.title : `${product.title}, ${variant.title}`,
        category: product.productType || null,
        unitPrice: parseUnits(variant.price),
        unitCost: inventoryItem?.unitCost ? unitsOf(inventoryItem.unitCost) : null,
        currency: inventoryItem?.unitCost?.currencyCode ?? context.currency,
      },
    ],
    inventory: (inventoryItem?.inventoryLevels ?? []).map((level) => ({
      // the id of a level names its place; which variant it is of stands in the query behind it
      extId: `${extId}:${tailOf(level.id)}`,
      srcUpdatedAt: Date.parse(level.updatedAt),
      productExtId: extId,
      location: level.location.name,
      onHand: units(level.quantities, 'on_hand') ?? 0,
      available: units(level.quantities, 'available'),
      committed: units(level.quantities, 'committed'),
      incoming: units(level.quantities, 'incoming'),
      day: businessDay(readAt, context.timeZone),
    })),
  }
}

const PAYOUT_STATES = {
  SCHEDULED: 'pending',
  IN_TRANSIT: 'in_transit',
  PAID: 'paid',
  FAILED: 'failed',
  CANCELED: 'canceled',
} as const

function payoutFacts(
  payout: z.infer<typeof payoutSchema>,
  { timeZone }: NormaliseContext,
  readAt: number,
): FactBatch {
  const status = PAYOUT_STATES[payout.status as keyof typeof PAYOUT_STATES]
  if (!status) throw new RangeError(`A payout of state "${payout.status}" is new to us.`)
  return {
    payouts: [
      {
        extId: tailOf(payout.id),
        // payouts tell no change of their own: what is read later is newer
        srcUpdatedAt: readAt,
        amount: unitsOf(payout.net),
        currency: payout.net.currencyCode,
        status,
        arrivalDay: businessDay(Date.parse(payout.issuedAt), timeZone),
      },
    ],
  }
}

const KINDS: Record<string, PayoutLineFact['kind']> = {
  CHARGE: 'charge',
  REFUND: 'refund',
  REFUND_FAILURE: 'refund',
  DISPUTE: 'dispute',
  DISPUTE_REVERSAL: 'dispute',
  ADJUSTMENT: 'adjustment',
  RESERVE: 'reserve',
  TRANSFER: 'payout',
  PAYOUT: 'payout',
}

function balanceFacts(
  line: z.infer<typeof balanceSchema>,
  { timeZone }: NormaliseContext,
  readAt: number,
): FactBatch {
  if (line.test) return {}
  const at = Date.parse(line.transactionDate)
  const [amount, fee, net] = [unitsOf(line.amount), unitsOf(line.fee), unitsOf(line.net)]
  if (amount - fee !== net) throw new RangeError('Amount less fee is not the net amount.')
  const word = Object.keys(KINDS).find((key) => line.type === key || line.type.startsWith(`${key}_`))
  return {
    payoutLines: [
      {
        extId: tailOf(line.id),
        srcUpdatedAt: readAt,
        payoutExtId: line.associatedPayout?.id ? tailOf(line.associatedPayout.id) : null,
        kind: (word === undefined ? undefined : KINDS[word]) ?? 'other',
        amount,
        fee,
        net,
        currency: line.amount.currencyCode,
        orderExtId: line.associatedOrder ? tailOf(line.associatedOrder.id) : null,
        happenedAt: isoInstant(at),
        businessDay: businessDay(at, timeZone),
        description: line.associatedOrder?.name ?? null,
      },
    ],
  }
}

function joined(parts: readonly FactBatch[]): FactBatch {
  const all: Record<string, unknown[]> = {}
  const customers = new Map<string, unknown>()
  for (const { ifAbsent, ...facts } of parts) {
    for (const [kind, rows] of Object.entries(facts)) {
      const list = all[kind] ?? []
      list.push(...rows)
      all[kind] = list
    }
    for (const customer of ifAbsent?.customers ?? []) customers.set(customer.extId, customer)
  }
  return { ...all, ifAbsent: { customers: [...customers.values()] } } as FactBatch
}

const idOf = (record: unknown): string | null => {
  const id = (record as { id?: unknown } | null)?.id
  return typeof id === 'string' ? tailOf(id) : null
}

function reasonOf(error: unknown): string {
  const issues = (error as { issues?: { path: PropertyKey[]; message: string }[] }).issues
  if (!issues) return error instanceof Error ? error.message : 'It could not be read.'
  return issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join('; ')
}
