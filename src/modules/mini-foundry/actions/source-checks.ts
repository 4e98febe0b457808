/** Every night each source's own totals are asked for and held against ours; the badge says what came of it. */
import { addDays, businessDay } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { fail, forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { ControlTotal } from '../../../platform/source-reader.ts'
import { readerOf } from '../domain/ports.ts'
import { type Badge, badgeOf, type CheckRow, reasonsFor } from '../domain/source-check.ts'
import {
  changedEntries,
  checksSince,
  dropChecks,
  keepChecks,
  type OwnTotal,
  ownLedgerTotals,
  ownPayoutTotals,
  type ShownCheck,
  unreadRecords,
} from '../store/source-checks.ts'
import { type SourceRow, sourceById } from '../store/sources.ts'
import { readContextOf } from './sync-context.ts'

/** The days that are checked: the last that is over, and so many before it. */
const DAYS = 35
const DAY_MS = 86_400_000

/** Asks the source for its totals and keeps what was found. Refused (in words) by sources that have none. */
export async function checkSource(services: Services, actor: Actor, id: string): Promise<Result<Badge>> {
  if (!can(actor, 'foundry:write')) return forbidden('check sources')
  const db = services.tenant(actor.tenantId)
  const source = await db.get(sourceById(db, id))
  if (!source) return notFound('data source')
  const reader = readerOf(services.readers, source.sourceType)
  if (!reader?.totals || !source.connectorId) {
    return fail(
      'conflict',
      'no-control-totals',
      `${source.name} tells no totals of its own to check against.`,
    )
  }
  const context = await readContextOf(services, actor, source)
  if (!context.ok) return context
  const today = businessDay(services.clock.now(), actor.workspace.timeZone)
  const days = { from: addDays(today, -DAYS), to: addDays(today, -1) }
  const theirs = await reader.totals(days, context.value)
  if (!theirs.ok) return theirs
  const rows = await heldAgainst(services, actor, source, days, theirs.value)
  await db.write([dropChecks(db, id, days), keepChecks(db, id, rows, isoInstant(services.clock.now()))])
  return ok(await badgeOfSource(services, actor, id))
}

/**
 * The nightly check. What a person could do nothing about is left to the next night; a vendor that asks us to wait is
 * asked again by the queue.
 */
export async function checkInBackground(services: Services, actor: Actor, id: string): Promise<void> {
  const checked = await checkSource(services, actor, id)
  if (checked.ok) return
  const { kind, slug, detail } = checked.error
  if (kind === 'rate_limited' || kind === 'unavailable') throw new Error(detail)
  services.log.info('source.unchecked', { sourceId: id, reason: slug })
}

async function heldAgainst(
  services: Services,
  actor: Actor,
  source: SourceRow,
  days: { from: string; to: string },
  theirs: readonly ControlTotal[],
) {
  const db = services.tenant(actor.tenantId)
  const since = services.clock.now() - DAY_MS
  const [ledger, payouts, [unread], changed] = await db.getAll([
    ownLedgerTotals(db, source.id, days),
    ownPayoutTotals(db, source.id, days),
    unreadRecords(db, source.id),
    changedEntries(db, source.id, days, since),
  ])
  const rows = compared([...ledger, ...payouts], theirs)
  const changedOn = new Map(changed.map(({ day, n }) => [day, n]))
  return rows.map((row) => ({
    ...row,
    reasons: reasonsFor(row, rows, { unread: unread?.n ?? 0, changed: changedOn.get(row.day) ?? 0 }),
  }))
}

/** Only measures that the source tells; a day that one side does not have is 0 there. */
function compared(ours: readonly OwnTotal[], theirs: readonly ControlTotal[]): CheckRow[] {
  const told = new Set(theirs.map(({ measure }) => measure))
  const rows = new Map<string, CheckRow>()
  const rowOf = ({ measure, day, currency }: OwnTotal | ControlTotal): CheckRow => {
    const key = `${measure} ${day} ${currency}`
    const known = rows.get(key) ?? { measure, day, currency, ours: 0, theirs: 0 }
    rows.set(key, known)
    return known
  }
  for (const total of theirs) rowOf(total).theirs += total.value
  for (const total of ours) if (told.has(total.measure)) rowOf(total).ours += total.value
  return [...rows.values()]
}

export async function badgeOfSource(services: Services, actor: Actor, id: string): Promise<Badge> {
  return (await badgesOf(services, actor)).get(id) ?? badgeOf([])
}

/** The badge of every source that was ever checked. One query. */
export async function badgesOf(services: Services, actor: Actor): Promise<Map<string, Badge>> {
  const rows = await recentChecks(services, actor, null)
  return new Map(
    Array.from(
      Map.groupBy(rows, ({ source_id }) => source_id),
      ([id, own]) => [id, badgeOf(own)],
    ),
  )
}

/** What the last checks of a source found, day by day, the newest first. */
export async function readChecks(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<{ source: SourceRow; badge: Badge; rows: ShownCheck[] }>> {
  if (!can(actor, 'foundry:read')) return forbidden('see checks')
  const db = services.tenant(actor.tenantId)
  const source = await db.get(sourceById(db, id))
  if (!source) return notFound('data source')
  const rows = await recentChecks(services, actor, id)
  return ok({ source, badge: badgeOf(rows), rows })
}

function recentChecks(services: Services, actor: Actor, id: string | null): Promise<ShownCheck[]> {
  const db = services.tenant(actor.tenantId)
  const today = businessDay(services.clock.now(), actor.workspace.timeZone)
  return db.get(checksSince(db, id, addDays(today, -DAYS)))
}
