/** Shopify's records: orders and the past of customers by bulk operations, the rest page by page, single ones by their id. */
import * as z from 'zod'
import type { FactBatch } from '../../modules/mini-foundry/domain/facts.ts'
import { ok, type Result } from '../../platform/result.ts'
import type {
  PageRequest,
  ReadContext,
  SourcePage,
  SourceReader,
  SourceStream,
} from '../../platform/source-reader.ts'
import type { Bases } from '../bases.ts'
import { readInBulk } from './bulk.ts'
import { type ShopifyCalls, shopifyCalls } from './calls.ts'
import { BALANCE, CUSTOMERS, PAYOUTS, VARIANTS } from './documents.ts'
import { fetchRecords } from './fetch.ts'
import { shopifyHooks } from './hook-data.ts'
import { furtherOf, furtherSchema, LEVELS_COST, readLevels } from './levels.ts'
import { normaliseShopify } from './normalise.ts'
import { type Connection, connection, rawOf } from './page.ts'
import { shopifyTotals } from './totals.ts'

const STREAMS: readonly SourceStream[] = [
  {
    name: 'products',
    title: 'Products and stock',
    everyMinutes: 240,
    overlapMinutes: 0,
    windowDays: null,
  },
  {
    name: 'customers',
    title: 'Customers',
    everyMinutes: 240,
    overlapMinutes: 10,
    windowDays: 365,
  },
  {
    name: 'orders',
    title: 'Orders, refunds and payments',
    everyMinutes: 60,
    overlapMinutes: 10,
    windowDays: 91,
    needs: 'read_orders; without read_all_orders Shopify tells only of the last 60 days',
  },
  {
    name: 'payouts',
    title: 'Payouts of Shopify Payments',
    everyMinutes: 360,
    overlapMinutes: 0,
    windowDays: 91,
    reconcileDays: 14,
    needs: 'read_shopify_payments_payouts',
  },
  {
    name: 'balance',
    title: 'Movements of Shopify Payments',
    everyMinutes: 360,
    overlapMinutes: 24 * 60,
    windowDays: 91,
    reconcileDays: 21,
    needs: 'read_shopify_payments_accounts',
  },
]

/** How each stream's pages are asked for; `cost` is what a page takes of the bucket. */
const LISTS: Record<
  string,
  {
    document: string
    first: number
    cost: number
    query?(window: PageRequest['window']): string
    schema: z.ZodType<{ list: Connection | null; count?: number }>
  }
> = {
  customers: {
    document: CUSTOMERS,
    first: 100,
    cost: 300,
    query: (window) => between('updated_at', window),
    schema: z.object({ customers: connection }).transform(({ customers }) => ({ list: customers })),
  },
  products: {
    document: VARIANTS,
    first: 10,
    cost: 650,
    schema: z
      .object({
        productVariants: connection,
        productVariantsCount: z.object({ count: z.number() }).nullish(),
      })
      .transform(({ productVariants, productVariantsCount }) => ({
        list: productVariants,
        count: productVariantsCount?.count,
      })),
  },
  payouts: {
    document: PAYOUTS,
    first: 100,
    cost: 210,
    query: (window) => between('issued_at', window),
    schema: z
      .object({ shopifyPaymentsAccount: z.object({ payouts: connection }).nullable() })
      .transform(({ shopifyPaymentsAccount }) => ({ list: shopifyPaymentsAccount?.payouts ?? null })),
  },
  balance: {
    document: BALANCE,
    first: 100,
    cost: 610,
    query: (window) => between('processed_at', window),
    schema: z
      .object({ shopifyPaymentsAccount: z.object({ balanceTransactions: connection }).nullable() })
      .transform(({ shopifyPaymentsAccount }) => ({
        list: shopifyPaymentsAccount?.balanceTransactions ?? null,
      })),
  },
}

const between = (field: string, { from, to }: PageRequest['window']): string =>
  `${field}:>='${new Date(from).toISOString()}' AND ${field}:<'${new Date(to).toISOString()}'`

/** Payments of Shopify are offered only where the connection was given leave to read them. */
const PAYMENT_STREAMS = ['payouts', 'balance']

export function shopifyReader(bases: Bases): SourceReader<FactBatch> {
  const calls = shopifyCalls(bases)
  const rules = { ...bases.rulesFor('SHOPIFY_API_BASE'), redirects: 2 }
  return {
    kind: 'shopify',
    name: 'Shopify',
    role: 'sales',
    streams: (settings) =>
      STREAMS.filter(
        ({ name }) =>
          !PAYMENT_STREAMS.includes(name) || settings.payments === true || settings.payments === 'yes',
      ),
    settingsFields: [
      {
        name: 'payments',
        label: 'Payouts of Shopify Payments',
        hint: 'Needs an app with the permission to read payouts.',
        options: [
          { value: '', label: 'Leave them out' },
          { value: 'yes', label: 'Read them' },
        ],
        optional: true,
      },
    ],
    read: (request, context) =>
      isBulk(request) ? readInBulk(calls, rules, request, context) : readList(calls, request, context),
    fetch: (stream, ids, context) => fetchRecords(calls, stream, ids, context),
    normalise: normaliseShopify,
    hooks: shopifyHooks(calls),
    totals: (days, context) => shopifyTotals(calls, days, context),
  }
}

/** A bulk operation costs no points, but takes a while to begin: not for the few customers of the last hours. */
const isBulk = ({ stream, mode }: PageRequest): boolean =>
  stream === 'orders' || (stream === 'customers' && mode === 'backfill')

const stateSchema = z.object({
  /** Where the list goes on; null: at its start. */
  after: z.string().nullish(),
  /** The list is read to its end. */
  isEnd: z.boolean().default(false),
  /** Variants with more places than their page held. */
  further: z.array(furtherSchema).default([]),
})

async function readList(
  calls: ShopifyCalls,
  { stream, window, state: kept }: PageRequest,
  context: ReadContext,
): Promise<Result<SourcePage>> {
  const list = LISTS[stream]
  if (!list) throw new Error(`Shopify has no stream "${stream}"`)
  const state = stateSchema.parse(kept ?? {})
  const [first, ...others] = state.further
  const waitMs = await context.take(first ? LEVELS_COST : list.cost)
  if (waitMs > 0) return ok({ raw: null, records: 0, state: kept, done: false, waitMs })
  if (first) {
    const found = await readLevels(calls, first, context)
    if (!found.ok) return found
    const nodes = found.value ? [found.value] : []
    return ok(pageOf(nodes, { ...state, further: [...furtherOf(nodes), ...others] }, context))
  }
  const variables = {
    first: list.first,
    after: state.after ?? null,
    ...(list.query ? { query: list.query(window) } : {}),
  }
  const answer = await calls.ask(list.document, variables, context, list.schema)
  if (!answer.ok) return answer
  const { list: found, count } = answer.value
  if (!found) return ok({ raw: null, records: 0, state: null, done: true })
  const { hasNextPage, endCursor } = found.pageInfo
  const further = stream === 'products' ? furtherOf(found.nodes) : []
  const next = { after: endCursor, isEnd: !hasNextPage, further }
  return ok({ ...pageOf(found.nodes, next, context), ...(count === undefined ? {} : { expected: count }) })
}

function pageOf(nodes: unknown[], next: z.infer<typeof stateSchema>, context: ReadContext): SourcePage {
  const done = next.isEnd && next.further.length === 0
  return { raw: rawOf(nodes, context), records: nodes.length, state: done ? null : next, done }
}
