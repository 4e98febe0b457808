/** Slack and Teams channels, and the posts that wait for them. */
import { eq } from 'drizzle-orm'
import type { Query, TenantDb } from '../../../platform/tenant-db.ts'
import { channelPosts, noticeChannels } from './notice-schema.ts'

export type ChannelRow = Omit<typeof noticeChannels.$inferSelect, 'tenantId'>
export type PostRow = Omit<typeof channelPosts.$inferSelect, 'tenantId'>

export interface ChannelPostRow {
  id: string
  channelId: string
  kind: string
  dedupeKey: string
  title: string
  body: string
  href: string
  createdAt: string
}

/** Far more than anybody needs; a list, not a place to store. */
export const MAX_CHANNELS = 50

export const listeningChannels = (db: TenantDb): Query<{ id: string; kinds: string[] }[]> => {
  const query = db.sql<{ id: string; kinds: string }>(
    `SELECT id, kinds FROM notice_channels WHERE tenant_id = ?1 AND status <> 'paused' LIMIT ${MAX_CHANNELS}`,
  )
  return {
    statement: query.statement,
    map: (rows) => query.map(rows).map((row) => ({ id: row.id, kinds: JSON.parse(row.kinds) as string[] })),
  }
}

export const allChannels = (db: TenantDb) =>
  db.rows(noticeChannels, undefined, { orderBy: [], limit: MAX_CHANNELS })

export const channelOf = (db: TenantDb, id: string) => db.row(noticeChannels, eq(noticeChannels.id, id))

export const insertChannel = (db: TenantDb, row: ChannelRow) => db.insert(noticeChannels, row)

export const changeChannel = (db: TenantDb, id: string, set: Partial<ChannelRow>) =>
  db.update(noticeChannels, set, eq(noticeChannels.id, id))

export const removeChannel = (db: TenantDb, id: string): D1PreparedStatement[] => [
  db.remove(noticeChannels, eq(noticeChannels.id, id)),
  db.remove(channelPosts, eq(channelPosts.channelId, id)),
  postsDone(db, id),
]

/** Posts that were written before are left as they are. */
export const insertPosts = (db: TenantDb, rows: readonly ChannelPostRow[]): D1PreparedStatement =>
  db.statement(
    `INSERT INTO channel_posts (tenant_id, id, channel_id, kind, dedupe_key, title, body, href, status, attempts, created_at)
     SELECT ?1, value ->> 'id', value ->> 'channelId', value ->> 'kind', value ->> 'dedupeKey', value ->> 'title',
       value ->> 'body', value ->> 'href', 'waiting', 0, value ->> 'createdAt'
     FROM json_each(?2) WHERE true ON CONFLICT DO NOTHING`,
    JSON.stringify(rows),
  )

/** Channels with something to post are looked at from `at` on, or earlier where that was planned already. */
export const dueOfChannels = (
  db: TenantDb,
  channelIds: readonly string[],
  at: number,
): D1PreparedStatement[] =>
  channelIds.length === 0
    ? []
    : [
        db.statement(
          `INSERT INTO due (kind, tenant_id, ref, at) SELECT 'notice-post', ?1, value, ?3 FROM json_each(?2) WHERE true
           ON CONFLICT (kind, tenant_id, ref) DO UPDATE SET at = min(due.at, excluded.at)`,
          JSON.stringify(channelIds),
          at,
        ),
      ]

export const postsDueAt = (db: TenantDb, channelId: string, at: number): D1PreparedStatement =>
  db.statement(
    `INSERT INTO due (kind, tenant_id, ref, at) VALUES ('notice-post', ?1, ?2, ?3)
     ON CONFLICT (kind, tenant_id, ref) DO UPDATE SET at = excluded.at`,
    channelId,
    at,
  )

/** Nothing waits any more: what came in meanwhile keeps its due row. */
export const postsDone = (db: TenantDb, channelId: string): D1PreparedStatement =>
  db.statement(
    `DELETE FROM due WHERE kind = 'notice-post' AND tenant_id = ?1 AND ref = ?2 AND NOT EXISTS
       (SELECT 1 FROM channel_posts p WHERE p.tenant_id = ?1 AND p.channel_id = ?2 AND p.status = 'waiting')`,
    channelId,
  )

