/** Steps that start and stop other automations and sequences. */
import type { Actor } from '../../../../platform/actor.ts'
import type { Services, StepDefinition } from '../../../../platform/services.ts'
import type { StepJson, StepOutcome, StepRequest } from '../../../../platform/step.ts'
import { aliveOfSequence } from '../../store/sequences.ts'
import { recordKinds, withWorkspace } from '../engine/trigger-facts.ts'
import { refused, textOf } from './outcome.ts'

const contactField = {
  name: 'contact',
  label: 'Contact',
  kind: 'line' as const,
  required: true,
  preset: '{{ trigger.contact.id }}',
  hint: 'Its id or e-mail address.',
}

/** The run it starts has the key as its cause: asked twice it starts once. */
const runStep: StepDefinition = {
  action: 'automation.run',
  title: 'Run another automation',
  description: 'Starts it with what you give; this one goes on at once.',
  group: 'flow',
  permission: 'ops:write',
  effect: 'keyed',
  fields: [
    { name: 'automation', label: 'Automation', kind: 'automation', required: true },
    { name: 'input', label: 'What it is given', kind: 'pairs' },
  ],
  outputs: [{ name: 'run_id', label: 'Id of the run', sample: '0198c1de-7a00-7b6e-9d4f-777777777777' }],
  perform: (services, actor, request) =>
    start(services, actor, request, textOf(request.input.automation), {
      trigger: { ...record(request.input.input), input: record(request.input.input), event: 'automation' },
      subject: request.subject,
      contact: request.contact,
      key: request.key,
    }),
}

const startStep: StepDefinition = {
  action: 'sequence.start',
  title: 'Start a sequence',
  description: 'Begins a row of mails to a contact; one who is in it already is not begun with again.',
  group: 'mail',
  permission: 'ops:write',
  effect: 'keyed',
  fields: [{ name: 'sequence', label: 'Sequence', kind: 'sequence', required: true }, contactField],
  outputs: [{ name: 'run_id', label: 'Id of the run', sample: '0198c1de-7a00-7b6e-9d4f-777777777777' }],
  async perform(services, actor, request) {
    const contact = await contactOf(services, actor, request.input.contact)
    if (!contact) return refused('There is no such contact.')
    const sequence = textOf(request.input.sequence)
    const db = services.tenant(actor.tenantId)
    await services.engine.flush(actor.tenantId)
    const [alive] = await db.get(aliveOfSequence(db, sequence, String(contact.id)))
    if (alive)
      return {
        ok: true,
        skipped: true,
        output: { run_id: alive.id },
        why: 'This contact is in the sequence already.',
      }
    return start(services, actor, request, sequence, {
      trigger: { contact, event: 'sequence' },
      subject: `contact:${contact.id}`,
      contact: String(contact.id),
      key: request.key,
    })
  },
}

const stopStep: StepDefinition = {
  action: 'sequence.stop',
  title: 'Stop a sequence',
  description: 'Takes a contact out of a sequence, wherever they are in it.',
  group: 'mail',
  permission: 'ops:write',
  effect: 'keyed',
  fields: [{ name: 'sequence', label: 'Sequence', kind: 'sequence', required: true }, contactField],
  outputs: [{ name: 'stopped', label: 'Runs stopped', sample: 1 }],
  async perform(services, actor, { input, automationName }) {
    const contact = await contactOf(services, actor, input.contact)
    if (!contact) return refused('There is no such contact.')
    const db = services.tenant(actor.tenantId)
    await services.engine.flush(actor.tenantId)
    const alive = await db.get(aliveOfSequence(db, textOf(input.sequence), String(contact.id)))
    for (const { id } of alive)
      await services.engine.change(actor.tenantId, id, {
        kind: 'stop',
        why: `Stopped by “${automationName}”.`,
      })
    return { ok: true, output: { stopped: alive.length } }
  },
}

async function start(
  services: Services,
  actor: Actor,
  { automationName }: StepRequest,
  automationId: string,
  wish: { trigger: Record<string, StepJson>; subject: string | null; contact: string | null; key: string },
): Promise<StepOutcome> {
  const answer = await services.engine.start(actor.tenantId, {
    automationId,
    trigger: withWorkspace(actor, wish.trigger),
    cause: { source: `step ${automationId}`, key: wish.key },
    words: `“${automationName}”`,
    by: null,
    subject: wish.subject,
    contact: wish.contact,
  })
  if (answer.ok) return { ok: true, output: { run_id: answer.runId } }
  return refused(answer.why === 'unknown' ? 'It is no more.' : 'It is not active. Publish it first.')
}

async function contactOf(services: Services, actor: Actor, value: StepJson | undefined) {
  const kind = recordKinds(services).find((one) => one.kind === 'contact')
  const id = textOf(value)
  return kind && id ? kind.read(services, actor, id) : null
}

const record = (value: StepJson | undefined): Record<string, StepJson> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}

export const flowSteps: readonly StepDefinition[] = [runStep, startStep, stopStep]
