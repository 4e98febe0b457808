/** A raw page of WooCommerce as facts, record by record: one that cannot be read is set aside and stops no other. Pure. */
import * as z from 'zod'
import { businessDay } from '../../kit/calendar/business-day.ts'
import type { FactBatch } from '../../modules/mini-foundry/domain/facts.ts'
import { isoInstant } from '../../platform/clock.ts'
import type { NormaliseContext, Normalised, Refused } from '../../platform/source-reader.ts'
import { nameOf, orderFacts } from './normalise-order.ts'
import { customerSchema, orderSchema, productSchema } from './objects.ts'
import { pageSchema } from './page.ts'

type Read = (record: unknown, context: NormaliseContext, readAt: number) => FactBatch
const READS: Readonly<Record<string, Read>> = {
  orders: (record, { timeZone }, readAt) => orderFacts(orderSchema.parse(record), timeZone, readAt),
  products: productFacts,
  customers: customerFacts,
}

export function normaliseWoocommerce(
  stream: string,
  raw: string,
  context: NormaliseContext,
): Normalised<FactBatch> {
  const page = pageSchema.parse(JSON.parse(raw))
  const read = READS[stream]
  if (!read) throw new Error(`WooCommerce has no stream "${stream}".`)
  const parts: FactBatch[] = []
  const refused: Refused[] = []
  for (const record of page.records) {
    try {
      parts.push(read(record, context, page.readAt))
    } catch (error) {
      if (!(error instanceof z.ZodError || error instanceof RangeError)) throw error
      refused.push({ extId: String(record.id), record: JSON.stringify(record), reason: reasonOf(error) })
    }
  }
  parts.push(...page.gone.map((id) => removal(stream, id, page.readAt)))
  return { batch: joined(parts), refused, drift: [] }
}

/** A product, or one variation of it. A product that only holds variations is never sold itself, but gives its name. */
function productFacts(record: unknown, { timeZone, currency }: NormaliseContext, readAt: number): FactBatch {
  const product = productSchema.parse(record)
  const extId = String(product.id)
  const { parent } = product
  const options = product.attributes.flatMap(({ option }) => option ?? [])
  const own = product.name ?? `Product ${extId}`
  const cost = product.cost_of_goods_sold?.total_value
  const stock = Math.round((product.stock_quantity ?? 0) * 10_000)
  return {
    products: [
      {
        extId,
        srcUpdatedAt: Math.max(
          product.date_modified_gmt ?? product.date_created_gmt ?? readAt,
          parent?.modified ?? 0,
        ),
        sku: product.sku,
        name: parent ? [parent.name ?? own, ...options].join(', ') : own,
        category: parent ? parent.category : (product.categories[0]?.name ?? null),
        unitPrice: product.price,
        unitCost: cost ? Math.round(cost * 10_000) : null,
        currency,
      },
    ],
    inventory:
      product.manage_stock === true
        ? [
            {
              extId,
              // a sale lowers the stock and changes nothing else: what is read later is newer
              srcUpdatedAt: readAt,
              productExtId: extId,
              location: 'Shop',
              onHand: stock,
              available: stock,
              day: businessDay(readAt, timeZone),
            },
          ]
        : [],
  }
}

function customerFacts(record: unknown, { timeZone }: NormaliseContext, readAt: number): FactBatch {
  const customer = customerSchema.parse(record)
  const { billing, shipping, date_created_gmt: created } = customer
  const place = billing?.country ? billing : shipping
  return {
    customers: [
      {
        extId: String(customer.id),
        srcUpdatedAt: customer.date_modified_gmt ?? created ?? readAt,
        name: nameOf(customer) ?? nameOf(billing),
        email: customer.email ?? billing?.email ?? null,
        country: place?.country ?? null,
        region: place?.state ?? null,
        city: place?.city ?? null,
        createdDay: created === null ? null : businessDay(created, timeZone),
      },
    ],
  }
}

/** A tombstone lands only over what is there: its other fields are never seen. */
function removal(stream: string, extId: string, readAt: number): FactBatch {
  const fact = { extId, srcUpdatedAt: readAt, deletedAt: isoInstant(readAt) }
  if (stream === 'customers') return { customers: [fact] }
  if (stream === 'products') return { products: [{ ...fact, name: '' }] }
  const nothing = { currency: '', net: 0, tax: 0, shipping: 0, lines: 0 }
  const businessDay = fact.deletedAt.slice(0, 10)
  return { orders: [{ ...fact, ...nothing, businessDay, status: 'cancelled', completeAt: readAt }] }
}

/** All parts as one; a customer whom several orders name is named as the newest of them does. */
function joined(parts: readonly FactBatch[]): FactBatch {
  const all: Record<string, unknown[]> = {}
  const customers = new Map<string, { extId: string; srcUpdatedAt: number }>()
  for (const { ifAbsent, ...facts } of parts) {
    for (const [kind, rows] of Object.entries(facts)) all[kind] = [...(all[kind] ?? []), ...rows]
    for (const customer of ifAbsent?.customers ?? []) {
      const known = customers.get(customer.extId)
      if (!known || known.srcUpdatedAt <= customer.srcUpdatedAt) customers.set(customer.extId, customer)
    }
  }
  return {
    ...all,
    ...(customers.size > 0 ? { ifAbsent: { customers: [...customers.values()] } } : {}),
  } as FactBatch
}

const reasonOf = (error: z.ZodError | RangeError): string =>
  error instanceof z.ZodError
    ? error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
    : error.message
