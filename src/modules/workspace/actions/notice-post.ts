/** Posts to Slack and Teams: one after another for each channel, within its cap, again when the service says later. */
import type { Actor } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import type { Services } from '../../../platform/services.ts'
import type { TenantDb } from '../../../platform/tenant-db.ts'
import { backoffSeconds, type PostOutcome, postBody, readAnswer } from '../domain/channel.ts'
import { HOUR_MS } from '../domain/notice.ts'
import * as store from '../store/channels.ts'
import { notify } from './notify.ts'

/** Longer than the posts of one turn can take; after a crash somebody else begins then. */
const LEASE_MS = 5 * 60_000
const POSTS_A_TURN = 10
const MAX_ATTEMPTS = 8

export const placeOfUrl = (channelId: string): string => `notice_channels/${channelId}/url`

/**
 * What waits for a channel, in order. A channel is held by one worker at a time. These services know no idempotency
 * key: after a crash between a post and its mark that one post may come twice, and none is lost.
 */
export async function postNotices(services: Services, actor: Actor, channelId: string): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const [held] = await db.write([store.holdChannel(db, channelId, now, now + LEASE_MS)])
  const channel = await db.get(store.channelOf(db, channelId))
  if (!channel) return void (await db.write(store.removeChannel(db, channelId)))
  if (held !== 1) return
  const next = channel.status === 'paused' ? null : await postTurn(services, actor, db, channel)
  const release = store.changeChannel(db, channelId, { heldUntil: 0 })
  await db.write(
    next === null
      ? [release, store.postsDone(db, channelId)]
      : [release, store.postsDueAt(db, channelId, next)],
  )
  if (next !== null && next <= services.clock.now())
    await services.queue.send({ kind: 'notice.post', tenantId: actor.tenantId, channelId }, 1)
}

/** Answers when to look again (milliseconds), or null when nothing waits. */
async function postTurn(
  services: Services,
  actor: Actor,
  db: TenantDb,
  channel: store.ChannelRow,
): Promise<number | null> {
  const now = services.clock.now()
  const [figures] = await db.get(store.postFigures(db, channel.id, isoInstant(now - HOUR_MS)))
  const room = channel.postsPerHour - (figures?.sent ?? 0)
  if (!figures || figures.waiting === 0) return null
  if (room <= 0) return Date.parse(figures.first ?? isoInstant(now)) + HOUR_MS + 1
  if (figures.waiting > room) await foldRest(services, db, channel, room - 1)
  const posts = await db.get(store.waitingPosts(db, channel.id, Math.min(room, POSTS_A_TURN)))
  for (const post of posts) {
    const outcome = await sendPost(services, actor, channel, post)
    const settled = await settle(services, actor, db, channel, post, outcome)
    if (settled !== 'next') return settled
  }
  const [left] = await db.get(store.postFigures(db, channel.id, isoInstant(now - HOUR_MS)))
  return left && left.waiting > 0 ? services.clock.now() : null
}

/** More waits than may go out this hour: the last post that may tells of all the rest. */
async function foldRest(
  services: Services,
  db: TenantDb,
  channel: store.ChannelRow,
  keep: number,
): Promise<void> {
  const now = services.clock.now()
  const groups = await db.get(store.foldedPosts(db, channel.id, keep))
  const total = groups.reduce((sum, group) => sum + group.posts, 0)
  const titles = new Map(
    services.wings.flatMap((wing) => wing.notices).map((kind) => [kind.kind, kind.title]),
  )
  const lines = groups.map(({ kind, posts, title }) =>
    posts === 1 ? `• ${title}` : `• ${titles.get(kind) ?? title}: ${posts}`,
  )
  // a moment later, so that it stands behind what is kept
  const id = uuidv7(now + 1)
  const through =
    groups
      .map((group) => group.last)
      .sort()
      .at(-1) ?? ''
  const summary = {
    id,
    channelId: channel.id,
    kind: 'summary',
    dedupeKey: `summary/${id}`,
    title: `${total} more notifications`,
    body: lines.slice(0, 20).join('\n'),
    href: '/notifications',
    createdAt: isoInstant(now),
  }
  await db.write(store.foldPosts(db, summary, through, keep, isoInstant(now)))
}

/** Hands one post to the service. */
export async function sendPost(
  services: Services,
  actor: Actor,
  channel: Pick<store.ChannelRow, 'id' | 'type' | 'url'>,
  post: Pick<store.PostRow, 'title' | 'body' | 'href'>,
): Promise<PostOutcome> {
  const url = await services.box.open(actor.tenantId, placeOfUrl(channel.id), channel.url)
  const body = postBody(channel.type, {
    title: post.title,
    body: post.body,
    href: post.href && `${services.config.publicUrl}${post.href}`,
    workspace: actor.workspace.name,
  })
  const answer = await services.post.post(url, body, { 'Content-Type': 'application/json' })
  if (answer.ok)
    return readAnswer(
      channel.type,
      answer.value.status,
      answer.value.text,
      answer.value.headers.get('Retry-After'),
    )
  return answer.error.kind === 'unavailable'
    ? { kind: 'again', detail: answer.error.detail, afterSeconds: null }
    : { kind: 'channel', detail: answer.error.detail }
}

/** `next`: go on; otherwise when to come back, null for never. */
async function settle(
  services: Services,
  actor: Actor,
  db: TenantDb,
  channel: store.ChannelRow,
  post: store.PostRow,
  outcome: PostOutcome,
): Promise<'next' | number | null> {
  const now = services.clock.now()
  const at = isoInstant(now)
  if (outcome.kind === 'sent') {
    await db.write([
      store.settlePost(db, post.id, { status: 'sent', error: null, sentAt: at }),
      store.changeChannel(db, channel.id, { lastSentAt: at, ...RECOVERED }),
    ])
    return 'next'
  }
  const { detail: error } = outcome
  const spent = outcome.kind === 'again' && post.attempts + 1 >= MAX_ATTEMPTS
  if (outcome.kind === 'again' && !spent) {
    await db.write([store.settlePost(db, post.id, { status: 'waiting', error, sentAt: null })])
    return now + (outcome.afterSeconds ?? backoffSeconds(post.attempts)) * 1000
  }
  await db.write([
    store.settlePost(db, post.id, { status: 'failed', error, sentAt: null }),
    ...(outcome.kind === 'post' ? [] : [store.failWaiting(db, channel.id, error)]),
    store.changeChannel(db, channel.id, { status: 'failing', lastError: error }),
  ])
  if (channel.status !== 'failing') await tellAdmins(services, actor, channel, error, post.id)
  return outcome.kind === 'post' ? 'next' : null
}

const RECOVERED = { status: 'active', lastError: null } as const

const tellAdmins = (
  services: Services,
  actor: Actor,
  channel: store.ChannelRow,
  error: string,
  postId: string,
): Promise<void> =>
  notify(services, actor, {
    kind: 'channel.failing',
    to: 'admins',
    title: `Posts to ${channel.name} fail`,
    body: error,
    href: '/settings/channels',
    dedupeKey: `channel.failing/${channel.id}/${postId}`,
  })
