/**
 * Public links: for people without an account, to one thing, for a time. The token is shown when the link is made; only a
 * digest of its secret is kept. To whoever holds a token that does not open, all reasons look the same.
 */
import { type Actor, can, systemActor } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { sameText, sha256Hex } from '../../../platform/crypto/digest.ts'
import { recordEvent } from '../../../platform/event.ts'
import { randomToken, uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import {
  type LinkState,
  linkState,
  type NewLink,
  newLinkSchema,
  parseLinkToken,
  RIGHTS_OF_KIND,
} from '../domain/link.ts'
import * as store from '../store/links.ts'
import { fieldErrors } from './sign-up.ts'

export interface LinkLine {
  id: string
  kind: string
  ref: string
  scope: string[]
  label: string
  createdBy: string
  createdByName: string
  createdAt: string
  expiresAt: string | null
  revokedAt: string | null
  maxUses: number | null
  uses: number
  lastUsedAt: string | null
  state: LinkState
}

export interface MadeLink {
  id: string
  token: string
  /** The whole address, `<public url>/p/<token>`: this once. */
  url: string
}

/** Where a visitor comes from, for the audit log of what is done through the link. */
export interface Visitor {
  requestId: string
  ipPrefix: string
}

/** Whether `ref` is there and may be shown by the actor is for the caller to see to. */
export async function createLink(
  services: Services,
  actor: Actor,
  input: NewLink,
): Promise<Result<MadeLink>> {
  if (!can(actor, 'links:manage')) return forbidden('make public links')
  const parsed = newLinkSchema.safeParse(input)
  if (!parsed.success) return invalid(fieldErrors(parsed.error.issues))
  const now = services.clock.now()
  const at = isoInstant(now)
  const expiresAt = parsed.data.expiresAt && isoInstant(Date.parse(parsed.data.expiresAt))
  if (expiresAt !== null && expiresAt <= at)
    return invalid([{ path: 'expiresAt', message: 'Choose an end that is still to come.' }])
  const { kind, ref, scope, label, maxUses } = parsed.data
  const [id, secret, eventId] = [uuidv7(now), randomToken(32), uuidv7(now)]
  const db = services.tenant(actor.tenantId)
  await services.directory.transact([
    services.directory.publicIdStatement('link', id, actor.tenantId, id),
    store.insertLink(db, {
      id,
      kind,
      ref,
      scope,
      label,
      secretHash: await sha256Hex(secret),
      createdBy: actor.id,
      createdByName: actor.name,
      createdAt: at,
      expiresAt,
      revokedAt: null,
      maxUses,
      uses: 0,
      lastUsedAt: null,
    }),
    recordAudit(db, now, actor, 'link.created', id, { kind, ref, label, scope, expiresAt, maxUses }),
    recordEvent(db, now, { id: eventId, type: 'link.created', payload: { link_id: id, kind, ref } }),
  ])
  await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId })
  const token = `${id}.${secret}`
  return ok({ id, token, url: `${services.config.publicUrl}/p/${token}` })
}

/**
 * Opens the link for one thing that it must allow (`need`, e.g. `view`, `download`, `submit`) and counts a use. The actor
 * is the platform with the rights that this kind of link has.
 */
export async function openLink(
  services: Services,
  token: string,
  need: string,
  visitor?: Visitor,
): Promise<Result<{ link: LinkLine; actor: Actor }>> {
  const seen = await lookAtLink(services, token, need, visitor)
  if (!seen.ok) return seen
  const at = isoInstant(services.clock.now())
  const { link, actor } = seen.value
  const db = services.tenant(actor.tenantId)
  const [counted] = await db.write([store.countUse(db, link.id, at)])
  if (counted !== 1) return nothingHere()
  return ok({ link: { ...link, uses: link.uses + 1, lastUsedAt: at }, actor })
}

/** As `openLink`, but counts nothing: for the page before the deed, which mail scanners and previews open too. */
export async function lookAtLink(
  services: Services,
  token: string,
  need: string,
  visitor: Visitor = { requestId: '', ipPrefix: '' },
): Promise<Result<{ link: LinkLine; actor: Actor }>> {
  const parts = parseLinkToken(token)
  const place = parts && (await services.directory.publicId('link', parts.id))
  if (!parts || !place) return nothingHere()
  const [workspace, row, given] = await Promise.all([
    services.directory.workspace(place.tenantId),
    readLink(services, place.tenantId, place.ref),
    sha256Hex(parts.secret),
  ])
  if (!workspace || workspace.eraseAt !== null || !row || !sameText(given, row.secretHash))
    return nothingHere()
  const link = lineOf(row, isoInstant(services.clock.now()))
  if (link.state !== 'active' || !link.scope.includes(need)) return nothingHere()
  const actor: Actor = {
    ...systemActor(workspace, `link:${link.id}`),
    name: `Public link “${link.label}”`,
    scopes: new Set(RIGHTS_OF_KIND[link.kind] ?? []),
    ...visitor,
  }
  return ok({ link, actor })
}

export interface LinkQuestion {
  kind?: string
  ref?: string
  text?: string
  activeOnly?: boolean
  /** Id of the last link of the page before. */
  cursor?: string
}

/** The newest first, whoever made them. */
export async function listLinks(
  services: Services,
  actor: Actor,
  question: LinkQuestion = {},
  limit = 50,
): Promise<Result<{ links: LinkLine[]; nextCursor: string | null }>> {
  if (!can(actor, 'links:manage')) return forbidden('see public links')
  const now = isoInstant(services.clock.now())
  const { kind, ref, text, cursor } = question
  const db = services.tenant(actor.tenantId)
  const filter = { kind, ref, text, before: cursor, activeAt: question.activeOnly ? now : undefined }
  const rows = await db.get(store.linksPage(db, filter, limit + 1))
  const links = rows.slice(0, limit).map((row) => lineOf(row, now))
  return ok({ links, nextCursor: rows.length > limit ? (links.at(-1)?.id ?? null) : null })
}

/** Ends a link at once. Anybody who may make links may end one, whoever made it: closing is never the danger. */
export async function revokeLink(services: Services, actor: Actor, id: string): Promise<Result<null>> {
  if (!can(actor, 'links:manage')) return forbidden('revoke public links')
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const [changed] = await db.write([
    store.endLink(db, id, isoInstant(now)),
    recordAudit(db, now, actor, 'link.revoked', id, {}, 'if-changed'),
  ])
  return changed === 1 ? ok(null) : notFound('active link')
}

const readLink = (services: Services, tenantId: string, id: string) => {
  const db = services.tenant(tenantId)
  return db.get(store.link(db, id))
}

const lineOf = ({ tenantId: _tenant, secretHash: _hash, ...link }: store.LinkRow, now: string): LinkLine => ({
  ...link,
  state: linkState(link, now),
})

/** One answer for every reason: what is told to whoever holds a link that does not open. */
export const nothingHere = () =>
  fail(
    'not_found',
    'no-such-link',
    'This link does not open anything. It may have ended, been used up or been mistyped: ask whoever sent it for a new one.',
  )
