/** Runs as people look at them and what they do to them. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import type { RunChange, RunDetail } from '../../../platform/engine-port.ts'
import { fail, forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type RunFilter, type RunLine, runById, runPage } from '../store/runs.ts'
import { readAutomation } from './automations.ts'

/** The newest first, as they stand this moment. */
export async function listRuns(
  services: Services,
  actor: Actor,
  { limit = 50, ...filter }: RunFilter & { limit?: number },
): Promise<Result<{ data: RunLine[]; next: string | null }>> {
  if (!can(actor, 'ops:read')) return forbidden('see runs')
  if (filter.automationId) {
    const known = await readAutomation(services, actor, filter.automationId, { removed: true })
    if (!known.ok) return known
  }
  await services.engine.flush(actor.tenantId)
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(runPage(db, filter, limit + 1))
  const data = rows.slice(0, limit)
  return ok({ data, next: rows.length > limit ? (data.at(-1)?.id ?? null) : null })
}

export async function readRun(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<{ line: RunLine; detail: RunDetail }>> {
  if (!can(actor, 'ops:read')) return forbidden('see runs')
  const db = services.tenant(actor.tenantId)
  const [detail, before] = await Promise.all([
    services.engine.run(actor.tenantId, id),
    db.get(runById(db, id)),
  ])
  if (!detail) return notFound('run')
  if (before && before.moves >= detail.entries.length && before.completedAt !== null)
    return ok({ line: before, detail })
  await services.engine.flush(actor.tenantId)
  const line = await db.get(runById(db, id))
  return line ? ok({ line, detail }) : notFound('run')
}

const AUDIT: Partial<Record<RunChange['kind'], string>> = {
  cancel: 'run.cancelled',
  pause: 'run.paused',
  resume: 'run.resumed',
  retry: 'run.retried',
  settled: 'run.settled',
  release: 'run.released',
}

const REFUSED = {
  'not-now': ['run-not-so', 'The run is not at that point any more. Look at it again.'],
  'steps-differ': [
    'steps-differ',
    'The newest version no longer has the step at which this run failed. Try it again with its own version.',
  ],
} as const

/** Cancels, pauses, takes up again, tries again, lets go what is held, settles what nobody knows of. */
export async function changeRun(
  services: Services,
  actor: Actor,
  id: string,
  change: RunChange,
): Promise<Result<null>> {
  if (!can(actor, 'ops:write')) return forbidden('change runs')
  const answer = await services.engine.change(actor.tenantId, id, change)
  if (!answer.ok) {
    if (answer.why === 'unknown') return notFound('run')
    const [slug, words] = REFUSED[answer.why]
    return fail('conflict', slug, words)
  }
  const name = AUDIT[change.kind]
  const db = services.tenant(actor.tenantId)
  if (name) await db.write([recordAudit(db, services.clock.now(), actor, name, id, { ...change })])
  return ok(null)
}
