/** What keeps an automation from going live, and what its maker should know before: the draft against this workspace. */
import type { Actor } from '../../../platform/actor.ts'
import type { Services } from '../../../platform/services.ts'
import { type CheckWorld, draftIssues } from '../domain/checks.ts'
import type { AutomationRow } from '../store/automations.ts'
import { publishedAutomations } from '../store/published.ts'
import { stepCatalogue } from './catalogue.ts'
import { eventCatalogue, scopeWorld, stepChoices } from './desk.ts'

export interface Problem {
  severity: 'error' | 'warning'
  /** Id of the step, or null for the automation itself. */
  step: string | null
  /** Where it stands for programs: `actions.mail1.to`. */
  path: string
  message: string
  fix: string
}

export async function publishProblems(
  services: Services,
  actor: Actor,
  row: Pick<AutomationRow, 'id' | 'name' | 'triggerConfig' | 'stopOn' | 'actions'>,
): Promise<Problem[]> {
  const { name, triggerConfig: trigger, stopOn: stop_on, actions: steps } = row
  const issues = draftIssues({ name, trigger, stop_on, steps }, await worldOf(services, actor, row.id))
  return issues.map(({ severity, step, field, message, fix }) => ({
    ...{ severity, step, message, fix },
    path: step === null ? (field ?? 'actions') : ['actions', step, field].filter(Boolean).join('.'),
  }))
}

async function worldOf(services: Services, actor: Actor, self: string): Promise<CheckWorld> {
  const db = services.tenant(actor.tenantId)
  const [choices, others] = await Promise.all([
    stepChoices(services, actor),
    db.get(publishedAutomations(db)),
  ])
  const { event, records } = scopeWorld(services)
  const catalogue = new Map(stepCatalogue(services).map((facts) => [facts.action, facts]))
  const ids = (options: readonly { value: string }[]) => options.map(({ value }) => value)
  const known = choices.ok ? choices.value : null
  return {
    ...{ event, records, self },
    action: (action) => catalogue.get(action) ?? null,
    actions: [...catalogue.keys()],
    events: eventCatalogue(services).map(({ type }) => type),
    connections: known ? known.connection.map(({ value, kind }) => ({ id: value, kind })) : [],
    choices: known
      ? {
          ...{
            template: ids(known.template),
            sequence: ids(known.sequence),
            automation: ids(known.automation),
          },
          ...{ dashboard: ids(known.dashboard), channel: ids(known.channel) },
        }
      : {},
    others: others.filter(({ id, status }) => id !== self && status === 'active'),
  }
}
