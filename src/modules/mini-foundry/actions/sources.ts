/** Data sources: what there is, what arrives, what counts as sales. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { decideOnSwitch } from '../domain/source-of-record.ts'
import {
  allSources,
  type HookRow,
  latestHooks,
  type SourceFilter,
  type SourceRow,
  sourceById,
  sourcesPage,
  updateSource,
} from '../store/sources.ts'
import { activeSecrets, hookAddress, secretsOf } from './sources-secrets.ts'

export type { HookRow, SourceRow } from '../store/sources.ts'

const HOOKS_SHOWN = 30

export async function listSources(services: Services, actor: Actor): Promise<Result<SourceRow[]>> {
  if (!can(actor, 'foundry:read')) return forbidden('see data sources')
  const db = services.tenant(actor.tenantId)
  return ok(await db.get(allSources(db)))
}

/** A page of sources, the newest first. */
export async function pageSources(
  services: Services,
  actor: Actor,
  filter: SourceFilter,
  limit: number,
): Promise<Result<{ sources: SourceRow[]; nextCursor: string | null }>> {
  if (!can(actor, 'foundry:read')) return forbidden('see data sources')
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(sourcesPage(db, filter, limit + 1))
  const sources = rows.slice(0, limit)
  return ok({ sources, nextCursor: rows.length > limit ? (sources.at(-1)?.id ?? null) : null })
}

export interface SourceDetail {
  source: SourceRow
  /** The latest deliveries, newest first. */
  hooks: HookRow[]
  /** Where Stripe is to send; null for sources without a webhook, and for those who may not manage sources. */
  webhookUrl: string | null
  /** When each signing secret stops holding: null is until it is replaced. The newest first. */
  secrets: { until: string | null }[]
}

export async function readSource(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<SourceDetail>> {
  if (!can(actor, 'foundry:read')) return forbidden('see data sources')
  const db = services.tenant(actor.tenantId)
  const [source, hooks] = await db.getAll([sourceById(db, id), latestHooks(db, id, HOOKS_SHOWN)])
  if (!source) return notFound('data source')
  if (!source.connectorId || !can(actor, 'foundry:manage'))
    return ok({ source, hooks, webhookUrl: null, secrets: [] })
  const held = await secretsOf(services, actor.tenantId, source.connectorId)
  const secrets = activeSecrets(held, services.clock.now())
  return ok({
    source,
    hooks,
    webhookUrl: hookAddress(services, held.hookId),
    secrets: secrets.map(({ until }) => ({ until: until === null ? null : isoInstant(until) })),
  })
}

export interface SourceChange {
  name?: string
  countsAsSales?: boolean
}

/** Renames a source, or changes whether its sales count: then all its days are added up anew. */
export async function changeSource(
  services: Services,
  actor: Actor,
  id: string,
  change: SourceChange,
): Promise<Result<SourceRow>> {
  if (!can(actor, 'foundry:manage')) return forbidden('change data sources')
  const fault = change.name === undefined ? null : nameFault(change.name)
  if (fault) return invalid([{ path: 'name', message: fault }])
  const db = services.tenant(actor.tenantId)
  const source = await db.get(sourceById(db, id))
  if (!source) return notFound('data source')
  const now = services.clock.now()
  const next = {
    name: change.name?.trim() ?? source.name,
    countsAsSales: change.countsAsSales ?? source.countsAsSales,
  }
  const updatedAt = isoInstant(now)
  const counted =
    next.countsAsSales && !source.countsAsSales
      ? decideOnSwitch(await db.get(allSources(db)), source)
      : new Map()
  const stopped = [...counted.keys()].filter((other) => other !== id)
  await db.write([
    updateSource(db, id, { ...next, updatedAt }),
    ...stopped.map((other) => updateSource(db, other, { countsAsSales: false, updatedAt })),
    recordAudit(db, now, actor, 'source.changed', id, { ...next }),
  ])
  if (next.countsAsSales !== source.countsAsSales) {
    await services.queue.send({ kind: 'rollup', tenantId: actor.tenantId })
  }
  return ok({ ...source, ...next, updatedAt })
}

/** What is wrong with a source's name, in words. */
export const nameFault = (name: string): string | null =>
  name.trim() && name.trim().length <= 80 ? null : 'Give it a name of at most 80 characters.'
