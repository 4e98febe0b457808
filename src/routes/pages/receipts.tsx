/** Receipts of figures, by page and as a file. */
import { Hono } from 'hono'
import { attachment } from '../../http/attachment.ts'
import { requires } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { failurePage, page } from '../../http/respond.tsx'
import { receiptCsvHead, receiptCsvLines } from '../../modules/mini-foundry/documents/receipt-csv.ts'
import { type ReceiptInput, readReceipt, readWholeReceipt } from '../../modules/mini-foundry/index.ts'
import { ReceiptPage } from '../../modules/mini-foundry/views/receipt-page.tsx'

const read = requires('foundry:read')

export const receiptPages = new Hono<AppEnv>()
  .get('/foundry/receipts', read, async (c) => {
    const { services, actor } = c.var
    const input = inputOf(c)
    const found = await readReceipt(services, actor, { ...input, alwaysAdd: true })
    if (!found.ok) return failurePage(c, found.error)
    const body = <ReceiptPage receipt={found.value} later={Boolean(input.cursor)} reader={actor.workspace} />
    return page(c, { title: `Receipt: ${found.value.metric.name}`, section: 'foundry', body })
  })
  .get('/foundry/receipts.csv', read, async (c) => {
    const found = await readWholeReceipt(c.var.services, c.var.actor, inputOf(c))
    if (!found.ok) return failurePage(c, found.error)
    const { metric, query, currency, pages } = found.value
    return c.body(textOf(lines(currency, pages)), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': attachment(`${metric.id} ${query.range.from} to ${query.range.to}.csv`),
    })
  })

function inputOf(c: AppContext): ReceiptInput {
  const { metric, ...rest } = c.req.query()
  const { from, to, book, as_of, measure, cursor } = rest
  const filter = c.req.queries('filter')
  return { metric: metric || 'revenue', filter, from, to, book, as_of, measure, cursor }
}

type Pages = Extract<Awaited<ReturnType<typeof readWholeReceipt>>, { ok: true }>['value']['pages']

async function* lines(currency: string, pages: Pages): AsyncGenerator<string> {
  yield receiptCsvHead(currency)
  for await (const { measure, rows } of pages) yield receiptCsvLines(measure.id, rows)
}

/** Written as it is read, so that a file of any length needs the memory of one page. */
function textOf(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await parts.return(undefined)
    },
  })
}
