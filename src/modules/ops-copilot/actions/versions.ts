/** What was published when, what each version changed, and the way back to one. */
import type { Actor } from '../../../platform/actor.ts'
import { notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { draftDiff } from '../domain/draft-diff.ts'
import { stepTitle, triggerWords } from '../domain/words.ts'
import { type AutomationRow, type VersionRow, versionOf, versionsOf } from '../store/automations.ts'
import { readAutomation, updateAutomation } from './automations.ts'
import { namesOf } from './desk.ts'

type Stored = Pick<AutomationRow, 'name' | 'triggerConfig' | 'actions' | 'stopOn' | 'care'>

export const comparable = ({ name, triggerConfig, actions, stopOn, care }: Stored) => ({
  ...{ name, trigger: triggerConfig, steps: actions, stop_on: stopOn, care },
})

export function diffNames(services: Services) {
  const names = namesOf(services)
  return {
    action: names.action,
    step: (step: Parameters<typeof stepTitle>[0]) => stepTitle(step, names),
    trigger: ({ trigger }: { trigger: Parameters<typeof triggerWords>[0] }) => triggerWords(trigger, names),
  }
}

export interface PastVersion {
  version: number
  publishedAt: string
  publishedBy: string
  /** Against the one before; null: it was the first. */
  changes: string[] | null
}

/** The newest first. `draft`: what the draft changes against what is published. */
export async function listVersions(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<{ automation: AutomationRow; versions: PastVersion[]; draft: string[] | null }>> {
  const known = await readAutomation(services, actor, id)
  if (!known.ok) return known
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(versionsOf(db, id, 50))
  const names = diffNames(services)
  const diff = (before: VersionRow | undefined, after: Stored) =>
    before ? draftDiff(comparable(before), comparable(after), names) : null
  const versions = rows.map((row, at) => ({
    ...{ version: row.version, publishedAt: row.publishedAt, publishedBy: row.publishedByName },
    changes: diff(rows[at + 1], row),
  }))
  return ok({ automation: known.value, versions, draft: diff(rows[0], known.value) })
}

/** The draft becomes as that version was; what runs stays until it is published. */
export async function restoreVersion(
  services: Services,
  actor: Actor,
  id: string,
  version: number,
): Promise<Result<AutomationRow>> {
  const db = services.tenant(actor.tenantId)
  const row = await db.get(versionOf(db, id, version))
  if (!row) return notFound('version')
  const { name, triggerConfig, actions, stopOn, care } = row
  const input = { name, trigger_config: { ...triggerConfig }, actions, stop_on: stopOn, care: { ...care } }
  return updateAutomation(services, actor, id, input)
}
