/** How steps are done: those of the wings with the rights of the automation's owner, those of vendors over connections. */
import { type Actor, can, type Role, systemActor, type Workspace } from '../../../../platform/actor.ts'
import type { Failure } from '../../../../platform/result.ts'
import type { Services, StepDefinition } from '../../../../platform/services.ts'
import type { StepOutcome, StepRequest, VendorStep } from '../../../../platform/step.ts'
import { usableConnectors } from '../../../connections/index.ts'
import type { EffectRequest, Executor } from '../../engine/ports.ts'
import type { Published } from '../../store/published.ts'

export interface Doing {
  services: Services
  workspace: Workspace
  automation(id: string): Published | null
  /** The owner may not do this any more: the automation rests until somebody looks at it. */
  lostRights(automationId: string, why: string): void
}

export function executorOf(doing: Doing, action: string): Executor | null {
  const own = doing.services.wings.flatMap((wing) => wing.steps ?? []).find((step) => step.action === action)
  if (own) return { effect: own.effect, perform: (request) => performOwn(doing, own, request) }
  const outside = doing.services.vendorSteps.find((step) => step.action === action)
  return outside
    ? { effect: outside.effect, perform: (request) => performOutside(doing, outside, request) }
    : null
}

/** Acts with the rights that the owner has this moment. Null: no member any more. */
async function ownerActor(doing: Doing, request: EffectRequest): Promise<Actor | null> {
  const automation = doing.automation(request.automationId)
  const ownerId = automation?.ownerId ?? request.facts.by
  if (!ownerId) return null
  const { services, workspace } = doing
  const memberships = await services.directory.membershipsOf(ownerId)
  const role: Role | undefined = memberships.find(({ tenantId }) => tenantId === workspace.id)?.role
  if (!role) return null
  const actor = systemActor(workspace, `automation:${request.automationId}`)
  return {
    ...actor,
    kind: 'person',
    id: ownerId,
    name: automation?.name ?? 'An automation',
    role,
    requestId: request.runId,
  }
}

async function permitted(
  doing: Doing,
  request: EffectRequest,
  permission: StepDefinition['permission'],
): Promise<Actor | StepOutcome> {
  const actor = await ownerActor(doing, request)
  if (actor && can(actor, permission)) return actor
  const why = actor
    ? 'Whoever owns this automation may not do this step any more.'
    : 'Whoever owns this automation is no member any more.'
  doing.lostRights(request.automationId, why)
  return { ok: false, error: `${why} Give it another owner, then try again.`, retry: false, left: 'no' }
}

async function performOwn(doing: Doing, step: StepDefinition, request: EffectRequest): Promise<StepOutcome> {
  const actor = await permitted(doing, request, step.permission)
  return 'ok' in actor ? actor : step.perform(doing.services, actor, stepRequest(doing, request))
}

const stepRequest = (doing: Doing, request: EffectRequest): StepRequest => ({
  input: request.input,
  connection: request.step.connection ?? null,
  key: request.key,
  runId: request.runId,
  automationId: request.automationId,
  automationName: doing.automation(request.automationId)?.name ?? '',
  subject: request.subject,
  contact: request.contact,
  data: request.data,
})

async function performOutside(doing: Doing, step: VendorStep, request: EffectRequest): Promise<StepOutcome> {
  const actor = await permitted(doing, request, 'ops:write')
  if ('ok' in actor) return actor
  const { services, workspace } = doing
  const connection = await connectionOf(doing, actor, step, request.step.connection)
  if (typeof connection === 'string') return { ok: false, error: connection, retry: false, left: 'no' }
  const waitMs = await services.gate.take(workspace.id, connection.id, step.cost)
  const now = services.clock.now()
  if (waitMs > 0)
    return { ok: false, later: now + waitMs, why: 'Waits its turn: the vendor allows so many calls only.' }
  const opened = await services.gate.credentials(workspace.id, connection.id)
  if (!opened.ok) return outcomeOf(opened.error, 'no')
  const context = {
    ...{ account: connection.account, key: request.key, now, currency: workspace.currency },
    app: services.apps[step.kind] ?? null,
  }
  const first = await step.perform({ ...context, credentials: opened.value }, request.input)
  if (first.ok) return { ok: true, output: first.value }
  if (first.error.kind !== 'unauthenticated') return outcomeOf(first.error, 'maybe')
  const failed = String(opened.value.accessToken ?? '')
  const renewed = await services.gate.renewed(workspace.id, connection.id, failed)
  if (!renewed.ok) return outcomeOf(renewed.error, 'no')
  const second = await step.perform({ ...context, credentials: renewed.value }, request.input)
  return second.ok ? { ok: true, output: second.value } : outcomeOf(second.error, 'maybe')
}

/** The connection that the step names, or the only one of its kind; in words why there is none. */
async function connectionOf(doing: Doing, actor: Actor, step: VendorStep, id: string | undefined) {
  const all = await usableConnectors(doing.services, actor, step.kind)
  const one = id ? all.find((each) => each.id === id) : all.length === 1 ? all[0] : undefined
  if (one) return one
  if (id) return 'The connection of this step is no more, or may not be used. Choose another.'
  return all.length === 0
    ? 'Nothing is connected that could do this step. Connect it under Settings, Connections.'
    : 'There are several such connections. Choose one in the step.'
}

/** Refusals are final, trouble is not; only an answer that never came leaves it open whether it has happened. */
function outcomeOf(error: Failure, unclear: 'no' | 'maybe'): StepOutcome {
  const retry = error.kind === 'rate_limited' || error.kind === 'unavailable'
  const left = error.kind === 'unavailable' ? unclear : 'no'
  const afterMs = error.retryAfter === undefined ? {} : { afterMs: error.retryAfter * 1000 }
  return { ok: false, error: error.detail, retry, left, ...afterMs }
}
