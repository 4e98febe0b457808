/** The facts that widgets need beside metrics: one batch for all that the cache does not know. */

import type { DayRange } from '../../../kit/calendar.ts'
import { addDays } from '../../../kit/calendar.ts'
import type { Actor } from '../../../platform/actor.ts'
import type { Services } from '../../../platform/services.ts'
import { cohortsOf, monthNumber, monthText } from '../domain/cohort.ts'
import type { Widget } from '../domain/dashboard.ts'
import { heatOf } from '../domain/heat.ts'
import { type GoalLine, KEPT_FACTS, type KeptFacts, type WidgetFacts } from '../domain/widget-facts.ts'
import { activityRows, cohortRows, heatRows } from '../store/widget-reads.ts'
import { readTarget } from './targets.ts'

const COHORTS = 12
const ACTIVITIES = 50

/** Which of the kept kinds a dashboard shows. */
export const keptKinds = (widgets: readonly Widget[]): KeptFacts[] =>
  KEPT_FACTS.filter((kind) => widgets.some((widget) => widget.kind === kind))

/** Cohorts are those of the twelve months that end with the range, whatever its length. */
export async function readWidgetFacts(
  services: Services,
  actor: Actor,
  kinds: readonly KeptFacts[],
  range: DayRange,
): Promise<WidgetFacts[]> {
  if (kinds.length === 0) return []
  const db = services.tenant(actor.tenantId)
  const last = range.to.slice(0, 7)
  const year = { from: `${monthText(monthNumber(last) - COHORTS + 1)}-01`, to: range.to }
  // A kind that is not wanted is asked for no days, so that one batch has one shape.
  const none = { from: range.to, to: addDays(range.to, -1) }
  const wants = (kind: KeptFacts) => kinds.includes(kind)
  const [heat, cohorts, lines] = await db.getAll([
    heatRows(db, wants('heat_map') ? range : none),
    cohortRows(db, year, wants('cohort')),
    activityRows(db, range.to, wants('activity') ? ACTIVITIES : 0),
  ])
  const facts: WidgetFacts[] = [
    { kind: 'heat_map', heat: heatOf(heat, actor.workspace.timeZone) },
    { kind: 'cohort', cohorts: cohortsOf(cohorts, last) },
    { kind: 'activity', lines },
  ]
  return facts.filter(({ kind }) => wants(kind as KeptFacts))
}

/** The target of a metric whose period runs: the month's, else the quarter's, else the year's. */
export async function readGoal(services: Services, actor: Actor, metric: string): Promise<GoalLine | null> {
  for (const granularity of ['month', 'quarter', 'year'] as const) {
    const found = await readTarget(services, actor, metric, granularity)
    if (found.ok && found.value) return found.value
  }
  return null
}
