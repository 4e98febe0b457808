/** Mail as people of a workspace see it: what went out and what became of it, whom they do not write to, what came in. */
import * as z from 'zod'
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import type { MailEvent, MailRow, MailStatus } from '../../../platform/directory/mails.ts'
import { randomToken, uuidv7 } from '../../../platform/ids.ts'
import { isAddress, refuseDraft } from '../../../platform/mail-draft.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { plainHtml } from '../documents/mails.ts'
import {
  type InboundRow,
  type InboxRow,
  inboundById,
  inboundPage,
  inboxes,
  insertInbox,
  type MailFilter,
  type MailLine,
  mailPage,
  markInboundRead,
  removeSuppression,
  type SuppressionLine,
  suppressionOf,
  suppressionPage,
  suppressStatement,
} from '../store/mail.ts'
import { fieldErrors } from './sign-up.ts'

const DAY_MS = 86_400_000

export interface Page<T> {
  items: T[]
  next: string | null
}

export async function listMails(
  services: Services,
  actor: Actor,
  filter: MailFilter,
  limit = 50,
): Promise<Result<Page<MailLine>>> {
  if (!can(actor, 'mail:read')) return forbidden('see mails')
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(mailPage(db, filter, limit + 1))
  return ok(pageOf(rows, limit, (row) => row.id))
}

export const countMails = (services: Services, actor: Actor): Promise<Partial<Record<MailStatus, number>>> =>
  services.directory.mailCounts(actor.tenantId, services.clock.now() - DAY_MS)

