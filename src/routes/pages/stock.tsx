/** Stock by page: the list, and how long deliveries take. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import { changeLeadDays, readStock } from '../../modules/mini-foundry/index.ts'
import { StockPage } from '../../modules/mini-foundry/views/stock.tsx'
import { can } from '../../platform/actor.ts'
import type { Failure } from '../../platform/result.ts'

const section = 'foundry'

export const stockPages = new Hono<AppEnv>()
  .get('/foundry/stock', requires('foundry:read'), (c) => show(c))
  .post('/foundry/stock/delivery', requires('foundry:write'), async (c) => {
    const { source = '', product = '', days = '' } = await formFields(c)
    const key = { source_id: source, product_ext_id: product }
    const done = await changeLeadDays(c.var.services, c.var.actor, key, Number(days || Number.NaN))
    if (done.ok) return goTo(c, '/foundry/stock', { toast: 'Saved. What to order follows.' })
    return done.error.kind === 'invalid' ? show(c, done.error) : failurePage(c, done.error)
  })

async function show(c: AppContext, fault?: Failure): Promise<Response> {
  const { services, actor } = c.var
  const text = (c.req.query('q') ?? '').trim().slice(0, 80)
  const read = await readStock(services, actor, { text, cursor: c.req.query('cursor') })
  if (!read.ok) return failurePage(c, read.error)
  const { rows, nextCursor } = read.value
  const next =
    nextCursor &&
    `/foundry/stock?${new URLSearchParams({ ...(text ? { q: text } : {}), cursor: nextCursor })}`
  const body = (
    <StockPage
      rows={rows}
      text={text}
      next={next}
      fault={fault && (fault.errors?.[0]?.message ?? fault.detail)}
      mayWrite={can(actor, 'foundry:write')}
      locale={actor.workspace.locale}
    />
  )
  return page(c, { title: 'Stock', section, body, status: fault ? statusOf(fault.kind) : 200 })
}
