/** What keeps an automation from going live, and what its maker should know before. */
import type { Actor } from '../../../platform/actor.ts'
import type { Services } from '../../../platform/services.ts'
import { listsOf } from '../domain/definition.ts'
import type { ActionStep, Step } from '../domain/definition-model.ts'
import type { AutomationRow } from '../store/automations.ts'
import { type StepFacts, stepCatalogue } from './catalogue.ts'

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
  _actor: Actor,
  row: Pick<AutomationRow, 'actions'>,
): Promise<Problem[]> {
  const steps = allSteps(row.actions)
  if (steps.length === 0)
    return [
      {
        ...{ severity: 'error', step: null, path: 'actions' },
        ...{ message: 'It has no steps yet.', fix: 'Add what it should do.' },
      },
    ]
  const catalogue = new Map(stepCatalogue(services).map((facts) => [facts.action, facts]))
  return steps.flatMap((step) => (step.kind === 'action' && !step.off ? actionProblems(step, catalogue) : []))
}

const allSteps = (steps: readonly Step[]): Step[] => [...listsOf(steps).values()].flat()

function actionProblems(step: ActionStep, catalogue: ReadonlyMap<string, StepFacts>): Problem[] {
  const facts = catalogue.get(step.action)
  const of = (field: string, message: string, fix = ''): Problem => ({
    ...{
      severity: 'error',
      step: step.id,
      path: `actions.${step.id}${field ? `.${field}` : ''}`,
      message,
      fix,
    },
  })
  if (!facts) return [of('', `Nobody here knows how to do ${step.action}.`, 'Choose another step.')]
  return facts.fields
    .filter(({ name, required, preset }) => required && preset === undefined && isEmpty(step.input[name]))
    .map(({ name, label }) => of(name, `${step.name ?? facts.title}: ${label} is missing.`))
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
