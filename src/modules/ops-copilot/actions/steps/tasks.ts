/** Tasks that automations make. */
import { addDays, businessDay } from '../../../../kit/calendar.ts'
import type { StepDefinition } from '../../../../platform/services.ts'
import type { StepJson } from '../../../../platform/step.ts'

import { peopleOf } from '../engine/people.ts'
import { addTask } from '../tasks.ts'
import { refusedBy, textOf } from './outcome.ts'

/** The task carries the step's key: the same key makes one. */
const createStep: StepDefinition = {
  action: 'task.create',
  title: 'Create a task',
  description: 'Something for a person to do, with a day and a priority.',
  group: 'people',
  permission: 'ops:write',
  effect: 'keyed',
  fields: [
    { name: 'title', label: 'What is to be done', kind: 'line', required: true },
    { name: 'notes', label: 'Notes', kind: 'text' },
    { name: 'assignee', label: 'For', kind: 'person', hint: 'Nobody chosen: whoever owns the automation.' },
    {
      name: 'due',
      label: 'Due',
      kind: 'moment',
      hint: 'A day like 2026-12-01, or a number of days from now.',
    },
    {
      ...{ name: 'priority', label: 'Priority', kind: 'choice', preset: 'normal' },
      choices: ['urgent', 'high', 'normal', 'low'].map((value) => ({
        value,
        label: (value[0]?.toUpperCase() ?? '') + value.slice(1),
      })),
    },
  ],
  outputs: [{ name: 'task_id', label: 'Id of the task', sample: '0198c1de-7a00-7b6e-9d4f-888888888888' }],
  async perform(services, actor, { input, key, automationId, subject }) {
    const named = textOf(input.assignee)
    const [assignee] = named ? await peopleOf(services, actor.workspace, [named]) : [actor.id]
    const made = await addTask(
      services,
      actor,
      {
        title: textOf(input.title),
        notes: textOf(input.notes),
        assignee_id: assignee ?? null,
        due_on: dueOf(input.due, businessDay(services.clock.now(), actor.workspace.timeZone)),
        priority: textOf(input.priority) || 'normal',
        subject,
      },
      { source: `automation:${automationId}`, dedupeKey: key },
    )
    return made.ok ? { ok: true, output: { task_id: made.value.id } } : refusedBy(made.error)
  },
}

/** A number is so many days from today; anything else is left to the task to judge. */
function dueOf(value: StepJson | undefined, today: string): string | null {
  const text = textOf(value).trim()
  if (text === '') return null
  return /^\d{1,4}$/.test(text) ? addDays(today, Number(text)) : text.slice(0, 10)
}

export const taskSteps: readonly StepDefinition[] = [createStep]
