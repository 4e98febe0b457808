/**
 * Every document that is sent to Shopify's Admin API, each valid against the schema of 2026-10
 * (`tests/differential/shopify-documents.test.ts`).
 */
export const API_VERSION = '2026-10'

const MONEY = 'shopMoney { amount currencyCode }'

/** Lists without pages of their own: all of one, or the first so many, beside how many there are. */
const parts = (fulfillments: string, transactions: string): string => `
  fulfillmentsCount { count } fulfillments${fulfillments} { createdAt status }
  transactionsCount { count } transactions${transactions} { id kind status gateway test processedAt amountSet { ${MONEY} }
    fees { amount { amount currencyCode } } }`

/** What an order is beside its lists. */
const ORDER_HEAD = `id name createdAt processedAt updatedAt cancelledAt test currencyCode taxesIncluded
  displayFinancialStatus displayFulfillmentStatus sourceName
  customer { id displayName defaultEmailAddress { emailAddress } }
  shippingAddress { countryCodeV2 provinceCode city }
  billingAddress { countryCodeV2 provinceCode city }
  totalPriceSet { ${MONEY} } totalTaxSet { ${MONEY} } totalShippingPriceSet { ${MONEY} }`

const LINE = `id sku title quantity isGiftCard
  originalUnitPriceSet { ${MONEY} } discountedTotalSet { ${MONEY} } originalTotalSet { ${MONEY} }
  product { id title productType }
  variant { id inventoryItem { unitCost { amount currencyCode } } }`

const AGREEMENT = 'id happenedAt reason'

const SALE = `id actionType lineType quantity
  totalAmount { ${MONEY} } totalTaxAmount { ${MONEY} } totalDiscountAmountBeforeTaxes { ${MONEY} }
  ... on ProductSale { lineItem { id } }`

/**
 * A single order in pieces that each stay under the 1,000 points of one query (shopify.dev, "Rate limits": an object is a
 * point, a connection as many as it may hold).
 */
export const ORDER_LINES = `query OrderLines($id: ID!, $after: String) {
  order(id: $id) { ${ORDER_HEAD} ${parts('(first: 20)', '(first: 50)')}
    lineItems(first: 50, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${LINE} } } }
}`

/** For an order that has more of them than `ORDER_LINES` brings. */
export const ORDER_PARTS = `query OrderParts($id: ID!) { order(id: $id) { ${parts('(first: 200)', '(first: 150)')} } }`

export const ORDER_LEDGER = `query OrderLedger($id: ID!, $agreement: String, $sale: String) {
  order(id: $id) { agreements(first: 1, after: $agreement) { pageInfo { hasNextPage endCursor }
    nodes { ${AGREEMENT} sales(first: 80, after: $sale) { pageInfo { hasNextPage endCursor } nodes { ${SALE} } } } } }
}`

const CUSTOMER = `id firstName lastName createdAt updatedAt
  defaultEmailAddress { emailAddress } defaultAddress { countryCodeV2 provinceCode city }`

/** The body of a bulk operation: connections without sizes. `filter` must hold no quotation mark. */
export const bulkOrders = (filter: string): string => `{
  orders(query: "${filter}", sortKey: CREATED_AT) { edges { node { ${ORDER_HEAD} ${parts('', '')}
    lineItems { edges { node { ${LINE} } } }
    agreements { edges { node { ${AGREEMENT} sales { edges { node { ${SALE} } } } } } } } } }
}`

export const bulkCustomers = (filter: string): string => `{
  customers(query: "${filter}", sortKey: CREATED_AT) { edges { node { ${CUSTOMER} } } }
}`

export const BULK_RUN = `mutation BulkRun($query: String!, $groupObjects: Boolean!) {
  bulkOperationRunQuery(query: $query, groupObjects: $groupObjects) {
    bulkOperation { id status }
    userErrors { field message code }
  }
}`

export const BULK_STATE = `query BulkState($id: ID!) {
  bulkOperation(id: $id) { id status errorCode objectCount rootObjectCount fileSize url partialDataUrl }
}`

export const CUSTOMERS = `query Customers($first: Int!, $after: String, $query: String!) {
  customers(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    pageInfo { hasNextPage endCursor } nodes { ${CUSTOMER} } }
}`

export const CUSTOMERS_BY_ID = `query CustomersById($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Customer { ${CUSTOMER} } }
}`

const variant = (levels: string): string => `id sku title price createdAt updatedAt
  product { id title productType status }
  inventoryItem { id unitCost { amount currencyCode }
    inventoryLevels(${levels}) { pageInfo { hasNextPage endCursor } nodes { id updatedAt location { id name }
      quantities(names: ["available", "on_hand", "committed", "incoming"]) { name quantity } } } }`

export const VARIANTS = `query Variants($first: Int!, $after: String) {
  productVariants(first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${variant('first: 10')} } }
  productVariantsCount { count precision }
}`

/** Stock of a variant at further places. */
export const VARIANT_LEVELS = `query VariantLevels($id: ID!, $after: String) {
  productVariant(id: $id) { ${variant('first: 100, after: $after')} }
}`

export const PAYOUTS = `query Payouts($first: Int!, $after: String, $query: String!) {
  shopifyPaymentsAccount { payouts(first: $first, after: $after, query: $query, sortKey: ISSUED_AT) {
    pageInfo { hasNextPage endCursor }
    nodes { id issuedAt status net { amount currencyCode } } } }
}`

export const BALANCE = `query Balance($first: Int!, $after: String, $query: String!) {
  shopifyPaymentsAccount { balanceTransactions(first: $first, after: $after, query: $query, hideTransfers: false) {
    pageInfo { hasNextPage endCursor }
    nodes { id type test transactionDate amount { amount currencyCode } fee { amount } net { amount }
      associatedOrder { id name } associatedPayout { id status } } } }
}`

export const TOTALS = `query Totals($query: String!) {
  shop { ianaTimezone }
  shopifyqlQuery(query: $query) { parseErrors tableData { columns { name dataType } rows } }
}`

export const HOOKS_THERE = `query HooksThere($uri: String!) {
  webhookSubscriptions(first: 100, uri: $uri) { nodes { id topic } }
}`

export const HOOK_MAKE = `mutation HookMake($topic: WebhookSubscriptionTopic!, $uri: String!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: { uri: $uri, format: JSON }) {
    webhookSubscription { id } userErrors { field message } }
}`

/** For the schema test. */
export const EVERY_DOCUMENT: Readonly<Record<string, string>> = {
  ORDER_LINES,
  ORDER_PARTS,
  ORDER_LEDGER,
  BULK_ORDERS: bulkOrders("created_at:>='2026-01-01T00:00:00Z' AND created_at:<'2026-04-01T00:00:00Z'"),
  BULK_CUSTOMERS: bulkCustomers("customer_date:>='2026-01-01T00:00:00Z'"),
  BULK_RUN,
  BULK_STATE,
  CUSTOMERS,
  CUSTOMERS_BY_ID,
  VARIANTS,
  VARIANT_LEVELS,
  PAYOUTS,
  BALANCE,
  TOTALS,
  HOOKS_THERE,
  HOOK_MAKE,
}
