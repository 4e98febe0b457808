/** What widgets can be told: the metrics there are, and the values that filters may hold. */
import type { Actor } from '../../../platform/actor.ts'
import { invalid, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { Widget } from '../domain/dashboard.ts'
import type { Metric } from '../domain/metrics.ts'
import { metricBook } from '../domain/metrics-book.ts'
import { customMetricRows } from '../store/metrics-custom.ts'

/** Null when all are known. */
export async function checkMetrics(
  services: Services,
  actor: Actor,
  widgets: readonly Widget[],
): Promise<Result<never> | null> {
  const db = services.tenant(actor.tenantId)
  const book = metricBook(await db.get(customMetricRows(db)))
  const unknown = widgets.flatMap(({ metrics }) => metrics).find((id) => !book.get(id))
  return unknown ? invalid([{ path: 'metrics', message: `There is no metric “${unknown}”.` }]) : null
}

/** Standard and custom metrics, in the order of the catalogue. */
export async function metricsToChoose(services: Services, actor: Actor): Promise<Metric[]> {
  const db = services.tenant(actor.tenantId)
  return metricBook(await db.get(customMetricRows(db))).all()
}
