/** Shapes of Shopify's records as we keep them raw: connections flattened to lists, money as `{ amount, currencyCode }`. */
import * as z from 'zod'

const amount = z.looseObject({ amount: z.string(), currencyCode: z.string() })
const count = z.object({ count: z.number() }).nullish()
const bag = z.object({ shopMoney: amount })
const place = z
  .object({
    countryCodeV2: z.string().nullish(),
    provinceCode: z.string().nullish(),
    city: z.string().nullish(),
  })
  .nullish()

const lineItem = z.looseObject({
  id: z.string(),
  sku: z.string().nullish(),
  title: z.string(),
  quantity: z.number(),
  isGiftCard: z.boolean().optional(),
  originalUnitPriceSet: bag,
  discountedTotalSet: bag,
  originalTotalSet: bag,
  product: z
    .looseObject({ id: z.string(), title: z.string().optional(), productType: z.string().nullish() })
    .nullish(),
  variant: z
    .looseObject({
      id: z.string(),
      inventoryItem: z.looseObject({ unitCost: amount.nullish() }).nullish(),
    })
    .nullish(),
})
export type LineItem = z.infer<typeof lineItem>

const sale = z.looseObject({
  id: z.string(),
  actionType: z.string(),
  lineType: z.string(),
  quantity: z.number().nullish(),
  totalAmount: bag,
  totalTaxAmount: bag,
  totalDiscountAmountBeforeTaxes: bag,
  lineItem: z.looseObject({ id: z.string() }).nullish(),
})
export type Sale = z.infer<typeof sale>

const agreement = z.looseObject({
  id: z.string(),
  happenedAt: z.string(),
  reason: z.string(),
  sales: z.array(sale),
})
export type Agreement = z.infer<typeof agreement>

const transaction = z.looseObject({
  id: z.string(),
  kind: z.string(),
  status: z.string(),
  gateway: z.string().nullish(),
  test: z.boolean(),
  processedAt: z.string().nullish(),
  amountSet: bag,
  fees: z.array(z.object({ amount })).default([]),
})

export const orderSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  processedAt: z.string(),
  updatedAt: z.string(),
  cancelledAt: z.string().nullish(),
  test: z.boolean(),
  currencyCode: z.string(),
  taxesIncluded: z.boolean(),
  displayFinancialStatus: z.string().nullish(),
  displayFulfillmentStatus: z.string().nullish(),
  sourceName: z.string().nullish(),
  customer: z
    .looseObject({
      id: z.string(),
      displayName: z.string().nullish(),
      defaultEmailAddress: z.object({ emailAddress: z.string() }).nullish(),
    })
    .nullish(),
  shippingAddress: place,
  billingAddress: place,
  totalPriceSet: bag,
  totalTaxSet: bag.nullish(),
  totalShippingPriceSet: bag,
  /** How many there are, of which the lists may hold the first. */
  fulfillmentsCount: count,
  transactionsCount: count,
  fulfillments: z.array(z.looseObject({ createdAt: z.string(), status: z.string() })).default([]),
  transactions: z.array(transaction).default([]),
  lineItems: z.array(lineItem),
  agreements: z.array(agreement),
})
export type Order = z.infer<typeof orderSchema>

export const customerSchema = z.looseObject({
  id: z.string(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  createdAt: z.string(),
  updatedAt: z.string(),
  defaultEmailAddress: z.object({ emailAddress: z.string() }).nullish(),
  defaultAddress: place,
})

export const variantSchema = z.looseObject({
  id: z.string(),
  sku: z.string().nullish(),
  title: z.string(),
  price: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  product: z.looseObject({ id: z.string(), title: z.string(), productType: z.string().nullish() }),
  inventoryItem: z
    .looseObject({
      unitCost: amount.nullish(),
      inventoryLevels: z
        .array(
          z.looseObject({
            id: z.string(),
            updatedAt: z.string(),
            location: z.looseObject({ name: z.string() }),
            quantities: z.array(z.object({ name: z.string(), quantity: z.number() })),
          }),
        )
        .default([]),
    })
    .nullish(),
})

export const payoutSchema = z.looseObject({
  id: z.string(),
  issuedAt: z.string(),
  status: z.string(),
  net: amount,
})

export const balanceSchema = z.looseObject({
  id: z.string(),
  type: z.string(),
  test: z.boolean(),
  transactionDate: z.string(),
  amount,
  fee: z.object({ amount: z.string() }),
  net: z.object({ amount: z.string() }),
  associatedOrder: z.looseObject({ id: z.string(), name: z.string().nullish() }).nullish(),
  associatedPayout: z.looseObject({ id: z.string().nullish() }).nullish(),
})

/** `gid://shopify/Order/123?x=y` -> `123`. */
export const tailOf = (gid: string): string => gid.replace(/\?.*$/, '').split('/').at(-1) ?? gid

/** The gid again. */
export const gidOf = (type: string, id: string): string =>
  id.startsWith('gid://') ? id : `gid://shopify/${type}/${id}`

/** Connections (`{ nodes }`, `{ edges: [{ node }] }`) become plain lists, at any depth. */
export function flattened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(flattened)
  if (typeof value !== 'object' || value === null) return value
  const { nodes, edges, ...rest } = value as { nodes?: unknown; edges?: { node: unknown }[] }
  if (Array.isArray(nodes)) return nodes.map(flattened)
  if (Array.isArray(edges)) return edges.map(({ node }) => flattened(node))
  return Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, flattened(inner)]))
}
