/** The facts that widgets need beside metrics: one batch for all that the cache does not know. */

import type { DayRange } from '../../../kit/calendar.ts'
import { periodStart } from '../../../kit/calendar.ts'
import type { Actor, WorkspaceSettings } from '../../../platform/actor.ts'
import type { Services } from '../../../platform/services.ts'
import type { Query } from '../../../platform/tenant-db.ts'
import { type CohortRow, cohortsOf, monthNumber, monthText } from '../domain/cohort.ts'
import type { Widget } from '../domain/dashboard.ts'
import { type HeatRow, heatOf } from '../domain/heat.ts'
import { type ActivityLine, KEPT_FACTS, type KeptFacts, type WidgetFacts } from '../domain/widget-facts.ts'
import type { TargetRow } from '../store/targets.ts'
import { activityRows, cohortRows, heatRows } from '../store/widget-reads.ts'

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
  const reads = {
    heat_map: heatRows(db, range),
    cohort: cohortRows(db, year),
    activity: activityRows(db, range.to, ACTIVITIES),
  }
  const rows = await db.getAll(kinds.map((kind): Query<unknown> => reads[kind]))
  return kinds.map((kind, index): WidgetFacts => {
    const found = rows[index]
    if (kind === 'heat_map') return { kind, heat: heatOf(found as HeatRow[], actor.workspace.timeZone) }
    if (kind === 'cohort') return { kind, cohorts: cohortsOf(found as CohortRow[], last) }
    return { kind, lines: found as ActivityLine[] }
  })
}

const PERIODS = ['month', 'quarter', 'year'] as const

/** The first days of the periods that run. */
export const runningPeriods = (today: string, workspace: WorkspaceSettings) => ({
  month: periodStart(today, 'month', workspace),
  quarter: periodStart(today, 'quarter', workspace),
  year: periodStart(today, 'year', workspace),
})

/** The target that each goal widget shows: its metric's for the month that runs, else the quarter, else the year. */
export const goalTargets = (widgets: readonly Widget[], running: readonly TargetRow[]): TargetRow[] =>
  [...new Set(widgets.flatMap(({ kind, metrics: [id] }) => (kind === 'goal' && id ? [id] : [])))].flatMap(
    (id) =>
      PERIODS.flatMap((period) =>
        running.filter(({ metric, granularity }) => metric === id && granularity === period),
      ).slice(0, 1),
  )

/** When this changes, kept goals hold no longer. */
export const textOfTargets = (targets: readonly TargetRow[]): string =>
  JSON.stringify(targets.map(({ id, value, updatedAt }) => [id, value, updatedAt]))
