/** What comparing a source's own totals with ours found, by page; and the same at once. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, goTo, page } from '../../http/respond.tsx'
import { checkSource, readChecks } from '../../modules/mini-foundry/index.ts'
import { ChecksPage } from '../../modules/mini-foundry/views/source-checks.tsx'
import { can } from '../../platform/actor.ts'
import type { Failure } from '../../platform/result.ts'

export const sourceCheckPages = new Hono<AppEnv>()
  .get('/foundry/sources/:id/checks', requires('foundry:read'), (c) => show(c, c.req.param('id'), null))
  .post('/foundry/sources/:id/checks', requires('foundry:write'), async (c) => {
    const id = c.req.param('id')
    const checked = await checkSource(c.var.services, c.var.actor, id)
    if (checked.ok) return goTo(c, `/foundry/sources/${id}/checks`)
    return checked.error.kind === 'not_found' ? failurePage(c, checked.error) : show(c, id, checked.error)
  })

async function show(c: AppContext, id: string, fault: Failure | null) {
  const { services, actor } = c.var
  const found = await readChecks(services, actor, id)
  if (!found.ok) return failurePage(c, found.error)
  const { timeZone, locale } = actor.workspace
  const body = (
    <ChecksPage
      {...found.value}
      mayCheck={can(actor, 'foundry:write')}
      fault={fault?.detail}
      timeZone={timeZone}
      locale={locale}
    />
  )
  return page(c, {
    title: 'Does it match?',
    section: 'foundry',
    body,
    status: fault ? statusOf(fault.kind) : 200,
  })
}
