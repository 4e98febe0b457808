/** What checks of a draft look at, and what they find. */
import type { StepField } from '../../../../platform/step.ts'
import type { AutomationDraft } from '../automation-model.ts'
import { branchesOf } from '../definition.ts'
import type { Step } from '../definition-model.ts'
import type { ScopeWorld } from '../scope-fields.ts'

export interface DraftIssue {
  /** An error keeps it from going live. */
  severity: 'error' | 'warning'
  /** Id of the step, or null for the automation itself. */
  step: string | null
  /** Name of the field of the step, where it is about one. */
  field?: string
  message: string
  /** What to do; may be empty where the message says it. */
  fix: string
}

export interface CheckedAction {
  title: string
  fields: readonly StepField[]
  outputs: ScopeActionOutputs
  /** Kind of connection that it needs; null: none. */
  connection: string | null
}
type ScopeActionOutputs = NonNullable<ReturnType<ScopeWorld['action']>>['outputs']

/** Another automation that is live, for loops between them. */
export interface LiveAutomation extends Pick<AutomationDraft, 'name' | 'trigger' | 'steps'> {
  id: string
}

export interface CheckWorld extends Omit<ScopeWorld, 'action'> {
  action(action: string): CheckedAction | null
  /** Every action there is, to guess at what was meant. */
  actions: readonly string[]
  events: readonly string[]
  connections: readonly { id: string; kind: string }[]
  /** Ids of templates, automations, channels, ... by the kind of field; a kind that is absent is not looked up. */
  choices: Partial<Record<StepField['kind'], readonly string[]>>
  /** Id of the automation itself, once it has one. */
  self: string | null
  others: readonly LiveAutomation[]
}

/** Every step with the steps around it, outermost first; those that are switched off are left out with all below. */
export function liveSteps(
  steps: readonly Step[],
  around: readonly Step[] = [],
): { step: Step; around: readonly Step[] }[] {
  return steps
    .filter(({ off }) => !off)
    .flatMap((step) => [
      { step, around },
      ...branchesOf(step).flatMap((branch) => liveSteps(branch.steps, [...around, step])),
    ])
}
