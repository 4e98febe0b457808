/** What keeps a draft from going live, and what its maker should know before. Pure: everything known comes as `world`. */
import type { AutomationDraft } from './automation-model.ts'
import { inputIssues } from './checks/inputs.ts'
import { loopIssues } from './checks/loops.ts'
import type { CheckWorld, DraftIssue } from './checks/model.ts'
import { pathIssues } from './checks/paths.ts'
import { shapeIssues, unknownEvent } from './checks/shape.ts'

export type { CheckedAction, CheckWorld, DraftIssue, LiveAutomation } from './checks/model.ts'

type Checked = Pick<AutomationDraft, 'name' | 'trigger' | 'stop_on' | 'steps'>

/** Errors first, each once, in the order of the steps. Steps that are switched off are not looked at. */
export function draftIssues(draft: Checked, world: CheckWorld): DraftIssue[] {
  if (draft.steps.every(({ off }) => off))
    return [
      {
        ...{ severity: 'error', step: null, field: 'steps', message: 'It does nothing yet.' },
        fix: 'Add what it should do.',
      },
    ]
  const found = [
    ...eventIssues(draft, world),
    ...inputIssues(draft.steps, world),
    ...pathIssues(draft, world),
    ...shapeIssues(draft.steps, world),
    ...loopIssues(draft, world),
  ]
  const once = new Map(found.map((issue) => [JSON.stringify(issue), issue]))
  const all = [...once.values()]
  return [
    ...all.filter(({ severity }) => severity === 'error'),
    ...all.filter(({ severity }) => severity === 'warning'),
  ]
}

function eventIssues({ trigger, stop_on }: Checked, { events }: CheckWorld): DraftIssue[] {
  const asked = [
    ...(trigger.kind === 'event' ? [{ event: trigger.event, field: 'trigger' }] : []),
    ...stop_on.map(({ event }) => ({ event, field: 'stop_on' })),
  ]
  return asked.flatMap(({ event, field }) =>
    events.includes(event) ? [] : [unknownEvent(event, events, null, field)],
  )
}
