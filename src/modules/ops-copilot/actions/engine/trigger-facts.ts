/** What a run is started with: the event's own facts, the records it speaks of, and whom it is about. */
import { type Actor, can } from '../../../../platform/actor.ts'
import type { RecordKind, Services } from '../../../../platform/services.ts'
import type { StepJson } from '../../../../platform/step.ts'

export interface TriggerFacts {
  trigger: Record<string, StepJson>
  subject: string | null
  contact: string | null
}

export const recordKinds = (services: Services): RecordKind[] =>
  services.wings.flatMap((wing) => wing.records ?? [])

/** `payload.invoice_id` brings `trigger.invoice`; whoever a record names brings `trigger.contact`. */
export async function triggerFacts(
  services: Services,
  actor: Actor,
  { type, payload }: { type: string; payload: Record<string, unknown> },
): Promise<TriggerFacts> {
  const own = plain(payload)
  const records = await recordsOf(services, actor, own)
  const contact = await contactOf(services, actor, own, records)
  const trigger = { ...own, ...records, ...(contact ? { contact } : {}), event: type }
  return {
    trigger: withWorkspace(actor, trigger),
    subject: subjectOf(type, own),
    contact: textOf(contact?.id) ?? textOf(own.contact_id),
  }
}

/** What every run sees beside its trigger. */
export const withWorkspace = (actor: Actor, trigger: Record<string, StepJson>): Record<string, StepJson> => ({
  ...trigger,
  workspace: { name: actor.workspace.name, currency: actor.workspace.currency },
})

const plain = (payload: Record<string, unknown>): Record<string, StepJson> =>
  JSON.parse(JSON.stringify(payload)) as Record<string, StepJson>

async function recordsOf(
  services: Services,
  actor: Actor,
  own: Record<string, StepJson>,
): Promise<Record<string, StepJson>> {
  const found: Record<string, StepJson> = {}
  for (const kind of recordKinds(services)) {
    const id = textOf(own[`${kind.kind}_id`])
    if (!id || !can(actor, kind.permission)) continue
    const record = await kind.read(services, actor, id)
    if (record) found[kind.kind] = record
  }
  return found
}

/** The contact that the event or one of its records names, by id or by address. */
async function contactOf(
  services: Services,
  actor: Actor,
  own: Record<string, StepJson>,
  records: Record<string, StepJson>,
): Promise<Record<string, StepJson> | null> {
  if (records.contact) return records.contact as Record<string, StepJson>
  const kind = recordKinds(services).find((one) => one.kind === 'contact')
  if (!kind || !can(actor, kind.permission)) return null
  const named = [own, ...Object.values(records)].flatMap((record) =>
    typeof record === 'object' && record !== null && !Array.isArray(record)
      ? [textOf(record.contact_id), textOf(record.customer_email), textOf(record.email)]
      : [],
  )
  for (const name of named) {
    if (!name) continue
    const contact = await kind.read(services, actor, name)
    if (contact) return contact
  }
  return null
}

/** `invoice:in_1` for `invoice.overdue`: what an event is about. */
function subjectOf(type: string, own: Record<string, StepJson>): string | null {
  const object = type.split('.')[0] ?? ''
  const id = textOf(own[`${object}_id`])
  if (id) return `${object}:${id}`
  const first = Object.entries(own).find(([name, value]) => name.endsWith('_id') && textOf(value))
  return first ? `${first[0].slice(0, -3)}:${textOf(first[1])}` : null
}

const textOf = (value: StepJson | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null
