/** What the builder offers: names, what can be chosen, and the fields that a step can use. */
import { type Actor, can } from '../../../platform/actor.ts'
import { forbidden, ok, type Result } from '../../../platform/result.ts'
import type { RecordKind, Services } from '../../../platform/services.ts'
import type { StepJson } from '../../../platform/step.ts'
import type { EventDefinition } from '../../../platform/wing-facts.ts'
import { usableConnectors } from '../../connections/index.ts'
import { listDashboards } from '../../mini-foundry/index.ts'
import { channelChoices } from '../../workspace/index.ts'
import type { ScopeGroup, ScopeWorld } from '../domain/scope-fields.ts'
import { fieldsBefore } from '../domain/scope-fields.ts'
import { type AutomationRow, automationPage } from '../store/automations.ts'
import { allTemplates } from '../store/templates.ts'
import { type StepFacts, stepCatalogue } from './catalogue.ts'
import { recordKinds } from './engine/trigger-facts.ts'

export const eventCatalogue = (services: Services): EventDefinition[] =>
  services.wings.flatMap((wing) => wing.events)

/** Titles of actions and events, for pages. */
export function namesOf(services: Services) {
  const actions = new Map(stepCatalogue(services).map(({ action, title }) => [action, title]))
  const events = new Map(eventCatalogue(services).map(({ type, title }) => [type, title]))
  return {
    action: (action: string) => actions.get(action) ?? action,
    event: (type: string) => events.get(type) ?? type,
  }
}

export interface Option {
  value: string
  label: string
}

/** What fields of a step choose from, by the kind of the field; connections by the kind of vendor. */
export interface Choices {
  person: Option[]
  template: Option[]
  sequence: Option[]
  automation: Option[]
  dashboard: Option[]
  channel: Option[]
  connection: (Option & { kind: string })[]
}

export async function stepChoices(services: Services, actor: Actor): Promise<Result<Choices>> {
  if (!can(actor, 'ops:read')) return forbidden('see automations')
  const db = services.tenant(actor.tenantId)
  const [people, dashboards, channels, connection, [templates, automations, sequences]] = await Promise.all([
    services.directory.recipients(actor.tenantId, null),
    listDashboards(services, actor),
    channelChoices(services, actor),
    connectionsOf(services, actor),
    db.getAll([
      allTemplates(db),
      automationPage(db, { kind: 'automation' }, 200),
      automationPage(db, { kind: 'sequence' }, 200),
    ]),
  ])
  const named = ({ id, name }: { id: string; name: string }): Option => ({ value: id, label: name })
  return ok({
    person: people.map(({ personId, name }) => ({ value: personId, label: name })),
    template: templates.map(named),
    sequence: sequences.map(named),
    automation: automations.map(named),
    dashboard: dashboards.ok ? dashboards.value.data.map(named) : [],
    channel: channels.map(named),
    connection,
  })
}

async function connectionsOf(services: Services, actor: Actor): Promise<Choices['connection']> {
  const kinds = [...new Set(services.vendorSteps.map(({ kind }) => kind))]
  const found = await Promise.all(kinds.map((kind) => usableConnectors(services, actor, kind)))
  return found.flat().map(({ id, name, kind }) => ({ value: id, label: name, kind }))
}

/** What a step of a draft can use, with the values of the newest real records where there are some. */
export async function scopeGroups(
  services: Services,
  actor: Actor,
  { triggerConfig, actions }: Pick<AutomationRow, 'triggerConfig' | 'actions'>,
  stepId: string | null,
): Promise<ScopeGroup[]> {
  const groups = fieldsBefore(triggerConfig, actions, stepId, scopeWorld(services))
  const kinds = recordKinds(services).filter(
    ({ kind, permission }) =>
      can(actor, permission) && groups.some(({ fields }) => fields[0]?.path.startsWith(`trigger.${kind}.`)),
  )
  const newest = new Map<string, Record<string, StepJson>>()
  for (const kind of kinds) {
    const [record] = await newestOf(services, actor, kind)
    if (record) newest.set(kind.kind, record)
  }
  return groups.map(({ title, fields }) => ({
    title,
    fields: fields.map((field) => {
      const [root, kind = '', name = ''] = field.path.split('.')
      const real = root === 'trigger' ? newest.get(kind)?.[name] : undefined
      return real === undefined ? field : { ...field, sample: real }
    }),
  }))
}

const newestOf = (services: Services, actor: Actor, kind: RecordKind) =>
  kind.find(services, actor, { limit: 1 })

export function scopeWorld(services: Services): ScopeWorld {
  const events = new Map(eventCatalogue(services).map((event) => [event.type, event]))
  const steps = new Map(stepCatalogue(services).map((facts): [string, StepFacts] => [facts.action, facts]))
  return {
    event: (type) => events.get(type) ?? null,
    records: recordKinds(services).map(({ kind, title, fields }) => ({ kind, title, fields })),
    action: (action) => steps.get(action) ?? null,
  }
}

/** Fields for templates, which do not know what will start them: of every kind of record, the newest of each. */
export async function templateScope(services: Services, actor: Actor): Promise<ScopeGroup[]> {
  const groups: ScopeGroup[] = []
  for (const kind of recordKinds(services).filter(({ permission }) => can(actor, permission))) {
    const [newest] = await newestOf(services, actor, kind)
    groups.push({
      title: kind.title,
      fields: kind.fields.map(({ name, label, sample }) => ({
        path: `trigger.${kind.kind}.${name}`,
        label,
        sample: newest?.[name] ?? sample,
      })),
    })
  }
  return groups
}
