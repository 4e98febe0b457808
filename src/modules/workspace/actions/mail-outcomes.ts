/** What providers tell later about a mail: delivered, bounced, complained. Told twice is told once. */
import { systemActor } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import type { MailRow } from '../../../platform/directory/mails.ts'
import { fail, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { MailHookPort } from '../domain/mail-hook.ts'
import { suppressStatement } from '../store/mail.ts'

export interface MailOutcome {
  provider: string
  providerId: string
  /** `deferred` and `bounced` with `hard: false` are passing troubles: noted, nothing else. */
  type: 'delivered' | 'deferred' | 'bounced' | 'complained'
  hard: boolean
  /** The provider's id of this word. */
  externalId: string
  at: string
  detail: string
}

/** A word about a mail that is this young may be faster than our own note of its provider's id. */
const YOUNG_MS = 10 * 60_000

/** Takes a provider's webhook in. News of a mail we do not know (yet) is asked for again while it is young. */
export async function receiveMailHook(
  services: Services,
  port: MailHookPort,
  input: { body: string; headers: Headers },
): Promise<Result<{ taken: boolean }>> {
  const now = services.clock.now()
  if (!(await port.verify(input.body, input.headers, now)))
    return fail('unauthenticated', 'hook-signature', 'The signature does not hold.')
  const news = port.read(input.body, input.headers)
  if (news === 'malformed')
    return fail('malformed', 'hook-malformed', 'This is not what the provider documents.')
  if (news === null) return ok({ taken: false })
  const at = news.at || isoInstant(now)
  const taken = await recordMailOutcome(services, { ...news, at, provider: port.provider })
  if (!taken && now - Date.parse(at) < YOUNG_MS)
    return fail('unavailable', 'mail-unknown', 'We do not know this mail yet. Send this again.', {
      retryAfter: 60,
    })
  return ok({ taken })
}

/** False: no mail of ours. */
export async function recordMailOutcome(services: Services, outcome: MailOutcome): Promise<boolean> {
  const mail = await services.directory.mailByProviderId(outcome.provider, outcome.providerId)
  if (!mail) return false
  await noteOutcome(services, mail, outcome)
  return true
}

/** For a mail that is known by its own id: a bounce that came back as a mail. */
export async function noteOutcome(
  services: Services,
  mail: MailRow,
  outcome: Pick<MailOutcome, 'type' | 'hard' | 'externalId' | 'at' | 'detail'>,
): Promise<void> {
  const type = outcome.type === 'bounced' && !outcome.hard ? 'deferred' : outcome.type
  const { externalId, at, detail } = outcome
  const isNews = await services.directory.noteMailOutcome(mail.id, { type, externalId, at, detail })
  const consequence = type === 'bounced' || type === 'complained'
  if (consequence && mail.tenant_id)
    await suppressRecipient(services, mail, mail.tenant_id, type, detail, isNews)
}

/** Done again when the delivery comes again, since a crash may have come between the note and this. */
async function suppressRecipient(
  services: Services,
  mail: MailRow,
  tenantId: string,
  type: 'bounced' | 'complained',
  detail: string,
  isNews: boolean,
): Promise<void> {
  const workspace = await services.directory.workspace(tenantId)
  if (!workspace) return
  const now = services.clock.now()
  const db = services.tenant(tenantId)
  const address = mail.recipient.toLowerCase()
  const eventId = `${mail.id}:${type}`
  const actor = systemActor(workspace, 'mail')
  const [, told] = await db.write([
    suppressStatement(db, {
      address,
      scope: 'all',
      reason: type === 'bounced' ? 'bounce' : 'complaint',
      detail: detail.slice(0, 300),
      mailId: mail.id,
      createdAt: isoInstant(now),
    }),
    db.statement(
      `INSERT OR IGNORE INTO outbox (tenant_id, id, type, payload, created_at) VALUES (?1, ?2, ?3, ?4, ?5)`,
      eventId,
      `mail.${type}`,
      JSON.stringify({ mail_id: mail.id, recipient: mail.recipient, subject: mail.subject, detail }),
      now,
    ),
  ])
  if (told === 1 || isNews)
    await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId })
}

/** The last try failed: the mail is given up, and its timeline says so. */
export async function giveMailUp(services: Services, mailId: string, reason: string): Promise<void> {
  await services.directory.settleMail(mailId, {
    status: 'failed',
    at: isoInstant(services.clock.now()),
    detail: reason || 'Every try failed.',
  })
}
