/** Telling people: notices into inboxes, mail as each person wants it, and posts into the channels that listen. */
import type { Actor } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import type { Recipient } from '../../../platform/directory/notices.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import type { Services } from '../../../platform/services.ts'
import type { NoticeKind } from '../../../platform/wing-facts.ts'
import { defaultSettings, type NoticePlan, noticeText, planNotice } from '../domain/notice.ts'
import { type ChannelPostRow, dueOfChannels, insertPosts, listeningChannels } from '../store/channels.ts'
import * as store from '../store/notices.ts'

export interface Notice {
  /** A kind of some wing's manifest. */
  kind: string
  /** People by id (whoever is no member is passed over), those who manage the workspace, or all. */
  to: readonly string[] | 'admins' | 'everyone'
  title: string
  body?: string
  /** Path within the product, e.g. `/contacts/<id>`. */
  href?: string
  /** What this is about: the same key to the same person is told once. */
  dedupeKey: string
  /** Changes that stand or fall with the telling. */
  statements?: D1PreparedStatement[]
}

/** D1 takes 2 MB a parameter and 30 s a batch: rows go by the piece, pieces by the batch. */
const ROWS_PER_STATEMENT = 400
const STATEMENTS_PER_BATCH = 6
/** Who has mail due now is looked at at once; beyond this many the minute's sweep finds them. */
const LOOKED_AT_ONCE = 100
/** What comes within a few seconds goes out as one mail. */
const GATHER_SECONDS = 10

/** Tells one thing. Safe to repeat: the dedupe key says what was told already. */
export const notify = (services: Services, actor: Actor, notice: Notice): Promise<void> =>
  notifyAll(services, actor, [notice])

/** Tells many things at once, tens of thousands if need be. */
export async function notifyAll(services: Services, actor: Actor, notices: readonly Notice[]): Promise<void> {
  const statements = notices.flatMap((notice) => notice.statements ?? [])
  const kinds = kindsOf(services, notices)
  const people = await recipientsOf(services, actor, notices)
  const db = services.tenant(actor.tenantId)
  const ids = people.map((person) => person.personId)
  const [preferences, settings, channels] = await db.getAll([
    store.preferencesOf(db, ids, [...kinds.keys()]),
    store.settingsOf(db, ids),
    listeningChannels(db),
  ])
  const now = services.clock.now()
  const plans = planner(kinds, preferences, settings, actor.workspace.timeZone, now)
  const rows = noticeRows(notices, people, plans, now)
  const posts = notices.flatMap((notice): ChannelPostRow[] =>
    channels
      .filter((channel) => channel.kinds.includes(notice.kind))
      .map((channel) => ({
        ...wordsOf(notice),
        id: uuidv7(now),
        channelId: channel.id,
        createdAt: isoInstant(now),
      })),
  )
  const told = [...new Set(rows.map((row) => row.personId))]
  const listening = [...new Set(posts.map((post) => post.channelId))]
  const pieces = [
    ...statements,
    ...chunks(inOrder(rows), ROWS_PER_STATEMENT).map((piece) => store.insertNotices(db, piece)),
    ...chunks(inOrder(posts), ROWS_PER_STATEMENT).map((piece) => insertPosts(db, piece)),
  ]
  for (const batch of chunks(pieces, STATEMENTS_PER_BATCH))
    await db.write([...batch, store.dueOfPeople(db, told), ...dueOfChannels(db, listening, now)])
  await services.live.noticed(actor.tenantId, told)
  await sendWork(services, actor, kinds, rows, listening, now)
}

/** What is due now is begun now; were these messages lost, the minute's sweep sends them again. */
async function sendWork(
  services: Services,
  actor: Actor,
  kinds: Map<string, NoticeKind>,
  rows: readonly store.NoticeRow[],
  channels: readonly string[],
  now: number,
): Promise<void> {
  const due = rows.filter((row) => row.mailDueAt !== null && row.mailDueAt <= now)
  const urgent = new Set(due.filter((row) => kinds.get(row.kind)?.urgent).map((row) => row.personId))
  const people = [...new Set(due.map((row) => row.personId))].slice(0, LOOKED_AT_ONCE)
  const { tenantId } = actor
  await Promise.all([
    ...people.map((personId) =>
      services.queue.send(
        { kind: 'notice.mail', tenantId, personId },
        urgent.has(personId) ? 0 : GATHER_SECONDS,
      ),
    ),
    ...channels.map((channelId) => services.queue.send({ kind: 'notice.post', tenantId, channelId })),
  ])
}

