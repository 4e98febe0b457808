/** Mail of notices: what is due for a person goes out as one mail, within the cap, outside the quiet. */
import type { Actor } from '../../../platform/actor.ts'
import type { Recipient } from '../../../platform/directory/notices.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import type { Services } from '../../../platform/services.ts'
import type { TenantDb } from '../../../platform/tenant-db.ts'
import { digestMail, singleMail } from '../documents/notice-mails.ts'
import {
  defaultSettings,
  HOUR_MS,
  mailFree,
  type NoticeSettings,
  URGENT_MAILS_PER_HOUR,
} from '../domain/notice.ts'
import { isQuiet } from '../domain/quiet-hours.ts'
import * as mails from '../store/notice-mails.ts'
import * as store from '../store/notices.ts'

/** Lines of one digest; the rest is counted by kind, and all of it is in the inbox. */
const LINES_A_MAIL = 100

/**
 * Claims what is due, then sends what is claimed and not sent. The claim binds notices to a mail in one transaction and
 * the mail's id is its dedupe key, so a crash at any line is finished by the next run with the same mail.
 */
export async function mailNotices(services: Services, actor: Actor, personId: string): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const [person] = await services.directory.recipients(actor.tenantId, [personId])
  if (!person?.verified) {
    await db.write([...mails.dropWaiting(db, personId), ...store.settleDue(db, personId)])
    return
  }
  const now = services.clock.now()
  const [[own], claims] = await db.getAll([
    store.settingsOf(db, [personId]),
    mails.claimsSince(db, personId, now - HOUR_MS),
  ])
  const settings = own ?? defaultSettings(actor.workspace.timeZone)
  await claimDue(services, db, personId, settings, claims)
  for (const { id } of await db.get(mails.unsentClaims(db, personId)))
    await sendClaim(services, actor, db, person, id)
  await db.write(store.settleDue(db, personId))
}

async function claimDue(
  services: Services,
  db: TenantDb,
  personId: string,
  settings: NoticeSettings,
  claims: readonly { claimed_at: number; urgent: number }[],
): Promise<void> {
  const now = services.clock.now()
  const urgentKinds = services.wings
    .flatMap((wing) => wing.notices)
    .filter((kind) => kind.urgent)
    .map((kind) => kind.kind)
  const claim = (urgent: boolean, cap: number) =>
    mails.claimMail(db, { id: uuidv7(now), personId, now, cap, urgent, urgentKinds })
  const ordinary = isQuiet(now, settings) ? [] : claim(false, settings.mailsPerHour)
  await db.write([...claim(true, URGENT_MAILS_PER_HOUR), ...ordinary])
  const sentAt = claims.filter((row) => row.urgent === 0).map((row) => row.claimed_at)
  const freeAt = mailFree(settings, sentAt, now)
  if (freeAt > now) await db.write([mails.holdDue(db, personId, now, freeAt, urgentKinds)])
}

async function sendClaim(
  services: Services,
  actor: Actor,
  db: TenantDb,
  person: Recipient,
  id: string,
): Promise<void> {
  const [lines, counts] = await db.getAll([mails.linesOf(db, id, LINES_A_MAIL), mails.countsOf(db, id)])
  const titles = new Map(
    services.wings.flatMap((wing) => wing.notices).map((kind) => [kind.kind, kind.title]),
  )
  const base = services.config.publicUrl
  const frame = { name: person.name, workspace: actor.workspace.name, base }
  const [only] = lines
  if (only) {
    const text =
      lines.length === 1
        ? singleMail(frame, only)
        : digestMail(
            frame,
            counts.map(({ kind, notices }) => ({
              title: titles.get(kind) ?? kind,
              total: notices,
              lines: lines.filter((line) => line.kind === kind),
            })),
          )
    await services.mail.send({
      ...text,
      kind: lines.length === 1 ? 'notice' : 'notice-digest',
      to: person.email,
      tenantId: actor.tenantId,
      stream: 'notice',
      dedupeKey: `notice/${id}`,
    })
  }
  await db.write([mails.markMailSent(db, id, services.clock.now())])
}