/** One mail with its timeline. Account mail is nobody's to read but its recipient's. */
export async function readMail(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<{ mail: MailRow; events: MailEvent[] }>> {
  if (!can(actor, 'mail:read')) return forbidden('see mails')
  const mail = await services.directory.mail(id)
  if (!mail || mail.tenant_id !== actor.tenantId || mail.stream === 'account') return notFound('mail')
  return ok({ mail, events: await services.directory.mailEvents(id) })
}

const newMail = z.strictObject({
  to: z.string().trim().refine(isAddress, 'Write one e-mail address.'),
  subject: z.string().trim().min(1, 'Write a subject.').max(300, 'At most 300 characters.'),
  text: z.string().min(1, 'Write something.').max(100_000, 'At most 100,000 characters.'),
  reply_to: z.string().trim().refine(isAddress, 'Write one e-mail address.').optional(),
})

/** One mail to one person, written by hand or by a program: plain words, shown as they are. */
export async function sendMail(
  services: Services,
  actor: Actor,
  input: unknown,
): Promise<Result<{ id: string }>> {
  if (!can(actor, 'mail:manage')) return forbidden('send mails')
  const parsed = newMail.safeParse(input)
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const { to, subject, text, reply_to } = parsed.data
  const draft = {
    to,
    subject,
    replyTo: reply_to,
    fromName: actor.workspace.name.replace(/[<>"\p{Cc}]/gu, ''),
  }
  const refusal = refuseDraft(draft)
  if (refusal) return invalid([{ path: 'subject', message: refusal }])
  const sent = await services.mail.send({
    ...draft,
    kind: 'message',
    stream: 'workspace',
    tenantId: actor.tenantId,
    text,
    html: plainHtml(text),
  })
  const db = services.tenant(actor.tenantId)
  await db.write([recordAudit(db, services.clock.now(), actor, 'mail.sent', sent.id, { subject })])
  return ok(sent)
}

export async function listSuppressions(
  services: Services,
  actor: Actor,
  question: { text?: string; after?: string } = {},
  limit = 100,
): Promise<Result<Page<SuppressionLine>>> {
  if (!can(actor, 'mail:read')) return forbidden('see who is not written to')
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(suppressionPage(db, question.text ?? '', question.after ?? '', limit + 1))
  return ok(pageOf(rows, limit, (row) => `${row.scope} ${row.address}`))
}

const newSuppression = z.strictObject({
  address: z.string().trim().toLowerCase().refine(isAddress, 'Write one e-mail address.'),
  scope: z.enum(['all', 'marketing']).default('all'),
})

export async function addSuppression(
  services: Services,
  actor: Actor,
  input: unknown,
): Promise<Result<null>> {
  if (!can(actor, 'mail:manage')) return forbidden('change who is written to')
  const parsed = newSuppression.safeParse(input)
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const now = services.clock.now()
  const { address, scope } = parsed.data
  const db = services.tenant(actor.tenantId)
  const row = {
    address,
    scope,
    reason: 'manual' as const,
    detail: '',
    mailId: null,
    createdAt: isoInstant(now),
  }
  await db.write([
    suppressStatement(db, row),
    recordAudit(db, now, actor, 'suppression.added', address, { scope }, 'if-changed'),
  ])
  return ok(null)
}

/** A complaint is the person's own word: it is not taken back by us. */
export async function liftSuppression(
  services: Services,
  actor: Actor,
  address: string,
  scope: 'all' | 'marketing',
): Promise<Result<null>> {
  if (!can(actor, 'mail:manage')) return forbidden('change who is written to')
  const db = services.tenant(actor.tenantId)
  const known = await db.get(suppressionOf(db, address.trim().toLowerCase(), scope))
  if (!known) return notFound('address in this list')
  if (known.reason === 'complaint')
    return fail(
      'conflict',
      'complained',
      'This person called our mail unwanted. Only they can change that, by writing to you.',
    )
  await db.write([
    removeSuppression(db, known.address, scope),
    recordAudit(
      db,
      services.clock.now(),
      actor,
      'suppression.lifted',
      known.address,
      { scope },
      'if-changed',
    ),
  ])
  return ok(null)
}

export async function listInboxes(
  services: Services,
  actor: Actor,
): Promise<Result<(InboxRow & { address: string })[]>> {
  if (!can(actor, 'mail:read')) return forbidden('see inboxes')
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(inboxes(db))
  return ok(rows.map((row) => ({ ...row, address: `${row.localPart}@${services.config.inboundDomain}` })))
}

export async function addInbox(
  services: Services,
  actor: Actor,
  name: string,
): Promise<Result<{ id: string }>> {
  if (!can(actor, 'mail:manage')) return forbidden('make inboxes')
  if (!services.config.inboundDomain)
    return fail(
      'conflict',
      'no-inbound-mail',
      'This installation takes no mail in: INBOUND_DOMAIN is not set.',
    )
  const clean = name.trim().slice(0, 80)
  if (!clean) return invalid([{ path: 'name', message: 'Give the inbox a name.' }])
  const now = services.clock.now()
  const id = uuidv7(now)
  const slug = clean
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 20)
  const localPart = `${slug || 'mail'}-${randomToken(8).toLowerCase()}`
  const db = services.tenant(actor.tenantId)
  await services.directory.transact([
    services.directory.publicIdStatement('inbox', localPart, actor.tenantId, id),
    insertInbox(db, { id, localPart, name: clean, createdAt: isoInstant(now), archivedAt: null }),
    recordAudit(db, now, actor, 'inbox.created', id, { name: clean }),
  ])
  return ok({ id })
}

export async function listInbound(
  services: Services,
  actor: Actor,
  before = '',
  limit = 50,
): Promise<Result<Page<InboundRow>>> {
  if (!can(actor, 'mail:read')) return forbidden('see mails')
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(inboundPage(db, before, limit + 1))
  return ok(pageOf(rows, limit, (row) => `${row.receivedAt} ${row.id}`))
}

export async function readInbound(services: Services, actor: Actor, id: string): Promise<Result<InboundRow>> {
  if (!can(actor, 'mail:read')) return forbidden('see mails')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(inboundById(db, id))
  if (!row) return notFound('mail')
  if (!row.readAt) services.later(db.write([markInboundRead(db, id, isoInstant(services.clock.now()))]))
  return ok(row)
}

function pageOf<T>(rows: T[], limit: number, keyOf: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? keyOf(last) : null }
}

/** Whether an address is not to be written to with this kind of mail. */
export async function suppressed(
  services: Services,
  actor: Actor,
  address: string,
  stream: 'workspace' | 'marketing',
): Promise<boolean> {
  const db = services.tenant(actor.tenantId)
  const [all, marketing] = await db.getAll([
    suppressionOf(db, address, 'all'),
    suppressionOf(db, address, 'marketing'),
  ])
  return all !== null || (stream === 'marketing' && marketing !== null)
}

/** Somebody asks for no more marketing mail: theirs to say, so nobody's permission is asked. Safe to repeat. */
export async function unsubscribeFromMarketing(
  services: Services,
  tenantId: string,
  address: string,
  mailId: string | null,
): Promise<void> {
  const db = services.tenant(tenantId)
  await db.write([
    suppressStatement(db, {
      ...{ address, scope: 'marketing', reason: 'unsubscribe', detail: '', mailId },
      createdAt: isoInstant(services.clock.now()),
    }),
  ])
}
