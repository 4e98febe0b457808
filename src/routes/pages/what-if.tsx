/** What if, by page. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppEnv } from '../../http/context.ts'
import { failurePage, page } from '../../http/respond.tsx'
import { whatIf } from '../../modules/mini-foundry/index.ts'
import { WhatIfPage } from '../../modules/mini-foundry/views/what-if.tsx'

export const whatIfPages = new Hono<AppEnv>().get('/foundry/what-if', requires('foundry:read'), async (c) => {
  const { services, actor } = c.var
  const answer = await whatIf(services, actor, c.req.query())
  if (!answer.ok) return failurePage(c, answer.error)
  const { locale, timeZone } = actor.workspace
  const body = <WhatIfPage {...answer.value} locale={locale} timeZone={timeZone} />
  return page(c, { title: 'What if?', section: 'foundry', body })
})
