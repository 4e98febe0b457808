/** The events that the Ops Copilot wing tells: what became of automations, approvals and tasks. */
import * as z from 'zod'
import type { EventDefinition } from '../../platform/wing-facts.ts'

const automation = z.object({ automation_id: z.string(), name: z.string() })
const automationSample = { automation_id: '0192f0c4-7b1e-7c3a-9a52-3f1d2b6c8e10', name: 'Invoice reminders' }
const task = z.object({
  task_id: z.string(),
  title: z.string(),
  assignee_id: z.string().nullable(),
  due_on: z.string().nullable(),
})
const taskSample = {
  task_id: '0192f0c4-7b1e-7c3a-9a52-3f1d2b6c8e11',
  title: 'Call Harbour Supplies about invoice 118',
  assignee_id: null,
  due_on: '2026-12-01',
}

const mail = z.object({
  mail_id: z.string(),
  automation_id: z.string(),
  contact_id: z.string().nullable(),
  to: z.string(),
})
const mailSample = {
  mail_id: '0192f0c4-7b1e-7c3a-9a52-3f1d2b6c8e13',
  automation_id: '0192f0c4-7b1e-7c3a-9a52-3f1d2b6c8e10',
  contact_id: null,
  to: 'maria@example.com',
}

export const EVENTS: readonly EventDefinition[] = [
  {
    type: 'automation.published',
    title: 'Automation published',
    description: 'A version of an automation went live.',
    payload: automation.extend({ version: z.number() }),
    sample: { ...automationSample, version: 3 },
  },
  {
    type: 'automation.paused',
    title: 'Automation paused',
    description: 'An automation rests: somebody paused it, or it stopped by itself.',
    payload: automation,
    sample: automationSample,
  },
  {
    type: 'automation.removed',
    title: 'Automation removed',
    description: 'An automation was removed; what it did stays in the history.',
    payload: automation,
    sample: automationSample,
  },
  {
    type: 'approval.decided',
    title: 'Approval decided',
    description: 'A question of an automation was answered.',
    payload: z.object({
      approval_id: z.string(),
      verdict: z.enum(['approved', 'rejected']),
      title: z.string(),
    }),
    sample: {
      approval_id: '0192f0c4-7b1e-7c3a-9a52-3f1d2b6c8e12',
      verdict: 'approved',
      title: 'Refund of $120',
    },
  },
  {
    type: 'task.created',
    title: 'Task',
    description: 'A task was made, by a person, an automation or another wing.',
    payload: task,
    sample: taskSample,
  },
  {
    type: 'task.done',
    title: 'Task done',
    description: 'A task was ticked off.',
    payload: task,
    sample: taskSample,
  },
  {
    type: 'mail.clicked',
    title: 'Link in a mail clicked',
    description: 'A person followed a link in a mail of an automation; scanners and previews are left out.',
    payload: mail.extend({ link: z.number() }),
    sample: { ...mailSample, link: 0 },
  },
  {
    type: 'mail.replied',
    title: 'Mail answered',
    description: 'A person answered a mail of an automation.',
    payload: mail.extend({ from: z.string() }),
    sample: { ...mailSample, from: 'maria@example.com' },
  },
  {
    type: 'mail.unsubscribed',
    title: 'Unsubscribed',
    description: 'Somebody wants no more marketing mail.',
    payload: z.object({
      mail_id: z.string().nullable(),
      automation_id: z.string().nullable(),
      contact_id: z.string().nullable(),
      to: z.string(),
    }),
    sample: mailSample,
  },
]
