/** What alerts can be narrowed to in this workspace, and whether a filter leaves anything at all. */
import type { Actor } from '../../../platform/actor.ts'
import type { Services } from '../../../platform/services.ts'
import type { AlertQuestion } from '../domain/alert.ts'
import { type FilterValue, filterLabel, filterParts, unknownValueWords } from '../domain/alert-filter.ts'
import { alertFilterRows } from '../store/alerts.ts'
import type { AlertFigures, AlertGround } from './alerts-figures.ts'
import { queryMetrics } from './metrics.ts'

/** The values that sales of the last 90 days have, at most 100 a dimension. */
export async function readFilterChoices(
  services: Services,
  actor: Actor,
  { sources }: AlertGround,
): Promise<FilterValue[]> {
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(alertFilterRows(db))
  const names = new Map(sources.map(({ id, name }) => [id, name]))
  return rows.map((row) => ({ ...row, label: filterLabel(row, names, actor.workspace.locale) }))
}

/**
 * Why the filter leaves nothing, in a sentence; null when its value is known. Only asked when every figure of the year is
 * nothing: a value that exists but rests is no mistake, and neither is a workspace without data.
 */
export async function unknownFilter(
  services: Services,
  actor: Actor,
  question: AlertQuestion,
  { points }: Pick<AlertFigures, 'points'>,
  range: { from: string; to: string },
): Promise<string | null> {
  const parts = question.filter ? filterParts(question.filter) : null
  if (!parts || question.kind === 'quiet' || points.some(({ value }) => value !== null && value !== 0))
    return null
  const asked = await queryMetrics(services, actor, {
    metrics: question.metric,
    ...range,
    granularity: 'year',
    group_by: parts.dimension,
  })
  const groups = (asked.ok && asked.value.data[0]?.groups) || []
  if (groups.length === 0 || groups.some(({ value }) => value === parts.value)) return null
  return unknownValueWords(
    parts,
    groups.flatMap(({ value, label }) => (value === '' ? [] : [label])),
  )
}
