/** A question in words, by page; its answer can be kept on a dashboard. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppEnv } from '../../http/context.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import { askInWords, editDashboard } from '../../modules/mini-foundry/index.ts'
import { AskPage } from '../../modules/mini-foundry/views/ask.tsx'
import { can } from '../../platform/actor.ts'
import { uuidv7 } from '../../platform/ids.ts'

export const askPages = new Hono<AppEnv>()
  .get('/foundry/ask', requires('foundry:read'), async (c) => {
    const { services, actor } = c.var
    const { q = '', metrics, from, to, compare, group_by, granularity } = c.req.query()
    const byHand = { metrics, from, to, compare, group_by, granularity }
    const answer = q.trim() ? await askInWords(services, actor, q, byHand) : null
    if (answer && !answer.ok) return failurePage(c, answer.error)
    const { locale, timeZone, fiscalYearStart } = actor.workspace
    const body = (
      <AskPage
        found={answer ? answer.value : null}
        reader={{ locale, timeZone }}
        fiscalYearStart={fiscalYearStart}
        mayWrite={can(actor, 'foundry:write')}
      />
    )
    return page(c, { title: 'Ask in words', section: 'foundry', body })
  })
  .post('/foundry/ask/keep', requires('foundry:write'), async (c) => {
    const { q = '', dashboard = '', metric = '', group_by, compare, filter } = await formFields(c)
    const widget = {
      ...{ id: uuidv7(c.var.services.clock.now()), kind: group_by ? 'bar' : 'line', metrics: [metric] },
      title: q.trim().slice(0, 80) || metric,
      ...(group_by ? { group_by } : {}),
      ...(compare ? { compare } : {}),
      ...(filter ? { filter } : {}),
    }
    const kept = await editDashboard(c.var.services, c.var.actor, dashboard, { step: 'put', widget }, null)
    if (!kept.ok) return failurePage(c, kept.error)
    return goTo(c, `/foundry/dashboards/${dashboard}`, { toast: `It stands on ${kept.value.name} now.` })
  })
