/** Mail that comes in: to an inbox of a workspace, as an answer to a mail of ours, or as the report that one did not arrive. */
import { type Actor, systemActor } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { sha256Hex } from '../../../platform/crypto/digest.ts'
import { recordEvent } from '../../../platform/event.ts'
import type { Services } from '../../../platform/services.ts'
import {
  isHardBounce,
  mailIdsIn,
  type ParsedMail,
  readLocalPart,
  type Verdict,
  verdictOf,
} from '../domain/inbound-mail.ts'
import { insertInbound } from '../store/mail.ts'
import { noteOutcome } from './mail-outcomes.ts'

export const MAX_MAIL_BYTES = 10 * 1024 * 1024

export interface Arrival {
  /** Envelope recipient. */
  to: string
  raw: ArrayBuffer
}

/** False: nobody here has this address, and the sender is to be told. The same mail again changes nothing. */
export async function receiveMail(
  services: Services,
  parse: (raw: ArrayBuffer) => Promise<ParsedMail>,
  arrival: Arrival,
): Promise<boolean> {
  const mail = await parse(arrival.raw)
  const verdict = verdictOf(mail)
  const reported = verdict === 'bounce' || verdict === 'complaint'
  if (reported && (await noteReport(services, mail, verdict))) return true
  const place = await placeOf(services, arrival.to)
  if (!place) return false
  const workspace = await services.directory.workspace(place.tenantId)
  if (!workspace || workspace.eraseAt !== null) return false
  await keep(services, systemActor(workspace, 'inbound-mail'), { ...arrival, ...place, mail, verdict })
  return true
}

/** A report about a mail of ours belongs to that mail; about anything else it is mail like any other. */
async function noteReport(
  services: Services,
  mail: ParsedMail,
  verdict: 'bounce' | 'complaint',
): Promise<boolean> {
  const reports = mail.attachments.flatMap(({ text }) => (text === null ? [] : [text]))
  const named = mailIdsIn([mail.text, ...reports].join('\n'))
  for (const id of named.slice(0, 5)) {
    const ours = await services.directory.mail(id)
    if (!ours) continue
    await noteOutcome(services, ours, {
      type: verdict === 'bounce' ? 'bounced' : 'complained',
      hard: verdict === 'complaint' || isHardBounce(reports),
      externalId: `report:${mail.messageId || (await sha256Hex(mail.text)).slice(0, 32)}`.slice(0, 150),
      at: isoInstant(services.clock.now()),
      detail: diagnosis(reports) || mail.subject.slice(0, 300),
    })
    return true
  }
  return false
}

const diagnosis = (reports: readonly string[]): string =>
  /^diagnostic-code:\s*(.+)$/im.exec(reports.join('\n'))?.[1]?.slice(0, 300) ?? ''

interface Place {
  tenantId: string
  inboxId: string | null
  inReplyTo: string | null
}

async function placeOf(services: Services, to: string): Promise<Place | null> {
  const [local = '', domain = ''] = to.toLowerCase().split('@')
  if (!services.config.inboundDomain || domain !== services.config.inboundDomain.toLowerCase()) return null
  const said = readLocalPart(local)
  if (said.kind === 'reply') {
    const answered = await services.directory.mail(said.mailId)
    return answered?.tenant_id
      ? { tenantId: answered.tenant_id, inboxId: null, inReplyTo: answered.id }
      : null
  }
  const inbox = await services.directory.publicId('inbox', said.id)
  return inbox && { tenantId: inbox.tenantId, inboxId: inbox.ref, inReplyTo: null }
}

/** References may name any mail: only one of this workspace's own is what was answered. */
async function ownMailIn(
  services: Services,
  actor: Actor,
  references: readonly string[],
): Promise<string | null> {
  for (const id of mailIdsIn(references.join('\n')).slice(0, 5)) {
    const mail = await services.directory.mail(id)
    if (mail?.tenant_id === actor.tenantId) return id
  }
  return null
}

async function keep(
  services: Services,
  actor: Actor,
  arrival: Arrival & Place & { mail: ParsedMail; verdict: Verdict },
): Promise<void> {
  const { mail, verdict, raw } = arrival
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const inReplyTo = arrival.inReplyTo ?? (await ownMailIn(services, actor, mail.references))
  // the sender's message id makes a second delivery of the same mail the same row
  const name = mail.messageId || (await sha256Hex(`${mail.from.address}\n${mail.subject}\n${mail.text}`))
  const id = (await sha256Hex(`${arrival.to}\n${name}`)).slice(0, 32)
  const rawKey = `mail/${actor.tenantId}/${id}.eml`
  await services.files.put(rawKey, raw, 'message/rfc822')
  const eventId = `mail-in:${id}`
  const payload = {
    inbound_mail_id: id,
    from: mail.from.address,
    subject: mail.subject,
    verdict,
    in_reply_to: inReplyTo,
  }
  const [added] = await db.write([
    insertInbound(db, {
      id,
      inboxId: arrival.inboxId,
      inReplyTo,
      fromAddress: mail.from.address,
      fromName: mail.from.name,
      subject: mail.subject,
      textBody: mail.text,
      verdict,
      messageId: mail.messageId,
      rawKey,
      bytes: raw.byteLength,
      attachments: mail.attachments.slice(0, 50).map(({ text: _text, ...rest }) => rest),
      receivedAt: isoInstant(now),
      readAt: null,
    }),
    recordEvent(db, now, { id: eventId, type: 'mail.received', payload }, 'if-changed'),
  ])
  if (added === 1) await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId })
}
