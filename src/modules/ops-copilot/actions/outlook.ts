/** What waits for a person, and what to expect of an automation before it goes live. */
import type { Actor } from '../../../platform/actor.ts'
import type { Services } from '../../../platform/services.ts'
import { draftDiff } from '../domain/draft-diff.ts'
import { forecastWords } from '../domain/forecast-words.ts'
import { type AutomationRow, versionOf } from '../store/automations.ts'
import { countAlive } from '../store/runs.ts'
import { listApprovals } from './approvals.ts'
import { lookBack } from './rehearse.ts'
import { listRuns } from './runs.ts'
import { taskFigures } from './tasks.ts'
import { comparable, diffNames } from './versions.ts'

export async function opsWaiting(
  services: Services,
  actor: Actor,
): Promise<{ approvals: number; tasks: number; unclear: number }> {
  const [approvals, unclear, tasks] = await Promise.all([
    listApprovals(services, actor, { status: 'open', personId: actor.id, limit: 100 }),
    listRuns(services, actor, { state: 'unclear', limit: 100 }),
    taskFigures(services, actor),
  ])
  return {
    approvals: approvals.ok ? approvals.value.data.length : 0,
    unclear: unclear.ok ? unclear.value.data.length : 0,
    tasks: tasks.mine,
  }
}

/** Before it goes live or rests: what changes, what the last 30 days would have been, how many runs are under way. */
export async function expectations(
  services: Services,
  actor: Actor,
  row: AutomationRow,
): Promise<{ changes: string[] | null; forecast: string[]; alive: number }> {
  const db = services.tenant(actor.tenantId)
  const [published, alive, back] = await Promise.all([
    row.publishedVersion === null ? null : db.get(versionOf(db, row.id, row.publishedVersion)),
    aliveRuns(services, actor, row.id),
    lookBack(services, actor, row),
  ])
  const names = diffNames(services)
  const changes = published ? draftDiff(comparable(published), comparable(row), names) : null
  return { changes, forecast: forecastWords(row.triggerConfig, back, names.action), alive }
}

async function aliveRuns(services: Services, actor: Actor, automationId: string): Promise<number> {
  await services.engine.flush(actor.tenantId)
  const db = services.tenant(actor.tenantId)
  const [row] = await db.get(countAlive(db, automationId))
  return row?.n ?? 0
}
