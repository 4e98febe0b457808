/** The home page, and sample data in and out. */

import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import { dateFormat } from '../../kit/format.ts'
import {
  addDemoData,
  type HomeSummary,
  homeSummary,
  queryMetrics,
  removeDemoData,
} from '../../modules/mini-foundry/index.ts'
import { FirstHour, Home } from '../../modules/mini-foundry/views/home.tsx'
import { can } from '../../platform/actor.ts'

export const homePages = new Hono<AppEnv>()
  .get('/', requires('foundry:read'), async (c) => {
    const summary = await homeSummary(c.var.services, c.var.actor)
    if (!summary.ok) return failurePage(c, summary.error)
    const { isEmpty, awaitsData } = summary.value
    return isEmpty || awaitsData ? showFirstHour(c, awaitsData) : showHome(c, summary.value)
  })
  .post('/demo', requires('foundry:manage'), async (c) => {
    const { profile = '' } = await formFields(c)
    const added = await addDemoData(c.var.services, c.var.actor, { profile })
    return added.ok
      ? goTo(c, '/', { toast: 'The sample shop is here. Numbers fill in within seconds.' })
      : failurePage(c, added.error)
  })
  .post('/demo/removal', requires('foundry:manage'), async (c) => {
    const ask = await needsConfirmation(c, {
      title: 'Remove the sample data?',
      text: 'Every sample order, customer, product and invoice goes. What you brought in yourself stays.',
      confirmLabel: 'Remove it',
      cancelHref: '/',
    })
    if (ask) return ask
    const removed = await removeDemoData(c.var.services, c.var.actor)
    return removed.ok
      ? goTo(c, '/', { toast: 'The sample data is being removed.' })
      : failurePage(c, removed.error)
  })

async function showHome(c: AppContext, summary: HomeSummary) {
  const { actor, services } = c.var
  const figures = await queryMetrics(services, actor, {
    metrics: 'revenue,orders,customers,average_order_value',
    compare: 'previous_period',
    granularity: 'month',
  })
  if (!figures.ok) return failurePage(c, figures.error)
  const body = (
    <Home
      greeting={greetingOf(c)}
      workspace={actor.workspace.name}
      attention={summary.attention}
      figures={figures.value.data}
      reader={actor.workspace}
      hasDemoData={summary.hasDemoData}
      mayManage={can(actor, 'foundry:manage')}
    />
  )
  return page(c, { title: 'Home', section: 'home', body })
}

function showFirstHour(c: AppContext, awaitsData: boolean) {
  const { actor } = c.var
  const body = (
    <FirstHour
      greeting={greetingOf(c)}
      mayWrite={can(actor, 'foundry:write')}
      mayManage={can(actor, 'foundry:manage')}
      awaitsData={awaitsData}
    />
  )
  return page(c, { title: 'Home', section: 'home', body })
}

function greetingOf(c: AppContext): string {
  const { actor, services } = c.var
  const time = dateFormat('en', {
    timeZone: actor.workspace.timeZone,
    hour: 'numeric',
    hourCycle: 'h23',
  })
  const hour = Number(time.format(new Date(services.clock.now())))
  const part = hour < 5 ? 'night' : hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening'
  return `Good ${part}, ${actor.name.split(' ')[0]}`
}
