/** Looks every night for automations that stopped without an error: nothing else would tell of runs that never began. */
import type { BusinessTime } from '../../../kit/calendar.ts'
import { systemActor, type Workspace } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { errorText } from '../../../platform/log.ts'
import type { Services } from '../../../platform/services.ts'
import { notify } from '../../workspace/index.ts'
import type { Trigger } from '../domain/automation-model.ts'
import { businessTimeOf, readCopilotSettings } from '../domain/copilot-settings.ts'
import { dueOccurrences, nextDue } from '../domain/schedule.ts'
import { silenceWords } from '../domain/silence.ts'
import { type LiveRow, liveAutomations, settingsRow } from '../store/published.ts'

const DAY_MS = 86_400_000

export async function watchSilence(services: Services): Promise<void> {
  for (const tenantId of await services.directory.tenantsWithAutomations()) {
    const workspace = await services.directory.workspace(tenantId)
    if (!workspace || workspace.eraseAt !== null) continue
    try {
      await watchOne(services, workspace)
    } catch (error) {
      services.log.error('silence.failed', { tenantId, error: errorText(error) })
    }
  }
}

async function watchOne(services: Services, workspace: Workspace): Promise<void> {
  const now = services.clock.now()
  const db = services.tenant(workspace.id)
  await services.engine.flush(workspace.id)
  const [rows, settings] = await db.getAll([
    liveAutomations(db, isoInstant(now - 14 * DAY_MS), isoInstant(now - 42 * DAY_MS)),
    settingsRow(db),
  ])
  const business = businessTimeOf(readCopilotSettings(settings?.settings), workspace.timeZone)
  const actor = systemActor(workspace, 'ops.silence')
  for (const row of rows) {
    const due = lastDue(row.trigger, now, business)
    const words = silenceWords(row.trigger, startsOf(row), due, now)
    if (!words) continue
    await notify(services, actor, {
      kind: 'automation.silent',
      to: row.ownerId ? [row.ownerId] : 'admins',
      title: `“${row.name}” is silent`,
      body: words,
      href: `/ops/automations/${row.id}/runs`,
      // once for each silence, and again when it lasts into another month
      dedupeKey: `silent:${row.id}:${row.lastAt ?? 'never'}:${isoInstant(now).slice(0, 7)}`,
    })
  }
}

/** The last moment of a rhythm within a month, in milliseconds. */
function lastDue(trigger: Trigger, now: number, business: BusinessTime): number | null {
  if (trigger.kind !== 'schedule') return null
  const first = nextDue(trigger, now - 32 * DAY_MS, business)
  if (first === null || first > now) return null
  return dueOccurrences({ ...trigger, missed: 'latest' }, first, now, business).run.at(-1) ?? null
}

const startsOf = ({ lately, before, lastAt, liveSince }: LiveRow) => ({
  ...{ lately, before, liveSince: Date.parse(liveSince) },
  lastAt: lastAt === null ? null : Date.parse(lastAt),
})
