/** Questions that runs ask people: who may answer, how many must agree, and how the run hears of it. */
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { recordEvent } from '../../../platform/event.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { outcomeOf, type Vote } from '../domain/approval.ts'
import type { InputField } from '../domain/automation-model.ts'
import { stepsAfter } from '../domain/definition.ts'
import type { Json, Step } from '../domain/definition-model.ts'
import { readInput } from '../domain/trigger-input.ts'
import { stepDetail, stepTitle } from '../domain/words.ts'
import {
  type ApprovalFilter,
  type ApprovalRow,
  approvalById,
  approvalPage,
  closeApproval,
  type DecisionRow,
  decisionsOf,
  delegateApproval,
  insertDecision,
  markTold,
  untoldApprovals,
} from '../store/approvals.ts'
import { namesOf } from './desk.ts'

export interface ApprovalView {
  approval: ApprovalRow
  decisions: DecisionRow[]
  /** Why this person cannot decide, in words; null: they can. */
  cannot: string | null
}

export async function listApprovals(
  services: Services,
  actor: Actor,
  { limit = 50, ...filter }: ApprovalFilter & { limit?: number } = {},
): Promise<Result<{ data: ApprovalRow[]; next: string | null }>> {
  if (!can(actor, 'ops:read')) return forbidden('see approvals')
  await services.engine.flush(actor.tenantId)
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(approvalPage(db, filter, limit + 1))
  const data = rows.slice(0, limit)
  return ok({ data, next: rows.length > limit ? (data.at(-1)?.id ?? null) : null })
}

export async function readApproval(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<ApprovalView>> {
  if (!can(actor, 'ops:read')) return forbidden('see approvals')
  const db = services.tenant(actor.tenantId)
  const [approval, decisions] = await db.getAll([approvalById(db, id), decisionsOf(db, id)])
  if (!approval) return notFound('approval')
  return ok({ approval, decisions, cannot: cannotDecide(approval, decisions, actor.id) })
}

function cannotDecide(
  approval: ApprovalRow,
  decisions: readonly DecisionRow[],
  personId: string,
): string | null {
  if (approval.status !== 'open') return 'This is decided already.'
  if (decisions.some((one) => one.personId === personId))
    return 'You have decided already; it waits for others.'
  if (approval.excluded === personId) return 'Whoever started it cannot approve it.'
  return approval.approvers.includes(personId) ? null : 'Others are asked to decide this.'
}

export interface Decision {
  verdict: 'approved' | 'rejected'
  comment?: string
  /** Values of the fields that are asked for with it. */
  values?: Record<string, unknown>
  /** How it came: page, link, api. */
  way: string
}

/** One decision a person; the same again changes nothing. When enough have spoken the run goes on. */
export async function decideApproval(
  services: Services,
  actor: Actor,
  id: string,
  decision: Decision,
): Promise<Result<ApprovalView>> {
  if (actor.kind !== 'person') return forbidden('decide for a person')
  const read = await readApproval(services, actor, id)
  if (!read.ok) return read
  const { approval, decisions, cannot } = read.value
  const mine = decisions.find((one) => one.personId === actor.id)
  if (mine && mine.verdict === decision.verdict) return read
  if (cannot) return fail('conflict', 'cannot-decide', cannot)
  const asked = decision.verdict === 'approved' ? (approval.fields as readonly InputField[]) : []
  const values = readInput(asked, decision.verdict === 'approved' ? (decision.values ?? {}) : {})
  if (!values.ok) return invalid(values.errors)
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const row: Omit<DecisionRow, 'tenantId'> = {
    ...{ approvalId: id, personId: actor.id, personName: actor.name, verdict: decision.verdict },
    ...{ comment: (decision.comment ?? '').trim().slice(0, 2000), values: values.values, way: decision.way },
    at: isoInstant(now),
  }
  await db.write([
    insertDecision(db, row),
    recordAudit(
      db,
      now,
      actor,
      `approval.${decision.verdict}`,
      id,
      { title: approval.title, way: decision.way },
      'if-changed',
    ),
  ])
  await concludeApproval(services, actor, id)
  return readApproval(services, actor, id)
}

/** Closes the question when enough have spoken, and tells the run. Safe to repeat. */
export async function concludeApproval(services: Services, actor: Actor, id: string): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const [approval, decisions] = await db.getAll([approvalById(db, id), decisionsOf(db, id)])
  if (!approval) return
  if (approval.status === 'open') {
    const votes: Vote[] = decisions.map(({ personId, verdict }) => ({ personId, verdict }))
    const verdict = outcomeOf(votes, approval.needed)
    if (verdict === null) return
    await close(services, actor, approval, verdict)
  }
  const now = await db.get(approvalById(db, id))
  if (!now || now.toldAt !== null || (now.status !== 'approved' && now.status !== 'rejected')) return
  const output = {
    approved: now.status === 'approved',
    decisions: decisions.map(spokenOf),
    values: valuesOf(decisions),
  }
  await services.engine.change(actor.tenantId, now.runId, {
    ...{ kind: 'decided', key: now.stepKey, verdict: now.status, output },
  })
  await db.write([markTold(db, id, services.clock.now())])
}

