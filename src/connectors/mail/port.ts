/** The mail port: write the mail down, queue its id, hand it over once, and say honestly when that cannot be known. */
import { type Clock, isoInstant } from '../../platform/clock.ts'
import type { MailRow } from '../../platform/directory/mails.ts'
import type { Directory } from '../../platform/directory.ts'
import { uuidv7 } from '../../platform/ids.ts'
import type { Log } from '../../platform/log.ts'
import { refuseDraft } from '../../platform/mail-draft.ts'
import type { MailDraft, MailPort, QueuePort } from '../../platform/services.ts'
import type { TenantDb } from '../../platform/tenant-db.ts'
import { countUse } from '../../platform/usage.ts'
import { type MailProvider, outboxProvider, splitSender } from './provider.ts'

export interface MailSurroundings {
  directory: Directory
  tenant(tenantId: string): TenantDb
  queue: QueuePort
  clock: Clock
  log: Log
  /** `Shop <mail@example.com>`, of the installation. */
  from: string
  /** Domain whose mail comes to the inbound door; empty: none. */
  inboundDomain: string
}

/** Longer than any provider takes to answer. */
const LEASE_MS = 120_000

/** A draft that could not become a mail is a bug of the caller, which checks what people typed before. */
export class MailRefused extends Error {}

export function createMailPort(provider: MailProvider, around: MailSurroundings): MailPort {
  const { directory, queue, clock } = around
  return {
    async send(draft) {
      const refusal = refuseDraft(draft)
      if (refusal) throw new MailRefused(refusal)
      const now = clock.now()
      const fresh = uuidv7(now)
      const { id, isNew } = await directory.keepMail({
        id: fresh,
        tenantId: draft.tenantId ?? null,
        kind: draft.kind,
        stream: draft.stream ?? 'account',
        to: draft.to,
        fromName: draft.fromName ?? '',
        replyTo: draft.replyTo ?? replyAddress(around, draft, fresh),
        headers: draft.headers ?? {},
        attachments: draft.attachments ?? [],
        subject: draft.subject,
        text: draft.text,
        html: draft.html,
        dedupeKey: draft.tenantId ? (draft.dedupeKey ?? null) : null,
        at: isoInstant(now),
      })
      if (isNew) await queue.send({ kind: 'mail.send', mailId: id })
      return { id }
    },

    async deliver(mailId) {
      const mail = await directory.mail(mailId)
      if (mail?.status !== 'queued') return
      const settle = (status: 'suppressed' | 'failed', detail: string) =>
        directory.settleMail(mailId, { status, detail, at: isoInstant(clock.now()) })
      const kept = await reasonToKeep(around, mail)
      if (kept) return settle(kept.status, kept.detail)
      const isTest = await isTestData(around, mail)
      await handOver(isTest ? outboxProvider : provider, around, mail, isTest)
    },
  }
}

/** Why this mail does not go out at all, or null. */
async function reasonToKeep(
  { tenant }: MailSurroundings,
  mail: MailRow,
): Promise<{ status: 'suppressed' | 'failed'; detail: string } | null> {
  if (mail.stream === 'marketing' && !('List-Unsubscribe' in (JSON.parse(mail.headers) as object)))
    return { status: 'failed', detail: 'A marketing mail must say how to unsubscribe.' }
  // account mail is what a person needs to get in: it goes whatever they asked of a workspace
  if (!mail.tenant_id || mail.stream === 'account') return null
  const db = tenant(mail.tenant_id)
  const [hit] = await db.get(
    db.sql<{ scope: string; reason: string }>(
      `SELECT scope, reason FROM mail_suppressions WHERE tenant_id = ?1 AND address = ?2 AND (scope = 'all' OR ?3 = 'marketing')
       ORDER BY scope LIMIT 1`,
      mail.recipient.toLowerCase(),
      mail.stream,
    ),
  )
  if (!hit) return null
  const what = hit.scope === 'all' ? 'no mail' : 'no marketing mail'
  return { status: 'suppressed', detail: `This address gets ${what} (${hit.reason}).` }
}

/** Mail of test data is kept and never sent. */
async function isTestData({ directory }: MailSurroundings, mail: MailRow): Promise<boolean> {
  const workspace = mail.tenant_id ? await directory.workspace(mail.tenant_id) : null
  return workspace?.sandboxOf != null
}

async function handOver(
  provider: MailProvider,
  around: MailSurroundings,
  mail: MailRow,
  isTest: boolean,
): Promise<void> {
  const { directory, clock, log } = around
  const began = clock.now()
  const claim = await directory.claimMail(mail.id, began, began + LEASE_MS)
  if (claim === null) return waitForOther(around, mail.id, began)
  countUse('mails')
  const sent = await provider.send({
    id: mail.id,
    from: senderOf(around.from, mail.from_name),
    to: mail.recipient,
    replyTo: mail.reply_to,
    subject: mail.subject,
    text: mail.text_body,
    html: mail.html_body,
    headers: JSON.parse(mail.headers),
    attachments: JSON.parse(mail.attachments),
  })
  const at = isoInstant(clock.now())
  if (!sent.ok && (sent.error.kind === 'unavailable' || sent.error.kind === 'rate_limited')) {
    const id = `deferred ${mail.attempts + 1} ${at}`
    await directory.addMailEvent(mail.id, { id, type: 'deferred', at, detail: sent.error.detail })
    await directory.releaseMail(mail.id, claim.attempt, clock.now())
    throw new Error(sent.error.detail)
  }
  if (!sent.ok) {
    log.warn('mail.refused', { mailId: mail.id, reason: sent.error.slug })
    return directory.settleMail(mail.id, { status: 'failed', at, detail: sent.error.detail })
  }
  const { providerId, suppressed } = sent.value
  const status = suppressed ? 'suppressed' : 'sent'
  const doubt =
    claim.open > 0 && !provider.idempotent
      ? 'An earlier attempt broke off before its end was known: it may have arrived twice.'
      : isTest
        ? 'Test data: the mail was kept here and never sent.'
        : ''
  await directory.settleMail(mail.id, {
    status,
    at,
    detail: suppressed ?? doubt,
    provider: provider.name,
    providerId,
  })
}

/** Another attempt has the mail. If it dies with it, this one looks again when its time is over. */
async function waitForOther({ directory, queue }: MailSurroundings, id: string, now: number): Promise<void> {
  const mail = await directory.mail(id)
  if (mail?.status !== 'queued') return
  const seconds = Math.max(1, Math.ceil((mail.lease_until - now) / 1000))
  await queue.send({ kind: 'mail.send', mailId: id }, seconds)
}

/** Answers to a workspace's mail come back to it, where the installation takes mail in. */
const replyAddress = ({ inboundDomain }: MailSurroundings, { tenantId, stream }: MailDraft, id: string) =>
  inboundDomain && tenantId && (stream === 'workspace' || stream === 'marketing')
    ? `reply+${id}@${inboundDomain}`
    : ''

/** The installation's address, under the workspace's name when the mail has one. */
function senderOf(from: string, fromName: string): string {
  return fromName && from ? `${fromName} <${splitSender(from).email}>` : from
}
