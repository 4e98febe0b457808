/** One click: starts a run by hand, with what the automation asks for first. */
import { type Actor, can } from '../../../platform/actor.ts'
import { sha256Hex } from '../../../platform/crypto/digest.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import {
  type FieldError,
  fail,
  forbidden,
  invalid,
  notFound,
  ok,
  type Result,
} from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { StepJson } from '../../../platform/step.ts'
import type { InputField } from '../domain/automation-model.ts'
import { readInput } from '../domain/trigger-input.ts'
import { type AutomationRow, automationById } from '../store/automations.ts'
import { recordKinds, withWorkspace } from './engine/trigger-facts.ts'
import { ownerFor } from './owner.ts'

export interface RunWish {
  /** Values of the fields that the trigger asks for. */
  input?: Record<string, unknown>
  /** `invoice:<id>`: the record it is about. */
  subject?: string
  /** The same key starts one run. */
  key?: string
}

/** A draft runs as it stands, with the rights of whoever tries it; what is published runs as it was published. */
export async function runAutomation(
  services: Services,
  actor: Actor,
  id: string,
  wish: RunWish = {},
): Promise<Result<{ runId: string; isNew: boolean }>> {
  if (!can(actor, 'ops:write')) return forbidden('run automations')
  const db = services.tenant(actor.tenantId)
  const row = await db.get(automationById(db, id))
  if (!row || row.deletedAt !== null) return notFound('automation')
  const input = inputOf(row, wish.input ?? {})
  if (!input.ok) return invalid(input.errors)
  const facts = await subjectFacts(services, actor, wish.subject ?? null)
  if (!facts.ok) return facts
  const by = await ownerFor(services, actor)
  const trigger = { ...input.values, input: input.values, ...facts.value.records, event: 'manual' }
  const answer = await services.engine.start(actor.tenantId, {
    automationId: id,
    trigger: withWorkspace(actor, trigger),
    cause: { source: `click ${id}`, key: wish.key ?? uuidv7(services.clock.now()) },
    words: `${actor.name} by hand`,
    by,
    subject: wish.subject ?? null,
    contact: facts.value.contact,
    ...(row.status === 'active' ? {} : { draft: await draftOf(row) }),
  })
  if (answer.ok) return ok({ runId: answer.runId, isNew: answer.isNew })
  return fail('conflict', 'automation-not-active', 'This automation is not active. Publish it first.')
}

async function draftOf({ version, actions, stopOn, care }: AutomationRow) {
  return { version, hash: await sha256Hex(JSON.stringify(actions)), steps: actions, stopOn, care }
}

function inputOf(
  { triggerConfig }: AutomationRow,
  input: Record<string, unknown>,
): { ok: true; values: Record<string, StepJson> } | { ok: false; errors: FieldError[] } {
  const asks = triggerConfig.kind === 'manual' || triggerConfig.kind === 'form'
  if (asks) return readInput(triggerConfig.fields as readonly InputField[], input)
  // a try of what waits for events or the clock: whatever is given stands for the event
  return { ok: true, values: JSON.parse(JSON.stringify(input)) as Record<string, StepJson> }
}

async function subjectFacts(
  services: Services,
  actor: Actor,
  subject: string | null,
): Promise<Result<{ records: Record<string, StepJson>; contact: string | null }>> {
  if (subject === null) return ok({ records: {}, contact: null })
  const [name = '', ...rest] = subject.split(':')
  const kind = recordKinds(services).find((one) => one.kind === name)
  const record = kind && can(actor, kind.permission) ? await kind.read(services, actor, rest.join(':')) : null
  if (!record) return notFound(name || 'record')
  const contact = name === 'contact' ? record : await contactOf(services, actor, record)
  const id = contact && typeof contact.id === 'string' ? contact.id : null
  return ok({ records: { [name]: record, ...(contact ? { contact } : {}) }, contact: id })
}

async function contactOf(services: Services, actor: Actor, record: Record<string, StepJson>) {
  const kind = recordKinds(services).find((one) => one.kind === 'contact')
  const named = record.contact_id ?? record.customer_email ?? record.email
  return kind && typeof named === 'string' && can(actor, kind.permission)
    ? kind.read(services, actor, named)
    : null
}
