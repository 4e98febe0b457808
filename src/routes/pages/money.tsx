/** Where the money is, by page: the bridge, one payout, and a person's word on its deposit. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppEnv } from '../../http/context.ts'
import { failurePage, goTo, page, readForm } from '../../http/respond.tsx'
import { payoutCsv } from '../../modules/mini-foundry/documents/money-csv.ts'
import { linkMoney, readMoney, readPayout } from '../../modules/mini-foundry/index.ts'
import { MoneyPage } from '../../modules/mini-foundry/views/money-page.tsx'
import { payoutHref } from '../../modules/mini-foundry/views/money-parts.tsx'
import { PayoutPage } from '../../modules/mini-foundry/views/money-payout.tsx'
import { can } from '../../platform/actor.ts'

const section = 'foundry'
const read = requires('foundry:read')

export const moneyPages = new Hono<AppEnv>()
  .get('/foundry/money', read, async (c) => {
    const { services, actor } = c.var
    const { from, to, currency } = c.req.query()
    const view = await readMoney(services, actor, { from, to, currency })
    if (!view.ok) return failurePage(c, view.error)
    const { bridge, ...rest } = view.value
    const body = (
      <MoneyPage
        {...rest}
        {...bridge}
        mayWrite={can(actor, 'foundry:write')}
        locale={actor.workspace.locale}
      />
    )
    return page(c, { title: 'Where’s my money', section, body })
  })
  .post('/foundry/money/orders/:source/:order/charge', requires('foundry:write'), async (c) => {
    const form = await readForm(c)
    const text = (name: string) => String(form.get(name) ?? '')
    const linked = await linkMoney(c.var.services, c.var.actor, {
      kind: 'order_payment',
      left: { source_id: c.req.param('source'), ext_id: c.req.param('order') },
      right: { source_id: text('source'), ext_id: text('charge') },
      together: text('together') === 'yes',
    })
    if (!linked.ok) return failurePage(c, linked.error)
    const range = new URLSearchParams({ from: text('from'), to: text('to'), currency: text('currency') })
    return goTo(c, `/foundry/money?${range}`, {
      toast: linked.value.refused ? 'They stay apart.' : 'The order and the payment belong together now.',
    })
  })
  .get('/foundry/money/payouts/:source/:payout', read, async (c) => {
    const { services, actor } = c.var
    const view = await readPayout(services, actor, keyFrom(c.req.param()))
    if (!view.ok) return failurePage(c, view.error)
    const mayWrite = can(actor, 'foundry:write')
    const body = <PayoutPage {...view.value} mayWrite={mayWrite} locale={actor.workspace.locale} />
    return page(c, { title: 'Payout', section, body })
  })
  .get('/foundry/money/payouts/:source/:payout/lines.csv', read, async (c) => {
    const view = await readPayout(c.var.services, c.var.actor, keyFrom(c.req.param()))
    if (!view.ok) return failurePage(c, view.error)
    return c.body(payoutCsv(view.value.lines, view.value.payout.currency), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="payout-${view.value.payout.day}.csv"`,
    })
  })
  .post('/foundry/money/payouts/:source/:payout/deposit', requires('foundry:write'), async (c) => {
    const key = keyFrom(c.req.param())
    const form = await readForm(c)
    const linked = await linkMoney(c.var.services, c.var.actor, {
      kind: 'payout_deposit',
      left: key,
      right: { source_id: String(form.get('source') ?? ''), ext_id: String(form.get('deposit') ?? '') },
      together: form.get('together') === 'yes',
    })
    if (!linked.ok) return failurePage(c, linked.error)
    return goTo(c, payoutHref(key))
  })

const keyFrom = ({ source, payout }: { source: string; payout: string }) => ({
  source_id: source,
  ext_id: payout,
})
