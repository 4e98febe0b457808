/** Single records of Shopify by their id, each whole, in queries that stay under the limit of one. */
import * as z from 'zod'
import { ok, type Result } from '../../platform/result.ts'
import type { ReadContext } from '../../platform/source-reader.ts'
import type { ShopifyCalls } from './calls.ts'
import { CUSTOMERS_BY_ID, ORDER_LEDGER, ORDER_LINES, ORDER_PARTS } from './documents.ts'
import { gidOf } from './objects.ts'
import { type Connection, connection, pageInfo, rawOf } from './page.ts'

const count = z.object({ count: z.number() }).nullish()
const lists = {
  fulfillmentsCount: count,
  fulfillments: z.array(z.unknown()),
  transactionsCount: count,
  transactions: z.array(z.unknown()),
}
const linesAnswer = z.object({ order: z.looseObject({ ...lists, lineItems: connection }).nullable() })
const partsAnswer = z.object({ order: z.object(lists).nullable() })
const ledgerAnswer = z.object({
  order: z
    .object({ agreements: z.object({ pageInfo, nodes: z.array(z.looseObject({ sales: connection })) }) })
    .nullable(),
})
type Parts = NonNullable<z.infer<typeof partsAnswer>['order']>
type LinesAnswer = z.infer<typeof linesAnswer>
type LedgerAnswer = z.infer<typeof ledgerAnswer>
type Agreements = NonNullable<LedgerAnswer['order']>['agreements']
const nodesAnswer = z.object({ nodes: z.array(z.looseObject({}).nullable()) })

export async function fetchRecords(
  calls: ShopifyCalls,
  stream: string,
  ids: readonly string[],
  context: ReadContext,
): Promise<Result<string>> {
  if (stream === 'customers') {
    const gids = ids.map((id) => gidOf('Customer', id))
    const answer = await calls.ask(CUSTOMERS_BY_ID, { ids: gids }, context, nodesAnswer)
    return answer.ok
      ? ok(
          rawOf(
            answer.value.nodes.filter((node) => node !== null),
            context,
          ),
        )
      : answer
  }
  const orders: unknown[] = []
  for (const id of ids) {
    const order = await fetchOrder(calls, gidOf('Order', id), context)
    if (!order.ok) return order
    if (order.value) orders.push(order.value)
  }
  return ok(rawOf(orders, context))
}

/** A whole order, in as many queries as its lines and entries take; null when it is not there. */
async function fetchOrder(
  calls: ShopifyCalls,
  id: string,
  context: ReadContext,
): Promise<Result<Record<string, unknown> | null>> {
  let head: (Parts & Record<string, unknown>) | null = null
  const lineItems: unknown[] = []
  for (let after: string | null | undefined = null; ; ) {
    const answer: Result<LinesAnswer> = await calls.ask(ORDER_LINES, { id, after }, context, linesAnswer)
    if (!answer.ok) return answer
    if (!answer.value.order) return ok(null)
    const { lineItems: page, ...rest }: { lineItems: Connection } & Parts & Record<string, unknown> =
      answer.value.order
    head = rest
    lineItems.push(...page.nodes)
    if (!page.pageInfo.hasNextPage) break
    after = page.pageInfo.endCursor
  }
  const more = head && isCutShort(head) ? await calls.ask(ORDER_PARTS, { id }, context, partsAnswer) : null
  if (more && !more.ok) return more
  if (more?.value.order) head = { ...head, ...more.value.order }
  const agreements = await fetchLedger(calls, id, context)
  return agreements.ok ? ok({ ...head, lineItems, agreements: agreements.value }) : agreements
}

const isCutShort = (order: Parts): boolean =>
  (order.transactionsCount?.count ?? 0) > order.transactions.length ||
  (order.fulfillmentsCount?.count ?? 0) > order.fulfillments.length

async function fetchLedger(
  calls: ShopifyCalls,
  id: string,
  context: ReadContext,
): Promise<Result<unknown[]>> {
  const agreements: unknown[] = []
  let agreement: string | null | undefined = null
  for (;;) {
    let entry: Record<string, unknown> | null = null
    const sales: unknown[] = []
    let end: z.infer<typeof pageInfo> | null = null
    for (let sale: string | null | undefined = null; ; ) {
      const answer: Result<LedgerAnswer> = await calls.ask(
        ORDER_LEDGER,
        { id, agreement, sale },
        context,
        ledgerAnswer,
      )
      if (!answer.ok) return answer
      const page: Agreements | undefined = answer.value.order?.agreements
      const node: Agreements['nodes'][number] | undefined = page?.nodes[0]
      if (!page || !node) break
      const { sales: part, ...rest }: Agreements['nodes'][number] = node
      entry = rest
      end = page.pageInfo
      sales.push(...part.nodes)
      if (!part.pageInfo.hasNextPage) break
      sale = part.pageInfo.endCursor
    }
    if (entry) agreements.push({ ...entry, sales })
    if (!end?.hasNextPage) return ok(agreements)
    agreement = end.endCursor
  }
}
