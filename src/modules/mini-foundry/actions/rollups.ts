/** Makes rollups tell the truth again: dirty customers, then dirty days, then whoever shows them. */
import type { Actor } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import type { Services } from '../../../platform/services.ts'
import { dropOldAnswers } from '../store/metrics-cache.ts'
import { dirtyCustomers, dirtyDays, settleCustomers, settleDays } from '../store/rollups.ts'
import { warmDefaultDashboard } from './dashboards-warm.ts'

const CUSTOMERS_AT_ONCE = 4000
const DAYS_AT_ONCE = 40
const BUDGET_MS = 20_000

/**
 * Settles what is dirty, one transaction a step, so that a crash between any two loses nothing and a repeat changes
 * nothing. When the time is spent, the rest goes on with a next message; `budgetMs: Infinity` runs to the end.
 */
export async function rebuildRollups(
  services: Services,
  actor: Actor,
  options: { budgetMs?: number } = {},
): Promise<void> {
  const until = services.clock.now() + (options.budgetMs ?? BUDGET_MS)
  let settled = 0
  for (let step = await settleStep(services, actor); step > 0; step = await settleStep(services, actor)) {
    settled += step
    if (services.clock.now() >= until) {
      await services.queue.send({ kind: 'rollup', tenantId: actor.tenantId })
      break
    }
  }
  if (settled > 0) await showWhatChanged(services, actor)
}

/** One transaction of work; answers how many customers and days it settled. */
async function settleStep(services: Services, actor: Actor): Promise<number> {
  const db = services.tenant(actor.tenantId)
  const [customers, days] = await db.getAll([
    dirtyCustomers(db, CUSTOMERS_AT_ONCE),
    dirtyDays(db, DAYS_AT_ONCE),
  ])
  if (customers.length > 0) {
    await db.write(settleCustomers(db, customers))
    return customers.length
  }
  if (days.length === 0) return 0
  await db.write(
    settleDays(
      db,
      days.map(({ day }) => day),
      isoInstant(services.clock.now()),
    ),
  )
  return days.length
}

async function showWhatChanged(services: Services, actor: Actor): Promise<void> {
  const db = services.tenant(actor.tenantId)
  await db.write([dropOldAnswers(db, isoInstant(services.clock.now()))])
  await warmDefaultDashboard(services, actor)
  await services.live.changed(actor.tenantId)
}
