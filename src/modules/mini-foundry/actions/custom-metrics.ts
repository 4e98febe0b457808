/** Makes, changes, restores and archives the metrics of a workspace's own; each change is a version. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { keyOf, parseCustomMetric, usesMetric } from '../domain/custom-metric.ts'
import { type CustomMetricRow, metricBook } from '../domain/metrics-book.ts'
import * as store from '../store/custom-metrics.ts'
import { customMetricRows } from '../store/metrics-custom.ts'
import { brokenBy, checkDraft } from './custom-metrics-check.ts'

export type { CustomMetric, CustomMetricVersion, MetricUse } from '../store/custom-metrics.ts'

const MOST_METRICS = 200

export async function listCustomMetrics(
  services: Services,
  actor: Actor,
): Promise<Result<store.CustomMetric[]>> {
  if (!can(actor, 'foundry:read')) return forbidden('see metrics')
  const db = services.tenant(actor.tenantId)
  return ok(await db.get(store.allCustomMetrics(db)))
}

export interface CustomMetricView {
  metric: store.CustomMetric
  versions: store.CustomMetricVersion[]
  uses: (Omit<store.MetricUse, 'kind'> & { kind: store.MetricUse['kind'] | 'metric' })[]
  /** Why it has no value at the moment, or null. */
  problem: string | null
}

