/** Why a figure moved, by page. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppEnv } from '../../http/context.ts'
import { failurePage, page } from '../../http/respond.tsx'
import { whyMoved } from '../../modules/mini-foundry/index.ts'
import { WhyPage } from '../../modules/mini-foundry/views/why-moved.tsx'

export const whyPages = new Hono<AppEnv>().get('/foundry/why', requires('foundry:read'), async (c) => {
  const { services, actor } = c.var
  const { metric, from, to, compare, by, book } = c.req.query()
  const answer = await whyMoved(services, actor, { metric, from, to, compare, by, book })
  if (!answer.ok) return failurePage(c, answer.error)
  const body = <WhyPage {...answer.value} locale={actor.workspace.locale} />
  return page(c, { title: 'Why it moved', section: 'foundry', body })
})