function kindsOf(services: Services, notices: readonly Notice[]): Map<string, NoticeKind> {
  const known = new Map(services.wings.flatMap((wing) => wing.notices).map((kind) => [kind.kind, kind]))
  const kinds = new Map<string, NoticeKind>()
  for (const { kind } of notices) {
    const found = known.get(kind)
    if (!found) throw new Error(`no wing's manifest knows notices of the kind ${kind}`)
    kinds.set(kind, found)
  }
  return kinds
}

function recipientsOf(
  { directory }: Services,
  actor: Actor,
  notices: readonly Notice[],
): Promise<Recipient[]> {
  const named = notices.flatMap(({ to }) => (typeof to === 'string' ? [] : to))
  const byName = notices.every(({ to }) => typeof to !== 'string')
  return directory.recipients(actor.tenantId, byName ? [...new Set(named)] : null)
}

const isAddressed = ({ to }: Notice) => {
  const named = new Set(typeof to === 'string' ? [] : to)
  return ({ personId, role }: Recipient): boolean =>
    to === 'everyone' || (to === 'admins' ? role === 'owner' || role === 'admin' : named.has(personId))
}

type Planner = (person: Recipient, kind: string) => NoticePlan | null

/** The same kind for the same person has one plan within a call: it is worked out once. */
function planner(
  kinds: Map<string, NoticeKind>,
  preferences: readonly store.PreferenceRow[],
  settings: Awaited<ReturnType<ReturnType<typeof store.settingsOf>['map']>>,
  timeZone: string,
  now: number,
): Planner {
  const chosen = new Map(preferences.map((row) => [`${row.person_id} ${row.kind}`, row]))
  const own = new Map(settings.map((row) => [row.personId, row]))
  const made = new Map<string, NoticePlan | null>()
  return (person, kindName) => {
    const key = `${person.personId} ${kindName}`
    const kind = kinds.get(kindName)
    if (made.has(key) || !kind) return made.get(key) ?? null
    const preference = chosen.get(key)
    const plan = planNotice(
      kind,
      preference ? { inApp: preference.in_app === 1, mail: preference.mail } : null,
      own.get(person.personId) ?? defaultSettings(timeZone),
      now,
    )
    made.set(key, plan)
    return plan
  }
}

function noticeRows(
  notices: readonly Notice[],
  people: readonly Recipient[],
  plans: Planner,
  now: number,
): store.NoticeRow[] {
  return notices.flatMap((notice) => {
    const words = wordsOf(notice)
    return people.filter(isAddressed(notice)).flatMap((person): store.NoticeRow[] => {
      const plan = plans(person, notice.kind)
      if (!plan) return []
      const mailDueAt = person.verified ? plan.mailDueAt : null
      if (!plan.inApp && mailDueAt === null) return []
      return [
        {
          ...words,
          id: uuidv7(now),
          personId: person.personId,
          createdAt: isoInstant(now),
          inApp: plan.inApp ? 1 : 0,
          mailState: mailDueAt === null ? 'none' : 'waiting',
          mailDueAt,
        },
      ]
    })
  })
}

const wordsOf = (notice: Notice) => ({
  kind: notice.kind,
  dedupeKey: notice.dedupeKey.slice(0, 300),
  ...noticeText(notice),
})

/** Ids of one moment sort at random: they are dealt out again so that what was said first stays first. */
function inOrder<T extends { id: string }>(rows: readonly T[]): T[] {
  const ids = rows.map((row) => row.id).sort()
  return rows.map((row, index) => ({ ...row, id: ids[index] ?? row.id }))
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