/** `id` may also be its key. */
export async function readCustomMetric(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<CustomMetricView>> {
  if (!can(actor, 'foundry:read')) return forbidden('see metrics')
  const db = services.tenant(actor.tenantId)
  const metric = await db.get(store.customMetricBy(db, id))
  if (!metric) return notFound('custom metric')
  const [versions, uses, rows] = await db.getAll([
    store.versionsOf(db, metric.id),
    store.usesOf(db, metric.key),
    customMetricRows(db),
  ])
  const others = rows
    .filter(({ key, formula }) => key !== metric.key && usesMetric(formula, metric.key))
    .map(({ key, name }) => ({ kind: 'metric' as const, id: key, name }))
  const problem = metricBook(rows).get(metric.key)?.custom?.problem ?? null
  return ok({ metric, versions, uses: [...uses, ...others], problem })
}

/** `input`: name, formula, and optionally description, unit, less_is_better. */
export async function createCustomMetric(
  services: Services,
  actor: Actor,
  input: unknown,
): Promise<Result<store.CustomMetric>> {
  if (!can(actor, 'foundry:write')) return forbidden('make metrics')
  const draft = parseCustomMetric(input)
  if (!draft.ok) return draft
  const db = services.tenant(actor.tenantId)
  const [rows, all] = await db.getAll([customMetricRows(db), store.allCustomMetrics(db)])
  if (rows.length >= MOST_METRICS) {
    return fail('conflict', 'too-many-metrics', `A workspace has at most ${MOST_METRICS} own metrics.`)
  }
  const checked = checkDraft(draft.value, rows, null)
  if (!checked.ok) return checked
  const now = services.clock.now()
  const at = isoInstant(now)
  const row: store.CustomMetric = {
    id: uuidv7(now),
    key: keyOf(draft.value.name, new Set(all.map(({ key }) => key))),
    name: draft.value.name,
    description: draft.value.description,
    formula: draft.value.formula,
    unit: checked.value.unit,
    lessIsBetter: draft.value.less_is_better,
    version: 1,
    createdBy: actor.id,
    createdAt: at,
    updatedAt: at,
    archivedAt: null,
  }
  const [made] = await db.write([
    store.insertCustomMetric(db, row),
    recordAudit(db, now, actor, 'metric.created', row.id, { key: row.key }, 'if-changed'),
    store.keepVersion(db, row, actor.id),
  ])
  return made === 0 ? stale() : ok(row)
}

/** What is left out stays. A restored version comes through here too, so that it is checked like any other change. */
export async function changeCustomMetric(
  services: Services,
  actor: Actor,
  id: string,
  input: Record<string, unknown>,
  ifVersion: number | null = null,
): Promise<Result<store.CustomMetric>> {
  if (!can(actor, 'foundry:write')) return forbidden('change metrics')
  const db = services.tenant(actor.tenantId)
  const known = await db.get(store.customMetricBy(db, id))
  if (!known) return notFound('custom metric')
  if (ifVersion !== null && ifVersion !== known.version) return stale()
  const { name, formula, description, unit, lessIsBetter } = known
  const draft = parseCustomMetric({
    name,
    formula,
    description,
    less_is_better: lessIsBetter,
    ...input,
  })
  if (!draft.ok) return draft
  const rows = await db.get(customMetricRows(db))
  const checked = checkDraft(draft.value, rows, known.key)
  if (!checked.ok) return checked
  const broken = brokenBy(rows, { ...rowOf(known), formula: draft.value.formula, unit: checked.value.unit })
  if (broken) return invalid([{ path: 'formula', message: broken }])
  // a ratio that was shown as a percentage stays one
  const shown =
    input.unit === undefined && unit === 'percent' && checked.value.unit === 'ratio'
      ? unit
      : checked.value.unit
  const now = services.clock.now()
  const next: store.CustomMetric = {
    ...known,
    name: draft.value.name,
    description: draft.value.description,
    formula: draft.value.formula,
    lessIsBetter: draft.value.less_is_better,
    unit: shown,
    version: known.version + 1,
    updatedAt: isoInstant(now),
    archivedAt: null,
  }
  return save(services, actor, next, known.version, 'metric.changed')
}

export async function restoreCustomMetric(
  services: Services,
  actor: Actor,
  id: string,
  version: number,
): Promise<Result<store.CustomMetric>> {
  if (!can(actor, 'foundry:write')) return forbidden('change metrics')
  const view = await readCustomMetric(services, actor, id)
  if (!view.ok) return view
  const past = view.value.versions.find((known) => known.version === version)
  if (!past) return notFound('version')
  const unit = past.unit === 'percent' ? 'percent' : null
  return changeCustomMetric(services, actor, id, { name: past.name, formula: past.formula, unit })
}

/** Out of use, but kept with its versions: a change or a restored version brings it back. Refused while it is used. */
export async function archiveCustomMetric(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<store.CustomMetric>> {
  if (!can(actor, 'foundry:write')) return forbidden('archive metrics')
  const view = await readCustomMetric(services, actor, id)
  if (!view.ok) return view
  const { metric, uses } = view.value
  if (uses.length > 0) {
    const errors = uses.map(({ kind, name }) => ({ path: 'used_by', message: `${kind} “${name}”` }))
    const where = errors.map(({ message }) => message).join(', ')
    return fail('conflict', 'metric-in-use', `${metric.name} is used by ${where}. Take it out there first.`, {
      errors,
    })
  }
  if (metric.archivedAt !== null) return ok(metric)
  const at = isoInstant(services.clock.now())
  const next = { ...metric, version: metric.version + 1, updatedAt: at, archivedAt: at }
  return save(services, actor, next, metric.version, 'metric.archived')
}

const rowOf = ({ lessIsBetter, ...row }: store.CustomMetric): CustomMetricRow => ({
  ...row,
  less_is_better: lessIsBetter ? 1 : 0,
})

async function save(
  services: Services,
  actor: Actor,
  next: store.CustomMetric,
  before: number,
  action: string,
): Promise<Result<store.CustomMetric>> {
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const [changed] = await db.write([
    store.updateCustomMetric(db, next, before),
    recordAudit(db, now, actor, action, next.id, { key: next.key, version: next.version }, 'if-changed'),
    store.keepVersion(db, next, actor.id),
  ])
  if (changed === 0) return stale()
  await services.live.changed(actor.tenantId)
  return ok(next)
}

const stale = () =>
  fail(
    'stale',
    'metric-changed',
    'Someone else has changed this metric since you opened it. Reload it and try again.',
  )
