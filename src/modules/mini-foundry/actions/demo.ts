/** Sample data: a shop's two years, marked as such, gone with one click. */
import { businessDay } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, invalid, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { demoLedger } from '../domain/demo/ledger.ts'
import { demoOrders } from '../domain/demo/orders.ts'
import { DEMO_PROFILES, type DemoProfileId } from '../domain/demo/profiles.ts'
import { demoSources, insertSource, updateSource } from '../store/sources.ts'
import { landFacts } from './land-facts.ts'
import { closeSource, removeInPieces } from './sources-removal.ts'

/**
 * Two years of a made-up shop, as history. A second time is refused until the first is removed; one that broke off is
 * finished, since the same shop of the same day comes out the same.
 */
export async function addDemoData(
  services: Services,
  actor: Actor,
  input: { profile: string },
): Promise<Result<{ sourceId: string }>> {
  if (!can(actor, 'foundry:manage')) return forbidden('add sample data')
  const profile = DEMO_PROFILES[input.profile as DemoProfileId]
  if (!profile)
    return invalid([{ path: 'profile', message: `Choose one of ${Object.keys(DEMO_PROFILES).join(', ')}.` }])
  const db = services.tenant(actor.tenantId)
  const name = `Sample data: ${profile.name}`
  const [present] = await db.get(demoSources(db))
  if (present && (present.syncStatus !== 'backfilling' || present.name !== name)) {
    return fail(
      'conflict',
      'sample-data-present',
      'The sample data is here already. Remove it first to start anew.',
    )
  }
  const now = services.clock.now()
  const at = isoInstant(now)
  const sourceId = present?.id ?? uuidv7(now)
  if (!present) {
    await db.write([
      insertSource(db, {
        id: sourceId,
        connectorId: null,
        sourceType: 'demo',
        name,
        syncStatus: 'backfilling',
        lastSyncAt: null,
        recordCount: 0,
        countsAsSales: true,
        isDemo: true,
        lastError: null,
        createdAt: at,
        updatedAt: at,
      }),
      recordAudit(db, now, actor, 'demo.added', sourceId, { profile: profile.id }),
    ])
  }
  const today = businessDay(now, profile.timeZone)
  const orders = demoOrders(profile, today)
  const ledger = demoLedger(profile, today, orders.payments)
  const done = updateSource(db, sourceId, { syncStatus: 'ok', updatedAt: at })
  await landFacts(services, actor, {
    sourceId,
    origin: 'history',
    batch: { ...orders, ...ledger },
    also: [done],
  })
  await services.queue.send({ kind: 'contacts.gather', tenantId: actor.tenantId })
  return ok({ sourceId })
}

export async function hasDemoData(services: Services, actor: Actor): Promise<boolean> {
  const db = services.tenant(actor.tenantId)
  return (await db.get(demoSources(db))).length > 0
}

/** Takes the sample data out of the numbers at once and out of the database in the background. */
export async function removeDemoData(services: Services, actor: Actor): Promise<Result<null>> {
  if (!can(actor, 'foundry:manage')) return forbidden('remove sample data')
  const db = services.tenant(actor.tenantId)
  const sources = await db.get(demoSources(db))
  if (sources.length === 0) return ok(null)
  const now = services.clock.now()
  await db.write([
    ...sources.flatMap((source) => closeSource(services, actor.tenantId, source, isoInstant(now))),
    recordAudit(db, now, actor, 'demo.removed', actor.tenantId),
  ])
  await services.queue.send({ kind: 'demo.remove', tenantId: actor.tenantId })
  return ok(null)
}

const BUDGET_MS = 20_000

/** The queue's half: deletes what is left of it; repeating goes on. */
export async function removeDemoFacts(services: Services, actor: Actor): Promise<void> {
  const db = services.tenant(actor.tenantId)
  for (const source of await db.get(demoSources(db))) {
    if (await removeInPieces(services, actor, source, BUDGET_MS)) continue
    await services.queue.send({ kind: 'demo.remove', tenantId: actor.tenantId })
    return
  }
}
