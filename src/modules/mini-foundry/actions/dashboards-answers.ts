/** What a dashboard shows: from the cache as far as it is known there, the rest worked out together and kept. */
import type { DayRange, Granularity } from '../../../kit/calendar.ts'
import type { Actor } from '../../../platform/actor.ts'
import type { Services } from '../../../platform/services.ts'
import type { Widget } from '../domain/dashboard.ts'
import type { DimensionValue } from '../domain/dashboard-model.ts'
import { answerKey, keysOf, planQueries } from '../domain/dashboard-plan.ts'
import type { DashboardQuery } from '../domain/dashboard-query.ts'
import type { MetricQuery } from '../domain/metric-query.ts'
import { answerMetrics, type MetricAnswer } from '../domain/metrics-answer.ts'
import type { MetricBook } from '../domain/metrics-book.ts'
import {
  factsKey,
  GOALS_KEY,
  type GoalLine,
  type KeptFacts,
  type KeptGoals,
  VALUES_KEY,
  type WidgetFacts,
} from '../domain/widget-facts.ts'
import { dimensionValueRows } from '../store/dashboards.ts'
import type { CachedAnswer } from '../store/metrics-cache.ts'
import { readFacts } from '../store/metrics-plan.ts'
import type { TargetRow } from '../store/targets.ts'
import { keepLater, keepNow } from './metrics-keep.ts'
import { viewTargets } from './targets.ts'
import { goalTargets, keptKinds, readWidgetFacts, textOfTargets } from './widget-facts.ts'

export interface Look {
  widgets: readonly Widget[]
  query: DashboardQuery
  range: DayRange
  granularity: Granularity
  book: MetricBook
  /** Targets of the periods that run. */
  running: readonly TargetRow[]
  /** Under which the cache keeps this question. */
  queryHash: string
  dataVersion: number
  cached: readonly CachedAnswer[]
  /** What the cache has of the values of dimensions; null: nobody asks for them. */
  cachedValues: readonly CachedAnswer[] | null
  /** Whether new answers go into the cache before this returns or after the answer is sent. */
  keep: 'now' | 'later'
}

export interface Answers {
  metrics: Map<string, MetricAnswer>
  facts: WidgetFacts[]
  goals: GoalLine[]
  values: DimensionValue[]
}

type Kept = Parameters<typeof keepNow>[3][number]

export async function answersOf(services: Services, actor: Actor, look: Look): Promise<Answers> {
  const [shown, values] = await Promise.all([shownBy(services, actor, look), valuesOf(services, actor, look)])
  return { ...shown, values }
}

async function shownBy(services: Services, actor: Actor, look: Look): Promise<Omit<Answers, 'values'>> {
  const { widgets, query, range, book } = look
  const stored = new Map(look.cached.map((row) => [row.metric_type, row.metadata]))
  const parsed = <T>(key: string): T | undefined => {
    const text = stored.get(key)
    return text === undefined ? undefined : (JSON.parse(text) as T)
  }
  const wanted = [...new Set(widgets.flatMap((widget) => keysOf(widget, query)))]
  const known = wanted.flatMap((key) => {
    const answer = parsed<MetricAnswer>(key)
    return answer ? [[key, answer] as const] : []
  })
  const kinds = keptKinds(widgets)
  const facts = kinds.flatMap((kind) => parsed<WidgetFacts>(factsKey(kind)) ?? [])
  const missing = kinds.filter((kind) => !stored.has(factsKey(kind)))
  const targets = goalTargets(widgets, look.running)
  const of = textOfTargets(targets)
  const keptGoals = parsed<KeptGoals>(GOALS_KEY)
  const oldGoals = targets.length > 0 && keptGoals?.of !== of
  const [answered, read, reached] = await Promise.all([
    known.length < wanted.length
      ? computeAnswers(services, actor, planQueries(widgets, query, range, look.granularity), book)
      : [],
    readWidgetFacts(services, actor, missing, range),
    oldGoals ? viewTargets(services, actor, targets, book) : null,
  ])
  const goals = reached ?? (targets.length > 0 ? (keptGoals?.goals ?? []) : [])
  await keep(services, actor, look, look.queryHash, [
    ...answered,
    ...read.map((answer) => ({ key: factsKey(answer.kind as KeptFacts), answer })),
    ...(reached ? [{ key: GOALS_KEY, answer: { of, goals } satisfies KeptGoals }] : []),
  ])
  const metrics = new Map([...known, ...answered.map(({ key, answer }) => [key, answer] as const)])
  return { metrics, facts: [...facts, ...read], goals }
}

/** The same for every dashboard and question, so they are kept once for each version of the data. */
async function valuesOf(services: Services, actor: Actor, look: Look): Promise<DimensionValue[]> {
  if (!look.cachedValues) return []
  const [row] = look.cachedValues
  if (row) return (JSON.parse(row.metadata) as { values: DimensionValue[] }).values
  const db = services.tenant(actor.tenantId)
  const values = await db.get(dimensionValueRows(db))
  await keep(services, actor, look, VALUES_KEY, [{ key: VALUES_KEY, answer: { values } }])
  return values
}

async function keep(
  services: Services,
  actor: Actor,
  { range, dataVersion, keep }: Look,
  queryHash: string,
  answers: readonly Kept[],
): Promise<void> {
  if (answers.length === 0) return
  const question = { queryHash, range, dataVersion }
  if (keep === 'now') await keepNow(services, actor, question, answers)
  else keepLater(services, actor, question, answers)
}

async function computeAnswers(
  services: Services,
  actor: Actor,
  queries: readonly MetricQuery[],
  book: MetricBook,
): Promise<{ key: string; answer: MetricAnswer }[]> {
  const facts = await readFacts(services.tenant(actor.tenantId), queries, actor.workspace.currency, book)
  return queries.flatMap((query) =>
    answerMetrics(query, facts(query), actor.workspace, book).map((answer) => ({
      key: answerKey(answer.metric, query.groupBy, query.compare, query.filters),
      answer,
    })),
  )
}
