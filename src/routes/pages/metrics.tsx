/** Pages of metrics: the catalogue, and one metric with its definition and figures. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppEnv } from '../../http/context.ts'
import { failurePage, page } from '../../http/respond.tsx'
import { catalogueWithFigures, metricDefinition, readTarget } from '../../modules/mini-foundry/index.ts'
import { MetricCatalogue } from '../../modules/mini-foundry/views/metric-catalogue.tsx'
import { MetricDefinition } from '../../modules/mini-foundry/views/metric-definition.tsx'
import { can } from '../../platform/actor.ts'

const section = 'foundry'
const base = '/foundry/metrics'
const read = requires('foundry:read')

export const metricPages = new Hono<AppEnv>()

metricPages.get(base, read, async (c) => {
  const { services, actor } = c.var
  const result = await catalogueWithFigures(services, actor)
  if (!result.ok) return failurePage(c, result.error)
  const { q = '', group = '' } = c.req.query()
  const body = (
    <MetricCatalogue
      items={result.value.lines}
      answers={result.value.answers}
      search={{ q: q.slice(0, 100), group }}
      reader={actor.workspace}
      mayWrite={can(actor, 'foundry:write')}
    />
  )
  return page(c, { title: 'Metrics', section, body })
})

metricPages.get(`${base}/:metric`, read, async (c) => {
  const { services, actor } = c.var
  const { by, from, to } = c.req.query()
  const result = await metricDefinition(services, actor, c.req.param('metric'), { by, from, to })
  if (!result.ok) return failurePage(c, result.error)
  const { metric, line, ...view } = result.value
  const periods = ['month', 'quarter', 'year'] as const
  const found = await Promise.all(periods.map((period) => readTarget(services, actor, metric.id, period)))
  const body = (
    <MetricDefinition
      {...view}
      metric={metric}
      needs={line.needs}
      targets={found.flatMap((target) => (target.ok && target.value ? [target.value] : []))}
      mayWrite={can(actor, 'foundry:write')}
      calendar={actor.workspace}
      reader={actor.workspace}
    />
  )
  return page(c, { title: metric.name, section, body })
})
