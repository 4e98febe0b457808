/** Deciding by the link of a mail: looking at it changes nothing, whoever looks; only what is sent from its page counts. */
import { isoInstant } from '../../../platform/clock.ts'
import { notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { type ApprovalView, type Decision, decideApproval, readApproval } from './approvals.ts'
import { memberActor } from './engine/people.ts'

const DAY_SECONDS = 86_400
const LINK_DAYS = 30

/** For one person. It works until the deadline (milliseconds), and a day more so that latecomers read what was decided. */
export async function approvalLink(
  services: Services,
  tenantId: string,
  approvalId: string,
  personId: string,
  until: number | null,
): Promise<string> {
  const left = until === null ? 0 : Math.ceil((until - services.clock.now()) / 1000)
  const seconds = until === null ? LINK_DAYS * DAY_SECONDS : Math.max(0, left) + DAY_SECONDS
  const claims = { tenant: tenantId, sub: approvalId, person: personId }
  return `/approve/${await services.tokens.sign('approval', claims, seconds)}`
}

export interface LinkView extends ApprovalView {
  workspace: string
  person: string
  /** ISO instant. */
  now: string
  timeZone: string
  locale: string
}

export async function openApprovalLink(services: Services, token: string): Promise<Result<LinkView>> {
  const who = await whoOf(services, token)
  if (!who) return notFound('decision')
  const { actor, approvalId } = who
  const read = await readApproval(services, actor, approvalId)
  if (!read.ok) return read
  const { name, timeZone, locale } = actor.workspace
  const now = isoInstant(services.clock.now())
  return ok({ ...read.value, workspace: name, person: actor.name, now, timeZone, locale })
}

export async function decideByLink(
  services: Services,
  token: string,
  decision: Omit<Decision, 'way'>,
): Promise<Result<LinkView>> {
  const who = await whoOf(services, token)
  if (!who) return notFound('decision')
  const done = await decideApproval(services, who.actor, who.approvalId, { ...decision, way: 'link' })
  return done.ok ? openApprovalLink(services, token) : done
}

async function whoOf(services: Services, token: string) {
  const claims = await services.tokens.verify('approval', token)
  const { tenant, sub, person } = claims ?? {}
  if (typeof tenant !== 'string' || typeof sub !== 'string' || typeof person !== 'string') return null
  const workspace = await services.directory.workspace(tenant)
  const actor = workspace && (await memberActor(services, workspace, person))
  return actor ? { actor, approvalId: sub } : null
}
