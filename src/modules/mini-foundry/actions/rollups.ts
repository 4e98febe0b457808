/** Makes rollups tell the truth again: dirty customers, then dirty days, other measures, then whoever shows them. */
import type { Actor } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import type { Services } from '../../../platform/services.ts'
import { countAlerts } from '../store/alerts.ts'
import { dirtyMeasures, settleMeasures } from '../store/measures-settle.ts'
import { dropOldAnswers } from '../store/metrics-cache.ts'
import { dirtyCustomers, dirtyDays, settleCustomers, settleDays } from '../store/rollups.ts'
import { someSourceLoads } from '../store/sync-health.ts'
import { warmDefaultDashboard } from './dashboards-warm.ts'

const CUSTOMERS_AT_ONCE = 4000
const DAYS_AT_ONCE = 40
const MEASURE_DAYS_AT_ONCE = 400
const BUDGET_MS = 20_000
/** While history loads, older orders make later days untrue again and again: only the newest days keep up. */
const LOADING_BUDGET_MS = 2_000

/**
 * Settles what is dirty, one transaction a step, so that a crash between any two loses nothing and a repeat changes
 * nothing. When the time is spent, the rest goes on with a next message; `budgetMs: Infinity` runs to the end. While a source
 * loads its history, the rest waits for the sweep of the next minute or for the end of that history.
 */
export async function rebuildRollups(
  services: Services,
  actor: Actor,
  options: { budgetMs?: number } = {},
): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const isLoading = await db.get(someSourceLoads(db))
  const budget = isLoading ? LOADING_BUDGET_MS : BUDGET_MS
  const until = services.clock.now() + (options.budgetMs ?? budget)
  let settled = 0
  for (let step = await settleStep(services, actor); step > 0; step = await settleStep(services, actor)) {
    settled += step
    if (services.clock.now() >= until) {
      if (!isLoading) await services.queue.send({ kind: 'rollup', tenantId: actor.tenantId })
      break
    }
  }
  if (settled > 0) await showWhatChanged(services, actor)
}

/** One transaction of work; answers how many customers, days or days of measures it settled. */
async function settleStep(services: Services, actor: Actor): Promise<number> {
  const db = services.tenant(actor.tenantId)
  const [customers, days, measures] = await db.getAll([
    dirtyCustomers(db, CUSTOMERS_AT_ONCE),
    dirtyDays(db, DAYS_AT_ONCE),
    dirtyMeasures(db, MEASURE_DAYS_AT_ONCE),
  ])
  if (customers.length > 0) {
    await db.write(settleCustomers(db, customers))
    return customers.length
  }
  const at = isoInstant(services.clock.now())
  if (days.length > 0) {
    const list = days.map(({ day }) => day)
    await db.write(settleDays(db, list, at))
    return list.length
  }
  await db.write(settleMeasures(db, measures, at))
  return measures.length
}

async function showWhatChanged(services: Services, actor: Actor): Promise<void> {
  const db = services.tenant(actor.tenantId)
  await db.write([dropOldAnswers(db, isoInstant(services.clock.now()))])
  await warmDefaultDashboard(services, actor)
  await services.live.changed(actor.tenantId)
  const [alerts] = await db.get(countAlerts(db))
  if (alerts?.active) await services.queue.send({ kind: 'alerts.judge', tenantId: actor.tenantId })
}
