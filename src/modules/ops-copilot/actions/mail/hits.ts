/** Opens and clicks of mails, judged and kept; replies to them. Only what a person did is told as an event. */
import { isbot } from 'isbot'
import type { Actor } from '../../../../platform/actor.ts'
import { isoInstant } from '../../../../platform/clock.ts'
import { type PlatformEvent, recordEvent } from '../../../../platform/event.ts'
import { uuidv7 } from '../../../../platform/ids.ts'
import type { Services } from '../../../../platform/services.ts'
import { judgeHit } from '../../domain/tracking.ts'
import {
  countHits,
  hitsSince,
  insertHit,
  mailById,
  mailByTrack,
  markMail,
  type TrackedMail,
} from '../../store/automation-mails.ts'

/** What a visit shows of itself; judged here and then forgotten. */
export interface Visit {
  method: string
  userAgent: string
  prefetch: boolean
}

const BURST_MS = 5_000
/** Of one mail; more say nothing new, and nobody fills the table with them. */
const MOST_HITS = 200

/** Where a click leads: the address as it was when the mail was sent. Null: there is no such link. */
export async function clickThrough(
  services: Services,
  token: string,
  index: number,
  visit: Visit,
): Promise<string | null> {
  const mail = await mailOf(services, token)
  if (!mail) return null
  const href = (JSON.parse(mail.row.links) as string[])[index]
  if (!href || !/^https?:\/\//i.test(href)) return null
  services.later(keepHit(services, mail, { kind: 'click', link: index }, visit))
  return href
}

/** Notes an open; whether there is such a mail makes no difference to whoever asks. */
export async function noteOpen(services: Services, token: string, visit: Visit): Promise<void> {
  const mail = await mailOf(services, token)
  if (mail) await keepHit(services, mail, { kind: 'open', link: null }, visit)
}

interface FoundMail {
  tenantId: string
  row: TrackedMail
}

async function mailOf(services: Services, token: string): Promise<FoundMail | null> {
  const claims = await services.tokens.verify('mail-track', token)
  if (typeof claims?.tenant !== 'string' || typeof claims.track !== 'string') return null
  const [row] = await services
    .tenant(claims.tenant)
    .get(mailByTrack(services.tenant(claims.tenant), claims.track))
  return row ? { tenantId: claims.tenant, row } : null
}

async function keepHit(
  services: Services,
  { tenantId, row }: FoundMail,
  { kind, link }: { kind: 'open' | 'click'; link: number | null },
  { method, userAgent, prefetch }: Visit,
): Promise<void> {
  const now = services.clock.now()
  const db = services.tenant(tenantId)
  const [counted, recent] = await db.getAll([
    countHits(db, row.mail_id),
    hitsSince(db, row.mail_id, isoInstant(now - BURST_MS)),
  ])
  if ((counted[0]?.n ?? 0) >= MOST_HITS) return
  const others = new Set(recent.flatMap((one) => (one.link !== null && one.link !== link ? [one.link] : [])))
  const sinceSent = now - Date.parse(row.sent_at)
  const isBot = userAgent !== '' && isbot(userAgent)
  const judged = judgeHit({ kind, method, userAgent, sinceSent, burst: others.size, prefetch, isBot })
  const human = judged.verdict === 'human'
  const eventId = uuidv7(now)
  const at = isoInstant(now)
  const payload = {
    mail_id: row.mail_id,
    automation_id: row.automation_id,
    contact_id: row.contact_id,
    to: row.to_address,
  }
  await db.write([
    insertHit(db, { mailId: row.mail_id, id: uuidv7(now), kind, link, ...judged, at }),
    ...(judged.verdict === 'machine'
      ? []
      : [markMail(db, row.mail_id, kind === 'click' ? 'clicked_at' : 'opened_at', at)]),
    // whoever clicks has opened
    ...(human && kind === 'click'
      ? [
          markMail(db, row.mail_id, 'opened_at', at),
          recordEvent(db, now, {
            id: eventId,
            type: 'mail.clicked',
            payload: { ...payload, link: link ?? 0 },
          }),
        ]
      : []),
  ])
  if (human && kind === 'click') await services.queue.send({ kind: 'event.deliver', tenantId, eventId })
}

/** A person wrote back to a mail of an automation. Safe to repeat: the reply is noted once. */
export async function noteReply(services: Services, actor: Actor, { payload }: PlatformEvent): Promise<void> {
  const { in_reply_to, verdict, from } = payload
  if (verdict !== 'human' || typeof in_reply_to !== 'string') return
  const db = services.tenant(actor.tenantId)
  const [row] = await db.get(mailById(db, in_reply_to))
  if (!row) return
  const now = services.clock.now()
  const eventId = uuidv7(now)
  const told = {
    mail_id: row.mail_id,
    automation_id: row.automation_id,
    contact_id: row.contact_id,
    to: row.to_address,
  }
  const [changed = 0] = await db.write([
    markMail(db, row.mail_id, 'replied_at', isoInstant(now)),
    recordEvent(
      db,
      now,
      { id: eventId, type: 'mail.replied', payload: { ...told, from: String(from) } },
      'if-changed',
    ),
  ])
  if (changed > 0) await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId })
}
