/** A step as it begins in the builder. */
import type { StepField, StepJson } from '../../../platform/step.ts'
import type { Step, StepKind } from './definition-model.ts'

export interface ControlKind {
  kind: Exclude<StepKind, 'action'>
  title: string
  description: string
}

/** What steps there are beside actions, in the order of the list. */
export const CONTROL_KINDS: readonly ControlKind[] = [
  { kind: 'if', title: 'If … else', description: 'Goes one way when something is so, another way when not.' },
  { kind: 'switch', title: 'Several ways', description: 'Takes the first of several cases that holds.' },
  { kind: 'wait', title: 'Wait', description: 'For a while, until a day, or until the office opens.' },
  {
    kind: 'wait_event',
    title: 'Wait for something',
    description: 'Until it happens (a payment, a reply), or a time is over.',
  },
  { kind: 'approval', title: 'Ask for approval', description: 'Goes on when the right people have agreed.' },
  { kind: 'each', title: 'For each', description: 'The same steps for each element of a list.' },
  { kind: 'parallel', title: 'At the same time', description: 'Several branches side by side.' },
  { kind: 'set', title: 'Keep a value', description: 'Works something out once, for later steps.' },
  { kind: 'stop', title: 'End here', description: 'The run is over, well or badly.' },
]

/** Its id is chosen when it finds its place. */
export function blankStep(kind: Exclude<StepKind, 'action'>): Step {
  const id = ''
  const always = { all: [] }
  switch (kind) {
    case 'if':
      return { id, kind, condition: always, yes: [], no: [] }
    case 'switch':
      return { id, kind, cases: [{ name: 'First case', condition: always, steps: [] }], otherwise: [] }
    case 'each':
      return { id, kind, list: 'steps.find.records', most: 100, steps: [] }
    case 'parallel':
      return {
        id,
        kind,
        branches: [
          { name: 'One', steps: [] },
          { name: 'Two', steps: [] },
        ],
      }
    case 'wait':
      return { id, kind, for: { amount: 1, unit: 'days' }, hours: 'any' }
    case 'wait_event':
      return {
        id,
        kind,
        event: 'invoice.paid',
        match: always,
        within: { amount: 3, unit: 'days' },
        timeout: [],
      }
    case 'approval':
      return {
        ...{ id, kind, title: 'Please decide', body: '', approvers: ['role:owner'], needed: 1, self: false },
        ...{ fields: [], on_timeout: 'reject', rejected: [], expired: [] },
      }
    case 'set':
      return { id, kind, values: {} }
    case 'stop':
      return { id, kind, outcome: 'completed', message: '' }
  }
}

export function blankAction(action: string, fields: readonly StepField[]): Step {
  const input: Record<string, StepJson> = {}
  for (const { name, preset } of fields) if (preset !== undefined) input[name] = preset
  return { id: '', kind: 'action', action, input, on_error: 'stop', failed: [] }
}
