/** Slack and Teams channels that listen: added, tried out, paused, removed. The address is kept sealed and never shown. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import { refuseUrl } from '../../../platform/safe-fetch.ts'
import type { Services } from '../../../platform/services.ts'
import { channelChangeSchema, channelSchema, refuseChannelUrl } from '../domain/channel.ts'
import * as store from '../store/channels.ts'
import { placeOfUrl, sendPost } from './notice-post.ts'
import { fieldErrors } from './sign-up.ts'

export type ChannelView = Omit<store.ChannelRow, 'url' | 'heldUntil'>

/** A channel that says more than this is read by nobody. */
const POSTS_PER_HOUR = 30

/** A channel is not told that it fails itself. */
export const channelKinds = (services: Services) =>
  services.wings.flatMap((wing) => wing.notices).filter((kind) => kind.kind !== 'channel.failing')

export async function listChannels(services: Services, actor: Actor): Promise<Result<ChannelView[]>> {
  if (!can(actor, 'channels:manage')) return forbidden('see the channels')
  const db = services.tenant(actor.tenantId)
  return ok((await db.get(store.allChannels(db))).map(shown))
}

/** Names of the channels, for whoever may let automations post into them. */
export async function channelChoices(
  services: Services,
  actor: Actor,
): Promise<{ id: string; name: string }[]> {
  if (!can(actor, 'ops:write')) return []
  const db = services.tenant(actor.tenantId)
  return (await db.get(store.allChannels(db))).map(({ id, name }) => ({ id, name }))
}

/** `{ type, name, url, kinds, postsPerHour? }`. */
export async function addChannel(
  services: Services,
  actor: Actor,
  input: unknown,
): Promise<Result<ChannelView>> {
  if (!can(actor, 'channels:manage')) return forbidden('add channels')
  const parsed = channelSchema.safeParse(input)
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const { url, ...fields } = parsed.data
  const errors = kindErrors(services, fields.kinds)
  const refusal = refuseChannelUrl(fields.type, url, (address) => isStandIn(services, address))
  if (refusal) errors.push({ path: 'url', message: refusal })
  if (errors.length > 0) return invalid(errors)
  const now = services.clock.now()
  const id = uuidv7(now)
  const db = services.tenant(actor.tenantId)
  if ((await db.get(store.allChannels(db))).length >= store.MAX_CHANNELS)
    return fail(
      'conflict',
      'too-many-channels',
      `There are ${store.MAX_CHANNELS} channels already. Remove one first.`,
    )
  const row: store.ChannelRow = {
    id,
    ...fields,
    postsPerHour: fields.postsPerHour ?? POSTS_PER_HOUR,
    url: await services.box.seal(actor.tenantId, placeOfUrl(id), url),
    status: 'active',
    lastError: null,
    lastSentAt: null,
    heldUntil: 0,
    createdAt: isoInstant(now),
  }
  await db.write([
    store.insertChannel(db, row),
    recordAudit(db, now, actor, 'channel.added', id, { type: fields.type, name: fields.name }),
  ])
  return ok(shown(row))
}

/** `{ name?, kinds?, postsPerHour? }`. */
export async function changeChannel(
  services: Services,
  actor: Actor,
  id: string,
  input: unknown,
): Promise<Result<null>> {
  if (!can(actor, 'channels:manage')) return forbidden('change channels')
  const parsed = channelChangeSchema.safeParse(input)
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const errors = kindErrors(services, parsed.data.kinds ?? [])
  if (errors.length > 0) return invalid(errors)
  if (Object.keys(parsed.data).length === 0) return invalid([], 'Nothing to change was sent.')
  return change(services, actor, id, parsed.data, 'channel.changed')
}

/** What waits for a channel when it is paused is not posted later: it would be old news. */
export async function pauseChannel(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  if (!can(actor, 'channels:manage')) return forbidden('pause channels')
  const db = services.tenant(actor.tenantId)
  return change(services, actor, id, { status: 'paused' }, 'channel.paused', [
    store.failWaiting(db, id, 'The channel was paused before this was posted.'),
  ])
}

export async function resumeChannel(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  if (!can(actor, 'channels:manage')) return forbidden('resume channels')
  return change(services, actor, id, { status: 'active', lastError: null }, 'channel.resumed')
}

export async function removeChannel(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  if (!can(actor, 'channels:manage')) return forbidden('remove channels')
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const [removal, ...rest] = store.removeChannel(db, id)
  if (!removal) return notFound('channel')
  const [changed] = await db.write([
    removal,
    recordAudit(db, now, actor, 'channel.removed', id, {}, 'if-changed'),
    ...rest,
  ])
  return changed === 1 ? ok(null) : notFound('channel')
}

/** Posts a test now and says what the service answered. */
export async function testChannel(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  if (!can(actor, 'channels:manage')) return forbidden('try channels out')
  const db = services.tenant(actor.tenantId)
  const channel = await db.get(store.channelOf(db, id))
  if (!channel) return notFound('channel')
  const outcome = await sendPost(services, actor, channel, {
    title: 'This channel is connected',
    body: `${actor.name} sent this test. Notifications of the chosen kinds come here from now on.`,
    href: '/settings/channels',
  })
  if (outcome.kind === 'sent') {
    const set = { lastSentAt: isoInstant(services.clock.now()), lastError: null }
    const healed = channel.status === 'failing' ? { ...set, status: 'active' as const } : set
    await db.write([store.changeChannel(db, id, healed)])
    return ok(null)
  }
  const set =
    outcome.kind === 'again' ? {} : channel.status === 'active' ? { status: 'failing' as const } : {}
  await db.write([store.changeChannel(db, id, { ...set, lastError: outcome.detail })])
  return fail('conflict', 'channel-refused', outcome.detail)
}

async function change(
  services: Services,
  actor: Actor,
  id: string,
  set: Partial<store.ChannelRow>,
  action: string,
  more: D1PreparedStatement[] = [],
): Promise<Result<null>> {
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const [changed] = await db.write([
    store.changeChannel(db, id, set),
    recordAudit(db, now, actor, action, id, {}, 'if-changed'),
    ...more,
  ])
  return changed === 1 ? ok(null) : notFound('channel')
}

const shown = ({ url: _url, heldUntil: _held, ...row }: store.ChannelRow): ChannelView => row

function kindErrors(services: Services, kinds: readonly string[]) {
  const known = channelKinds(services).map((kind) => kind.kind)
  return kinds
    .filter((kind) => !known.includes(kind))
    .map((kind) => ({ path: 'kinds', message: `There is no kind ${kind}.` }))
}

/** A private host that the development list allows; never in production, where that list is refused. */
const isStandIn = (services: Services, url: string): boolean =>
  refuseUrl(url, []) !== null && services.post.refuse(url) === null
