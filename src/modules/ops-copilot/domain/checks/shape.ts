/** The tree itself: what is never reached, leads nowhere, waits for ever or asks nobody. */
import { branchesOf } from '../definition.ts'
import type { ApprovalStep, Step } from '../definition-model.ts'
import { type CheckWorld, type DraftIssue, liveSteps } from './model.ts'
import { nearest } from './nearest.ts'

export function shapeIssues(steps: readonly Step[], world: CheckWorld): DraftIssue[] {
  return [
    ...unreachable(steps),
    ...liveSteps(steps).flatMap(({ step }) => [...emptyIssues(step), ...waitIssues(step, world)]),
  ]
}

const warn = (step: string, message: string, fix: string): DraftIssue => ({
  ...{ severity: 'warning', step, message, fix },
})

/** Steps behind one that always ends the run; only the first of each list is named. */
function unreachable(steps: readonly Step[]): DraftIssue[] {
  const live = steps.filter(({ off }) => !off)
  const last = live.findIndex(ends)
  const lost = last < 0 ? undefined : live[last + 1]
  return [
    ...(lost
      ? [warn(lost.id, 'This is never reached: the run always ends before it.', 'Move or remove it.')]
      : []),
    ...live.flatMap((step) => branchesOf(step).flatMap((branch) => unreachable(branch.steps))),
  ]
}

/** No run goes on behind it. */
function ends(step: Step): boolean {
  const all = (lists: readonly (readonly Step[])[]) =>
    lists.every((list) => list.some((one) => !one.off && ends(one)))
  switch (step.kind) {
    case 'stop':
      return true
    case 'if':
      return all([step.yes, step.no])
    case 'switch':
      return all([...step.cases.map((one) => one.steps), step.otherwise])
    default:
      return false
  }
}

function emptyIssues(step: Step): DraftIssue[] {
  const branches = branchesOf(step)
  const empty = branches.every((branch) => branch.steps.length === 0)
  switch (step.kind) {
    case 'if':
      if ('all' in step.condition && step.condition.all.length === 0)
        return [warn(step.id, 'It compares nothing, so it always goes the way of yes.', 'Say what it asks.')]
      return empty
        ? [warn(step.id, 'Neither way leads to anything.', 'Add a step to one, or remove it.')]
        : []
    case 'switch':
      return empty ? [warn(step.id, 'No case leads to anything.', 'Add steps, or remove it.')] : []
    case 'each':
      return empty ? [warn(step.id, 'The loop does nothing.', 'Add what it should do with each.')] : []
    case 'parallel':
      return branches
        .filter((branch) => branch.steps.length === 0)
        .map(({ label }) =>
          warn(step.id, `The branch “${label}” is empty.`, 'Add a step, or remove the branch.'),
        )
    case 'action':
      return step.on_error === 'branch' && step.failed.length === 0
        ? [warn(step.id, 'Nothing happens when it fails.', 'Add what should, or let it simply go on.')]
        : []
    default:
      return []
  }
}

function waitIssues(step: Step, { events }: CheckWorld): DraftIssue[] {
  if (step.kind === 'approval') return approvalIssues(step)
  if (step.kind !== 'wait_event' || events.includes(step.event)) return []
  return [unknownEvent(step.event, events, step.id, 'event')]
}

/** An event that nothing here tells. */
export function unknownEvent(
  event: string,
  events: readonly string[],
  step: string | null,
  field: string,
): DraftIssue {
  const meant = nearest(event, events)
  return {
    ...{ severity: 'error', step, field, message: `Nothing here tells of ${event}.` },
    fix: meant ? `Did you mean ${meant}?` : 'Choose something else.',
  }
}

function approvalIssues(step: ApprovalStep): DraftIssue[] {
  const { id, approvers, needed, within, on_timeout, expired } = step
  const named = approvers.every((one) => !one.startsWith('role:') && !one.includes('{{'))
  const tooMany: DraftIssue[] =
    named && needed > new Set(approvers).size
      ? [
          {
            ...{
              severity: 'error',
              step: id,
              field: 'needed',
              message: `${needed} must agree, but fewer are asked.`,
            },
            fix: 'Ask more people, or need fewer.',
          },
        ]
      : []
  const endless = within
    ? []
    : [warn(id, 'It waits until somebody decides, for ever.', 'Say how long it may take.')]
  const nothing =
    within && on_timeout === 'branch' && expired.length === 0
      ? [warn(id, 'Nothing happens when nobody decides in time, and it goes on.', 'Add what should happen.')]
      : []
  return [...tooMany, ...endless, ...nothing]
}
