/** A person's own inbox: what they were told, and what of it they have read. */
import type { Actor } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { fail, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import * as store from '../store/notices.ts'

export type InboxNotice = store.InboxRow

export interface Inbox {
  notices: InboxNotice[]
  nextCursor: string | null
  /** Counted up to `UNREAD_CEILING`. */
  unread: number
  /** Kinds that this person has had, with their titles. */
  kinds: { kind: string; title: string }[]
}

/** A badge says "99+" from here on. */
export const UNREAD_CEILING = 100

const personsOnly = () =>
  fail('forbidden', 'persons-only', 'Notifications belong to a person. Sign in; a key has no inbox.')

/** The newest first. Keys and jobs have no inbox. */
export async function readInbox(
  services: Services,
  actor: Actor,
  filter: store.InboxFilter = {},
  limit = 50,
): Promise<Result<Inbox>> {
  if (actor.kind !== 'person') return personsOnly()
  const db = services.tenant(actor.tenantId)
  const [rows, unread, had] = await db.getAll([
    store.inboxOf(db, actor.id, filter, limit + 1),
    store.unreadCount(db, actor.id, UNREAD_CEILING),
    store.kindsHad(db, actor.id),
  ])
  const notices = rows.slice(0, limit)
  const titles = new Map(
    services.wings.flatMap((wing) => wing.notices).map((kind) => [kind.kind, kind.title]),
  )
  return ok({
    notices,
    nextCursor: rows.length > limit ? (notices.at(-1)?.id ?? null) : null,
    unread,
    kinds: had.map(({ kind }) => ({ kind, title: titles.get(kind) ?? kind })),
  })
}

/** How many notices of this person are unread, up to `UNREAD_CEILING`. */
export function countUnread(services: Services, tenantId: string, personId: string): Promise<number> {
  const db = services.tenant(tenantId)
  return db.get(store.unreadCount(db, personId, UNREAD_CEILING))
}

/** Marks one as read; the answer says where it leads. Repeating it changes nothing. */
export async function readNotice(services: Services, actor: Actor, id: string): Promise<Result<InboxNotice>> {
  const db = services.tenant(actor.tenantId)
  const [row] = actor.kind === 'person' ? await db.get(store.noticeOf(db, actor.id, id)) : []
  if (!row) return notFound('notification')
  if (row.read_at !== null) return ok(row)
  const at = isoInstant(services.clock.now())
  await db.write([store.markRead(db, actor.id, id, at)])
  await services.live.noticed(actor.tenantId, [actor.id])
  return ok({ ...row, read_at: at })
}

/** Marks all as read; the answer says how many. */
export async function readAllNotices(services: Services, actor: Actor): Promise<Result<number>> {
  if (actor.kind !== 'person') return personsOnly()
  const db = services.tenant(actor.tenantId)
  const [changed = 0] = await db.write([store.markRead(db, actor.id, null, isoInstant(services.clock.now()))])
  if (changed > 0) await services.live.noticed(actor.tenantId, [actor.id])
  return ok(changed)
}
