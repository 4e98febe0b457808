/** What comes in at an automation's own addresses: calls of other systems, and forms that people fill in. */
import { systemActor } from '../../../platform/actor.ts'
import { hmacSha256Base64, sameText } from '../../../platform/crypto/digest.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { fail, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { StepJson } from '../../../platform/step.ts'
import type { FormTrigger } from '../domain/automation-model.ts'
import { readInput } from '../domain/trigger-input.ts'
import { automationById, versionOf } from '../store/automations.ts'
import { hookSecret } from './automation-addresses.ts'
import { recordKinds, withWorkspace } from './engine/trigger-facts.ts'

export interface HookCall {
  body: string
  header(name: string): string | null | undefined
}

/** The call starts a run, once for each id of its own. A body that is JSON is there as such, any other as text. */
export async function receiveAutomationHook(
  services: Services,
  token: string,
  call: HookCall,
): Promise<Result<{ run_id: string; repeated: boolean }>> {
  const claims = await services.tokens.verify('automation-hook', token)
  const [tenantId, automationId] = [textOf(claims?.tenant), textOf(claims?.sub)]
  if (!tenantId || !automationId || claims?.more) return notFound('address')
  const body = readBody(call.body)
  const own = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {}
  const answer = await services.engine.start(tenantId, {
    automationId,
    trigger: { ...own, body, event: 'hook' },
    cause: { source: `hook ${automationId}`, key: uuidv7(services.clock.now()) },
    words: 'a call of its address',
    ...{ by: null, subject: null, contact: null },
    door: {
      signed: await isSigned(services, { tenantId, automationId, issued: Number(claims?.iat) }, call),
      callId: call.header('idempotency-key') ?? call.header('webhook-id') ?? null,
    },
  })
  if (answer.ok) return ok({ run_id: answer.runId, repeated: !answer.isNew })
  if (answer.why === 'not-signed')
    return fail('unauthenticated', 'not-signed', 'This address asks for a Standard Webhooks signature.')
  if (answer.why === 'unknown') return notFound('address')
  return fail('conflict', 'automation-not-active', 'The automation of this address is paused.')
}

const SKEW_SECONDS = 300

/** Standard Webhooks: HMAC of `id.timestamp.body`; older or newer than five minutes is refused. */
async function isSigned(
  services: Services,
  { tenantId, automationId, issued }: { tenantId: string; automationId: string; issued: number },
  { body, header }: HookCall,
): Promise<boolean> {
  const [id, timestamp, signatures] = [
    header('webhook-id'),
    header('webhook-timestamp'),
    header('webhook-signature'),
  ]
  if (!id || !timestamp || !signatures) return false
  if (Math.abs(services.clock.now() / 1000 - Number(timestamp)) > SKEW_SECONDS) return false
  const createdAt = new Date(issued * 1000).toISOString()
  const secret = await hookSecret(services, { id: automationId, tenantId, createdAt })
  const key = Uint8Array.from(atob(secret.slice('whsec_'.length)), (char) => char.charCodeAt(0))
  const expected = `v1,${await hmacSha256Base64(key, `${id}.${timestamp}.${body}`)}`
  return signatures.split(' ').some((one) => sameText(one, expected))
}

export interface OpenForm {
  automationId: string
  tenantId: string
  form: FormTrigger
  workspace: string
}

/** The form as it was published. */
export async function openAutomationForm(services: Services, token: string): Promise<Result<OpenForm>> {
  const claims = await services.tokens.verify('automation-form', token)
  const [tenantId, automationId] = [textOf(claims?.tenant), textOf(claims?.sub)]
  if (!tenantId || !automationId) return notFound('form')
  const workspace = await services.directory.workspace(tenantId)
  if (!workspace) return notFound('form')
  const db = services.tenant(tenantId)
  const row = await db.get(automationById(db, automationId))
  if (row?.status !== 'active' || row.deletedAt !== null || row.publishedVersion === null)
    return notFound('form')
  const version = await db.get(versionOf(db, automationId, row.publishedVersion))
  if (version?.triggerConfig.kind !== 'form') return notFound('form')
  return ok({ automationId, tenantId, form: version.triggerConfig, workspace: workspace.name })
}

/** `key`: of the page that was sent, so that sending twice starts once. */
export async function sendAutomationForm(
  services: Services,
  token: string,
  { key, ...input }: Record<string, string>,
): Promise<Result<OpenForm>> {
  const opened = await openAutomationForm(services, token)
  if (!opened.ok) return opened
  const { automationId, tenantId, form } = opened.value
  const read = readInput(form.fields, input)
  if (!read.ok) return invalid(read.errors)
  const workspace = await services.directory.workspace(tenantId)
  if (!workspace) return notFound('form')
  const actor = systemActor(workspace, 'form')
  const address = form.fields.find(({ kind }) => kind === 'email')
  const contact = address ? await contactAt(services, tenantId, textOf(read.values[address.name])) : null
  const trigger = { ...read.values, input: read.values, ...(contact ? { contact } : {}), event: 'form' }
  const answer = await services.engine.start(tenantId, {
    automationId,
    trigger: withWorkspace(actor, trigger),
    cause: { source: `form ${automationId}`, key: key || uuidv7(services.clock.now()) },
    words: `the form “${form.title}”`,
    by: null,
    subject: contact ? `contact:${contact.id}` : null,
    contact: contact ? textOf(contact.id) : null,
  })
  return answer.ok ? opened : fail('conflict', 'automation-not-active', 'This form is closed at the moment.')
}

async function contactAt(
  services: Services,
  tenantId: string,
  address: string | null,
): Promise<Record<string, StepJson> | null> {
  const kind = recordKinds(services).find((one) => one.kind === 'contact')
  const workspace = await services.directory.workspace(tenantId)
  if (!kind || !workspace || !address) return null
  return kind.read(services, systemActor(workspace, 'form'), address)
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

function readBody(text: string): StepJson {
  try {
    return JSON.parse(text) as StepJson
  } catch {
    return text
  }
}
