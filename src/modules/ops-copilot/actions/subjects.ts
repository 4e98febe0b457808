/** The records that runs are about: as links, and as a choice before a run by hand or a rehearsal. */
import { type Actor, can } from '../../../platform/actor.ts'
import type { Services } from '../../../platform/services.ts'
import type { StepJson } from '../../../platform/step.ts'
import type { AutomationRow } from '../store/automations.ts'
import { recordKinds } from './engine/trigger-facts.ts'

/** The record that `invoice:in_1` names, or null when there is none or it may not be seen. */
export async function recordOfSubject(
  services: Services,
  actor: Actor,
  subject: string,
): Promise<Record<string, StepJson> | null> {
  const [name = '', ...rest] = subject.split(':')
  const kind = recordKinds(services).find((one) => one.kind === name)
  const id = rest.join(':')
  return kind && id !== '' && can(actor, kind.permission) ? kind.read(services, actor, id) : null
}

export const recordChoices = (services: Services): { value: string; label: string }[] =>
  recordKinds(services).map(({ kind, title }) => ({ value: kind, label: title }))

/** `invoice:in_1` as a link to where people see it. */
export async function subjectOfRun(
  services: Services,
  actor: Actor,
  subject: string | null,
): Promise<{ label: string; href: string } | null> {
  const record = subject ? await recordOfSubject(services, actor, subject) : null
  const [name = '', ...rest] = (subject ?? '').split(':')
  const id = rest.join(':')
  const kind = recordKinds(services).find((one) => one.kind === name)
  if (!record || !kind) return null
  const label = [record.number, record.name, record.title, record.email].find(
    (one) => typeof one === 'string' && one,
  )
  return { label: `${kind.title} ${label ?? id}`, href: kind.href(id) }
}

/** Records that a run by hand may be about, the newest of the kind that the automation names or listens for. */
export async function runSubjects(
  services: Services,
  actor: Actor,
  { triggerConfig }: Pick<AutomationRow, 'triggerConfig'>,
): Promise<{ value: string; label: string }[]> {
  const name =
    triggerConfig.kind === 'manual'
      ? triggerConfig.record
      : triggerConfig.kind === 'event'
        ? triggerConfig.event.split('.')[0]
        : undefined
  const kind = recordKinds(services).find((one) => one.kind === name)
  if (!kind || !can(actor, kind.permission)) return []
  const late = triggerConfig.kind === 'event' && triggerConfig.event === 'invoice.overdue'
  const fitting = late ? await kind.find(services, actor, { where: { status: 'overdue' }, limit: 50 }) : []
  const records = fitting.length > 0 ? fitting : await kind.find(services, actor, { limit: 50 })
  return records.map((record) => ({
    value: `${kind.kind}:${record.id}`,
    label: [record.number, record.name ?? record.customer_name, record.total, record.email]
      .filter((one) => typeof one === 'string' && one !== '')
      .join(' · '),
  }))
}

/** Records that a template can be looked at on: a few of each kind that mails are about. */
export async function templateSubjects(
  services: Services,
  actor: Actor,
): Promise<{ value: string; label: string }[]> {
  const kinds = recordKinds(services).filter(
    ({ kind, permission }) => ['invoice', 'contact', 'order'].includes(kind) && can(actor, permission),
  )
  const found = await Promise.all(kinds.map((kind) => kind.find(services, actor, { limit: 10 })))
  return kinds.flatMap((kind, at) =>
    (found[at] ?? []).map((record) => ({
      value: `${kind.kind}:${record.id}`,
      label: [kind.title, record.number, record.name ?? record.customer_name].filter(Boolean).join(' · '),
    })),
  )
}