/** One worker a channel: answers no changed row when somebody else holds it. */
export const holdChannel = (db: TenantDb, id: string, now: number, until: number): D1PreparedStatement =>
  db.statement(
    'UPDATE notice_channels SET held_until = ?4 WHERE tenant_id = ?1 AND id = ?2 AND held_until <= ?3',
    id,
    now,
    until,
  )

export const waitingPosts = (db: TenantDb, channelId: string, limit: number): Query<PostRow[]> =>
  db.sql<PostRow>(
    `SELECT id, channel_id AS channelId, kind, dedupe_key AS dedupeKey, title, body, href, status, attempts, error,
       created_at AS createdAt, sent_at AS sentAt
     FROM channel_posts WHERE tenant_id = ?1 AND channel_id = ?2 AND status = 'waiting' ORDER BY id LIMIT ?3`,
    channelId,
    limit,
  )

/** How many posts went out since an instant (ISO), the first of them, and how many wait. */
export const postFigures = (
  db: TenantDb,
  channelId: string,
  since: string,
): Query<{ sent: number; first: string | null; waiting: number }[]> =>
  db.sql(
    `SELECT count(*) AS sent, min(sent_at) AS first,
       (SELECT count(*) FROM channel_posts w WHERE w.tenant_id = ?1 AND w.channel_id = ?2 AND w.status = 'waiting') AS waiting
     FROM channel_posts WHERE tenant_id = ?1 AND channel_id = ?2 AND status = 'sent' AND sent_at > ?3`,
    channelId,
    since,
  )

/** What waits beyond the first `keep`, up to the id `through`, is told in one post instead, which waits in its place. */
export const foldPosts = (
  db: TenantDb,
  summary: ChannelPostRow,
  through: string,
  keep: number,
  at: string,
): D1PreparedStatement[] => [
  db.statement(
    `UPDATE channel_posts SET status = 'capped', sent_at = ?4 WHERE tenant_id = ?1 AND channel_id = ?2 AND status = 'waiting'
       AND id NOT IN (SELECT k.id FROM channel_posts k WHERE k.tenant_id = ?1 AND k.channel_id = ?2 AND k.status = 'waiting'
         ORDER BY k.id LIMIT ?3) AND id <= ?5`,
    summary.channelId,
    keep,
    at,
    through,
  ),
  insertPosts(db, [summary]),
]

/** Titles and kinds of what a summary will stand for. */
export const foldedPosts = (
  db: TenantDb,
  channelId: string,
  keep: number,
): Query<{ kind: string; posts: number; title: string; last: string }[]> =>
  db.sql(
    `SELECT kind, count(*) AS posts, max(title) AS title, max(id) AS last FROM
       (SELECT id, kind, title FROM channel_posts WHERE tenant_id = ?1 AND channel_id = ?2 AND status = 'waiting' ORDER BY id LIMIT -1 OFFSET ?3)
     GROUP BY kind ORDER BY posts DESC`,
    channelId,
    keep,
  )

export const settlePost = (
  db: TenantDb,
  id: string,
  set: { status: PostRow['status']; error: string | null; sentAt: string | null },
): D1PreparedStatement =>
  db.statement(
    `UPDATE channel_posts SET status = ?3, error = ?4, sent_at = ?5, attempts = attempts + 1
     WHERE tenant_id = ?1 AND id = ?2 AND status = 'waiting'`,
    id,
    set.status,
    set.error,
    set.sentAt,
  )

/** A channel that is gone takes what waits for it along. */
export const failWaiting = (db: TenantDb, channelId: string, error: string): D1PreparedStatement =>
  db.statement(
    `UPDATE channel_posts SET status = 'failed', error = ?3 WHERE tenant_id = ?1 AND channel_id = ?2 AND status = 'waiting'`,
    channelId,
    error,
  )