async function close(
  services: Services,
  actor: Actor,
  { id, title }: ApprovalRow,
  verdict: 'approved' | 'rejected',
): Promise<void> {
  const now = services.clock.now()
  const db = services.tenant(actor.tenantId)
  const eventId = uuidv7(now)
  const [closed = 0] = await db.write([
    closeApproval(db, id, verdict, isoInstant(now)),
    recordEvent(
      db,
      now,
      { id: eventId, type: 'approval.decided', payload: { approval_id: id, verdict, title } },
      'if-changed',
    ),
  ])
  if (closed > 0) await services.queue.send({ kind: 'event.deliver', tenantId: actor.tenantId, eventId })
}

const spokenOf = ({ personName, verdict, comment, at }: DecisionRow): Json => ({
  ...{ by: personName, verdict, comment, at },
})

/** What was filled in with the approvals, the last word of each field. */
const valuesOf = (decisions: readonly DecisionRow[]): Record<string, Json> =>
  Object.assign({}, ...decisions.map(({ values }) => values))

/** Somebody else decides in my place. */
export async function delegate(
  services: Services,
  actor: Actor,
  id: string,
  toPersonId: string,
): Promise<Result<ApprovalView>> {
  const read = await readApproval(services, actor, id)
  if (!read.ok) return read
  const { approval, cannot } = read.value
  if (cannot) return fail('conflict', 'cannot-decide', cannot)
  const [member] = await services.directory.recipients(actor.tenantId, [toPersonId])
  if (!member || toPersonId === approval.excluded)
    return invalid([{ path: 'person_id', message: 'Choose somebody else of this workspace.' }])
  const approvers = [...new Set(approval.approvers.map((one) => (one === actor.id ? toPersonId : one)))]
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  await db.write([
    delegateApproval(db, id, approvers),
    recordAudit(db, now, actor, 'approval.delegated', id, { to: member.name }, 'if-changed'),
  ])
  return readApproval(services, actor, id)
}

/** What runs after a yes, until something else is waited for: in words, the nearest steps first. */
export async function approvalFollows(
  services: Services,
  actor: Actor,
  { runId, stepKey }: Pick<ApprovalRow, 'runId' | 'stepKey'>,
): Promise<string[]> {
  if (!can(actor, 'ops:read')) return []
  const detail = await services.engine.run(actor.tenantId, runId)
  const steps = (Array.isArray(detail?.steps) ? detail.steps : []) as unknown as Step[]
  const id = stepKey.split('/').at(-1) ?? stepKey
  const names = namesOf(services)
  const after = stepsAfter(steps, id)
  return after
    .slice(0, 5)
    .map((step) => [stepTitle(step, names), stepDetail(step)].filter(Boolean).join(': '))
}

/** Decisions that the engine was not told of, because something died in between. */
export async function tellUntold(services: Services, actor: Actor): Promise<void> {
  const db = services.tenant(actor.tenantId)
  for (const { id } of await db.get(untoldApprovals(db))) await concludeApproval(services, actor, id)
}
