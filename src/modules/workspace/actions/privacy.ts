/** Requests about personal data: somebody wants to see what is known of them, or to be forgotten. */
import * as z from 'zod'
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { sha256Hex } from '../../../platform/crypto/digest.ts'
import { recordEvent } from '../../../platform/event.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { errorText } from '../../../platform/log.ts'
import { forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { Whom } from '../../../platform/wing-facts.ts'
import { emailField } from '../domain/account.ts'
import {
  insertRequest,
  type PrivacyRequestRow,
  requestById,
  requests,
  updateRequest,
  whomByEmail,
} from '../store/privacy.ts'

/** GDPR article 12(3) gives a month; Shopify asks for 30 days. */
const DEADLINE_DAYS = 30
const DAY_MS = 86_400_000
const DUE = 'privacy.answer'

export interface NewPrivacyRequest {
  source: string
  topic: 'access' | 'erasure' | 'shop_erasure'
  /** The vendor's id of this request: a second delivery changes nothing. */
  externalId: string
  email: string | null
  /** What the vendor calls the person, or for a whole shop the shop. */
  ref: string | null
  detail?: Record<string, unknown>
}

export async function listPrivacyRequests(
  services: Services,
  actor: Actor,
): Promise<Result<PrivacyRequestRow[]>> {
  if (!can(actor, 'privacy:manage')) return forbidden('see requests about personal data')
  const db = services.tenant(actor.tenantId)
  return ok(await db.get(requests(db)))
}

const newRequest = z.strictObject({ topic: z.enum(['access', 'erasure']), email: emailField })

/** Written down by a person of the workspace, for somebody who asked them. */
export async function addPrivacyRequest(
  services: Services,
  actor: Actor,
  input: unknown,
): Promise<Result<{ id: string }>> {
  if (!can(actor, 'privacy:manage')) return forbidden('answer requests about personal data')
  const parsed = newRequest.safeParse(input)
  if (!parsed.success)
    return invalid(
      parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
    )
  const { topic, email } = parsed.data
  const externalId = uuidv7(services.clock.now())
  const request: NewPrivacyRequest = { source: 'workspace', topic, externalId, email, ref: null }
  return ok(await takePrivacyRequest(services, actor, request))
}

/** Takes a request in, once by its source's id, and has it answered in the background. */
export async function takePrivacyRequest(
  services: Services,
  actor: Actor,
  request: NewPrivacyRequest,
): Promise<{ id: string }> {
  const now = services.clock.now()
  const id = (await sha256Hex(`${actor.tenantId}\n${request.source}\n${request.externalId}`)).slice(0, 32)
  const db = services.tenant(actor.tenantId)
  const dueAt = isoInstant(now + DEADLINE_DAYS * DAY_MS)
  const eventId = `privacy:${id}`
  const payload = {
    request_id: id,
    topic: request.topic,
    source: request.source,
    ref: request.ref,
    due_at: dueAt,
  }
  const [added] = await services.directory.transact([
    insertRequest(db, {
      id,
      source: request.source,
      topic: request.topic,
      externalId: request.externalId,
      subjectEmail: request.email,
      subjectRef: request.ref,
      detail: request.detail ?? {},
      status: 'received',
      outcome: {},
      fileKey: null,
      receivedAt: isoInstant(now),
      dueAt,
      doneAt: null,
    }),
    recordEvent(db, now, { id: eventId, type: 'privacy.requested', payload }, 'if-changed'),
    recordAudit(db, now, actor, 'privacy.requested', id, { topic: request.topic }, 'if-changed'),
  ])
  if (added === 1) {
    await services.directory.transact([
      services.directory.dueStatement(DUE, actor.tenantId, id, now + 60_000),
    ])
    await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId })
    await services.queue.send({ kind: 'privacy.answer', tenantId: actor.tenantId, requestId: id })
  }
  return { id }
}

