/** Events as API clients see them: the catalogue of kinds, and the log of what happened. */
import * as z from 'zod'
import { type Actor, can } from '../../../platform/actor.ts'
import { invalid, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { EVENTS_KEPT_DAYS } from '../domain/webhook.ts'
import { eventsPage } from '../store/events.ts'
import { mayNot } from './webhooks.ts'

/** Younger events are held back: a slower writer may still commit one that belongs before them. */
const SETTLE_MS = 10_000
const DAY_MS = 86_400_000

export interface EventKind {
  wing: string
  type: string
  title: string
  description: string
  sample: Record<string, unknown>
  /** JSON Schema of the payload. */
  schema: Record<string, unknown>
}

/** All kinds of events, in the order of the wings. Public: it says nothing about a workspace. */
export const eventCatalogue = (services: Pick<Services, 'wings'>): EventKind[] =>
  services.wings.flatMap(({ wing, events }) =>
    events.map(({ payload, ...kind }) => ({
      wing,
      ...kind,
      schema: z.toJSONSchema(payload) as Record<string, unknown>,
    })),
  )

export interface EventView {
  id: string
  type: string
  createdAt: number
  data: Record<string, unknown>
}

/** The oldest first, so that a client that was away reads on where it stopped. `since` is milliseconds. */
export async function listEvents(
  services: Services,
  actor: Actor,
  question: { cursor?: string; since?: number; types?: readonly string[] },
  limit = 50,
): Promise<Result<{ events: EventView[]; nextCursor: string | null }>> {
  if (!can(actor, 'webhooks:manage')) return mayNot()
  const after = question.cursor === undefined ? undefined : parseCursor(question.cursor)
  if (after === null) return invalid([{ path: 'cursor', message: 'This is no cursor of ours.' }])
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const range = {
    since: question.since ?? now - EVENTS_KEPT_DAYS * DAY_MS,
    until: now - SETTLE_MS,
    after,
    types: question.types ?? [],
  }
  const rows = await db.get(eventsPage(db, range, limit + 1))
  const events = rows
    .slice(0, limit)
    .map((row) => ({ id: row.id, type: row.type, createdAt: row.created_at, data: JSON.parse(row.payload) }))
  const last = events.at(-1)
  return ok({ events, nextCursor: rows.length > limit && last ? `${last.createdAt}_${last.id}` : null })
}

function parseCursor(text: string): { at: number; id: string } | null {
  const [, at, id] = /^(\d{1,15})_(.{1,180})$/.exec(text) ?? []
  return at && id ? { at: Number(at), id } : null
}

export interface PastEvent {
  type: string
  payload: Record<string, unknown>
  /** Milliseconds. */
  at: number
}

/** Events of one type since then, the oldest first. */
export async function eventsSince(
  services: Services,
  actor: Actor,
  type: string,
  since: number,
  most: number,
): Promise<PastEvent[]> {
  const db = services.tenant(actor.tenantId)
  const range = { since, until: services.clock.now() + 1, types: [type] }
  const rows = await db.get(eventsPage(db, range, most))
  return rows.map((row) => ({
    ...{ type: row.type, at: row.created_at },
    payload: JSON.parse(row.payload) as Record<string, unknown>,
  }))
}
