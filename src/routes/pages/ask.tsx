/** A question in words, by page. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppEnv } from '../../http/context.ts'
import { failurePage, page } from '../../http/respond.tsx'
import { askInWords } from '../../modules/mini-foundry/index.ts'
import { AskPage } from '../../modules/mini-foundry/views/ask.tsx'

export const askPages = new Hono<AppEnv>().get('/foundry/ask', requires('foundry:read'), async (c) => {
  const { services, actor } = c.var
  const { q = '', metrics, from, to, compare, group_by, granularity } = c.req.query()
  const byHand = { metrics, from, to, compare, group_by, granularity }
  const answer = q.trim() ? await askInWords(services, actor, q, byHand) : null
  if (answer && !answer.ok) return failurePage(c, answer.error)
  const { locale, timeZone, fiscalYearStart } = actor.workspace
  const found = answer ? answer.value : null
  const body = <AskPage found={found} reader={{ locale, timeZone }} fiscalYearStart={fiscalYearStart} />
  return page(c, { title: 'Ask in words', section: 'foundry', body })
})