/** Cron's half: requests whose message was lost. */
export async function sendStalledPrivacyRequests(services: Services): Promise<void> {
  for (const { tenantId, ref } of await services.directory.dueWork(DUE, services.clock.now()))
    await services.queue.send({ kind: 'privacy.answer', tenantId, requestId: ref })
}

/** The queue's half. An erasure that is repeated finds nothing more to erase; an access file is written anew. */
export async function answerPrivacyRequest(services: Services, actor: Actor, id: string): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const request = await db.get(requestById(db, id))
  if (!request || request.status === 'done') return
  try {
    const done = await answer(services, actor, request)
    const at = isoInstant(services.clock.now())
    await services.directory.transact([
      updateRequest(db, id, { ...done, status: 'done', doneAt: at }),
      recordAudit(db, services.clock.now(), actor, 'privacy.answered', id, done.outcome),
      services.directory.dueDoneStatement(DUE, actor.tenantId, id),
    ])
  } catch (error) {
    services.log.error('privacy.failed', { request: id, error: errorText(error) })
    await db.write([updateRequest(db, id, { status: 'failed' })])
    throw error
  }
}

type Answer = Pick<PrivacyRequestRow, 'outcome'> &
  Partial<Pick<PrivacyRequestRow, 'fileKey' | 'subjectEmail' | 'detail'>>

async function answer(services: Services, actor: Actor, request: PrivacyRequestRow): Promise<Answer> {
  if (request.topic === 'shop_erasure') return { outcome: {} }
  const whom = await whomOf(services, actor, request)
  if (request.topic === 'access') return writeAccessFile(services, actor, request, whom)
  const outcome: Record<string, number> = {}
  for (const wing of services.wings) Object.assign(outcome, await wing.forget?.(services, actor, whom))
  // what was asked stays provable without keeping the address itself
  const digest = request.subjectEmail ? await sha256Hex(request.subjectEmail.toLowerCase()) : null
  return { outcome, subjectEmail: null, detail: { ...request.detail, email_sha256: digest } }
}

async function writeAccessFile(
  services: Services,
  actor: Actor,
  request: PrivacyRequestRow,
  whom: Whom,
): Promise<Answer> {
  const found: Record<string, unknown[]> = {}
  for (const wing of services.wings) Object.assign(found, await wing.personal?.(services, actor, whom))
  const fileKey = `privacy/${actor.tenantId}/${request.id}.json`
  const about = { workspace: actor.workspace.name, email: whom.email, requested_at: request.receivedAt }
  await services.files.put(fileKey, JSON.stringify({ about, ...found }, null, 2), 'application/json')
  const outcome = Object.fromEntries(Object.entries(found).map(([table, rows]) => [table, rows.length]))
  return { outcome, fileKey }
}

async function whomOf(services: Services, actor: Actor, request: PrivacyRequestRow): Promise<Whom> {
  const db = services.tenant(actor.tenantId)
  const email = request.subjectEmail?.trim().toLowerCase() ?? null
  const rows = email ? await db.get(whomByEmail(db, email)) : []
  const externals = rows.flatMap(({ source_id, external_id }) =>
    source_id && external_id ? [{ sourceId: source_id, externalId: external_id }] : [],
  )
  if (request.subjectRef) externals.push({ sourceId: request.source, externalId: request.subjectRef })
  return { contactId: rows[0]?.contact_id ?? '', email, externals }
}

/** What is known of the person, to be handed to them. */
export async function readPrivacyFile(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<{ name: string; text: string }>> {
  if (!can(actor, 'privacy:manage')) return forbidden('read answers about personal data')
  const db = services.tenant(actor.tenantId)
  const request = await db.get(requestById(db, id))
  const text = request?.fileKey ? await services.files.text(request.fileKey) : null
  if (!request || text === null) return notFound('answer')
  await db.write([recordAudit(db, services.clock.now(), actor, 'privacy.file_read', id)])
  return ok({ name: `personal-data-${request.receivedAt.slice(0, 10)}.json`, text })
}
