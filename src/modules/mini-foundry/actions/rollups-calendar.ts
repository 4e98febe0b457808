/** The workspace moved to another time zone: what happened at a known instant falls on the days of that zone now. */
import { businessDay } from '../../../kit/calendar.ts'
import type { Actor } from '../../../platform/actor.ts'
import type { Services } from '../../../platform/services.ts'
import {
  DATED_TABLES,
  type DatedTable,
  datedFacts,
  moveFacts,
  moveOrderDays,
} from '../store/rollups-calendar.ts'

const CHUNK = 2000

/** Idempotent: facts that already stand on the right day are left alone. Rollups follow by message. */
export async function rebuildCalendar(services: Services, actor: Actor): Promise<void> {
  for (const table of DATED_TABLES) await moveTable(services, actor, table)
  await services.queue.send({ kind: 'rollup', tenantId: actor.tenantId })
}

async function moveTable(services: Services, actor: Actor, table: DatedTable): Promise<void> {
  const db = services.tenant(actor.tenantId)
  let after = { source_id: '', ext_id: '' }
  while (true) {
    const facts = await db.get(datedFacts(db, table, after, CHUNK))
    const last = facts.at(-1)
    if (!last) return
    after = last
    const moved = facts
      .map((fact) => ({ ...fact, day: businessDay(Date.parse(fact.instant), actor.workspace.timeZone) }))
      .filter((fact) => fact.day !== fact.business_day)
      .map(({ day, ...fact }) => ({ ...fact, business_day: day }))
    if (moved.length > 0) {
      const lines = table.table === 'orders' ? moveOrderDays(db, moved) : []
      await db.write([...moveFacts(db, table, moved), ...lines])
    }
  }
}
