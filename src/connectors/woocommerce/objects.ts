/** WooCommerce's records as its REST API v3 documents them; only the fields that are read. */
import * as z from 'zod'
import { parseUnits } from '../../platform/money.ts'

/** Decimal text, or a number where a plugin writes one; '' and null are none. */
const amount = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value, context) => {
    const text = String(value ?? '').trim()
    if (text === '') return 0
    const units = parseUnits(text)
    if (units === null)
      context.issues.push({ code: 'custom', message: `"${text}" is no amount`, input: value })
    return units ?? 0
  })

/** Times "as GMT" come without a zone. Milliseconds. */
const instant = z.string().transform((text, context) => {
  const at = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`)
  if (Number.isNaN(at)) context.issues.push({ code: 'custom', message: `"${text}" is no time`, input: text })
  return at
})
const maybe = instant.nullish().transform((at) => at ?? null)

const words = z
  .union([z.string(), z.number()])
  .nullish()
  .transform(
    (value) =>
      String(value ?? '')
        .trim()
        .slice(0, 200) || null,
  )
const id = z.number().int().nonnegative()
/** Plugins sell by weight: amounts of goods may have decimals. */
const quantity = z
  .number()
  .nullish()
  .transform((count) => Math.round((count ?? 0) * 10_000))
const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? [])

const addressSchema = z.object({
  first_name: words,
  last_name: words,
  company: words,
  email: words,
  country: words,
  state: words,
  city: words,
})
export type Address = z.infer<typeof addressSchema>
const address = addressSchema.nullish()

const goods = z.object({
  id,
  name: words,
  product_id: id.nullish(),
  variation_id: id.nullish(),
  quantity,
  sku: words,
  subtotal: amount,
  total: amount,
  total_tax: amount,
})
export type Goods = z.infer<typeof goods>
const extra = z.object({ id, total: amount, total_tax: amount })
export type Extra = z.infer<typeof extra>

const parts = { line_items: list(goods), shipping_lines: list(extra), fee_lines: list(extra) }

const refundSchema = z.object({ id, date_created_gmt: instant, amount, ...parts })
export type Refund = z.infer<typeof refundSchema>

export const orderSchema = z.object({
  id,
  number: words,
  status: z.string(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  date_created_gmt: maybe,
  date_modified_gmt: maybe,
  date_paid_gmt: maybe,
  date_completed_gmt: maybe,
  total: amount,
  customer_id: id.nullish(),
  created_via: words,
  billing: address,
  shipping: address,
  ...parts,
  /** Fetched beside the order. */
  refund_records: list(refundSchema),
})
export type Order = z.infer<typeof orderSchema>

const option = z.object({ option: words }).partial()
export const productSchema = z.object({
  id,
  name: words,
  type: z.string().nullish(),
  sku: words,
  price: amount,
  date_created_gmt: maybe,
  date_modified_gmt: maybe,
  /** Variations say "parent" when the product keeps their stock. */
  manage_stock: z.union([z.boolean(), z.string()]).nullish(),
  stock_quantity: z.number().nullish(),
  categories: list(z.object({ name: words })),
  attributes: list(option),
  cost_of_goods_sold: z.object({ total_value: z.number().nullish() }).nullish().catch(null),
  /** Set beside a variation: the product it is one of. */
  parent: z.object({ id, name: words, category: words, modified: maybe }).nullish(),
})

export const customerSchema = z.object({
  id,
  email: words,
  first_name: words,
  last_name: words,
  date_created_gmt: maybe,
  date_modified_gmt: maybe,
  billing: address,
  shipping: address,
})
